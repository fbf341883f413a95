import { nextMonth, type Month } from '../calendar/index.ts';
import { tell, type Deciding, type DueDeadline, type OwnDeadline } from '../decisions/index.ts';
import { directionFor, managerOf, ofRole } from './person.ts';
import {
  dueReminderAt,
  isActive,
  placesOf,
  rosterMonth,
  type RosterMonth,
  type RosterStep,
} from './roster.ts';
import { openMonth } from './roster-decisions.ts';
import { sayWhoFellShort } from './conversion-below.ts';
import { decidePlaces, inStaffOrder, sendTo } from './roster-judging.ts';

export const ROSTER_SUBJECT = 'roster:';

/** The instants of a roster month that are still to pass. */
export function rosterDeadlines(month: RosterMonth): OwnDeadline[] {
  const deadlines: OwnDeadline[] = [];
  if (month.dueAt !== null && !month.duePassed && !month.dueReminded)
    deadlines.push({ kind: 'roster.due-soon', dueAt: dueReminderAt(month.dueAt) });
  if (month.dueAt !== null && !month.duePassed) deadlines.push({ kind: 'roster.due', dueAt: month.dueAt });
  if (!month.decided) deadlines.push({ kind: 'roster.begins', dueAt: month.beginsAt });
  if (month.sendAt !== null && !month.sent) deadlines.push({ kind: 'roster.send', dueAt: month.sendAt });
  if (month.remindAt !== null && !month.reminded)
    deadlines.push({ kind: 'roster.remind', dueAt: month.remindAt });
  if (month.confirmBy !== null && !month.confirmPassed)
    deadlines.push({ kind: 'roster.confirm', dueAt: month.confirmBy });
  return deadlines;
}

function step(deciding: Deciding, month: Month, passed: RosterStep): void {
  deciding.record({ entry: 'roster.step', kind: 'fact', because: [], fields: { month, step: passed } });
}

function monthOf(deadline: DueDeadline): Month {
  return deadline.subject.slice(ROSTER_SUBJECT.length);
}

/** lead-assignment P1: directors whose list is not in are reminded a day before it is due. */
export function rosterDueSoon(deadline: DueDeadline, deciding: Deciding): void {
  const month = monthOf(deadline);
  const { world } = deciding;
  step(deciding, month, 'due-reminded');
  const { dueAt, submitted = [] } = rosterMonth(world, month) ?? {};
  const p1 = dueAt == null ? null : deciding.rulesAt(dueAt).cite('lead-assignment', 'P1');
  if (p1 === null || dueAt == null) return;
  for (const { id, zone } of ofRole(world, 'director')) {
    if (zone === null || submitted.includes(zone)) continue;
    tell(deciding, { to: id, about: 'roster.due', because: [p1], values: { month, zone, dueAt } });
  }
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

/** contact-center-policy L1: each one's own roster, one to one, to be confirmed by the same channel. */
export function rosterSend(deadline: DueDeadline, deciding: Deciding): void {
  const month = monthOf(deadline);
  step(deciding, month, 'sent');
  const l1 = deciding.rules.cite('contact-center-policy', 'L1');
  if (l1 === null) return;
  for (const place of inStaffOrder(deciding, placesOf(deciding.world, month))) {
    if (place.decision !== 'included' || place.sentAt !== null) continue;
    sendTo(place.person, month, deciding);
  }
}

/** Who has the roster and has not answered is reminded while there is time (reading roster.remindAt). */
export function rosterRemind(deadline: DueDeadline, deciding: Deciding): void {
  const month = monthOf(deadline);
  step(deciding, month, 'reminded');
  const l1 = deciding.rules.cite('contact-center-policy', 'L1');
  if (l1 === null) return;
  for (const place of inStaffOrder(deciding, placesOf(deciding.world, month))) {
    const waits = place.decision === 'included' && place.sentAt !== null && place.removedAt === null;
    if (!waits || place.confirmedAt !== null || place.activatedAt !== null) continue;
    tell(deciding, { to: place.person, about: 'roster.reminder', because: [l1], values: { month } });
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
