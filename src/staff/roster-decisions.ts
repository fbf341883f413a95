import { localMonth, nextMonth, type Month } from '../calendar/index.ts';
import { currentOrganization, type Deciding, type Fact, type Refusal } from '../decisions/index.ts';
import { person, zoneOf } from './person.ts';
import { placeOf, placesOf, rosterMonth } from './roster.ts';
import { rosterInstants } from './roster-instants.ts';
import { activate, decidePlaces, foresee, inStaffOrder } from './roster-judging.ts';

export interface RosterSubmitted extends Fact {
  readonly fact: 'roster.submitted';
  readonly month: Month;
  readonly zone: string | null;
  readonly by: string;
  readonly advisors: readonly string[];
  /** An administrator's own list for a month that has begun (going live): judged and active at once. */
  readonly byAdministrator?: boolean;
}

export interface RosterConfirmed extends Fact {
  readonly fact: 'roster.confirmed';
  readonly month: Month;
  readonly by: string;
  readonly channel?: string;
}

/** Opens the months whose instants are still to come: this month's, if it has not begun, and the next. */
export function openMonths(deciding: Deciding): void {
  const { zone } = currentOrganization(deciding.world);
  const month = localMonth(deciding.now, zone);
  for (const each of [month, nextMonth(month)]) openMonth(each, deciding);
}

export function openMonth(month: Month, deciding: Deciding): void {
  if (rosterMonth(deciding.world, month) !== undefined) return;
  const { zone } = currentOrganization(deciding.world);
  const instants = rosterInstants(month, zone, (at) => deciding.rulesAt(at));
  deciding.record({
    entry: 'roster.opened',
    kind: 'fact',
    because: [],
    actor: 'clock',
    fields: { ...instants },
  });
}

/** Zone director's list (lead-assignment P1), or the administrator's for a month that has begun. */
export function submitRoster(fact: RosterSubmitted, deciding: Deciding): Refusal | void {
  const { world, now, rules } = deciding;
  const unknown = fact.advisors.find((id) => person(world, id) === undefined);
  if (unknown !== undefined) return refuse(deciding, 'no-such-person', { person: unknown });
  const by = person(world, fact.by);
  if (by === undefined) return refuse(deciding, 'no-such-person', { person: fact.by });
  openMonth(fact.month, deciding);
  const month = rosterMonth(world, fact.month);
  const zone = fact.zone ?? zoneOf(world, fact.by);
  const late = fact.byAdministrator !== true && month?.dueAt != null && now > month.dueAt;
  // The list that came in time stands: a late one would otherwise cost the zone its month.
  if (late && zone !== null && month.submitted.includes(zone))
    return refuse(deciding, 'roster-closed', { month: fact.month, zone });
  deciding.record({
    entry: 'roster.submitted',
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: {
      month: fact.month,
      zone,
      by: fact.by,
      advisors: [...fact.advisors],
      late,
      ...(fact.byAdministrator === true ? { byAdministrator: true } : {}),
    },
  });
  const forfeits = late && zone !== null && !month.forfeited.includes(zone);
  const p1 = rules.cite('lead-assignment', 'P1');
  if (forfeits && p1 !== null) {
    deciding.record({
      entry: 'roster.forfeited',
      kind: 'decision',
      because: [p1],
      person: fact.by,
      fields: { month: fact.month, zone, by: fact.by },
    });
  }
  // A month that has begun is judged when its list comes; otherwise it waits for the 1st and the closed month's figures.
  if (month !== undefined && now >= month.beginsAt)
    decidePlaces(fact.month, deciding, fact.byAdministrator === true);
  else
    for (const place of inStaffOrder(deciding, placesOf(world, fact.month)))
      if (place.zone === zone) foresee(place, deciding);
}

/** contact-center-policy L2: confirming activates, from that instant, whoever the roster includes. */
export function confirmRoster(fact: RosterConfirmed, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  if (placesOf(world, fact.month).length === 0)
    return refuse(deciding, 'nobody-submitted', { month: fact.month });
  const place = placeOf(world, fact.month, fact.by);
  if (place === undefined)
    return refuse(deciding, 'not-on-the-roster', { month: fact.month, person: fact.by });
  if (place.confirmedAt !== null) return undefined;
  deciding.record({
    entry: 'roster.confirmed',
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: {
      month: fact.month,
      by: fact.by,
      ...(fact.channel === undefined ? {} : { channel: fact.channel }),
    },
  });
  activate(fact.month, fact.by, deciding);
  return undefined;
}

function refuse(deciding: Deciding, refused: string, detail: Refusal['detail'] & object): Refusal {
  const l1 = deciding.rules.cite('contact-center-policy', 'L1');
  const p1 = deciding.rules.cite('lead-assignment', 'P1');
  const because = refused === 'roster-closed' ? (p1 ?? l1) : (l1 ?? p1);
  return { refused, because: because === null ? [] : [because], detail };
}
