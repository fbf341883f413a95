/** Pure and free of imports that run: the calendar on screen asks the same questions while somebody plans. */

/** One guard: a local day, from a time (included) until another (not included); '24:00' is the day's end. */
export interface Shift {
  readonly on: string;
  readonly from: string;
  readonly until: string;
}

export interface PersonShift extends Shift {
  readonly person: string;
}

export interface Gap {
  readonly on: string;
  readonly from: string;
  readonly until: string;
  /** How many are on duty then: fewer than were asked for. */
  readonly people: number;
}

/** The hours of a day in which leads are assigned; null: closed. */
export type HoursOn = (on: string) => { readonly opens: string; readonly closes: string } | null;

/** Stretches of the open hours with fewer than `minimum` people, in order. `isAway`: an approved absence that day. */
export function gapsIn(
  days: readonly string[],
  shifts: readonly PersonShift[],
  minimum: number,
  hoursOn: HoursOn,
  isAway: (person: string, on: string) => boolean,
): Gap[] {
  const byDay = Map.groupBy(
    shifts.filter(({ person, on }) => !isAway(person, on)),
    ({ on }) => on,
  );
  return days.flatMap((on) => {
    const hours = hoursOn(on);
    return hours === null ? [] : gapsOfDay(on, byDay.get(on) ?? [], minimum, hours);
  });
}

function gapsOfDay(
  on: string,
  shifts: readonly PersonShift[],
  minimum: number,
  { opens, closes }: { opens: string; closes: string },
): Gap[] {
  const bounds = shifts.flatMap(({ from, until }) => [from, until]).filter((at) => at > opens && at < closes);
  const edges = [...new Set([opens, ...bounds, closes])].toSorted();
  const gaps: Gap[] = [];
  for (const [place, from] of edges.slice(0, -1).entries()) {
    const until = edges[place + 1] ?? closes;
    const people = new Set(
      shifts.filter((each) => each.from <= from && each.until >= until).map(({ person }) => person),
    ).size;
    if (people >= minimum) continue;
    const last = gaps.at(-1);
    // Two stretches with as many people are one to whoever reads them.
    if (last !== undefined && last.until === from && last.people === people)
      gaps[gaps.length - 1] = { ...last, until };
    else gaps.push({ on, from, until, people });
  }
  return gaps;
}

/** Whether two guards of one person would be at the same time. */
export function overlap(a: Shift, b: Shift): boolean {
  return a.on === b.on && a.from < b.until && b.from < a.until;
}

export function inOrder<S extends Shift>(shifts: readonly S[]): S[] {
  return shifts.toSorted((a, b) => (`${a.on} ${a.from}` < `${b.on} ${b.from}` ? -1 : 1));
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** What is wrong with the shifts of one month; null: nothing. */
export function faultInShifts(
  month: string,
  shifts: readonly PersonShift[],
): {
  readonly fault: 'shift-not-in-month' | 'shift-times' | 'shifts-overlap';
  readonly at: PersonShift;
} | null {
  const before = new Map<string, PersonShift[]>();
  for (const shift of shifts) {
    const { on, from, until, person } = shift;
    if (!on.startsWith(`${month}-`)) return { fault: 'shift-not-in-month', at: shift };
    if (!TIME.test(from) || !(TIME.test(until) || until === '24:00') || from >= until)
      return { fault: 'shift-times', at: shift };
    const key = `${person} ${on}`;
    const others = before.get(key) ?? [];
    if (others.some((other) => overlap(other, shift))) return { fault: 'shifts-overlap', at: shift };
    before.set(key, [...others, shift]);
  }
  return null;
}

/** Every day of a month, '2024-07-01' first. */
export function daysOf(month: string): string[] {
  const [year = 0, of = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, of, 0)).getUTCDate();
  return Array.from({ length: last }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
}
