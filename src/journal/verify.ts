import { commitment } from './chain.ts';
import type { JournalEntry, Json } from './entry.ts';
import { createErasures } from './erasures.ts';
import { createWalk } from './walk.ts';

/**
 * The walk along one organization's chain: every entry with the seal that stands for it, in the order of entries. It
 * takes what is stored as it is and names each place where it is not what was sealed; it changes nothing and stops at
 * nothing, because what stands behind a fault is to be looked at too.
 */
export interface StoredEntry extends Omit<JournalEntry, 'personal'> {
  readonly salt: string | null;
  readonly personal: { readonly [key: string]: Json } | null;
  /** Whose the personal data is said to be; null without any. */
  readonly personalContact: string | null;
  /** Stored with more digits than are hashed (a time below the millisecond, a number past a double): not ours. */
  readonly inexact: boolean;
}

export interface StoredSeal {
  readonly number: number;
  readonly entryId: number;
  readonly hash: string;
}

export type ChainFinding =
  | { readonly finding: 'entry-changed'; readonly entry: number; readonly seal: number | null }
  | { readonly finding: 'entries-swapped'; readonly entry: number; readonly with: number }
  | { readonly finding: 'entry-removed'; readonly entry: number; readonly seal: number | null }
  /** Put in afterwards: no seal stands for it, and it does not wait for one. */
  | { readonly finding: 'entry-inserted'; readonly entry: number }
  | { readonly finding: 'seal-changed'; readonly seal: number; readonly entry: number }
  /** The seal is gone and its entry stands there still. */
  | { readonly finding: 'seal-removed'; readonly seal: number; readonly entry: number }
  /** Seals are gone, and their entries with them. */
  | { readonly finding: 'seals-removed'; readonly from: number; readonly to: number }
  /** The seal's number is not the entry's place in the chain. */
  | {
      readonly finding: 'seal-misplaced';
      readonly seal: number;
      readonly entry: number;
      readonly place: number;
    }
  /** From this seal to the end nothing agrees: many were removed, inserted or numbered anew. */
  | { readonly finding: 'chain-broken'; readonly from: number; readonly to: number }
  /** The chain agrees with itself but not with a head published outside: it was made anew after `after`. */
  | { readonly finding: 'chain-rewritten'; readonly seal: number; readonly after: number }
  | { readonly finding: 'tail-removed'; readonly from: number; readonly to: number }
  | { readonly finding: 'personal-changed'; readonly entry: number }
  | { readonly finding: 'personal-added'; readonly entry: number }
  | { readonly finding: 'personal-removed'; readonly entry: number }
  /** The person was erased, and this is still there. */
  | { readonly finding: 'personal-left'; readonly entry: number; readonly contact: string };

export interface ChainSource {
  readonly organization: string;
  /** Pages in the order of entry ids. */
  readonly entries: AsyncIterable<readonly StoredEntry[]>;
  /** Pages in the order of the entries they seal. */
  readonly seals: AsyncIterable<readonly StoredSeal[]>;
  /** Entries that wait for their seal. */
  readonly unsealed: ReadonlySet<number>;
  /** Hashes published outside the database, by seal number. */
  readonly heads: ReadonlyMap<number, readonly string[]>;
}

export interface ChainReport {
  readonly entries: number;
  readonly seals: number;
  readonly head: StoredSeal | null;
  /** The highest seal published outside that this chain bears out; 0 when none. */
  readonly publishedTo: number;
  readonly findings: readonly ChainFinding[];
}

/** Walks the chain from its beginning. Nothing thrown by what it finds; only by the source itself. */
export async function verifyChain(source: ChainSource): Promise<ChainReport> {
  const findings: ChainFinding[] = [];
  const walk = createWalk(source, findings);
  const erasures = createErasures(findings);
  const seals = pairs(source.seals);
  let seal = await seals.next();
  for await (const page of source.entries) {
    for (const entry of page) {
      erasures.see(entry);
      checkPersonal(entry, findings);
      for (; seal !== null && seal.now.entryId < entry.id; seal = await seals.next())
        walk.row(null, seal.now, seal.after);
      if (seal !== null && seal.now.entryId === entry.id) {
        walk.row(entry, seal.now, seal.after);
        seal = await seals.next();
      } else walk.row(entry, null, null);
    }
  }
  for (; seal !== null; seal = await seals.next()) walk.row(null, seal.now, seal.after);
  const report = walk.end();
  erasures.end();
  return { ...report, findings };
}

/** Each seal with the one after it. */
function pairs(pages: AsyncIterable<readonly StoredSeal[]>) {
  const iterator = pages[Symbol.asyncIterator]();
  let page: readonly StoredSeal[] = [];
  let place = 0;
  const one = async (): Promise<StoredSeal | null> => {
    for (;;) {
      const found = page[place];
      place += 1;
      if (found !== undefined) return found;
      const next = await iterator.next();
      if (next.done === true) return null;
      page = next.value;
      place = 0;
    }
  };
  let ahead: Promise<StoredSeal | null> | null = null;
  return {
    async next(): Promise<{ now: StoredSeal; after: StoredSeal | null } | null> {
      const now = await (ahead ?? one());
      if (now === null) return null;
      const after = await one();
      ahead = Promise.resolve(after);
      return { now, after };
    },
  };
}

/** The commitment is in the hashed body; what it commits to is beside it. */
function checkPersonal(entry: StoredEntry, findings: ChainFinding[]): void {
  if (entry.salt === null || entry.personal === null) return;
  if (entry.commitment === null) findings.push({ finding: 'personal-added', entry: entry.id });
  else if (
    commitment(entry.salt, entry.personal) !== entry.commitment ||
    entry.personalContact !== (entry.contact ?? null)
  )
    findings.push({ finding: 'personal-changed', entry: entry.id });
}
