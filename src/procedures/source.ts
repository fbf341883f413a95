import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node } from 'yaml';

/** A YAML file with its lines, so that a fault found in a value is told at the line where the value stands. */
export type Path = readonly PropertyKey[];

export interface YamlSource {
  readonly value: unknown;
  /** The 1-based line of the value at `path`, or of the nearest part above it that exists. */
  readonly lineOf: (path: Path) => number;
  readonly faults: readonly { readonly line: number; readonly message: string }[];
}

export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const faults = document.errors.map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    message: error.message.split('\n')[0] ?? error.code,
  }));
  return {
    value: faults.length === 0 ? document.toJS() : null,
    lineOf: (path) => Math.max(1, lines.linePos(offsetOf(document.contents, path)).line),
    faults,
  };
}

function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (isMap(node) || isSeq(node) || isScalar(node)) offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
