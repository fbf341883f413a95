import { localMonth, nextMonth, type Month } from '../calendar/index.ts';
import type { DueDeadline, Deciding, Fact, OwnDeadline, Refusal } from '../decisions/index.ts';
import { asJson, currentOrganization, tell } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { sayWhoFellShort } from './conversion-below.ts';
import { judgedResults } from './conversion.ts';
import { judgePlace } from './judge-roster.ts';
import { directionFor, everybody, managerOf, ofRole, person, zoneOf } from './person.ts';
import { isActive, placeOf, placesOf, rosterMonth, type RosterMonth, type RosterPlace } from './roster.ts';
import { rosterInstants } from './roster-instants.ts';

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

export const ROSTER_SUBJECT = 'roster:';
export const rosterKinds = ['roster.due', 'roster.begins', 'roster.send', 'roster.confirm'] as const;

/** Opens the months whose instants are still to come: this month's, if it has not begun, and the next. */
export function openMonths(deciding: Deciding): void {
  const { zone } = currentOrganization(deciding.world);
  const month = localMonth(deciding.now, zone);
  for (const each of [month, nextMonth(month)]) openMonth(each, deciding);
}

function openMonth(month: Month, deciding: Deciding): void {
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

function activate(month: Month, id: string, deciding: Deciding): void {
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

/** The instants of a roster month that are still to pass. */
export function rosterDeadlines(month: RosterMonth): OwnDeadline[] {
  const deadlines: OwnDeadline[] = [];
  if (month.dueAt !== null && !month.duePassed) deadlines.push({ kind: 'roster.due', dueAt: month.dueAt });
  if (!month.decided) deadlines.push({ kind: 'roster.begins', dueAt: month.beginsAt });
  if (month.sendAt !== null && !month.sent) deadlines.push({ kind: 'roster.send', dueAt: month.sendAt });
  if (month.confirmBy !== null && !month.confirmPassed)
    deadlines.push({ kind: 'roster.confirm', dueAt: month.confirmBy });
  return deadlines;
}

function step(deciding: Deciding, month: Month, passed: 'due' | 'decided' | 'sent' | 'confirm'): void {
  deciding.record({ entry: 'roster.step', kind: 'fact', because: [], fields: { month, step: passed } });
}

function monthOf(deadline: DueDeadline): Month {
  return deadline.subject.slice(ROSTER_SUBJECT.length);
}

/** lead-assignment P1: a zone whose director handed nothing in by the due instant loses the month's leads. */
export function rosterDue(deadline: DueDeadline, deciding: Deciding): void {
  const month = monthOf(deadline);
  const p1 = deciding.rules.cite('lead-assignment', 'P1');
  step(deciding, month, 'due');
  if (p1 === null) return;
  const submitted = new Set(rosterMonth(deciding.world, month)?.submitted);
  for (const director of ofRole(deciding.world, 'director')) {
    if (director.zone === null || submitted.has(director.zone)) continue;
    deciding.record({
      entry: 'deadline.missed',
      kind: 'decision',
      because: [p1],
      person: director.id,
      fields: { what: 'roster', who: director.id, dueAt: deadline.dueAt, month, zone: director.zone },
    });
    deciding.record({
      entry: 'roster.forfeited',
      kind: 'decision',
      because: [p1],
      person: director.id,
      fields: { month, zone: director.zone, by: director.id },
    });
    tell(deciding, {
      to: director.id,
      about: 'roster.forfeited',
      because: [p1],
      values: { month, zone: director.zone },
    });
  }
}

/** The 1st at 00:00: the final decision, with the closed month's figures, and the next month's instants set. */
export function rosterBegins(deadline: DueDeadline, deciding: Deciding): void {
  const month = monthOf(deadline);
  step(deciding, month, 'decided');
  decidePlaces(month, deciding, false);
  // Not of the months before an organization was here.
  if (deciding.organization.openedAt < deadline.dueAt) sayWhoFellShort(month, deciding);
  openMonth(nextMonth(month), deciding);
}

function decidePlaces(month: Month, deciding: Deciding, activateAtOnce: boolean): void {
  for (const place of inStaffOrder(deciding, placesOf(deciding.world, month))) {
    const listed = person(deciding.world, place.person);
    if (place.decision !== null || listed === undefined) continue;
    const results = judgedResults(deciding.world, month, place.person, deciding.rules);
    const { decision, failing, because } = judgePlace(place, listed, results, deciding.rules);
    deciding.record({
      entry: 'roster.decided',
      kind: 'decision',
      because: because.length > 0 ? because : [houseRule('roster')],
      person: place.person,
      fields: {
        month,
        zone: place.zone,
        person: place.person,
        decision,
        failing: [...failing],
        figures: asJson(results),
      },
    });
    if (decision === 'included' && activateAtOnce) {
      const l2 = deciding.rules.cite('contact-center-policy', 'L2') ?? houseRule('roster');
      const fields = { person: place.person, month, byAdministrator: true };
      deciding.record({
        entry: 'advisor.activated',
        kind: 'decision',
        because: [l2],
        person: place.person,
        fields,
      });
    } else activate(month, place.person, deciding);
  }
}

function inStaffOrder(deciding: Deciding, places: readonly RosterPlace[]): RosterPlace[] {
  const order = new Map(everybody(deciding.world).map((p, index) => [p.id, index]));
  return places.toSorted((a, b) => (order.get(a.person) ?? 0) - (order.get(b.person) ?? 0));
}

/** contact-center-policy L1: each one's own roster, one to one, to be confirmed by the same channel. */
export function rosterSend(deadline: DueDeadline, deciding: Deciding): void {
  const month = monthOf(deadline);
  step(deciding, month, 'sent');
  const l1 = deciding.rules.cite('contact-center-policy', 'L1');
  if (l1 === null) return;
  for (const place of inStaffOrder(deciding, placesOf(deciding.world, month))) {
    if (place.decision !== 'included' || place.sentAt !== null) continue;
    const channel = tell(deciding, { to: place.person, about: 'roster', because: [l1], values: { month } });
    deciding.record({
      entry: 'roster.sent',
      kind: 'decision',
      because: [l1],
      person: place.person,
      fields: { month, to: place.person, channel },
    });
  }
}

/** contact-center-policy L2: not confirmed by the end of the day is not active, and the manager is told. */
export function rosterConfirmDue(deadline: DueDeadline, deciding: Deciding): void {
  const month = monthOf(deadline);
  const { world, rules } = deciding;
  const l1 = rules.cite('contact-center-policy', 'L1');
  const grace = rules.reading('contact-center-policy', 'roster.grace');
  const unconfirmed = inStaffOrder(deciding, placesOf(world, month)).filter(
    (place) => place.decision === 'included' && place.activatedAt === null && place.removedAt === null,
  );
  const wereActive = unconfirmed.filter((place) =>
    isActive(world, month, place.person, deadline.dueAt, grace),
  );
  step(deciding, month, 'confirm');
  if (l1 === null) return;
  for (const place of unconfirmed) {
    deciding.record({
      entry: 'deadline.missed',
      kind: 'decision',
      because: [l1],
      person: place.person,
      fields: { what: 'roster-confirmation', who: place.person, dueAt: deadline.dueAt, month },
    });
    const manager = managerOf(world, place.person);
    for (const told of manager === undefined ? directionFor(world, place.person) : [manager]) {
      tell(deciding, {
        to: told.id,
        about: 'roster.unconfirmed',
        because: [l1],
        values: { month, person: place.person },
      });
    }
  }
  const l2 = rules.cite('contact-center-policy', 'L2');
  for (const place of l2 === null ? [] : wereActive) {
    const fields = { person: place.person, month, why: 'not confirmed', until: 'confirmed' };
    deciding.record({
      entry: 'advisor.lapsed',
      kind: 'decision',
      because: [l2 ?? ''],
      person: place.person,
      fields,
    });
  }
}

function refuse(deciding: Deciding, refused: string, detail: Refusal['detail'] & object): Refusal {
  const l1 = deciding.rules.cite('contact-center-policy', 'L1');
  const p1 = deciding.rules.cite('lead-assignment', 'P1');
  const because = refused === 'roster-closed' ? (p1 ?? l1) : (l1 ?? p1);
  return { refused, because: because === null ? [] : [because], detail };
}
