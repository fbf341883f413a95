/**
 * The clocks on a lead that nobody claims yet (lead-reassignment R4 to R8): by when its holder must follow up, so that a
 * claim would find the lead kept. One term runs at a time:
 *
 *   given ─R4: 72 h─▶ first contact ─R6: 36 h─▶ follow-up ─R5: 30 days─▶ follow-up …     R8: the date agreed with the client
 *
 * A term that passes takes nothing away; the holder is told, and a claim would be ruled by what there is.
 */
import { addDays, atLocal, localDate, startOfDay, type BusinessCalendar } from '../calendar/index.ts';
import { HOUR, plus, SECOND, type Instant, type LocalDate } from '../platform/time.ts';
import type { Readings } from '../procedures/index.ts';
import type { RulingFigures } from './ruling.ts';
import { daysRun, endOfTerm, type Period } from './terms.ts';

export type ProtectionTerm = 'R4' | 'R5' | 'R6' | 'R8';

export interface Protection {
  readonly lead: string;
  /** Null: nobody has it now. */
  readonly holder: string | null;
  readonly heldFrom: Instant;
  /** Closed, lost or refused: no term runs. */
  readonly over: boolean;
  /** Of this holder. */
  readonly followUps: number;
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** A date of the client's, with evidence. */
  readonly promisedOn: LocalDate | null;
  /** While frozen no term runs. */
  readonly frozen: readonly Period[];
  readonly term: ProtectionTerm | null;
  readonly dueAt: Instant | null;
  readonly remindAt: Instant | null;
  readonly remindedAt: Instant | null;
  /** The last term that passed without what it asks for. */
  readonly missed: ProtectionTerm | null;
}

export interface ProtectionRules {
  readonly zone: string;
  readonly business: BusinessCalendar;
  readonly figures: RulingFigures;
  readonly readings: Pick<Readings<'lead-reassignment'>, 'extension.from' | 'clock.72h'>;
}

export interface RunningTerm {
  readonly term: ProtectionTerm;
  /** Its last instant in time. */
  readonly dueAt: Instant;
  /** Null: too late to remind of it. */
  readonly remindAt: Instant | null;
}

const REMIND_FIRST_CONTACT = 12 * HOUR;
const REMIND_EXTENSION = 6 * HOUR;
const REMIND_FOLLOW_UP = 3 * 24 * HOUR;

/** The term that runs for the holder now; null when none does, or the last one has passed. */
export function runningTerm(at: Protection, rules: ProtectionRules, now: Instant): RunningTerm | null {
  return candidates(at, rules).find((each) => stillRuns(each, at.term, now)) ?? null;
}

/**
 * A follow-up was taken back (a meeting that was not held, a message that never arrived): the term it had answered
 * runs again as if it had never been. One that has passed meanwhile is said to have passed, as it would have been then.
 */
export function termTakenBack(at: Protection, rules: ProtectionRules, now: Instant): RunningTerm | null {
  const [first] = candidates(at, rules);
  const passed = first !== undefined && first.dueAt < now && first.term !== at.missed;
  return passed ? { ...first, remindAt: null } : runningTerm(at, rules, now);
}

/** What is asked of the holder, the first thing first; nothing while nobody holds it or it is frozen. */
function candidates(at: Protection, rules: ProtectionRules): RunningTerm[] {
  if (at.holder === null || at.over || at.frozen.some(({ to }) => to === null)) return [];
  const all = [promised(at, rules), firstContact(at, rules), extension(at, rules), followUp(at, rules)];
  return all.filter((each) => each !== null);
}

/**
 * In its very last instant a term that ran still runs, until it has been said that it passed; none begins then. Else the one
 * that passed would begin again beside the next, and pass again, without end.
 */
function stillRuns({ term, dueAt }: RunningTerm, running: ProtectionTerm | null, now: Instant): boolean {
  return dueAt > now || (dueAt === now && term === running);
}

/** R8: until the end of the day agreed with the client, unless they have talked by then. */
function promised({ promisedOn, lastAt }: Protection, { zone }: ProtectionRules): RunningTerm | null {
  if (promisedOn === null || (lastAt !== null && localDate(lastAt, zone) >= promisedOn)) return null;
  return { term: 'R8', dueAt: endOfDay(promisedOn, zone), remindAt: atLocal(`${promisedOn}T08:00`, zone) };
}

function firstContact(at: Protection, rules: ProtectionRules): RunningTerm | null {
  const dueAt = at.followUps > 0 ? null : firstContactEnd(at, rules);
  return dueAt === null ? null : { term: 'R4', dueAt, remindAt: plus(dueAt, -REMIND_FIRST_CONTACT) };
}

function firstContactEnd({ heldFrom, frozen }: Protection, { figures, readings, business }: ProtectionRules) {
  const calendar = readings['clock.72h'] === 'business' ? business : null;
  return endOfTerm(heldFrom, { hours: figures.firstContactHours, calendar, frozen });
}

/** R6; in the reading `notification` those hours run only once somebody claims the lead. */
function extension(at: Protection, rules: ProtectionRules): RunningTerm | null {
  const reading = rules.readings['extension.from'];
  if (at.followUps !== 1 || reading === 'notification') return null;
  const from = reading === 'term' ? firstContactEnd(at, rules) : at.firstAt;
  if (from === null) return null;
  const dueAt = endOfTerm(from, { hours: rules.figures.extensionHours, calendar: null, frozen: at.frozen });
  return dueAt === null ? null : { term: 'R6', dueAt, remindAt: plus(dueAt, -REMIND_EXTENSION) };
}

/** R5: the thirtieth day is in time, whatever the hour; frozen days do not count. */
function followUp({ lastAt, frozen }: Protection, { figures, zone }: ProtectionRules): RunningTerm | null {
  if (lastAt === null) return null;
  const first = addDays(localDate(lastAt, zone), figures.betweenDaysMax);
  const stood = figures.betweenDaysMax - daysRun(lastAt, endOfDay(first, zone), zone, frozen);
  const dueAt = endOfDay(addDays(first, stood), zone);
  return { term: 'R5', dueAt, remindAt: plus(dueAt, -REMIND_FOLLOW_UP) };
}

function endOfDay(date: LocalDate, zone: string): Instant {
  return plus(startOfDay(addDays(date, 1), zone), -SECOND);
}
