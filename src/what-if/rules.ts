import { currentOrganization, organizationSlice, type World } from '../decisions/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { inForce, localDay, type Adoption, type Pack, type Rules } from '../procedures/index.ts';

/**
 * The rules in force at an instant, by what this world's organization has adopted so far. They change at local midnight
 * and when something is adopted.
 */
export function rulesIn(packs: readonly Pack[], world: World): (at: Instant) => Rules {
  const known = new Map<string, Rules>();
  return (at) => {
    const { adoptions, zone } = currentOrganization(world);
    const key = `${adoptions.length} ${localDay(at, zone)}`;
    const rules = known.get(key) ?? inForce(packs, adoptions, zone, at);
    known.set(key, rules);
    return rules;
  };
}

/** Whatever of the draft's procedure this world adopted for that day or later, it has not: the draft will stand there. */
export function makeRoomFor(world: World, draft: Adoption, day: LocalDate): void {
  const state = world.get(organizationSlice);
  if (state.current === null) return;
  const adoptions = state.current.adoptions.filter(
    ({ procedure, effectiveOn }) => procedure !== draft.procedure || effectiveOn < day,
  );
  state.current = { ...state.current, adoptions };
}
