const CANDIDATES = [';', ',', '\t', '|'] as const;
const SAMPLE_LINES = 50;
const DEFAULT = ',';

/** Takes the beginning of a text file; the sign that splits most lines into the same number of cells, outside quotes. */
export function detectDelimiter(sample: string): string {
  const lines = splitOutsideQuotes(sample).slice(0, SAMPLE_LINES);
  let best: { delimiter: string; score: number } = { delimiter: DEFAULT, score: 0 };
  for (const delimiter of CANDIDATES) {
    const counts = lines.map((line) => count(line, delimiter)).filter((each) => each > 0);
    const usual = mode(counts);
    const agreeing = counts.filter((each) => each === usual).length;
    const score =
      (agreeing / Math.max(1, lines.length)) * (1 + Math.min(usual, 20) / 100) + (usual > 0 ? 0.001 : 0);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Excel writes "sep=;" on a first line of its own. */
export function statedDelimiter(sample: string): string | null {
  return /^"?sep=(.)"?\s*(?:\n|$)/iu.exec(sample)?.[1] ?? null;
}

/** Lines with quoted parts blanked out, so that what is inside quotes splits nothing. */
function splitOutsideQuotes(sample: string): string[] {
  return sample
    .replaceAll(/"(?:[^"]|"")*"/gu, '""')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function count(line: string, delimiter: string): number {
  return line.split(delimiter).length - 1;
}

function mode(values: readonly number[]): number {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
