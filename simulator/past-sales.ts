import { addDays, atLocal, localDate } from '../src/calendar/index.ts';
import { MINUTE, plus, SECOND, type Instant } from '../src/platform/time.ts';
import { LOST, NEXT_ACTIONS } from './phrases.ts';
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
/** Of those without a visit. */
const OTHERWISE = { lost: 0.22, incubated: 0.12, promised: 0.8 } as const;
const SOON_DAYS_MAX = 5;

/**
 * What follows on a first contact: the next action, a second call, a visit, an opportunity, a reservation, a closing; or a
 * prospect that is lost, or not ready yet. Whoever loses the lead meanwhile stops.
 */
export function followThrough(parts: PastSalesParts): (lead: string, by: string, at: Instant) => void {
  const { house, sample, seed, until, holderOf } = parts;
  let calls = 0;
  return (lead, by, at) => {
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
    const callAgain = (when: Instant): void => {
      const answered = chance(random, 0.75);
      const spent = { ringSeconds: whole(random, 5, 24), talkSeconds: answered ? whole(random, 40, 400) : 0 };
      const call = { call: `follow-${lead.slice(-12)}-${(calls += 1)}`, direction: 'out', startedAt: when };
      const overAt = plus(when, (spent.ringSeconds + spent.talkSeconds + 9) * SECOND);
      tell(overAt, { fact: 'call.reported', actor: 'pbx', ...call, answered, ...spent });
    };

    const first = plus(at, whole(random, 5, 40) * MINUTE);
    const nextAt = someDay(at, whole(random, 1, SOON_DAYS_MAX));
    if (chance(random, SHARES.visit)) return visit(first);
    if (chance(random, OTHERWISE.lost)) {
      callAgain(nextAt);
      const [reason, text] = pick(random, LOST);
      return tell(someDay(nextAt, 2), { fact: 'lead.lost', reason, text });
    }
    if (chance(random, OTHERWISE.incubated)) {
      const nextContactOn = addDays(localDate(at, sample.zone), whole(random, 20, 60));
      return tell(nextAt, {
        fact: 'lead.incubated',
        nextContactOn,
        evidence: chance(random, OTHERWISE.promised),
      });
    }
    const [kind, action] = pick(random, NEXT_ACTIONS);
    if (chance(random, 0.85)) tell(first, { fact: 'next-action.set', kind, action, dueAt: nextAt });
    // One in three is forgotten: its next action stands there overdue.
    if (chance(random, 0.66)) {
      callAgain(nextAt);
      tell(plus(nextAt, 20 * MINUTE), { fact: 'next-action.done' });
    }

    function visit(booked: Instant): void {
      const startsAt = someDay(booked, whole(random, 1, SOON_DAYS_MAX));
      const appointment = `visit-${lead.slice(-12)}`;
      tell(booked, { fact: 'appointment.booked', appointment, startsAt, kind: 'visit', place: null });
      const overAt = plus(startsAt, 70 * MINUTE);
      if (!chance(random, SHARES.held)) return tell(overAt, { fact: 'appointment.missed', appointment });
      tell(overAt, { fact: 'appointment.held', appointment });
      if (chance(random, SHARES.opportunity)) sell(overAt);
    }

    function sell(from: Instant): void {
      const price = priceOf(random, sample);
      const reservedAt = someDay(from, whole(random, 1, SOON_DAYS_MAX));
      tell(plus(from, 10 * MINUTE), { fact: 'opportunity.opened' });
      callAgain(someDay(from, 1));
      if (!chance(random, SHARES.reserved)) return;
      tell(reservedAt, { fact: 'reservation.made', price: price.toFixed(2) });
      if (!chance(random, SHARES.closed)) return;
      tell(someDay(reservedAt, whole(random, 2, 8)), {
        fact: 'sale.closed',
        sale: `sale-${lead.slice(-12)}`,
        price: price.toFixed(2),
        advisorCommission: (price * 0.02).toFixed(2),
        managerCommission: (price * 0.005).toFixed(2),
      });
    }
  };
}

/** Whole money, so that two cents of a percent of it stay exact. */
function priceOf(random: Random, { country }: SampleOrganization): number {
  return whole(random, 36, 120) * 50_000 * (country === 'CO' ? 200 : 1);
}
