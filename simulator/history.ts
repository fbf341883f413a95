import { addDays, atLocal, localDate } from '../src/calendar/index.ts';
import { HOUR, MINUTE, plus, type Instant } from '../src/platform/time.ts';
import type { Pack } from '../src/procedures/index.ts';
import { arrivalFact } from './arrival-fact.ts';
import { pretendLeads, type ArrivalKind } from './lead-bodies.ts';
import { assignAtAnyHour } from './open-sample.ts';
import { auditThrough } from './past-audits.ts';
import { correctThrough } from './past-corrections.ts';
import { conductThrough } from './past-conduct.ts';
import { converseThrough } from './past-conversations.ts';
import { planGuards } from './past-guards.ts';
import { planPapers } from './past-papers.ts';
import { liveThrough } from './past-people.ts';
import { referThrough } from './past-referrals.ts';
import { planRosters } from './past-roster.ts';
import { planWeeks } from './past-weeks.ts';
import { pickWeighted, seededFor, whole } from './random.ts';
import { idOf, type SampleOrganization } from './sample-organization.ts';
import type { SimulatedHouse } from './simulated-house.ts';

const DAYS = 36;
/** Director's list is due on the 25th: a history that began later would begin with a forfeited month. */
const FIRST_DAY_MAX = 23;
const LEADS_A_DAY = 12;
/** Leads by hour of the local day: a quiet night, a long noon, an evening on the sofa. */
const BY_HOUR = [2, 1, 1, 1, 1, 2, 3, 5, 8, 10, 11, 11, 10, 9, 9, 9, 9, 8, 8, 8, 9, 9, 7, 4] as const;
/** What has not had its night's sleep yet is staged below. */
const STAGED = 20 * MINUTE;
/** Clocks that run when the history ends: 9, 6 and 2 minutes left, and one that was missed and goes on. */
const STAGED_BEFORE = [13 * MINUTE, 8 * MINUTE, 4 * MINUTE, MINUTE] as const;
const IMPORTED_WAITING = 2;
/** How long before its end the day begins from which leads go out at any hour. */
export const ANY_HOUR = 2 * HOUR;

export interface HistoryParts {
  readonly house: SimulatedHouse;
  readonly sample: SampleOrganization;
  readonly packs: readonly Pack[];
  readonly seed: number;
  readonly until: Instant;
  /** Puts a paper's bytes where the product keeps them; its fact tells of it. */
  keepFile(document: string, content: Buffer): Promise<void>;
}

/** When a history that ends at `until` begins: a month and a bit before, at nine in the morning. */
export function beginningOf(until: Instant, zone: string): Instant {
  const day = addDays(localDate(until, zone), -DAYS);
  const capped = Number(day.slice(8)) > FIRST_DAY_MAX ? `${day.slice(0, 8)}${FIRST_DAY_MAX}` : day;
  return atLocal(`${capped}T09:00`, zone);
}

/**
 * Plans a month and a bit of the sample organization's life on the agenda of the simulated house; it happens as time
 * passes there. What advisors do follows from the entries as they come, never from what the plan knows.
 */
export function planHistory(parts: HistoryParts): void {
  planRosters(parts);
  planGuards(parts);
  planPapers(parts);
  planWeeks(parts);
  planLeads(parts);
  planStaging(parts);
  planReading(parts);
  const quietFrom = plus(parts.until, -STAGED);
  liveThrough(parts, quietFrom);
  converseThrough(parts, quietFrom);
  referThrough(parts, quietFrom);
  correctThrough(parts);
  auditThrough(parts);
  conductThrough(parts);
}

/** Every lead of the past at its instant, by hour of the day; two arrive twice on some days. */
function planLeads({ house, sample, seed, until }: HistoryParts): void {
  const random = seededFor(seed, 'history');
  const leads = pretendLeads(random, sample);
  const hours = BY_HOUR.map((weight, hour) => [hour, weight] as const);
  const end = plus(until, -STAGED);
  const times: Instant[] = [];
  for (
    let day = localDate(house.now(), sample.zone);
    day <= localDate(until, sample.zone);
    day = addDays(day, 1)
  ) {
    const number = whole(random, LEADS_A_DAY - 4, LEADS_A_DAY + 4);
    for (let i = 0; i < number; i += 1) {
      const hour = pickWeighted(random, hours);
      const at = plus(
        atLocal(`${day}T${String(hour).padStart(2, '0')}:00`, sample.zone),
        whole(random, 0, HOUR - 1),
      );
      if (at > house.now() && at < end) times.push(at);
    }
  }
  times.sort();
  for (const [place, at] of times.entries()) receiveAt(house, sample, at, leads.next(KINDS_FOR_SURE[place]));
}

/** Whatever the seed, each kind comes at least once. */
const KINDS_FOR_SURE: Readonly<Record<number, ArrivalKind>> = {
  5: 'test',
  12: 'household',
  16: 'other-route',
};

function receiveAt(
  house: SimulatedHouse,
  sample: SampleOrganization,
  at: Instant,
  lead: { body: Parameters<typeof arrivalFact>[0] },
): void {
  house.at(at, async () => {
    await house.submit(arrivalFact(lead.body, sample, { lead: house.newId(), now: house.now() }));
  });
}

/** The last minutes, so that the board is alive in the first second. */
function planStaging({ house, sample, seed, until }: HistoryParts): void {
  const random = seededFor(seed, 'staging');
  const leads = pretendLeads(random, sample);
  for (const before of STAGED_BEFORE) receiveAt(house, sample, plus(until, -before), leads.next('new'));
  const by = idOf(sample, 'administrator');
  house.at(plus(until, -15 * MINUTE), async () => {
    for (let i = 0; i < IMPORTED_WAITING; i += 1) {
      const arrival = arrivalFact(leads.next('new').body, sample, { lead: house.newId(), now: house.now() });
      const registeredAt = plus(house.now(), -whole(random, 20, 90) * 24 * HOUR);
      await house.submit({
        ...arrival,
        fact: 'lead.imported',
        actor: by,
        by,
        holder: null,
        registeredAt,
        contactedAt: null,
      });
    }
  });
}

/** From the last day on leads go out at any hour. */
function planReading({ house, sample, packs, until }: HistoryParts): void {
  const adoption = assignAtAnyHour(packs, sample, plus(until, -ANY_HOUR));
  house.at(plus(until, -30 * HOUR), async () => {
    await house.submit({ fact: 'procedure.adopted', actor: idOf(sample, 'direction'), adoption });
  });
}
