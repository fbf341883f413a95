/** The calendar while it is planned: pure steps over plain data, the rules' own questions asked of it. */
import { daysOf, gapsIn, type Gap, type HoursOn, type PersonShift } from '../../src/staff/coverage.ts';
import { fairPlan, minuteOf, type Block } from '../../src/staff/fair-plan.ts';
import type { Guards, Shift } from './shifts-answers.ts';

export type Plan = Readonly<Record<string, readonly Shift[]>>;

/** 1 Monday … 7 Sunday. */
export function weekdayOf(on: string): number {
  return new Date(`${on}T00:00:00Z`).getUTCDay() || 7;
}

export function hoursOnOf({ hours }: Pick<Guards, 'hours'>): HoursOn {
  return (on) => hours[weekdayOf(on) - 1] ?? null;
}

export function awayOf({ absences }: Pick<Guards, 'absences'>): (person: string, on: string) => boolean {
  const approved = absences.filter(({ state }) => state === 'approved');
  return (person, on) =>
    approved.some((each) => each.person === person && each.fromOn <= on && on <= each.untilOn);
}

/** What stands now: the draft, else what is published. */
export function planOf({ draft, people }: Guards): Plan {
  return draft ?? Object.fromEntries(people.map(({ person, shifts }) => [person, shifts]));
}

export function shiftsIn(plan: Plan): PersonShift[] {
  return Object.entries(plan).flatMap(([person, shifts]) => shifts.map((each) => ({ person, ...each })));
}

export function gapsOf(guards: Guards, plan: Plan, minimum: number): Gap[] {
  return gapsIn(daysOf(guards.month), shiftsIn(plan), minimum, hoursOnOf(guards), awayOf(guards));
}

/** The day of one person becomes this block, or free (null). */
export function painted(plan: Plan, person: string, on: string, block: Block | null): Plan {
  const others = (plan[person] ?? []).filter((each) => each.on !== on);
  const shifts = block === null ? others : [...others, { on, ...block }];
  return { ...plan, [person]: shifts.toSorted((a, b) => (`${a.on}${a.from}` < `${b.on}${b.from}` ? -1 : 1)) };
}

/** Morning, afternoon and whole day of the organization's hours. */
export function blocksOf({ hours }: Pick<Guards, 'hours'>): {
  morning: Block;
  afternoon: Block;
  whole: Block;
} {
  const open = hours.find((each) => each !== null) ?? { opens: '08:00', closes: '18:00' };
  const middle = Math.round((minuteOf(open.opens) + minuteOf(open.closes)) / 2 / 30) * 30;
  const half = `${String(Math.floor(middle / 60)).padStart(2, '0')}:${String(middle % 60).padStart(2, '0')}`;
  return {
    morning: { from: open.opens, until: half },
    afternoon: { from: half, until: open.closes },
    whole: { from: open.opens, until: open.closes },
  };
}

/** Shared out evenly among those the roster does not exclude; what has begun stays as it was. */
export function sharedOut(guards: Guards, plan: Plan, minimum: number, today: string): Plan {
  const { morning, afternoon } = blocksOf(guards);
  const people = guards.people.filter(({ decision, listed }) => listed && decision !== 'excluded');
  const all = people.length > 0 ? people : guards.people;
  const days = daysOf(guards.month).filter((on) => on > today);
  const made = fairPlan(
    days,
    all.map(({ person }) => person),
    [morning, afternoon],
    minimum,
    hoursOnOf(guards),
    awayOf(guards),
  );
  const kept = (person: string): readonly Shift[] => (plan[person] ?? []).filter(({ on }) => on <= today);
  return Object.fromEntries(
    guards.people.map(({ person }) => [
      person,
      [
        ...kept(person),
        ...made.filter((each) => each.person === person).map(({ on, from, until }) => ({ on, from, until })),
      ],
    ]),
  );
}

const short = (text: string): string => text.replace(/^0/, '').replace(/:00$/, '');

/** The first letter and hour of a block, for a cell a finger wide. */
export function codeOf({ from, until }: Block): string {
  return `${short(from)}–${short(until)}`;
}
