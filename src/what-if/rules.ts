import { currentOrganization, organizationSlice, type World } from '../decisions/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { inForce, localDay, type Adoption, type Pack, type Rules } from '../procedures/index.ts';

/** What an organization had adopted, which still answers for the time before an instant. */
export interface Earlier {
  readonly before: Instant;
  readonly adoptions: readonly Adoption[];
}

/** Where the minutes begin in an instant's text. */
const MINUTES = '2024-07-01T09:'.length;

/**
 * The rules in force at an instant, by what this world's organization has adopted so far. They change at local midnight
 * and when something is adopted. What was there before the draft goes on answering for the time before it.
 */
export function rulesIn(
  packs: readonly Pack[],
  world: World,
  earlier: Earlier | null = null,
): (at: Instant) => Rules {
  const known = new Map<string, Rules>();
  const days = new Map<string, LocalDate>();
  return (at) => {
    const current = currentOrganization(world);
    const isEarlier = earlier !== null && at < earlier.before;
    const adoptions = isEarlier ? earlier.adoptions : current.adoptions;
    // No zone changes its day but at a quarter of an hour, and asking which day it is takes its time.
    const quarter = `${at.slice(0, MINUTES)}${Math.floor(Number(at.slice(MINUTES, MINUTES + 2)) / 15)}`;
    const day = days.get(quarter) ?? localDay(at, current.zone);
    days.set(quarter, day);
    const key = `${isEarlier} ${adoptions.length} ${day}`;
    const rules = known.get(key) ?? inForce(packs, adoptions, current.zone, at);
    known.set(key, rules);
    return rules;
  };
}

/** What an organization has adopted when a draft is to be tried, and since when the draft counts as adopted. */
export interface Room {
  readonly adoptions: readonly Adoption[];
  readonly effectiveOn: LocalDate;
}

/**
 * Takes out of this world the version that holds on that day and whatever was adopted for later, and says what stood there.
 * The draft takes its place and its date: so it ranks among the other procedures as that one did, and who had signed that
 * one need not sign a version that is only thought of.
 */
export function makeRoomFor(world: World, draft: Adoption, day: LocalDate): Room {
  const state = world.get(organizationSlice);
  const adoptions = state.current?.adoptions ?? [];
  const holds = adoptions
    .filter(({ procedure, effectiveOn }) => procedure === draft.procedure && effectiveOn <= day)
    .map(({ effectiveOn }) => effectiveOn)
    .toSorted()
    .at(-1);
  const from = holds ?? day;
  const others = adoptions.filter(
    ({ procedure, effectiveOn }) => procedure !== draft.procedure || effectiveOn < from,
  );
  if (state.current !== null) state.current = { ...state.current, adoptions: others };
  return { adoptions, effectiveOn: from };
}
