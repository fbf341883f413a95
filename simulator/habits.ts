import { MINUTE, SECOND } from '../src/platform/time.ts';
import { GRADES, NOTES_ANSWERED, NOTES_UNANSWERED } from './phrases.ts';
import { chance, pick, seededFor, whole } from './random.ts';

/** What an advisor does with one lead that has just been given to them; times count from the giving. */
export interface Handling {
  readonly call: PretendCall | null;
  readonly note: string | null;
  readonly grade: readonly ['A' | 'AA' | 'AAA', string] | null;
  /** When note and grade are written. */
  readonly writesAfter: number;
}

export interface PretendCall {
  readonly startsAfter: number;
  readonly ringSeconds: number;
  readonly talkSeconds: number;
}

/** The PBX tells of a call some seconds after hang-up. */
const HANG_UP_TO_EVENT = 9 * SECOND;

const SHARES = { inTime: 0.84, tooLate: 0.06, long: 0.025 } as const;

/**
 * Most leads are called in time; some never, some too late; a few in time by a call so long that the PBX tells of it when
 * the lead has already moved on. Follows from seed, lead and advisor alone, so that a restart changes nobody's habits.
 */
export function handlingOf(seed: number, lead: string, advisor: string): Handling {
  const random = seededFor(seed, 'handling', lead, advisor);
  const diligence = seededFor(seed, 'diligence', advisor)() * 0.12 - 0.06;
  const drawn = random();
  // Told of before the ten minutes are over: begun by the sixth, and short. Most advisors call soon.
  const startsAfter = Math.round(25 + 315 * random() ** 1.8) * SECOND;
  const answered = chance(random, 0.72);
  const ringSeconds = answered ? whole(random, 4, 20) : whole(random, 18, 34);
  const talkSeconds = answered ? Math.round(30 + 195 * random() ** 1.8) : 0;
  if (drawn < SHARES.inTime + diligence) return handled(random, { startsAfter, ringSeconds, talkSeconds });
  if (drawn < SHARES.inTime + diligence + SHARES.long)
    return handled(random, {
      startsAfter: whole(random, 500, 585) * SECOND,
      ringSeconds,
      talkSeconds: whole(random, 120, 400),
    });
  if (drawn < SHARES.inTime + diligence + SHARES.long + SHARES.tooLate)
    return called({ startsAfter: whole(random, 11, 16) * MINUTE, ringSeconds, talkSeconds });
  return { call: null, note: null, grade: null, writesAfter: 0 };
}

/** From the giving until the PBX has told of the call. */
export function toldAfter({ startsAfter, ringSeconds, talkSeconds }: PretendCall): number {
  return startsAfter + (ringSeconds + talkSeconds) * SECOND + HANG_UP_TO_EVENT;
}

/** Too late: the lead is somebody else's by now, and the PBX has a call that proves nothing. */
function called(call: PretendCall): Handling {
  return { call, note: null, grade: null, writesAfter: toldAfter(call) };
}

function handled(random: () => number, call: PretendCall): Handling {
  const answered = call.talkSeconds > 0;
  return {
    call,
    note: chance(random, 0.8) ? pick(random, answered ? NOTES_ANSWERED : NOTES_UNANSWERED) : null,
    grade: answered && chance(random, 0.92) ? pick(random, GRADES) : null,
    writesAfter: toldAfter(call) + whole(random, 20, 150) * SECOND,
  };
}
