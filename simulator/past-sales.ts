import { addDays, atLocal, localDate } from '../src/calendar/index.ts';
import { MINUTE, plus, SECOND, type Instant } from '../src/platform/time.ts';
import { GRADES, LOST, NEXT_ACTIONS, UNREACHED } from './phrases.ts';
import { chance, pick, seededFor, whole, type Random } from './random.ts';
import type { SampleOrganization } from './sample-organization.ts';
import type { SimulatedHouse, Told } from './simulated-house.ts';

export interface PastSalesParts {
  readonly house: SimulatedHouse;
  readonly sample: SampleOrganization;
  readonly seed: number;
  readonly until: Instant;
  /** Who has the lead now. */
  readonly holderOf: (lead: string) => string | undefined;
}

/** How many get so far, each of those before it. Together some 8 of 100 leads close, as a good floor does. */
const SHARES = { visit: 0.46, held: 0.8, opportunity: 0.7, reserved: 0.66, closed: 0.82 } as const;
/** Of those without a visit, and of those who did not pick up the first time. */
const OTHERWISE = {
  lost: 0.22,
  incubated: 0.12,
  promised: 0.8,
  noted: 0.92,
  done: 0.86,
  reached: 0.6,
} as const;
/** What becomes of those for whom nothing came of it: most are let go, some later, the rest are called again. */
const AFTERWARDS = { lost: 0.55, incubated: 0.75 } as const;
const SOON_DAYS_MAX = 5;

interface FirstCall {
  /** When what was said is written down. */
  readonly at: Instant;
  readonly answered: boolean;
}

/**
 * What follows on a first call: another try, the next action, a second call, a visit, an opportunity, a reservation, a
 * closing; or a prospect that is lost, or not ready yet. Whoever loses the lead meanwhile stops.
 */
export function followThrough(parts: PastSalesParts): (lead: string, by: string, call: FirstCall) => void {
  const { house, sample, seed, until, holderOf } = parts;
  let calls = 0;
  return (lead, by, { at, answered }) => {
    const random = seededFor(seed, 'sales', lead, by);
    const someDay = (after: Instant, days: number): Instant => {
      const day = addDays(localDate(after, sample.zone), days);
      const hour = String(whole(random, 9, 17)).padStart(2, '0');
      return plus(atLocal(`${day}T${hour}:00`, sample.zone), whole(random, 0, 3) * 15 * MINUTE);
    };
    const tell = (
      when: Instant,
      ...told: readonly { readonly fact: string; readonly [field: string]: unknown }[]
    ) => {
      if (when >= until) return;
      house.at(when, async () => {
        if (holderOf(lead) !== by) return;
        await house.submit(...told.map((fact): Told => ({ actor: by, by, lead, ...fact })));
      });
    };
    const callAgain = (when: Instant, reaches = chance(random, 0.75)): void => {
      const spent = { ringSeconds: whole(random, 5, 24), talkSeconds: reaches ? whole(random, 40, 400) : 0 };
      const call = { call: `follow-${lead.slice(-12)}-${(calls += 1)}`, direction: 'out', startedAt: when };
      const overAt = plus(when, (spent.ringSeconds + spent.talkSeconds + 9) * SECOND);
      tell(overAt, { fact: 'call.reported', actor: 'pbx', ...call, answered: reaches, ...spent });
    };
    const next = (when: Instant, dueAt: Instant): void => {
      const [kind, action] = pick(random, NEXT_ACTIONS);
      tell(when, { fact: 'next-action.set', kind, action, dueAt });
    };
    const lose = (when: Instant): void => {
      const [reason, text] = pick(random, LOST);
      tell(when, { fact: 'lead.lost', reason, text });
    };
    const incubate = (when: Instant): void => {
      const nextContactOn = addDays(localDate(when, sample.zone), whole(random, 20, 60));
      tell(when, { fact: 'lead.incubated', nextContactOn, evidence: chance(random, OTHERWISE.promised) });
    };
    /** Nothing came of it so far. */
    const settle = (when: Instant): void => {
      const drawn = random();
      if (drawn < AFTERWARDS.lost) return lose(when);
      if (drawn < AFTERWARDS.incubated) return incubate(when);
      return next(when, someDay(when, whole(random, 5, 12)));
    };

    if (answered) return talk(at);
    const again = someDay(at, 1);
    next(plus(at, 3 * MINUTE), again);
    const isReached = chance(random, OTHERWISE.reached);
    callAgain(again, isReached);
    const [grade, reason] = isReached ? pick(random, GRADES) : UNREACHED;
    tell(plus(again, 9 * MINUTE), { fact: 'next-action.done' }, { fact: 'lead.graded', grade, reason });
    return isReached ? talk(plus(again, 10 * MINUTE)) : settle(plus(again, 20 * MINUTE));

    function talk(from: Instant): void {
      const first = plus(from, whole(random, 5, 40) * MINUTE);
      const nextAt = someDay(from, whole(random, 1, SOON_DAYS_MAX));
      if (chance(random, SHARES.visit)) return visit(first);
      if (chance(random, OTHERWISE.lost)) {
        next(first, nextAt);
        callAgain(nextAt);
        return lose(someDay(nextAt, 1));
      }
      if (chance(random, OTHERWISE.incubated)) return incubate(first);
      if (chance(random, OTHERWISE.noted)) next(first, nextAt);
      // Some are forgotten: their next action stands there overdue.
      if (!chance(random, OTHERWISE.done)) return undefined;
      callAgain(nextAt);
      tell(plus(nextAt, 20 * MINUTE), { fact: 'next-action.done' });
      return settle(plus(nextAt, 25 * MINUTE));
    }

    function visit(booked: Instant): void {
      const startsAt = someDay(booked, whole(random, 1, SOON_DAYS_MAX));
      const appointment = `visit-${lead.slice(-12)}`;
      tell(booked, { fact: 'appointment.booked', appointment, startsAt, kind: 'visit', place: null });
      const overAt = plus(startsAt, 70 * MINUTE);
      if (!chance(random, SHARES.held)) {
        tell(overAt, { fact: 'appointment.missed', appointment });
        return settle(plus(overAt, 30 * MINUTE));
      }
      tell(overAt, { fact: 'appointment.held', appointment });
      return chance(random, SHARES.opportunity) ? sell(overAt) : settle(plus(overAt, 30 * MINUTE));
    }

    function sell(from: Instant): void {
      const price = priceOf(random, sample);
      const reservedAt = someDay(from, whole(random, 1, SOON_DAYS_MAX));
      tell(plus(from, 10 * MINUTE), { fact: 'opportunity.opened' });
      next(plus(from, 11 * MINUTE), reservedAt);
      callAgain(someDay(from, 1));
      if (!chance(random, SHARES.reserved)) return settle(plus(reservedAt, 30 * MINUTE));
      tell(reservedAt, { fact: 'reservation.made', price: price.toFixed(2) });
      const closesAt = someDay(reservedAt, whole(random, 2, 8));
      next(plus(reservedAt, 5 * MINUTE), closesAt);
      if (!chance(random, SHARES.closed)) return undefined;
      tell(closesAt, {
        fact: 'sale.closed',
        sale: `sale-${lead.slice(-12)}`,
        price: price.toFixed(2),
        advisorCommission: (price * 0.02).toFixed(2),
        managerCommission: (price * 0.005).toFixed(2),
      });
      return undefined;
    }
  };
}

/** Whole money, so that two cents of a percent of it stay exact. */
function priceOf(random: Random, { country }: SampleOrganization): number {
  return whole(random, 36, 120) * 50_000 * (country === 'CO' ? 200 : 1);
}
