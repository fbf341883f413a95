import { readExactJson, recordOf } from '../platform/exact-json.ts';
import type { Fault } from '../platform/fault.ts';
import { readFormBody } from '../platform/form-body.ts';
import type { Instant } from '../platform/time.ts';
import { pbxFault } from './callpicker-faults.ts';
import { outcomeOf, type CallOutcome } from './callpicker-status.ts';
import { firstText, textOf } from './callpicker-fields.ts';
import { timesOf, type CallTimes } from './callpicker-times.ts';

/** One finished call as the PBX told of it. Its event comes once, after hang-up, sometimes twice, in any order. */
export interface CallReport extends CallTimes {
  callId: string;
  attempt: number;
  direction: 'in' | 'out';
  /** A person answered. An unknown status, a menu or a voicemail is not a person. */
  answered: boolean;
  outcome: CallOutcome;
  /** The PBX's own word. */
  status: string;
  /** The lead's side, as received; null when the number was withheld. Never the company's own line. */
  otherParty: string | null;
  /** The company's line the call went through: every call has the same few. */
  companyLine: string | null;
  advisor: { name?: string; extension?: string };
  /** Anyone who has these addresses can listen: copy the audio once, never show or log them. */
  recordings: string[];
  recordKeys: string[];
  city?: string;
  /** What an administrator should look at. */
  doubts: CallDoubt[];
  raw: Record<string, unknown>;
}

export type CallDoubt =
  | 'unknown-status'
  | 'ring-unknown'
  | 'talk-from-minutes'
  | 'start-estimated'
  | 'end-estimated'
  | 'zone-differs'
  | 'clock-differs'
  | 'number-withheld';

export type CallEvent = { report: CallReport } | { fault: Fault };

/** What the door knows: the zone (IANA) of the PBX's local times, which is the organization's unless set otherwise. */
export interface PbxDoor {
  zone: string;
  now: Instant;
}

const RECORDINGS_MAX = 50;

/** The body of an event as sent, JSON or form, by what it is rather than by what its header says. */
export function readCallBody(raw: Uint8Array | string, door: PbxDoor): CallEvent {
  const json = readExactJson(raw);
  if ('value' in json) return readCallEvent(json.value, door);
  const start = typeof raw === 'string' ? raw.slice(0, 64) : new TextDecoder().decode(raw.subarray(0, 64));
  const isForm = json.refused === 'not-json' && /^\s*[A-Za-z_][\w.[\]%-]*=/.test(start);
  if (!isForm) return { fault: pbxFault('pbx-not-readable', undefined, json.refused) };
  return readCallEvent(readFormBody(raw), door);
}

/** An event already parsed, of either generation of fields. A list of one (some relays wrap it) is taken too. */
export function readCallEvent(body: unknown, door: PbxDoor): CallEvent {
  const raw = recordOf(Array.isArray(body) && body.length === 1 ? body[0] : body);
  if (raw === null) return { fault: pbxFault('pbx-not-readable', undefined, 'not-an-object') };
  const text = (...names: string[]) => firstText(raw, names);

  const callId = text('call_id', 'request_id');
  if (callId === '') return { fault: pbxFault('pbx-call-id-missing', 'call_id') };
  const direction = directionOf(text('call_type', 'event', 'direction'), callId, raw);
  if (direction === null) return { fault: pbxFault('pbx-direction-unknown', 'call_type') };
  const status = text('call_status', 'status');
  const outcome = outcomeOf(status);
  const times = timesOf(raw, outcome === 'connected', door);
  if ('fault' in times) return times;

  const companyLine = text('callpicker_number');
  const otherParty = otherPartyOf(raw, direction, companyLine);
  const doubts: CallDoubt[] = [...times.doubts];
  if (outcome === 'unknown') doubts.push('unknown-status');
  if (otherParty === null) doubts.push('number-withheld');
  const city = text('callee_city', 'caller_city', 'city');
  return {
    report: {
      ...times.times,
      callId,
      attempt: attemptOf(text('call_attempt')),
      direction,
      answered: outcome === 'connected' && times.times.talkSeconds > 0,
      outcome,
      status,
      otherParty,
      companyLine: companyLine === '' ? null : companyLine,
      advisor: advisorNamed(raw, direction),
      recordings: listOf(raw['records']).filter((address) => /^https:\/\/\S+$/i.test(address)),
      recordKeys: listOf(raw['record_keys']),
      ...(city === '' ? {} : { city }),
      doubts,
      raw: Object.fromEntries(Object.entries(raw)),
    },
  };
}

/** What makes a repeat harmless. */
export function callKey(report: Pick<CallReport, 'callId' | 'attempt'>): string {
  return `${report.callId}#${report.attempt}`;
}

function directionOf(said: string, callId: string, raw: Record<string, unknown>): 'in' | 'out' | null {
  if (/^(out|salien)/i.test(said)) return 'out';
  if (/^(in|entra)/i.test(said)) return 'in';
  if (/^o-/i.test(callId)) return 'out';
  if (/^i-/i.test(callId)) return 'in';
  const dialed = firstText(raw, ['dialed_by', 'callee_number']) !== '';
  const answered = firstText(raw, ['answered_by', 'caller_id']) !== '';
  if (dialed === answered) return null;
  return dialed ? 'out' : 'in';
}

/** Which field holds the lead changes with generation and direction; a number equal to the company's line is not it. */
function otherPartyOf(
  raw: Record<string, unknown>,
  direction: 'in' | 'out',
  companyLine: string,
): string | null {
  const names =
    direction === 'out'
      ? ['callee_number', 'dialed_number']
      : ['caller_number', 'caller_id', 'callee_number', 'from_number'];
  for (const name of names) {
    const number = firstText(raw, [name]);
    if (digitsOf(number).length < PHONE_DIGITS_MIN) continue;
    if (digitsOf(companyLine).length < PHONE_DIGITS_MIN || lastTen(number) !== lastTen(companyLine))
      return number;
  }
  return null;
}
const PHONE_DIGITS_MIN = 7;

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
/** The other party comes with 10 digits, the own line with country code: they compare by their last ten. */
function lastTen(text: string): string {
  return digitsOf(text).slice(-10);
}

/** A display name, a bare extension, or both: "Ana Ruiz (101)", "101 - Ana Ruiz", "101". */
function advisorNamed(
  raw: Record<string, unknown>,
  direction: 'in' | 'out',
): { name?: string; extension?: string } {
  const said = firstText(raw, [
    'callpicker_destination_name',
    ...(direction === 'out' ? ['dialed_by'] : ['answered_by']),
    'agent_name',
  ]);
  const stated = firstText(raw, ['callpicker_destination_extension', 'extension']);
  const found = /^(?:ext\.?\s*)?(\d{2,6})(?:\s*[-–:]\s*(.*))?$/i.exec(said) ?? null;
  const trailing = /^(.*?)\s*\((?:ext\.?\s*)?(\d{2,6})\)$/i.exec(said);
  const extension = stated || (trailing?.[2] ?? found?.[1] ?? '');
  const name = trailing !== null ? (trailing[1] ?? '') : found !== null ? (found[2] ?? '') : said;
  return { ...(name === '' ? {} : { name }), ...(extension === '' ? {} : { extension }) };
}

function attemptOf(text: string): number {
  const attempt = Number(text);
  return Number.isSafeInteger(attempt) && attempt > 0 ? attempt : 1;
}

/** A list, or a text holding a JSON list, or a text with commas: all three are seen. */
function listOf(value: unknown): string[] {
  const items = typeof value === 'string' ? listInText(value) : value;
  if (!Array.isArray(items)) return [];
  const texts = items.slice(0, RECORDINGS_MAX).map((item: unknown) => textOf(item));
  return [...new Set(texts.filter((text) => text !== ''))];
}

function listInText(text: string): unknown {
  const json = readExactJson(text);
  return 'value' in json
    ? Array.isArray(json.value)
      ? json.value
      : []
    : text.replace(/[[\]"]/g, '').split(',');
}
