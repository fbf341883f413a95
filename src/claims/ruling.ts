/**
 * Who keeps the lead: the ruling of lead-reassignment in its lines, in order; the first that applies decides. Pure: the same
 * history and request give the same line, whoever asks and whenever. Line 1 returns the request and is no ruling
 * (incomplete.ts); line 6 says what counts (what-counts.ts).
 *
 *    2 holder gone ─▶ reassign    3 agreed ─▶ as agreed    4 term of first contact running ─▶ keep    5 incubator ─▶ keep
 *    7 nothing counts ─▶ reassign    8 no first contact in time ─▶ reassign    9 only that one ─▶ 36 hours
 *    10 the client never answered ─▶ reassign    11 a gap too long ─▶ reassign    12 otherwise ─▶ keep
 */
import { addDays, localDate, type BusinessCalendar } from '../calendar/index.ts';
import { HOUR, plus, type Instant, type LocalDate } from '../platform/time.ts';
import type { ClauseId, Readings } from '../procedures/index.ts';
import { clausesOf } from './clauses-of.ts';
import { daysRun, endOfTerm, type Period } from './terms.ts';
import { judgeInteraction, type Interaction, type Judged } from './what-counts.ts';

export type Outcome = 'keep' | 'reassign';
export type Line = 2 | 3 | 4 | 5 | 7 | 8 | 9 | 10 | 11 | 12;
export const rulingLines: readonly Line[] = [2, 3, 4, 5, 7, 8, 9, 10, 11, 12];
type Clause = ClauseId<'lead-reassignment'>;

/** The figures of R4, R5, R6 and R7 as the procedure in force has them. */
export interface RulingFigures {
  readonly firstContactHours: number;
  readonly extensionHours: number;
  /** R5: between two follow-ups. */
  readonly betweenDaysMax: number;
  /** R7: from the last one to the notification. */
  readonly sinceDaysMax: number;
}

/** A promise of the client's to talk again on a day, with its evidence (R8). */
export interface Incubation {
  readonly at: Instant;
  readonly nextContactOn: LocalDate;
  readonly evidence: boolean;
}

export interface RulingCase {
  readonly zone: string;
  /** Business hours, for the reading clock.72h. */
  readonly business: BusinessCalendar;
  readonly readings: Pick<
    Readings<'lead-reassignment'>,
    'extension.from' | 'clock.72h' | 'firstContact.needs'
  >;
  readonly figures: RulingFigures;
  readonly holder: string;
  /** Still works for the company. */
  readonly holderCurrent: boolean;
  /** Registration, or when the lead was given to this holder later. */
  readonly heldFrom: Instant;
  /** When the control area asked for the status. */
  readonly notifiedAt: Instant;
  readonly agreed: Outcome | null;
  /** All before the notification, in order of time. */
  readonly incubations: readonly Incubation[];
  readonly interactions: readonly Interaction[];
  /** Earlier claims on the same person. */
  readonly frozen: readonly Period[];
}

export interface Gap {
  readonly from: Instant;
  readonly to: Instant;
  readonly days: number;
  /** To the notification, with no follow-up at its end (R7); else between two (R5). */
  readonly open: boolean;
}

/** Instants of the terms, for whoever draws them. */
export interface Terms {
  readonly firstContactDueAt: Instant | null;
  readonly extensionFrom: Instant | null;
  readonly extensionEndsAt: Instant | null;
  /** The last follow-up that counts, and the last day in time for the next. */
  readonly followedUpAt: Instant | null;
  readonly followUpDueOn: LocalDate | null;
  readonly protectedUntilOn: LocalDate | null;
}

export interface Ruling {
  readonly outcome: Outcome;
  readonly line: Line;
  /** The clauses that decide it. */
  readonly clauses: readonly Clause[];
  /** Every requirement that is not met (L12), the deciding one included; empty when kept by line 12. */
  readonly unmet: readonly Clause[];
  readonly judged: readonly Judged[];
  readonly terms: Terms;
  readonly gap: Gap | null;
}

/** What the lines look at, worked out once. */
interface Grounds extends RulingCase {
  readonly judged: readonly Judged[];
  readonly followUps: readonly Instant[];
  readonly firstContactDueAt: Instant | null;
  readonly extensionFrom: Instant | null;
  readonly extensionEndsAt: Instant | null;
  readonly incubation: Incubation | null;
  readonly worstGap: Gap | null;
}

interface Rule {
  readonly line: Line;
  readonly clauses: readonly Clause[];
  /** Null: this line does not apply. */
  readonly decides: (grounds: Grounds) => Outcome | null;
}

const inTime = (at: Instant, end: Instant | null): boolean => end === null || at <= end;
const when = (applies: boolean, outcome: Outcome): Outcome | null => (applies ? outcome : null);

const LINES: readonly Rule[] = [
  {
    line: 2,
    clauses: clausesOf('lead-reassignment', 'L9'),
    decides: (c) => when(!c.holderCurrent, 'reassign'),
  },
  { line: 3, clauses: clausesOf('lead-reassignment', 'R10'), decides: (c) => c.agreed },
  {
    line: 4,
    clauses: clausesOf('lead-reassignment', 'R4'),
    decides: (c) => when(inTime(c.notifiedAt, c.firstContactDueAt), 'keep'),
  },
  { line: 5, clauses: clausesOf('lead-reassignment', 'R8'), decides: (c) => when(isToCome(c), 'keep') },
  {
    line: 7,
    clauses: clausesOf('lead-reassignment', 'R3', 'R7'),
    decides: (c) => when(!c.judged.some((j) => j.counts), 'reassign'),
  },
  {
    line: 8,
    clauses: clausesOf('lead-reassignment', 'R4'),
    decides: (c) => when(!hasFirstContact(c), 'reassign'),
  },
  { line: 9, clauses: clausesOf('lead-reassignment', 'R6'), decides: onlyFirstContact },
  {
    line: 10,
    clauses: clausesOf('lead-reassignment', 'L5b'),
    decides: (c) => when(!c.judged.some((j) => j.sign), 'reassign'),
  },
  {
    line: 11,
    clauses: clausesOf('lead-reassignment', 'R5', 'R7'),
    decides: (c) => when(c.worstGap !== null, 'reassign'),
  },
  { line: 12, clauses: clausesOf('lead-reassignment', 'L11'), decides: () => 'keep' },
];

/** Line 5: the date counts while it is still to come on the day of the notification, that day included. */
function isToCome({ incubation, notifiedAt, zone }: Grounds): boolean {
  return (
    incubation !== null && incubation.evidence && incubation.nextContactOn >= localDate(notifiedAt, zone)
  );
}

/** Line 8; with firstContact.needs: two-way the client must have answered within the term, too. */
function hasFirstContact({ followUps, judged, firstContactDueAt, readings }: Grounds): boolean {
  const [first] = followUps;
  if (first === undefined || !inTime(first, firstContactDueAt)) return false;
  if (readings['firstContact.needs'] === 'contact') return true;
  return judged.some(
    (j) => j.sign && j.interaction.at !== null && inTime(j.interaction.at, firstContactDueAt),
  );
}

function onlyFirstContact({ followUps, notifiedAt, extensionEndsAt, readings }: Grounds): Outcome | null {
  if (followUps.length !== 1) return null;
  // The hours ran after the notification, with nobody else admitted, and no follow-up came in them.
  if (readings['extension.from'] === 'notification') return 'reassign';
  return inTime(notifiedAt, extensionEndsAt) ? 'keep' : 'reassign';
}

export function rule(given: RulingCase): Ruling {
  const grounds = groundsOf(given);
  const { judged, worstGap: gap, incubation, followUps, zone, figures } = grounds;
  const last = followUps.at(-1) ?? null;
  const terms: Terms = {
    firstContactDueAt: grounds.firstContactDueAt,
    extensionFrom: grounds.extensionFrom,
    extensionEndsAt: grounds.extensionEndsAt,
    followedUpAt: last,
    followUpDueOn: last === null ? null : addDays(localDate(last, zone), figures.sinceDaysMax),
    protectedUntilOn: incubation?.evidence === true ? incubation.nextContactOn : null,
  };
  for (const { line, clauses, decides } of LINES) {
    const outcome = decides(grounds);
    if (outcome === null) continue;
    const unmet = outcome === 'keep' ? [] : unmetRequirements(grounds, clauses);
    return { outcome, line, clauses, unmet, judged, terms, gap };
  }
  throw new Error('the last line decides whatever the others leave');
}

/** L12: the requirements go together, so each one that fails is named, not only the first. */
function unmetRequirements(grounds: Grounds, deciding: readonly Clause[]): Clause[] {
  const failing = LINES.filter(({ line, decides }) => line >= 7 && decides(grounds) === 'reassign');
  return [...new Set([...deciding, ...failing.flatMap(({ clauses }) => clauses)])];
}

function groundsOf(given: RulingCase): Grounds {
  const { notifiedAt, readings, figures, heldFrom, frozen, business, incubations } = given;
  const firstContactDueAt = endOfTerm(heldFrom, {
    hours: figures.firstContactHours,
    calendar: readings['clock.72h'] === 'business' ? business : null,
    frozen,
  });
  const exceptedUntil = exceptionEnd(given);
  const judged = judgeAll(given, exceptedUntil);
  const followUps = judged
    .filter((j) => j.followUp)
    .flatMap((j) => j.interaction.at ?? [])
    .toSorted();
  const [first] = followUps;
  const extension = { hours: figures.extensionHours, calendar: null, frozen };
  const begin = { 'first-contact': first, term: firstContactDueAt, notification: null };
  const begins = begin[readings['extension.from']] ?? null;
  const extensionFrom = exceptedUntil === null ? begins : notifiedAt;
  const extensionEndsAt = exceptedUntil ?? (begins === null ? null : endOfTerm(begins, extension));
  const incubation = incubations.findLast(({ at }) => at < notifiedAt) ?? null;
  const terms = { firstContactDueAt, extensionFrom, extensionEndsAt };
  const grounds = { ...given, ...terms, judged, followUps, incubation };
  return { ...grounds, worstGap: worstGap(given, followUps) };
}

function judgeAll(
  { holder, heldFrom, notifiedAt, interactions }: RulingCase,
  until: Instant | null,
): Judged[] {
  const window = { holder, from: heldFrom, notifiedAt, exceptedUntil: until };
  return interactions
    .toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1))
    .map((interaction) => judgeInteraction(interaction, window));
}

/**
 * Reading extension.from: notification. With evidence of the first contact in time and no later follow-up, the holder alone
 * may still follow up for the 36 hours after the notification (R6). Null: nobody is excepted.
 */
export function exceptionEnd(given: RulingCase): Instant | null {
  if (given.readings['extension.from'] !== 'notification') return null;
  const followUps = judgeAll(given, null).filter((j) => j.followUp);
  return followUps.length === 1 ? plus(given.notifiedAt, given.figures.extensionHours * HOUR) : null;
}

/** Lines 11: the longest gap that breaks R5 or R7. A concrete date of the client's is the next deadline instead (R8). */
function worstGap(given: RulingCase, followUps: readonly Instant[]): Gap | null {
  const { notifiedAt, zone, frozen, figures } = given;
  let worst: Gap | null = null;
  for (const [index, from] of followUps.entries()) {
    const next = followUps[index + 1];
    const open = next === undefined;
    const to = next ?? notifiedAt;
    const days = daysRun(from, to, zone, frozen);
    const daysMax = open ? figures.sinceDaysMax : figures.betweenDaysMax;
    if (days <= daysMax || isPromised(given, from, to, daysMax)) continue;
    if (worst === null || days > worst.days) worst = { from, to, days, open };
  }
  return worst;
}

function isPromised({ incubations, zone }: RulingCase, from: Instant, to: Instant, daysMax: number): boolean {
  const lastDay = addDays(localDate(from, zone), daysMax);
  return incubations.some(
    (promise) =>
      promise.evidence &&
      promise.at < to &&
      localDate(promise.at, zone) <= lastDay &&
      localDate(to, zone) <= promise.nextContactOn,
  );
}
