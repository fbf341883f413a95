import { Rows, type World } from '../decisions/index.ts';
import { previousMonth, type Month } from '../calendar/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { HOUR, plus, type Instant } from '../platform/time.ts';

/**
 * A person's place in a month's roster:
 *
 *   proposed ──1st 00:00──▶ included ──confirms──▶ active ──audit, removal──▶ removed
 *      │                       └──not confirmed by the end of the 1st──▶ (included, not active)
 *      ├──────1st 00:00──▶ excluded (with the clauses that fail)
 *      └──a later list of the zone, still in time, leaves them out──▶ withdrawn
 */
export interface RosterPlace {
  readonly month: Month;
  readonly person: string;
  readonly zone: string | null;
  readonly submittedAt: Instant;
  readonly submittedBy: string;
  /** Handed in after the due instant: counts as handed in, activates nobody (lead-assignment P1). */
  readonly late: boolean;
  readonly decision: 'included' | 'excluded' | null;
  readonly failing: readonly string[];
  readonly sentAt: Instant | null;
  readonly confirmedAt: Instant | null;
  readonly activatedAt: Instant | null;
  readonly removedAt: Instant | null;
  /** A later list of the zone, handed in before the due instant, no longer names this person. */
  readonly withdrawnAt: Instant | null;
}

/** The instants of one month's roster, fixed when the month is opened, and which of them have passed. */
export interface RosterMonth {
  readonly month: Month;
  readonly dueAt: Instant | null;
  readonly beginsAt: Instant;
  readonly sendAt: Instant | null;
  readonly remindAt: Instant | null;
  readonly confirmBy: Instant | null;
  /** Directors without a list were reminded, a day before it is due. */
  readonly dueReminded: boolean;
  readonly duePassed: boolean;
  readonly decided: boolean;
  readonly sent: boolean;
  /** Whoever had not confirmed was reminded. */
  readonly reminded: boolean;
  readonly confirmPassed: boolean;
  /** Zones whose list came in time, an empty one included. */
  readonly submitted: readonly string[];
  /** Zones whose director handed in no list in time. */
  readonly forfeited: readonly string[];
}

interface RosterState {
  readonly places: Rows<RosterPlace>;
  readonly months: Rows<RosterMonth>;
}

export const rosterSlice = {
  name: 'roster',
  empty: (): RosterState => ({ places: new Rows<RosterPlace>(), months: new Rows<RosterMonth>() }),
};

/** A day before the list is due. */
export function dueReminderAt(dueAt: Instant): Instant {
  return plus(dueAt, -24 * HOUR);
}

export function placeKey(month: Month, person: string): string {
  return `${month} ${person}`;
}

export function placeOf(world: World, month: Month, person: string): RosterPlace | undefined {
  const place = world.get(rosterSlice).places.get(placeKey(month, person));
  return place?.withdrawnAt === null ? place : undefined;
}

export function placesOf(world: World, month: Month): RosterPlace[] {
  return world
    .get(rosterSlice)
    .places.values()
    .filter((place) => place.month === month && place.withdrawnAt === null);
}

export function rosterMonth(world: World, month: Month): RosterMonth | undefined {
  return world.get(rosterSlice).months.get(month);
}

/**
 * Whether a rostered person works with leads at an instant (contact-center-policy L2). Until the end of the 1st one who
 * was active last month and is included in the new roster stays active without confirming (reading roster.grace).
 */
export function isActive(
  world: World,
  month: Month,
  id: string,
  at: Instant,
  grace: 'previous' | 'none',
): boolean {
  const place = placeOf(world, month, id);
  if (place === undefined || place.removedAt !== null) return false;
  if (place.activatedAt !== null) return true;
  const instants = rosterMonth(world, month);
  const inGrace = instants?.confirmBy != null && at <= instants.confirmBy && !instants.confirmPassed;
  if (grace === 'none' || place.decision !== 'included' || !inGrace) return false;
  const before = placeOf(world, previousMonth(month), id);
  return before?.activatedAt != null && before.removedAt === null;
}

export type RosterStep = 'due-reminded' | 'due' | 'decided' | 'sent' | 'reminded' | 'confirm';

interface RosterFields {
  readonly month: Month;
  readonly zone?: string | null;
  readonly by: string;
  readonly person: string;
  readonly to: string;
  readonly advisors: readonly string[];
  readonly late?: boolean;
  readonly byAdministrator?: boolean;
  readonly decision: 'included' | 'excluded';
  readonly failing: readonly string[];
  readonly step: RosterStep;
  readonly dueAt: Instant | null;
  readonly beginsAt: Instant;
  readonly sendAt: Instant | null;
  readonly remindAt: Instant | null;
  readonly confirmBy: Instant | null;
}

/** Every transition of a month's roster and of the places in it. */
export function evolveRoster(world: World, entry: JournalEntry | NewEntry): void {
  const { places, months } = world.get(rosterSlice);
  const fields = entry.fields as unknown as RosterFields;
  const change = (id: string, changes: Partial<RosterPlace>): void => {
    const before = places.get(placeKey(fields.month, id));
    if (before !== undefined) places.set(placeKey(fields.month, id), { ...before, ...changes });
  };
  switch (entry.entry) {
    case 'roster.opened':
    case 'roster.rescheduled': {
      const { month, dueAt, beginsAt, sendAt, remindAt, confirmBy } = fields;
      const passed = months.get(month) ?? {
        dueReminded: dueAt === null || dueReminderAt(dueAt) < entry.at,
        duePassed: dueAt === null || dueAt < entry.at,
        decided: false,
        sent: sendAt === null,
        reminded: remindAt === null || remindAt < entry.at,
        confirmPassed: confirmBy === null,
        submitted: [],
        forfeited: [],
      };
      months.set(month, { ...passed, month, dueAt, beginsAt, sendAt, remindAt, confirmBy });
      return;
    }
    case 'roster.submitted':
      handedIn(world, fields, entry);
      return;
    case 'roster.forfeited': {
      const month = months.get(fields.month);
      if (month !== undefined && fields.zone != null)
        months.set(fields.month, { ...month, forfeited: [...month.forfeited, fields.zone] });
      return;
    }
    case 'roster.decided':
      change(fields.person, { decision: fields.decision, failing: fields.failing });
      return;
    case 'roster.sent':
      change(fields.to, { sentAt: entry.at });
      return;
    case 'roster.confirmed':
      change(fields.by, { confirmedAt: entry.at });
      return;
    case 'advisor.activated':
      change(fields.person, { activatedAt: entry.at, removedAt: null });
      return;
    case 'advisor.removed':
      change(fields.person, { removedAt: entry.at });
      return;
    case 'advisor.restored':
      change(fields.person, { removedAt: null });
      return;
    case 'roster.step': {
      const month = months.get(fields.month);
      if (month !== undefined) months.set(fields.month, stepped(month, fields.step));
      return;
    }
    default:
  }
}

/**
 * A zone's list replaces the one it handed in before, as long as the month is not decided; who is on both keeps their
 * confirmation. The administrator's list of a month that has begun only adds.
 */
function handedIn(world: World, fields: RosterFields, entry: JournalEntry | NewEntry): void {
  const { places, months } = world.get(rosterSlice);
  const listed = new Set(fields.advisors);
  const replaces = fields.byAdministrator !== true && fields.zone != null;
  for (const place of replaces ? placesOf(world, fields.month) : []) {
    if (place.zone === fields.zone && place.decision === null && !listed.has(place.person))
      places.set(placeKey(place.month, place.person), { ...place, withdrawnAt: entry.at });
  }
  for (const id of listed) {
    const before = placeOf(world, fields.month, id);
    // Who was removed stays so though listed again: only the decision that removed them lets them back.
    if (before?.decision === 'included') continue;
    const place = { ...proposed(fields, id, entry), confirmedAt: before?.confirmedAt ?? null };
    places.set(placeKey(fields.month, id), place);
  }
  const month = months.get(fields.month);
  if (month !== undefined && fields.zone != null && fields.late !== true)
    months.set(fields.month, { ...month, submitted: [...new Set([...month.submitted, fields.zone])] });
}

function proposed(fields: RosterFields, id: string, entry: JournalEntry | NewEntry): RosterPlace {
  return {
    month: fields.month,
    person: id,
    zone: fields.zone ?? null,
    submittedAt: entry.at,
    submittedBy: fields.by,
    late: fields.late ?? false,
    decision: null,
    failing: [],
    sentAt: null,
    confirmedAt: null,
    activatedAt: null,
    removedAt: null,
    withdrawnAt: null,
  };
}

function stepped(month: RosterMonth, step: RosterFields['step']): RosterMonth {
  switch (step) {
    case 'due-reminded':
      return { ...month, dueReminded: true };
    case 'reminded':
      return { ...month, reminded: true };
    case 'due':
      return { ...month, duePassed: true };
    case 'decided':
      return { ...month, decided: true };
    case 'sent':
      return { ...month, sent: true };
    case 'confirm':
      return { ...month, confirmPassed: true };
    default:
      return step satisfies never;
  }
}
