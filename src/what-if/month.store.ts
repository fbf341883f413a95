import {
  createFold,
  DEFAULT_SETTINGS,
  organizationSlice,
  readOrganization,
  type Feature,
  type Organization,
  type World,
} from '../decisions/index.ts';
import { readEntries } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { standInForErased } from './erased-people.ts';
import { recordMonth, type RecordedMonth } from './recorded-month.ts';
import { tenures, type Tenures } from './tenures.ts';

const PAGE = 5_000;

/** Where a run begins. A run lives on in it, so each has its own. */
export interface Beginning {
  readonly world: World;
  readonly had: Tenures;
  /** The organization had been opened by then. */
  readonly open: boolean;
}

export interface MonthRead {
  readonly month: RecordedMonth;
  /** Where the next run begins. A month that has been run is kept no longer than the run. */
  begin(): Beginning;
}

export interface MonthAsked {
  readonly database: Database;
  readonly organization: string;
  readonly features: readonly Feature[];
  readonly from: Instant;
  readonly to: Instant;
  /** How many times the month will be run. */
  readonly runs: number;
}

/**
 * The month out of the journal: the organization as it stood when it began, as many times as it will be run, and what was
 * told since. Read a page at a time in transactions of their own, so that nothing waits for it.
 */
export async function readMonth(asked: MonthAsked): Promise<MonthRead> {
  const { database, organization, features, from, to } = asked;
  const known = await readOrganization(database.kysely, organization);
  if (known === null) throw new Error(`no organization ${organization}`);
  const recorder = recordMonth(features, from);
  const standIn = standInForErased();
  const starts = Array.from({ length: asked.runs }, () => ({ fold: createFold(features), had: tenures() }));
  for (let after = 0; ;) {
    const page = await database.inOrganization(organization, (tx) => readEntries(tx, after, PAGE));
    for (const { salt: _salt, ...stored } of page) {
      const entry = standIn(stored);
      if (entry.at >= to) return done(known);
      recorder.see(entry);
      if (entry.at >= from) continue;
      for (const { fold, had } of starts) {
        fold.apply(entry);
        had.see(entry);
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return done(known);
    after = last.id;
  }

  function done(before: Organization): MonthRead {
    const beginnings = starts.splice(0).map(({ fold, had }) => {
      const state = fold.world.get(organizationSlice);
      const open = state.current !== null;
      // As it is before its first fact: a row with nothing adopted.
      state.current ??= { ...before, adoptions: [], settings: DEFAULT_SETTINGS };
      return { world: fold.world, had, open };
    });
    return {
      month: recorder.end(),
      begin() {
        const next = beginnings.shift();
        if (next === undefined) throw new Error('the month was read for fewer runs');
        return next;
      },
    };
  }
}
