import { currentOrganization, Rows, type World } from '../decisions/index.ts';
import { localMonth, type Month } from '../calendar/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

/** What one person did in one month, counted from the journal; `stated` figures stand in place of the counted. */
export interface PersonMonth {
  readonly month: Month;
  readonly person: string;
  /** Leads assigned by turn or by reassignment, less reversals and duplicates (reading conversion.counts: received). */
  readonly received: number;
  readonly closings: number;
  readonly sales: number;
  /** Ten-minute terms missed, less those struck out. */
  readonly missed: number;
  /** When each reassigned lead came that was not reversed. */
  readonly reassignedAt: readonly Instant[];
  readonly stated: Stated | null;
}

export interface Stated {
  readonly sales: number;
  readonly leads: number;
  readonly closings: number;
}

/** Figures that stand for every month of which nothing else is known; scenarios give them as `lastMonth`. */
export const BASELINE: Month = '0000-00';

interface ResultsState {
  readonly months: Rows<PersonMonth>;
}

export const resultsSlice = {
  name: 'results',
  empty: (): ResultsState => ({ months: new Rows<PersonMonth>() }),
};

export function monthKey(month: Month, person: string): string {
  return `${month} ${person}`;
}

const NOTHING = { received: 0, closings: 0, sales: 0, missed: 0, reassignedAt: [], stated: null };

function figures(world: World, month: Month, person: string): PersonMonth {
  return world.get(resultsSlice).months.get(monthKey(month, person)) ?? { month, person, ...NOTHING };
}

export interface Results {
  readonly sales: number;
  readonly leads: number;
  readonly closings: number;
  /** closings / leads, or null with no lead at all. */
  readonly conversion: number | null;
}

/** The figures stated for the month; else the baseline, where the month had no closings at all; null: it is counted. */
export function statedIn(world: World, month: Month, person: string): Stated | null {
  const lived = world
    .get(resultsSlice)
    .months.values()
    .some((each) => each.month === month && each.sales > 0);
  return figures(world, month, person).stated ?? (lived ? null : figures(world, BASELINE, person).stated);
}

/** A month's figures of a person: those stated for it; else those counted when the month had closings; else the baseline. */
export function resultsOf(world: World, month: Month, person: string): Results {
  const counted = figures(world, month, person);
  const stated = statedIn(world, month, person);
  const leads = stated?.leads ?? counted.received;
  const closings = stated?.closings ?? counted.closings;
  return {
    sales: stated?.sales ?? counted.sales,
    leads,
    closings,
    conversion: leads === 0 ? null : closings / leads,
  };
}

/** When the person last received a reassigned lead, in this month or the one before; null when not in either. */
export function lastReassignedAt(world: World, months: readonly Month[], person: string): Instant | null {
  let last: Instant | null = null;
  for (const month of months) {
    // Kept in the order in which they came.
    const at = figures(world, month, person).reassignedAt.at(-1);
    if (at !== undefined && (last === null || at > last)) last = at;
  }
  return last;
}

interface ResultFields {
  readonly to?: string;
  readonly from?: string;
  readonly by?: string;
  readonly person?: string;
  readonly who?: string;
  readonly what?: string;
  readonly month?: Month;
  readonly sales?: number;
  readonly leads?: number;
  readonly closings?: number;
  readonly undone?: readonly { readonly person: string; readonly at: Instant }[];
  readonly counts?: boolean;
  /** False: the person missed a term of which no notice had reached them, and it is not counted. */
  readonly told?: boolean;
  /** Of a closing that changes afterwards: when it was, and for whom it counted. */
  readonly closedAt?: Instant;
  readonly seller?: string;
}

function withoutOne(instants: readonly Instant[], at: Instant): Instant[] {
  const place = instants.indexOf(at);
  return instants.filter((_, index) => index !== place);
}

/** Counts what the journal says of leads, misses and closings. The entries are public; no other feature is asked. */
export function evolveResults(world: World, entry: JournalEntry | NewEntry): void {
  const { months } = world.get(resultsSlice);
  const fields = entry.fields as unknown as ResultFields;
  const { zone } = currentOrganization(world);
  const change = (id: string, at: Instant, update: (before: PersonMonth) => Partial<PersonMonth>): void => {
    const month = localMonth(at, zone);
    const before = figures(world, month, id);
    months.set(monthKey(month, id), { ...before, ...update(before) });
  };
  /** A closing that is nobody's or another's counts no more where it did. */
  const takeBack = (id: string | undefined): void => {
    if (id === undefined) return;
    change(id, fields.closedAt ?? entry.at, (b) => ({
      sales: Math.max(0, b.sales - 1),
      closings: Math.max(0, b.closings - (fields.counts === false ? 0 : 1)),
    }));
  };
  switch (entry.entry) {
    case 'month.results': {
      const { month, person, sales, leads, closings } = fields;
      if (month === undefined || person === undefined) return;
      const before = figures(world, month, person);
      const stated = { sales: sales ?? 0, leads: leads ?? 0, closings: closings ?? 0 };
      months.set(monthKey(month, person), { ...before, stated });
      return;
    }
    case 'lead.assigned':
      if (fields.to !== undefined && fields.counts !== false)
        change(fields.to, entry.at, (b) => ({ received: b.received + 1 }));
      return;
    case 'lead.reassigned':
      if (fields.to !== undefined)
        change(fields.to, entry.at, (b) => ({
          received: b.received + 1,
          reassignedAt: [...b.reassignedAt, entry.at],
        }));
      return;
    // A duplicate and a test lead found out later count for nobody, as a reversal does.
    case 'lead.duplicate':
    case 'lead.refused':
    case 'lead.reassignment-reversed':
      for (const undone of fields.undone ?? [])
        change(undone.person, undone.at, (b) => ({
          received: Math.max(0, b.received - 1),
          reassignedAt: withoutOne(b.reassignedAt, undone.at),
        }));
      return;
    case 'deadline.missed':
      if (fields.what === 'first-contact' && fields.told !== false && fields.who !== undefined)
        change(fields.who, entry.at, (b) => ({ missed: b.missed + 1 }));
      return;
    case 'miss.struck':
      if (fields.who !== undefined && fields.told !== false)
        change(fields.who, (fields as { missedAt?: Instant }).missedAt ?? entry.at, (b) => ({
          missed: Math.max(0, b.missed - 1),
        }));
      return;
    case 'sale.closed':
      if (fields.by !== undefined)
        change(fields.by, entry.at, (b) => ({
          sales: b.sales + 1,
          closings: b.closings + (fields.counts === false ? 0 : 1),
        }));
      return;
    case 'sale.credited':
      takeBack(fields.from);
      if (fields.to !== undefined)
        change(fields.to, fields.closedAt ?? entry.at, (b) => ({
          sales: b.sales + 1,
          closings: b.closings + (fields.counts === false ? 0 : 1),
        }));
      return;
    case 'sale.canceled':
      takeBack(fields.seller);
      return;
    default:
  }
}
