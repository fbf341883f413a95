import { addDays, atLocal, localDate, weekOf } from '../src/calendar/index.ts';
import type { HistoryParts } from './history.ts';
import { WEEK_COMMENTS } from './phrases.ts';
import { chance, pick, seededFor, whole } from './random.ts';
import { rosterOf } from './sample-organization.ts';

/** Who sends on Monday at noon, and who sends one week and forgets the next. */
const LATE = 'asesor-9';
const FORGETS = 'asesor-6';
const SHARES = { onMonday: 0.35, withComment: 0.55 } as const;

/** Each week's reports (contact-center-policy L6): most on Sunday evening or early on Monday, with a word or without. */
export function planWeeks({ house, sample, seed, until }: HistoryParts): void {
  const { zone } = sample;
  let place = 0;
  for (
    let monday = weekOf(localDate(house.now(), zone));
    monday <= localDate(until, zone);
    monday = addDays(monday, 7)
  ) {
    place += 1;
    for (const { id } of rosterOf(sample)) {
      if (id === FORGETS && place % 2 === 0) continue;
      const random = seededFor(seed, 'report', monday, id);
      const next = addDays(monday, 7);
      const minute = String(whole(random, 10, 49));
      const when =
        id === LATE
          ? `${next}T12:${minute}`
          : chance(random, SHARES.onMonday)
            ? `${next}T08:${minute}`
            : `${addDays(next, -1)}T${whole(random, 18, 21)}:${minute}`;
      const at = atLocal(when, zone);
      const comment = chance(random, SHARES.withComment) ? pick(random, WEEK_COMMENTS) : null;
      if (at > house.now() && at <= until)
        house.at(at, async () => {
          await house.submit({ fact: 'weekly.sent', actor: id, by: id, week: monday, comment });
        });
    }
  }
}
