import { canonical, type JournalEntry } from '../journal/index.ts';
import type { Row } from '../platform/rows.ts';
import type { DerivedTable, Feature, OwnDeadline } from './feature.ts';
import { asJson } from './organization.ts';
import { World } from './world.ts';

/**
 * The tables once more from the journal: every entry through every feature's `evolve` from an empty world, then row by
 * row beside what is stored. Where they differ, either somebody wrote past the house or a rule changes state otherwise
 * than by its entries.
 */
export type Difference =
  /** The journal says there is such a row; it is not stored. */
  | { readonly difference: 'row-missing'; readonly table: string; readonly key: string }
  /** It is stored; the journal knows nothing of it. */
  | { readonly difference: 'row-extra'; readonly table: string; readonly key: string }
  | {
      readonly difference: 'column';
      readonly table: string;
      readonly key: string;
      readonly column: string;
      readonly derived: unknown;
      readonly stored: unknown;
    }
  /** A feature cannot apply what this entry says: nobody of ours wrote it so. */
  | { readonly difference: 'not-applicable'; readonly entry: number; readonly error: string }
  | { readonly difference: 'not-derivable'; readonly table: string; readonly error: string };

/** Entries that cannot be applied, named one by one; more would say the same. */
const NOT_APPLICABLE_MAX = 100;

export interface Fold {
  readonly world: World;
  readonly differences: Difference[];
  apply(entry: JournalEntry): void;
}

/** Applies entries in their order. What one feature cannot read is named, and the others go on. */
export function createFold(features: readonly Feature[]): Fold {
  const world = new World();
  const differences: Difference[] = [];
  return {
    world,
    differences,
    apply(entry) {
      for (const feature of features) {
        try {
          feature.evolve(world, entry);
        } catch (error) {
          if (differences.length < NOT_APPLICABLE_MAX)
            differences.push({ difference: 'not-applicable', entry: entry.id, error: messageOf(error) });
        }
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The rows that `derive` gives, beside those stored; the order of neither matters. */
export function compareTable(
  { table, key }: Pick<DerivedTable, 'table' | 'key'>,
  derive: () => readonly Row[],
  stored: readonly Row[],
): Difference[] {
  let derived: readonly Row[];
  try {
    derived = derive();
  } catch (error) {
    return [{ difference: 'not-derivable', table, error: messageOf(error) }];
  }
  const differences: Difference[] = [];
  const left = new Map(derived.map((row) => [keyOf(row, key), row]));
  for (const row of stored) {
    const id = keyOf(row, key);
    const own = left.get(id);
    if (own === undefined) differences.push({ difference: 'row-extra', table, key: id });
    else {
      left.delete(id);
      differences.push(...compareRow(table, id, own, row));
    }
  }
  for (const id of left.keys()) differences.push({ difference: 'row-missing', table, key: id });
  return differences;
}

function keyOf(row: Row, key: readonly string[]): string {
  return key.map((column) => String(row[column])).join(' ');
}

function compareRow(table: string, key: string, derived: Row, stored: Row): Difference[] {
  const columns = new Set([...Object.keys(derived), ...Object.keys(stored)]);
  const differences: Difference[] = [];
  for (const column of columns) {
    const [own, found] = [derived[column], stored[column]];
    // Most are equal as they stand; the others may differ only in how JSON orders its keys, or in absent and null.
    if (own === found || sameText(own, found)) continue;
    differences.push({
      difference: 'column',
      table,
      key,
      column,
      derived: own ?? null,
      stored: found ?? null,
    });
  }
  return differences;
}

function sameText(one: unknown, other: unknown): boolean {
  return canonical(asJson(one)) === canonical(asJson(other));
}

/** Deadlines as the state that was derived would set them. */
export function derivedDeadlines(features: readonly Feature[], world: World): Row[] {
  return features.flatMap((feature) =>
    feature.changedSubjects(world).flatMap((subject) =>
      deadlinesOf(features, world, subject).map(({ kind, dueAt, rank }) => ({
        subject,
        kind,
        dueAt,
        rank: rank ?? 0,
      })),
    ),
  );
}

/** Those that a subject has in this world, whosever it is. */
export function deadlinesOf(
  features: readonly Feature[],
  world: World,
  subject: string,
): readonly OwnDeadline[] {
  for (const feature of features) {
    const own = feature.deadlinesOf(world, subject);
    if (own !== null) return own;
  }
  return [];
}
