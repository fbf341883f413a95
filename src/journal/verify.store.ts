import type { Tx } from '../platform/database.ts';
import { entryPages, sealPages, unsealedIds, unsealedTail } from './journal.store.ts';
import { verifyChain, type ChainReport, type StoredEntry } from './verify.ts';

export interface JournalReport extends ChainReport {
  /** Committed and not sealed yet: no fault, named so that one knows how far the chain speaks. */
  readonly tail: { readonly count: number; readonly oldestSeconds: number };
}

/**
 * Walks the journal of the transaction's organization; `heads` are those published outside, by seal number. Each entry is
 * handed to `see` on the way, so that what is derived from the journal costs no second reading. Use Database.inSnapshot:
 * entries, seals and tail must be of one moment.
 */
export async function verifyJournal(
  tx: Tx,
  organization: string,
  heads: ReadonlyMap<number, readonly string[]>,
  see: (entry: StoredEntry) => void,
): Promise<JournalReport> {
  const unsealed = new Set(await unsealedIds(tx));
  const tail = await unsealedTail(tx);
  async function* entries(): AsyncGenerator<StoredEntry[]> {
    for await (const page of entryPages(tx)) {
      for (const entry of page) see(entry);
      yield page;
    }
  }
  const report = await verifyChain({
    organization,
    entries: entries(),
    seals: sealPages(tx),
    unsealed,
    heads,
  });
  return { ...report, tail };
}
