/**
 * JSON from outside, read without losing a digit. Meta and Google send 64-bit ids as bare numbers; JSON.parse rounds
 * them past 2^53 and two leads become one. Here a number that a double cannot hold exactly stays the text it was.
 */
export const BODY_BYTES_MAX = 1_048_576;
/** Deeper than any real body; a reviver walks recursively, and 100,000 brackets would end the stack. */
export const NESTING_MAX = 64;

export type ExactJson =
  | { value: unknown }
  | { refused: 'body-too-large' | 'not-utf8' | 'too-deep' | 'not-json' | 'empty' };

/** Takes raw bytes or text. Gives the value, with unsafe numbers as text, or the reason it is not readable. Never throws. */
export function readExactJson(raw: Uint8Array | string, bytesMax = BODY_BYTES_MAX): ExactJson {
  if (raw.length > bytesMax) return { refused: 'body-too-large' };
  const text = typeof raw === 'string' ? raw : decoded(raw);
  if (text === null) return { refused: 'not-utf8' };
  if (text.trim() === '') return { refused: 'empty' };
  if (nestingOf(text) > NESTING_MAX) return { refused: 'too-deep' };
  try {
    return { value: JSON.parse(text, exactNumber) as unknown };
  } catch {
    return { refused: 'not-json' };
  }
}

/** TextDecoder also drops a byte-order mark, which some senders put before the first brace. */
function decoded(raw: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return null;
  }
}

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number') return value;
  if (Number.isSafeInteger(value)) return value;
  const source = context?.source;
  if (source === undefined) return value;
  return /^-?\d+$/.test(source) ? source : value;
}

function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 0x5c) i++;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x7b || c === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x7d || c === 0x5d) depth--;
  }
  return deepest;
}

/** The own entries of an object that came from outside, without `__proto__`; null when it is not a plain object. */
export function entriesOf(value: unknown): [string, unknown][] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.entries(value).filter(([key]) => key !== '__proto__');
}

/** The same as a record safe to index: it has no prototype, so "constructor" is only found when it was sent. */
export function recordOf(value: unknown): Record<string, unknown> | null {
  const entries = entriesOf(value);
  if (entries === null) return null;
  const record = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of entries) record[key] = item;
  return record;
}
