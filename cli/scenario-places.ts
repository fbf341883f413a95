import { isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import type { z } from 'zod';

/** A file that is not understood: where, and what was expected there. */
export interface ScenarioFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Finds the line of a path in the file. */
export class Places {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #file: string;

  constructor(document: Document, lines: LineCounter, name: string) {
    this.#document = document;
    this.#lines = lines;
    this.#file = name;
  }

  at(offset: number, message: string): ScenarioFault {
    return { file: this.#file, line: this.#lines.linePos(offset).line, message };
  }

  line(path: readonly (string | number)[]): number {
    let node = this.#document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const step of path) {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && item.key.value === step)
        : undefined;
      const next: unknown =
        pair?.value ?? (isSeq(node) && typeof step === 'number' ? node.items[step] : undefined);
      if (pair !== undefined && isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      if (next === undefined || next === null) break;
      node = next as Node;
      if (pair === undefined) offset = node.range?.[0] ?? offset;
    }
    return this.#lines.linePos(offset).line;
  }

  /** What zod found wrong, in words that say what was expected; `fields` are those known at this place. */
  issue(at: (string | number)[], issue: z.core.$ZodIssue, fields: readonly string[]): ScenarioFault {
    const path = [...at, ...(issue.path as (string | number)[])];
    if (issue.code !== 'unrecognized_keys') return this.on(path, issue.message);
    const known = issue.path.length === 0 ? `; one of these is expected: ${fields.join(', ')}` : '';
    return this.on([...path, issue.keys[0] ?? ''], `unknown field${known}`);
  }

  on(path: readonly (string | number)[], message: string): ScenarioFault {
    const name = path.filter((step) => typeof step === 'string').join('.');
    return {
      file: this.#file,
      line: this.line(path),
      message: name === '' ? message : `${name}: ${message}`,
    };
  }
}
