import type { Fault } from '../platform/fault.ts';
import { between, HOUR, instant, MINUTE, plus, SECOND, type Instant } from '../platform/time.ts';
import { readTime } from '../platform/wall-time.ts';
import type { CallDoubt, PbxDoor } from './callpicker.ts';
import { pbxFault } from './callpicker-faults.ts';
import { firstText } from './callpicker-fields.ts';

export interface CallTimes {
  /** When the call began: what "in time" is measured by. */
  startedAt: Instant;
  /** `date`: the PBX said so. `created`: counted back from the event after hang-up. */
  startedAtFrom: 'date' | 'created';
  endedAt: Instant;
  /** Null when the event does not say: then an unanswered call proves nothing. */
  ringSeconds: number | null;
  talkSeconds: number;
}

/** The PBX's clock may run ahead of ours this far. */
export const CLOCK_AHEAD_MAX = 5 * MINUTE;
/** Older calls are no evidence by themselves: no deadline of first contact is open that long. */
export const REPORT_AGE_MAX = 7 * 24 * HOUR;
/** The event is made some seconds after hang-up (8.6 s in the one full sample); more than this is another clock. */
const EVENT_DELAY_MAX = 10 * MINUTE;
const START_AFTER_END_MAX = 2 * MINUTE;
/** Zones differ by whole half hours; a difference this near to one is a zone, not a slow event. */
const ZONE_STEP = 30 * MINUTE;
const ZONE_SLACK = 2 * MINUTE;
const ZONE_DIFFERENCE_MAX = 15 * HOUR;
const CALL_SECONDS_MAX = 12 * 60 * 60;

/**
 * `date` is the local wall clock at the start, without leading zeros; `created` is epoch milliseconds after hang-up. Using
 * `created` as the start makes every call late by its own length; using when the event arrived, by even more.
 */
export function timesOf(
  raw: Record<string, unknown>,
  connected: boolean,
  door: PbxDoor,
): { times: CallTimes; doubts: CallDoubt[] } | { fault: Fault } {
  const doubts: CallDoubt[] = [];
  const ringSeconds = secondsOf(raw, ['wait_time', 'ring_time']);
  if (ringSeconds === null) doubts.push('ring-unknown');
  const talk = talkOf(raw, connected);
  if (talk.fromMinutes) doubts.push('talk-from-minutes');
  const lasted = ((ringSeconds ?? 0) + talk.seconds) * SECOND;

  const said = readTime(firstText(raw, ['date']), door.zone);
  const created = createdOf(raw);
  const begun = begunAt(said, created, lasted, doubts);
  if ('fault' in begun) return begun;
  const exact = ringSeconds !== null && !talk.fromMinutes;
  if (!exact) doubts.push('end-estimated');
  const endedAt =
    exact || created === null || begun.startedAtFrom === 'created' ? plus(begun.startedAt, lasted) : created;
  const late = implausible(begun.startedAt, door.now);
  if (late !== null) return { fault: late };
  return { times: { ...begun, endedAt, ringSeconds, talkSeconds: talk.seconds }, doubts };
}

function begunAt(
  said: Instant | null,
  created: Instant | null,
  lasted: number,
  doubts: CallDoubt[],
): Pick<CallTimes, 'startedAt' | 'startedAtFrom'> | { fault: Fault } {
  if (said === null && created === null) return { fault: pbxFault('pbx-time-missing', 'date') };
  if (said === null) {
    doubts.push('start-estimated');
    return { startedAt: plus(created as Instant, -lasted), startedAtFrom: 'created' };
  }
  if (created === null) return { startedAt: said, startedAtFrom: 'date' };
  const delay = between(plus(said, lasted), created);
  if (isZoneDifference(delay)) {
    // The PBX keeps another zone than the one configured: epoch milliseconds have none to be wrong about.
    doubts.push('zone-differs');
    return { startedAt: plus(created, -lasted), startedAtFrom: 'created' };
  }
  if (between(said, created) < -START_AFTER_END_MAX) {
    return { fault: pbxFault('pbx-start-after-end', 'date', `${said} > ${created}`) };
  }
  if (delay > EVENT_DELAY_MAX) doubts.push('clock-differs');
  return { startedAt: said, startedAtFrom: 'date' };
}

function isZoneDifference(delay: number): boolean {
  const steps = Math.round(delay / ZONE_STEP);
  const off = Math.abs(delay - steps * ZONE_STEP);
  return steps !== 0 && off <= ZONE_SLACK && Math.abs(delay) <= ZONE_DIFFERENCE_MAX;
}

function implausible(startedAt: Instant, now: Instant): Fault | null {
  if (startedAt > plus(now, CLOCK_AHEAD_MAX)) return pbxFault('pbx-time-in-future', 'date', startedAt);
  return startedAt < plus(now, -REPORT_AGE_MAX) ? pbxFault('pbx-time-too-old', 'date', startedAt) : null;
}

function createdOf(raw: Record<string, unknown>): Instant | null {
  const text = firstText(raw, ['created']);
  return /^\d{12,13}$/.test(text) ? instant(Number(text)) : null;
}

/**
 * `duration_sec` is exact. `duration` counts begun minutes (1 for 41 s): it proves only that the call lasted longer than
 * the minutes before, so that is what is taken. Without both, a connected call proves one second.
 */
function talkOf(raw: Record<string, unknown>, connected: boolean): { seconds: number; fromMinutes: boolean } {
  const seconds = secondsOf(raw, ['duration_sec']);
  if (seconds !== null) return { seconds, fromMinutes: false };
  const minutes = secondsOf(raw, ['duration']);
  if (minutes === null) return { seconds: connected ? 1 : 0, fromMinutes: true };
  return { seconds: minutes > 0 ? (Math.ceil(minutes) - 1) * 60 + 1 : 0, fromMinutes: true };
}

function secondsOf(raw: Record<string, unknown>, names: readonly string[]): number | null {
  const text = firstText(raw, names);
  const clock = /^(?:(\d{1,2}):)?(\d{1,2}):(\d{2})$/.exec(text);
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  if (!/^\d{1,6}([.,]\d+)?$/.test(text)) return null;
  const seconds = Number(text.replace(',', '.'));
  return seconds <= CALL_SECONDS_MAX ? seconds : null;
}
