/** More pairs than any real form sends. */
export const FORM_PAIRS_MAX = 500;

/**
 * An application/x-www-form-urlencoded body as a record without prototype. A name sent twice (a group of checkboxes)
 * has its values joined with ", ". Bytes that are not UTF-8 become U+FFFD, never an exception.
 */
export function readFormBody(raw: Uint8Array | string): Record<string, string> {
  const text = typeof raw === 'string' ? raw : new TextDecoder('utf-8').decode(raw);
  const record = Object.create(null) as Record<string, string>;
  let pairs = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++pairs > FORM_PAIRS_MAX) break;
    if (name === '__proto__') continue;
    const before = record[name];
    record[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return record;
}
