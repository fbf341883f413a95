import { localDate, localDateTime, localTime, type Month } from '../calendar/index.ts';
import { currentOrganization, Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { inOrder, type PersonShift, type Shift } from './coverage.ts';
import { zoneOf } from './person.ts';

/**
 * A zone's calendar of guards for a month. People see what is published, never the draft:
 *
 *   (none) ──planned──▶ draft ──published──▶ published ──planned──▶ published, with a draft ──published──▶ published
 *
 * With a month published, only those on guard take turns; without, everybody active is on duty at all hours.
 */
export interface ShiftPlan {
  readonly month: Month;
  /** '' is of the people who have no zone. */
  readonly zone: string;
  /** Fewer people on guard than this is a gap. */
  readonly minimum: number;
  readonly draft: Readonly<Record<string, readonly Shift[]>> | null;
  readonly savedAt: Instant;
  readonly savedBy: string;
  readonly publishedAt: Instant | null;
  readonly publishedBy: string | null;
}

/** A person's published guards of a month, in order. */
export interface DutyShifts {
  readonly month: Month;
  readonly person: string;
  readonly zone: string;
  readonly shifts: readonly Shift[];
}

export const shiftsSlice = {
  name: 'shifts',
  empty: () => ({ plans: new Rows<ShiftPlan>(), duty: new Rows<DutyShifts>() }),
};

export function planKey(month: Month, zone: string): string {
  return `${month} ${zone}`;
}

export function dutyKey(month: Month, person: string): string {
  return `${month} ${person}`;
}

export function planOf(world: World, month: Month, zone: string): ShiftPlan | undefined {
  return world.get(shiftsSlice).plans.get(planKey(month, zone));
}

export function shiftsOf(world: World, month: Month, person: string): readonly Shift[] {
  return world.get(shiftsSlice).duty.get(dutyKey(month, person))?.shifts ?? [];
}

/** Whether a person's zone has published its guards for the month. */
export function hasShifts(world: World, month: Month, person: string): boolean {
  return planOf(world, month, zoneOf(world, person) ?? '')?.publishedAt != null;
}

/** On guard at this instant: from the first second of the shift to the last before it ends. */
export function isOnShift(world: World, person: string, at: Instant): boolean {
  const { zone } = currentOrganization(world);
  const on = localDate(at, zone);
  const time = localTime(at, zone);
  return shiftsOf(world, on.slice(0, 7), person).some(
    (shift) => shift.on === on && shift.from <= time.slice(0, 5) && time.slice(0, 5) < shift.until,
  );
}

/** Local start, comparable with local times as text. */
export function startOf(shift: Pick<Shift, 'on' | 'from'>): string {
  return `${shift.on}T${shift.from}:00`;
}

export function hasBegun(world: World, shift: Pick<Shift, 'on' | 'from'>, at: Instant): boolean {
  return startOf(shift) <= localDateTime(at, currentOrganization(world).zone);
}

export function byPerson(shifts: readonly PersonShift[]): Record<string, Shift[]> {
  const each = Map.groupBy(inOrder(shifts), ({ person }) => person);
  return Object.fromEntries(
    [...each].map(([person, own]) => [person, own.map(({ on, from, until }) => ({ on, from, until }))]),
  );
}

interface PlanFields {
  readonly month: Month;
  readonly zone: string;
  readonly by: string;
  readonly minimum: number;
  readonly shifts: Readonly<Record<string, readonly Shift[]>>;
}

interface SwapFields {
  readonly month: Month;
  readonly from: string;
  readonly to: string;
  readonly gives: Shift;
  readonly takes: Shift | null;
}

/** Every transition of plans and of published guards. */
export function evolveShifts(world: World, entry: JournalEntry | NewEntry): void {
  const { plans, duty } = world.get(shiftsSlice);
  switch (entry.entry) {
    case 'shifts.planned': {
      const { month, zone, by, minimum, shifts } = entry.fields as unknown as PlanFields;
      const before = planOf(world, month, zone);
      plans.set(planKey(month, zone), {
        month,
        zone,
        minimum,
        draft: shifts,
        savedAt: entry.at,
        savedBy: by,
        publishedAt: before?.publishedAt ?? null,
        publishedBy: before?.publishedBy ?? null,
      });
      return;
    }
    case 'shifts.published': {
      const { month, zone, by } = entry.fields as unknown as PlanFields;
      const plan = planOf(world, month, zone);
      if (plan?.draft == null) return;
      publish(world, plan, plan.draft, entry.at);
      plans.set(planKey(month, zone), { ...plan, draft: null, publishedAt: entry.at, publishedBy: by });
      return;
    }
    case 'shift.moved': {
      const { month, from, to, gives, takes } = entry.fields as unknown as SwapFields;
      const change = (person: string, loses: Shift | null, gets: Shift | null): void => {
        const before = duty.get(dutyKey(month, person));
        const kept = (before?.shifts ?? []).filter((each) => !isSame(each, loses));
        const shifts = inOrder(gets === null ? kept : [...kept, gets]);
        const zone = before?.zone ?? zoneOf(world, person) ?? '';
        duty.set(dutyKey(month, person), { month, person, zone, shifts });
      };
      change(from, gives, takes);
      change(to, takes, gives);
      return;
    }
    default:
  }
}

/** What has begun stays as it was: who took a turn was on guard, whatever is planned since. */
function publish(
  world: World,
  plan: ShiftPlan,
  draft: Readonly<Record<string, readonly Shift[]>>,
  at: Instant,
): void {
  const { duty } = world.get(shiftsSlice);
  const { month, zone } = plan;
  const before = duty.values().filter((each) => each.month === month && each.zone === zone);
  for (const person of new Set([...before.map((each) => each.person), ...Object.keys(draft)])) {
    const planned = draft[person] ?? [];
    const had = shiftsOf(world, month, person).filter((shift) => hasBegun(world, shift, at));
    const shifts =
      plan.publishedAt === null
        ? planned
        : inOrder([...had, ...planned.filter((shift) => !hasBegun(world, shift, at))]);
    duty.set(dutyKey(month, person), { month, person, zone, shifts });
  }
}

export function isSame(a: Pick<Shift, 'on' | 'from'>, b: Pick<Shift, 'on' | 'from'> | null): boolean {
  return b !== null && a.on === b.on && a.from === b.from;
}
