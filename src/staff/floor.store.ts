import { organizationSlice, readOrganization, World, type Organization } from '../decisions/index.ts';
import {
  localDate,
  localMonth,
  nextMonth,
  previousMonth,
  startOfMonth,
  type Month,
} from '../calendar/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { loadAsked } from './papers.store.ts';
import { BASELINE } from './results.ts';
import { loadAbsences, loadShifts } from './shifts.store.ts';
import { asksForMoves, monthsJudged } from './conversion.ts';
import { loadMoves } from './lead-moves.store.ts';
import { loadMonths, loadPeople } from './staff.store.ts';

export type RulesFor = (organization: Organization, at: Instant) => Rules;

/** What a screen about the floor rests on: the same world and rules as a decision taken at this instant would have. */
export interface Floor {
  readonly organization: Organization;
  readonly world: World;
  readonly rules: Rules;
  readonly now: Instant;
}

/** People, rosters and figures of the months around now, and of `months`. Nothing is locked: for looking only. */
export async function readFloor(
  tx: Tx,
  organizationId: string,
  now: Instant,
  rulesFor: RulesFor,
  months: readonly Month[] = [],
): Promise<Floor> {
  const world = new World();
  const organization = await readOrganization(tx, organizationId);
  if (organization === null) throw new Error(`no organization ${organizationId}`);
  world.get(organizationSlice).current = organization;
  const month = localMonth(now, organization.zone);
  const around = [BASELINE, previousMonth(month), month, nextMonth(month)];
  await loadPeople(tx, world);
  const rules = rulesFor(organization, now);
  const shown = [nextMonth(month), month, ...months].flatMap((each) => monthsJudged(each, rules));
  const named = months.flatMap((each) => [previousMonth(each), each]);
  const all = [...new Set([...around, ...named, ...shown])];
  const first = shown.toSorted()[0];
  await Promise.all([
    // Leads one by one, where a roster is judged by more than the month's figures.
    asksForMoves(rules) && first !== undefined
      ? loadMoves(tx, world, startOfMonth(first, organization.zone))
      : null,
    loadMonths(tx, world, all),
    loadShifts(tx, world, all),
    loadAbsences(tx, world, localDate(now, organization.zone), []),
    loadAsked(tx, world),
  ]);
  return { organization, world, rules, now };
}
