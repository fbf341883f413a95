import { DAY } from '../src/calendar/index.ts';
import { actionKinds, lostReasons } from '../src/follow-up/index.ts';
import { HOUR, MINUTE, plus, type Instant } from '../src/platform/time.ts';

interface Planning {
  readonly lead: string;
  /** When the steps begin. */
  readonly from: Instant;
  readonly holder: () => string;
  /** Numbers of its own: what is planned here moves nothing else that is planned. */
  readonly random: () => number;
  readonly at: (when: Instant, fact: () => Record<string, unknown> & { readonly fact: string }) => void;
}

/** What the holder of a lead notes in the days after it came: meetings, opportunities, reservations, losses, what is next. */
export function planFollowUp({ lead, from, holder, random, at }: Planning): void {
  const within = (low: number, high: number): number => low + Math.floor(random() * (high - low));
  const chance = (share: number): boolean => random() < share;
  const says = (when: Instant, fact: string, more: object | (() => object) = {}): void =>
    at(when, () => {
      const by = holder();
      return { fact, actor: by, lead, by, ...(typeof more === 'function' ? more() : more) };
    });
  const later = (hours: number): Instant => plus(from, within(1, hours) * HOUR + within(0, 60) * MINUTE);
  if (chance(0.3))
    says(later(20), 'next-action.set', {
      action: 'Mandar la ficha',
      kind: actionKinds[within(0, actionKinds.length)],
      dueAt: plus(from, 3 * DAY),
    });
  if (chance(0.1)) says(later(40), 'next-action.done');
  if (chance(0.2)) {
    const appointment = `appointment-${lead}`;
    const startsAt = plus(from, within(24, 60) * HOUR);
    says(plus(from, 2 * HOUR), 'appointment.booked', { appointment, startsAt, place: 'Sala de ventas' });
    const how = ['held', 'missed', 'canceled'][within(0, 3)] ?? 'held';
    says(plus(startsAt, within(1, 90) * MINUTE), `appointment.${how}`, { appointment });
    if (chance(0.3)) says(plus(startsAt, 2 * HOUR), 'appointment.reopened', { appointment });
  }
  if (chance(0.05)) says(later(60), 'appointment.held');
  if (chance(0.1)) says(later(70), 'opportunity.opened');
  if (chance(0.03)) says(later(90), 'opportunity.canceled');
  if (chance(0.08)) says(later(80), 'reservation.made', { price: '1500000.50' });
  if (chance(0.03)) says(later(110), 'reservation.canceled');
  if (chance(0.08))
    says(later(50), 'lead.incubated', {
      nextContactOn: plus(from, within(3, 20) * DAY).slice(0, 10),
      evidence: chance(0.5),
    });
  if (chance(0.1))
    says(later(100), 'lead.lost', { reason: lostReasons[within(0, lostReasons.length)], text: 'Ya compró' });
  if (chance(0.04)) says(later(130), 'lead.reopened');
}

/** Each advisor's report of each week: in time, late, twice, or never. */
export function planReports(
  advisors: readonly string[],
  { from, weeks, random, at }: Pick<Planning, 'from' | 'random' | 'at'> & { readonly weeks: number },
): void {
  for (const [index, by] of advisors.entries())
    for (let week = 0; week < weeks; week += 1) {
      const sent = { fact: 'weekly.sent', actor: by, by, week: null, comment: 'Buena semana' };
      const sunday = plus(from, (week * 7 + 6) * DAY + index * MINUTE);
      if (random() < 0.7) at(sunday, () => sent);
      if (random() < 0.2) at(plus(sunday, DAY), () => sent);
    }
}
