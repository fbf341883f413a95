/** What the law says, by kind of check. The first rule that refuses answers; those that passed are the ground of a yes. */
import {
  addDays,
  isOpen,
  localDate,
  nextOpening,
  publicHolidays,
  startOfDay,
  weekOf,
} from '../calendar/index.ts';
import type { DayHours, OpeningHours } from '../calendar/index.ts';
import { HOUR, plus, type Instant } from '../platform/time.ts';
import type { LawCheck, LawRule } from './law.ts';
import { lawReference } from './law.ts';
import type { Guard, Question, Refusal } from './procedure-guards.ts';
import type { Consent } from './request.ts';

const WEEK_MS = 7 * 24 * HOUR;

type LawOf<C extends LawCheck> = Extract<LawRule, { check: C }>;
type Fault = Omit<Refusal, 'because'> | null;

/** A guard from the judgement of one rule, over all rules of that check. */
function lawGuard<C extends LawCheck>(check: C, fault: (law: LawOf<C>, question: Question) => Fault): Guard {
  const ofCheck = (law: LawRule): law is LawOf<C> => law.check === check;
  return (question) => {
    const passed: string[] = [];
    for (const law of question.laws.filter(ofCheck)) {
      const found = fault(law, question);
      if (found !== null) return { ...found, because: [lawReference(law)] };
      passed.push(lawReference(law));
    }
    return { passed };
  };
}

/** Consent to be advertised to covers our following up; no other purpose covers another. */
function covers(consent: Consent, { request }: Question): boolean {
  const { channel, purpose, at } = request;
  return (
    (consent.channel === 'all' || consent.channel === channel) &&
    (consent.purpose === 'all' ||
      consent.purpose === purpose ||
      (purpose === 'follow-up' && consent.purpose === 'marketing')) &&
    consent.at <= at &&
    (consent.until === undefined || at < consent.until)
  );
}

function expressConsents(question: Question): Consent[] {
  return question.facts.consents.filter((c) => c.tacit !== true && covers(c, question));
}

export const lawfulChannel = lawGuard('forbid', () => ({ why: 'channel-forbidden' }));

export const consented = lawGuard('consent', (_law, question) =>
  expressConsents(question).length > 0 ? null : { why: 'no-consent' },
);

/** Is the entry in effect on the recipient's local day? */
function inEffect(law: LawOf<'register'>, entryAt: Instant, { request, facts }: Question): boolean {
  if (entryAt > request.at) return false;
  const today = localDate(request.at, facts.recipientZone);
  const from = addDays(localDate(entryAt, facts.recipientZone), law.graceDays);
  return from <= today && (law.validDays === null || today < addDays(from, law.validDays));
}

export const offRegister = lawGuard('register', (law, question) => {
  const { request, facts } = question;
  const consents = expressConsents(question);
  if (law.unless === 'consent' && consents.length > 0) return null;
  const blocks = facts.registerEntries.some(
    (entry) =>
      entry.register === law.register &&
      (entry.channel === 'all' || entry.channel === request.channel) &&
      inEffect(law, entry.at, question) &&
      // RNE: the entry revoked what was said before it; a consent of the same instant is not later.
      !(law.unless === 'later-consent' && consents.some((c) => c.at > entry.at)),
  );
  if (blocks) return { why: 'on-register' };
  if (facts.registerChecks === undefined) return null;
  const oldest = plus(request.at, -law.checkDaysMax * 24 * HOUR);
  const fresh = facts.registerChecks.some(
    (check) => check.register === law.register && check.at >= oldest && check.at <= request.at,
  );
  return fresh ? null : { why: 'register-not-checked' };
});

export const notContactedToday = lawGuard('per-day', (law, { request, facts }) => {
  const today = localDate(request.at, facts.recipientZone);
  const reached = facts.directContacts.filter(
    (c) => c.at <= request.at && localDate(c.at, facts.recipientZone) === today,
  );
  if (reached.length < law.directContactsMax) return null;
  return { why: 'contacted-today', until: startOfDay(addDays(today, 1), facts.recipientZone) };
});

/** "Week" read both ways, strictest first: Monday to Sunday, and seven days back; whichever ends later. */
export const sameChannelThisWeek = lawGuard('channel-week', (_law, { request, facts }) => {
  const zone = facts.recipientZone;
  let until: Instant | null = null;
  for (const contact of facts.directContacts) {
    if (contact.channel === request.channel || contact.at > request.at) continue;
    const nextMonday = startOfDay(addDays(weekOf(localDate(contact.at, zone)), 7), zone);
    const sevenDays = plus(contact.at, WEEK_MS);
    const free: Instant = nextMonday > sevenDays ? nextMonday : sevenDays;
    if (free > request.at && (until === null || free > until)) until = free;
  }
  return until === null ? null : { why: 'other-channel-this-week', until };
});

export const inLegalHours = lawGuard('hours', (law, { request, facts }) => {
  const own = law.ownHours ? facts.ownHours : undefined;
  const hours = own ?? legalHours(law, request.at, facts.recipientZone);
  if (isOpen(hours, request.at)) return null;
  const why = law.kind === 'law' ? 'outside-legal-hours' : 'outside-policy-hours';
  return { why, until: nextOpening(hours, request.at) };
});

/** Opening hours of a legal window around an instant: the holidays of its year and the next, for the next opening. */
function legalHours({ window }: LawOf<'hours'>, at: Instant, recipientZone: string): OpeningHours {
  const zone = window.zone === 'recipient' ? recipientZone : window.zone;
  const year = Number(localDate(at, zone).slice(0, 4));
  const country = window.closedOnHolidaysOf;
  const work = dayHours(window.monFri);
  return {
    zone,
    days: { 1: work, 2: work, 3: work, 4: work, 5: work, 6: dayHours(window.sat), 7: dayHours(window.sun) },
    closedOn:
      country === null ? [] : [...publicHolidays(country, year), ...publicHolidays(country, year + 1)],
  };
}

function dayHours(day: readonly [string, string] | null): DayHours | null {
  return day === null ? null : { opens: day[0], closes: day[1] };
}
