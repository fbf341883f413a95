import { addDays, atLocal, localDate, localMonth, nextMonth } from '../src/calendar/index.ts';
import { HOUR, plus, type Instant } from '../src/platform/time.ts';
import { daysOf, fairPlan, type Block, type PersonShift } from '../src/staff/index.ts';
import { ANY_HOUR, type HistoryParts } from './history.ts';
import { ABSENCE_REASONS, SWAP_REASONS } from './phrases.ts';
import { idOf, rosterOf, SALES_ZONE } from './sample-organization.ts';

const HALVES: readonly Block[] = [
  { from: '08:00', until: '13:00' },
  { from: '13:00', until: '18:00' },
];
/** Where leads go out at any hour, somebody is on guard at any hour. */
const ROUND_THE_CLOCK: readonly Block[] = [
  { from: '00:00', until: '12:00' },
  { from: '12:00', until: '24:00' },
];
const WHOLE_DAY: Block = { from: '00:00', until: '24:00' };
const AT_A_TIME = 5;
const always = () => ({ opens: '00:00', closes: '24:00' });
const nobodyAway = () => false;

/** Guards of each month by the director, published before it begins; a month still far is a draft. Swaps and absences of some. */
export function planGuards(parts: HistoryParts): void {
  const { house, sample, until } = parts;
  const { zone } = sample;
  const by = idOf(sample, 'director');
  const people = rosterOf(sample).map(({ id }) => id);
  // Whoever tries the demo signs in as this advisor, at whatever hour: leads must come.
  const shown = idOf(sample, 'advisor');
  const anyHourOn = localDate(plus(until, -ANY_HOUR), zone);
  const first = localMonth(house.now(), zone);
  const plans = new Map<string, PersonShift[]>();
  const published = new Set<string>();

  house.at(house.now(), () => planMonth(first, true));
  for (let month = first; month <= localMonth(until, zone); month = nextMonth(month)) {
    const next = nextMonth(month);
    at(atLocal(`${month}-25T19:10`, zone), () => planMonth(next, false));
    at(atLocal(`${month}-27T12:00`, zone), () => planMonth(next, true));
  }
  // One exchange that was approved, and one that both want and nobody has answered.
  at(plus(until, -9 * 24 * HOUR), () => exchange('asesor-2', true));
  at(plus(until, -20 * HOUR), () => exchange('asesor-3', false));
  at(plus(until, -6 * 24 * HOUR), () => away('asesor-7', -4, -2, true));
  at(plus(until, -28 * HOUR), () => away('asesor-8', 5, 7, false));

  function at(when: Instant, act: () => Promise<void>): void {
    if (when > house.now() && when <= until) house.at(when, act);
  }

  async function planMonth(month: string, publish: boolean): Promise<void> {
    const shifts = plans.get(month) ?? sharedOut(month);
    plans.set(month, shifts);
    if (publish) published.add(month);
    const plan = { month, zone: SALES_ZONE, by, shifts, minimum: AT_A_TIME, publish };
    await house.submit({ fact: 'shifts.planned', actor: by, ...plan });
  }

  function sharedOut(month: string): PersonShift[] {
    const today = localDate(house.now(), zone);
    const days = daysOf(month).filter((on) => on >= today);
    const plain = days.filter((on) => on < anyHourOn);
    const whole = days.filter((on) => on >= anyHourOn);
    const others = people.filter((id) => id !== shown);
    return [
      ...fairPlan(plain, people, HALVES, AT_A_TIME, always, nobodyAway),
      ...fairPlan(whole, others, ROUND_THE_CLOCK, AT_A_TIME - 1, always, nobodyAway),
      ...whole.map((on) => ({ person: shown, on, ...WHOLE_DAY })),
    ];
  }

  /** One on guard in the morning and one in the afternoon of the same day change places. */
  async function exchange(one: string, isApproved: boolean): Promise<void> {
    const found = exchangeable(one);
    if (found === null) return;
    const [{ on, from }, { from: other, person: of }] = found;
    const swap = house.newId();
    const asked = { swap, of, gives: { on, from }, takes: { on, from: other } };
    const reason = SWAP_REASONS[isApproved ? 0 : 1];
    await house.submit({ fact: 'shift.swap-asked', actor: one, by: one, ...asked, reason });
    house.at(plus(house.now(), 2 * HOUR), async () => {
      await house.submit({ fact: 'shift.swap-answered', actor: of, swap, by: of, accepts: true });
    });
    if (!isApproved) return;
    const manager = managerOf(one);
    house.at(plus(house.now(), 5 * HOUR), async () => {
      const answer = { swap, by: manager, approves: true, reason: '' };
      await house.submit({ fact: 'shift.swap-approved', actor: manager, ...answer });
    });
  }

  function exchangeable(one: string): readonly [PersonShift, PersonShift] | null {
    const after = addDays(localDate(house.now(), zone), 1);
    const ahead = [...published].flatMap((month) => plans.get(month) ?? []).filter(({ on }) => on > after);
    for (const own of ahead.filter(({ person }) => person === one)) {
      const other = ahead.find(({ on, from, person }) => on === own.on && from > own.from && person !== one);
      if (other !== undefined) return [own, other];
    }
    return null;
  }

  async function away(person: string, from: number, to: number, isApproved: boolean): Promise<void> {
    const today = localDate(until, zone);
    const absence = house.newId();
    const [fromOn, untilOn] = [addDays(today, from), addDays(today, to)];
    const [kind, reason] = ABSENCE_REASONS[isApproved ? 0 : 1];
    await house.submit({
      fact: 'absence.asked',
      actor: person,
      absence,
      person,
      by: person,
      fromOn,
      untilOn,
      kind,
      reason,
    });
    if (!isApproved) return;
    const manager = managerOf(person);
    house.at(plus(house.now(), 3 * HOUR), async () => {
      const answer = { absence, by: manager, approved: true, reason: '' };
      await house.submit({ fact: 'absence.answered', actor: manager, ...answer });
    });
  }

  function managerOf(id: string): string {
    return sample.staff.find((person) => person.id === id)?.reportsTo ?? by;
  }
}
