import { verifyJournal, type JournalReport } from '../journal/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { allDeadlines } from '../platform/deadlines.store.ts';
import type { Feature } from './feature.ts';
import { compareTable, createFold, derivedDeadlines, type Difference, type Fold } from './rederive.ts';

export interface Verified {
  readonly organization: string;
  readonly journal: JournalReport;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly differences: readonly Difference[];
}

/**
 * The whole of one organization, as of one moment and while everybody works on: the chain link by link, and every
 * derived table beside what the journal makes of it. `heads` are those published outside, by seal number.
 */
export function verifyOrganization(
  database: Database,
  features: readonly Feature[],
  organization: string,
  heads: ReadonlyMap<number, readonly string[]>,
): Promise<Verified> {
  return database.inSnapshot(organization, (tx) => verifyWithin(tx, features, organization, heads));
}

/** The same in a transaction of the caller's, which must see one moment throughout. */
export async function verifyWithin(
  tx: Tx,
  features: readonly Feature[],
  organization: string,
  heads: ReadonlyMap<number, readonly string[]>,
): Promise<Verified> {
  const folded = await foldWithin(tx, features, organization, heads);
  return { organization, journal: folded.journal, ...(await compareWithin(tx, features, folded)) };
}

interface Folded {
  readonly fold: Fold;
  readonly journal: JournalReport;
}

/** Reads the whole journal: checks it link by link, and applies each entry. */
export async function foldWithin(
  tx: Tx,
  features: readonly Feature[],
  organization: string,
  heads: ReadonlyMap<number, readonly string[]>,
): Promise<Folded> {
  const fold = createFold(features);
  const journal = await verifyJournal(tx, organization, heads, ({ personal, ...entry }) =>
    fold.apply(personal === null ? entry : { ...entry, personal }),
  );
  return { fold, journal };
}

/** Every derived table as it stands, beside what the journal made of it. */
export async function compareWithin(
  tx: Tx,
  features: readonly Feature[],
  { fold }: Pick<Folded, 'fold'>,
): Promise<Pick<Verified, 'tables' | 'differences'>> {
  const differences = [...fold.differences];
  const tables: { table: string; rows: number }[] = [];
  for (const table of features.flatMap((feature) => feature.tables)) {
    const stored = await table.stored(tx);
    tables.push({ table: table.table, rows: stored.length });
    differences.push(...compareTable(table, () => table.derived(fold.world), stored));
  }
  const deadlines = await allDeadlines(tx);
  tables.push({ table: 'deadlines', rows: deadlines.length });
  const asked = { table: 'deadlines', key: ['subject', 'kind'] };
  differences.push(...compareTable(asked, () => derivedDeadlines(features, fold.world), deadlines));
  return { tables, differences };
}
