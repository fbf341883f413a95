import { createHash } from 'node:crypto';
import { Client, type QueryConfig } from 'pg';

/** Statements kept ready on a connection; a text beyond these is parsed and planned each time, as without this file. */
const STATEMENTS_PREPARED_MAX = 300;

/** One whole statement; what begins or ends a transaction is not worth a name. */
const PREPARABLE = /^\s*(?:select|with|insert|update|delete)\b[^;]*$/i;

const names = new Map<string, string>();
const seenOnce = new Set<string>();
const SEEN_ONCE_MAX = 2_000;

/**
 * The name under which a statement is prepared, from its second use on: a statement built for one occasion is not worth it.
 * A decision runs some twenty short statements, and parsing and planning were half of their time.
 */
function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (!PREPARABLE.test(text)) return null;
  if (!seenOnce.has(text)) {
    if (seenOnce.size >= SEEN_ONCE_MAX) seenOnce.clear();
    seenOnce.add(text);
    return null;
  }
  if (names.size >= STATEMENTS_PREPARED_MAX) return null;
  const name = `p${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

/**
 * A connection that prepares what it is asked again and again, and sends in one piece what is asked of it at one moment: on a
 * busy machine the calls into the kernel, for each side to wake the other, cost more than most statements.
 */
export class PreparingClient extends Client {
  #corked = false;

  // oxlint-disable-next-line typescript/no-explicit-any -- pg's own signature has nine overloads; only one is touched
  override query(...parameters: any[]): any {
    this.#sendTogether();
    const [text, values] = parameters as [unknown, unknown];
    if (typeof text === 'string' && Array.isArray(values)) {
      const name = nameOf(text);
      if (name !== null) {
        const named: QueryConfig = { name, text, values };
        return super.query(named, ...(parameters.slice(2) as []));
      }
    }
    // oxlint-disable-next-line typescript/unbound-method -- bound by the very call
    return Reflect.apply(super.query, this, parameters);
  }

  #sendTogether(): void {
    if (this.#corked) return;
    this.#corked = true;
    const { stream } = this.connection;
    stream.cork();
    process.nextTick(() => {
      this.#corked = false;
      stream.uncork();
    });
  }
}
