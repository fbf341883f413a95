/** Longest field of an event that is looked at, in characters. */
const FIELD_CHARACTERS_MAX = 2_000;

/** The first of these fields with something in it. */
export function firstText(raw: Record<string, unknown>, names: readonly string[]): string {
  for (const name of names) {
    const text = textOf(raw[name]);
    if (text !== '' && text.toLowerCase() !== 'null') return text;
  }
  return '';
}

/** Text or number as storable text. */
export function textOf(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  return text
    .slice(0, FIELD_CHARACTERS_MAX)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim();
}
