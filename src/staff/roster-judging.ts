import { localDate, type Month } from '../calendar/index.ts';
import { asJson, currentOrganization, tell, type Deciding, type Refusal } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { judgedResults } from './conversion.ts';
import { exceptionOf, signException, type ExceptionSigned } from './exceptions.ts';
import { judgePlace } from './judge-roster.ts';
import { everybody, person } from './person.ts';
import { placeOf, rosterMonth, placesOf, type RosterPlace } from './roster.ts';
import { guards } from './shift-decisions.ts';
import { hasShifts } from './shifts.ts';
import { standingOn } from './standing.ts';

function judged(place: RosterPlace, { world, rules }: Deciding, on: string) {
  const listed = person(world, place.person);
  if (listed === undefined) return null;
  const { month, zone, person: id } = place;
  const results = judgedResults(world, month, id, rules);
  const { clauses = [] } = exceptionOf(world, month, id, rules) ?? {};
  const { decision, failing, excepted, because } = judgePlace(
    place,
    standingOn(world, listed, on),
    results,
    rules,
    clauses,
  );
  const fields = {
    month,
    zone,
    person: id,
    decision,
    failing: [...failing],
    ...(excepted.length === 0 ? {} : { excepted: [...excepted] }),
    figures: asJson(results),
  };
  return { decision, because, fields };
}

/** What would be decided with what is known now: the month still has days in which to mend it. */
export function foresee(place: RosterPlace, deciding: Deciding): void {
  const { decision, because, fields } = judged(place, deciding, `${place.month}-01`) ?? {};
  if (decision === undefined || because === undefined || because.length === 0) return;
  deciding.record({
    entry: 'roster.foreseen',
    kind: 'decision',
    because,
    person: place.person,
    fields: { ...fields },
  });
}

export function decidePlaces(month: Month, deciding: Deciding, activateAtOnce: boolean): void {
  for (const place of inStaffOrder(deciding, placesOf(deciding.world, month)))
    if (place.decision === null) decidePlace(place, deciding, activateAtOnce);
}

function decidePlace(place: RosterPlace, deciding: Deciding, activateAtOnce: boolean): void {
  const { month } = place;
  const on = localDate(deciding.now, currentOrganization(deciding.world).zone);
  const { decision, because, fields } = judged(place, deciding, on) ?? {};
  if (decision === undefined || because === undefined) return;
  deciding.record({
    entry: 'roster.decided',
    kind: 'decision',
    because: because.length > 0 ? because : [houseRule('roster')],
    person: place.person,
    fields: { ...fields },
  });
  if (decision === 'included' && activateAtOnce) {
    const l2 = deciding.rules.cite('contact-center-policy', 'L2') ?? houseRule('roster');
    const active = { person: place.person, month, byAdministrator: true };
    deciding.record({
      entry: 'advisor.activated',
      kind: 'decision',
      because: [l2],
      person: place.person,
      fields: active,
    });
  } else activate(month, place.person, deciding);
}

export function activate(month: Month, id: string, deciding: Deciding): void {
  const place = placeOf(deciding.world, month, id);
  const l2 = deciding.rules.cite('contact-center-policy', 'L2');
  // Where no clause asks for a confirmation, being on the roster is enough.
  const confirmed = place?.confirmedAt != null || l2 === null;
  if (place?.decision !== 'included' || !confirmed) return;
  if (place.activatedAt !== null || place.removedAt !== null) return;
  const because = [l2 ?? deciding.rules.cite('lead-assignment', 'P6') ?? houseRule('roster')];
  deciding.record({
    entry: 'advisor.activated',
    kind: 'decision',
    because,
    person: id,
    fields: { person: id, month },
  });
  tell(deciding, { to: id, about: 'advisor.activated', because, values: { month } });
}

export function sendTo(id: string, month: Month, deciding: Deciding): void {
  const l1 = deciding.rules.cite('contact-center-policy', 'L1');
  if (l1 === null) return;
  // Where the zone has published no guards, whoever is on the roster is on duty at all the hours of L3.
  const published = hasShifts(deciding.world, month, id);
  const values = published ? { month, shifts: asJson(guards(deciding, month, id)) } : { month };
  const channel = tell(deciding, { to: id, about: 'roster', because: [l1], values });
  deciding.record({
    entry: 'roster.sent',
    kind: 'decision',
    because: [l1],
    person: id,
    fields: { month, to: id, channel },
  });
}

/** A signature given once the month has begun is looked at at once: who was left out by those clauses is on. */
export function signedException(fact: ExceptionSigned, deciding: Deciding): Refusal | void {
  const refused = signException(fact, deciding);
  if (refused !== undefined) return refused;
  const place = placeOf(deciding.world, fact.month, fact.person);
  if (place?.decision !== 'excluded' || place.removedAt !== null) return undefined;
  const on = localDate(deciding.now, currentOrganization(deciding.world).zone);
  const { decision } = judged(place, deciding, on) ?? {};
  if (decision !== 'included') return undefined;
  decidePlace(place, deciding, false);
  const month = rosterMonth(deciding.world, fact.month);
  if (month?.sent === true && month.sendAt !== null) sendTo(place.person, fact.month, deciding);
  return undefined;
}

export function inStaffOrder(deciding: Deciding, places: readonly RosterPlace[]): RosterPlace[] {
  const order = new Map(everybody(deciding.world).map((p, index) => [p.id, index]));
  return places.toSorted((a, b) => (order.get(a.person) ?? 0) - (order.get(b.person) ?? 0));
}
