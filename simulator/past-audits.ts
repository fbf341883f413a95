import { addDays, atLocal, localDate, weekOf } from '../src/calendar/index.ts';
import { checklistItems } from '../src/audits/index.ts';
import { HOUR, plus, type Instant } from '../src/platform/time.ts';
import type { HistoryParts } from './history.ts';
import { AUDIT_NOTES, BAD_CARE } from './phrases.ts';
import { chance, pick, seededFor, whole } from './random.ts';
import { idOf } from './sample-organization.ts';

const AUDITS_A_WEEK = 6;
const SHARES = { yes: 0.86, no: 0.08, withNote: 0.5 } as const;
const DAY = 24 * HOUR;

interface Attended {
  readonly lead: string;
  readonly person: string;
  readonly call: string;
  readonly at: Instant;
}

/**
 * Each Tuesday the administrator listens to some calls of the week before. One finding of bad care was answered and
 * overturned, so that its advisor is back on the roster; a later one was answered and waits for somebody to decide.
 */
export function auditThrough({ house, sample, seed, until }: HistoryParts): void {
  const by = idOf(sample, 'administrator');
  const judge = idOf(sample, 'director');
  const random = seededFor(seed, 'audits');
  const calls: Attended[] = [];
  const audited = new Set<string>();
  house.onEntry(({ entry, at, lead, fields }) => {
    const { by: person, call, talkSeconds } = fields;
    if (entry !== 'call.reported' || lead == null || typeof person !== 'string' || typeof call !== 'string')
      return;
    if (typeof talkSeconds === 'number' && talkSeconds > 0) calls.push({ lead, person, call, at });
  });
  const start = house.now();
  for (
    let week = weekOf(localDate(start, sample.zone));
    week < localDate(until, sample.zone);
    week = addDays(week, 7)
  )
    at(atLocal(`${addDays(week, 8)}T11:00`, sample.zone), () => auditWeek(week));
  at(plus(until, -12 * DAY), () => findBadCare('asesor-5', 0));
  at(plus(until, -30 * HOUR), () => findBadCare('asesor-2', 1));

  function at(when: Instant, act: () => Promise<void>): void {
    if (when > start && when <= until) house.at(when, act);
  }

  async function auditWeek(week: string): Promise<void> {
    const [from, to] = [
      atLocal(`${week}T00:00`, sample.zone),
      atLocal(`${addDays(week, 7)}T00:00`, sample.zone),
    ];
    for (let number = 0; number < AUDITS_A_WEEK; number += 1) {
      const ofWeek = calls.filter((each) => each.at >= from && each.at < to && !audited.has(each.lead));
      if (ofWeek.length === 0) return;
      const { lead, person, call } = pick(random, ofWeek);
      audited.add(lead);
      const note = chance(random, SHARES.withNote) ? pick(random, AUDIT_NOTES) : null;
      const what = {
        audit: house.newId(),
        person,
        lead,
        call,
        week,
        finding: 'ok',
        checklist: checked(),
        note,
      };
      await house.submit({ fact: 'audit.recorded', actor: by, by, ...what });
    }
  }

  function checked(): Record<string, 'yes' | 'no' | 'na'> {
    return Object.fromEntries(
      checklistItems.map((item) => {
        const drawn = random();
        return [item, drawn < SHARES.yes ? 'yes' : drawn < SHARES.yes + SHARES.no ? 'no' : 'na'];
      }),
    );
  }

  async function findBadCare(person: string, which: 0 | 1): Promise<void> {
    const words = BAD_CARE[which];
    const heard = calls.findLast((each) => each.person === person && !audited.has(each.lead));
    if (heard === undefined) return;
    const { lead, call } = heard;
    audited.add(lead);
    const audit = house.newId();
    const week = weekOf(localDate(heard.at, sample.zone));
    const what = { person, lead, call, week, finding: 'bad-care', checklist: checked(), note: words.note };
    await house.submit({ fact: 'audit.recorded', actor: by, by, audit, ...what });
    at(plus(house.now(), whole(random, 3, 7) * HOUR), async () => {
      await house.submit({ fact: 'audit.answered', actor: person, audit, by: person, reasons: words.answer });
    });
    if (!('ruling' in words)) return;
    at(plus(house.now(), 2 * DAY), async () => {
      const ruling = { audit, by: judge, outcome: 'overturned', reasons: words.ruling };
      await house.submit({ fact: 'audit.ruled', actor: judge, ...ruling });
    });
  }
}
