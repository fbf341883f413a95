import { contentHash, genesis, sealHash } from './chain.ts';
import type { ChainFinding, ChainReport, ChainSource, StoredEntry, StoredSeal } from './verify.ts';

/** Entries kept to see whether two were exchanged. */
const SUSPECTS_MAX = 100;
/** So many seals at the end that agree with nothing are one break, not as many changed entries. */
const BREAK_SEALS_MIN = 10;

/** What the hash before the next seal may be: as it is stored, and as it follows from the entries. */
interface Line {
  readonly kind: 'stored' | 'computed';
  readonly hash: string;
}

interface Suspect {
  readonly seal: StoredSeal;
  readonly place: number;
  readonly entry: StoredEntry;
  readonly lines: readonly Line[];
}

/**
 * The links, one after another. A seal that does not agree is held until what follows tells which was changed: the next
 * seal agrees with the hash as stored (then the entry was), or with the one that follows from the entries (the seal was).
 */
export function createWalk({ organization, unsealed, heads }: ChainSource, findings: ChainFinding[]) {
  let counts = { entries: 0, seals: 0 };
  let head: StoredSeal | null = null;
  /** The number of the last seal that stands in its place. */
  let last = 0;
  let lines: readonly Line[] = [{ kind: 'stored', hash: genesis(organization) }];
  /** Seals that agree with neither line; what follows tells whether the entry or the seal was changed. */
  let pending: Suspect[] = [];
  const changed: Suspect[] = [];
  /** Entries since the last seal that have none. */
  let bare: StoredEntry[] = [];
  const waiting = new Set(unsealed);
  let publishedTo = 0;
  let rewritten: { seal: number; after: number } | null = null;
  const sealsChanged = new Set<number>();

  const entryChanged = (suspect: Suspect): void => {
    if (changed.length < SUSPECTS_MAX) changed.push(suspect);
    else findings.push({ finding: 'entry-changed', entry: suspect.entry.id, seal: suspect.seal.number });
  };

  /** Seals `last + 1` to `to` are not there. As many entries without a seal: theirs were taken; else all went. */
  const gap = (to: number): void => {
    let computed = lines.at(-1)?.hash ?? null;
    if (bare.length === to - last) {
      for (const [index, entry] of bare.entries()) {
        const number = last + 1 + index;
        findings.push({ finding: 'seal-removed', seal: number, entry: entry.id });
        computed = computed === null ? null : sealHash(computed, number, contentHash(entry));
      }
      bare = [];
    } else {
      findings.push({ finding: 'seals-removed', from: last + 1, to });
      computed = null;
    }
    lines = computed === null ? [] : [{ kind: 'computed', hash: computed }];
    last = to;
  };

  const insertedBare = (): void => {
    for (const { id } of bare) findings.push({ finding: 'entry-inserted', entry: id });
    bare = [];
  };

  const compareHead = (seal: StoredSeal): void => {
    const published = heads.get(seal.number);
    if (published === undefined) return;
    if (published.every((hash) => hash === seal.hash)) {
      if (rewritten === null) publishedTo = seal.number;
    } else rewritten ??= { seal: seal.number, after: publishedTo };
  };

  const sealed = (entry: StoredEntry, seal: StoredSeal, misplaced: boolean): void => {
    const content = contentHash(entry);
    const place = last;
    const expected = lines.map((line) => ({ ...line, hash: sealHash(line.hash, place, content) }));
    const computed = expected.at(-1)?.hash;
    const next = computed === undefined ? [] : [{ kind: 'computed' as const, hash: computed }];
    if (misplaced) {
      // The seal is another entry's: only what follows from the entries goes on.
      lines = next;
      return;
    }
    const agreed = expected.find(({ hash }) => hash === seal.hash);
    if (agreed === undefined && expected.length > 0) {
      pending.push({ seal, place, entry, lines });
      lines = [{ kind: 'stored', hash: seal.hash }, ...next];
      return;
    }
    for (const suspect of pending) {
      if (agreed?.kind !== 'computed') entryChanged(suspect);
      else {
        sealsChanged.add(suspect.seal.number);
        findings.push({ finding: 'seal-changed', seal: suspect.seal.number, entry: suspect.entry.id });
      }
    }
    pending = [];
    if (entry.inexact) entryChanged({ seal, place, entry, lines: [] });
    lines = [{ kind: 'stored', hash: seal.hash }];
  };

  return {
    row(entry: StoredEntry | null, seal: StoredSeal | null, after: StoredSeal | null): void {
      if (entry !== null) counts = { ...counts, entries: counts.entries + 1 };
      if (seal === null) {
        if (entry !== null) bare.push(entry);
        return;
      }
      counts = { ...counts, seals: counts.seals + 1 };
      if (entry !== null) waiting.delete(entry.id);
      let misplaced = seal.number !== last + 1;
      // A number too high, and the next one follows it: seals between are gone. Else this one stands elsewhere.
      if (seal.number > last + 1 && (after === null || after.number === seal.number + 1)) {
        gap(seal.number - 1);
        misplaced = false;
      }
      insertedBare();
      last += 1;
      if (misplaced)
        findings.push({ finding: 'seal-misplaced', seal: seal.number, entry: seal.entryId, place: last });
      else {
        head = seal;
        compareHead(seal);
      }
      if (entry !== null) sealed(entry, seal, misplaced);
      else {
        findings.push({ finding: 'entry-removed', entry: seal.entryId, seal: seal.number });
        lines = misplaced ? [] : [{ kind: 'stored', hash: seal.hash }];
      }
    },

    end(): Omit<ChainReport, 'findings'> {
      const tail = bare.filter(({ id }) => unsealed.has(id));
      bare = bare.filter(({ id }) => !unsealed.has(id));
      for (const { id } of tail) waiting.delete(id);
      for (const entry of waiting) findings.push({ finding: 'entry-removed', entry, seal: null });
      for (const { id, inexact } of tail)
        if (inexact) findings.push({ finding: 'entry-changed', entry: id, seal: null });
      // What was published outside says how far the chain had come.
      const known = Math.max(0, ...heads.keys());
      const taken = Math.min(Math.max(0, known - last), bare.length);
      for (const entry of bare.slice(0, taken)) {
        last += 1;
        findings.push({ finding: 'seal-removed', seal: last, entry: entry.id });
      }
      bare = bare.slice(taken);
      insertedBare();
      if (known > last) findings.push({ finding: 'tail-removed', from: last + 1, to: known });
      settlePending();
      nameChanged();
      if (rewritten !== null && !sealsChanged.has(rewritten.seal))
        findings.push({ finding: 'chain-rewritten', ...rewritten });
      return { ...counts, head, publishedTo };
    },
  };

  /** Nothing follows that could tell; what was published of the last seal can. */
  function settlePending(): void {
    const first = pending[0];
    const final = pending.at(-1);
    if (first === undefined || final === undefined) return;
    if (pending.length >= BREAK_SEALS_MIN) {
      findings.push({ finding: 'chain-broken', from: first.seal.number, to: final.seal.number });
      return;
    }
    const published = heads.get(final.seal.number);
    const computed = lines.find(({ kind }) => kind === 'computed')?.hash;
    const sealsAtFault =
      computed !== undefined && published !== undefined && published.every((h) => h === computed);
    for (const suspect of pending) {
      if (sealsAtFault) {
        sealsChanged.add(suspect.seal.number);
        findings.push({ finding: 'seal-changed', seal: suspect.seal.number, entry: suspect.entry.id });
      } else entryChanged(suspect);
    }
  }

  /** Two changed entries of which each has the other's content were exchanged. */
  function nameChanged(): void {
    const left = new Set(changed);
    for (const one of changed) {
      if (!left.has(one)) continue;
      left.delete(one);
      const other = [...left].find((each) => holds(one, each) && holds(each, one));
      if (other !== undefined) left.delete(other);
      findings.push(
        other === undefined
          ? { finding: 'entry-changed', entry: one.entry.id, seal: one.seal.number }
          : { finding: 'entries-swapped', entry: one.entry.id, with: other.entry.id },
      );
    }
  }
}

/** True when the seal of one is that of the other's content under its own id. */
function holds(one: Suspect, other: Suspect): boolean {
  const content = contentHash({ ...other.entry, id: one.entry.id });
  return one.lines.some(({ hash }) => sealHash(hash, one.place, content) === one.seal.hash);
}
