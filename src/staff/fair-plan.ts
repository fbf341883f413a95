import { inOrder, overlap, type HoursOn, type PersonShift } from './coverage.ts';

export interface Block {
  readonly from: string;
  readonly until: string;
}

/**
 * A month's guards shared out evenly: each open block of each day gets `minimum` people, always those with the fewest
 * minutes so far, and nobody a second guard of one day while somebody present has none. Pure: the calendar offers it, a
 * person looks at it and publishes.
 */
export function fairPlan(
  days: readonly string[],
  people: readonly string[],
  blocks: readonly Block[],
  minimum: number,
  hoursOn: HoursOn,
  isAway: (person: string, on: string) => boolean,
): PersonShift[] {
  const minutes = new Map(people.map((person) => [person, 0]));
  const shifts: PersonShift[] = [];
  for (const on of days) {
    const hours = hoursOn(on);
    if (hours === null) continue;
    const present = people.filter((person) => !isAway(person, on));
    const ofDay: PersonShift[] = [];
    for (const block of blocks.filter(({ from, until }) => from < hours.closes && until > hours.opens)) {
      const free = present.filter(
        (person) => !ofDay.some((other) => other.person === person && overlap(other, { on, ...block })),
      );
      const standing = (person: string): number =>
        (ofDay.some((other) => other.person === person) ? MINUTES_A_MONTH : 0) + (minutes.get(person) ?? 0);
      // toSorted is stable: between equals the staff's order decides.
      for (const person of free.toSorted((a, b) => standing(a) - standing(b)).slice(0, minimum)) {
        ofDay.push({ person, on, ...block });
        minutes.set(person, (minutes.get(person) ?? 0) + minutesOf(block));
      }
    }
    shifts.push(...ofDay);
  }
  return inOrder(shifts);
}

const MINUTES_A_MONTH = 31 * 24 * 60;

/** Minutes since midnight of "HH:MM". */
export function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

export function minutesOf({ from, until }: Block): number {
  return minuteOf(until) - minuteOf(from);
}
