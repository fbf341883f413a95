import { Temporal } from 'temporal-polyfill';
import { loopback, type Answered, type Received } from './loopback.ts';
import { seeded } from '../random.ts';

/** One finished call, as the test or the pretend world wants it told. */
export interface FakeCall {
  callId?: string;
  attempt?: number;
  direction: 'in' | 'out';
  /** Epoch milliseconds. */
  startedAt: number;
  ringSeconds: number;
  talkSeconds: number;
  status?: string;
  /** Ten digits, as the PBX writes the other party; empty when withheld. */
  otherParty: string;
  advisor: string;
}

/** The two generations of events, and the two ways of sending each. */
export type EventShape = 'v2-json' | 'v2-form' | 'old-json' | 'old-form';

/**
 * `dialed-then-hang-up`: the phone rings and the line falls before the answer; `no-call-id`: its answer names no call;
 * `silent`: it rings and answers only when told to (`endSilence`).
 */
export type DialTrouble =
  | 'server-error'
  | 'hang-up'
  | 'dialed-then-hang-up'
  | 'silent'
  | 'no-call-id'
  | 'token-withdrawn'
  | 'refused';

export interface CallpickerServer {
  url: string;
  /** What was dialed, in order. */
  dialed: { callId: string; extensionId: number; phone: string }[];
  tokensGiven: number;
  trouble(...kinds: DialTrouble[]): void;
  endSilence(): void;
  /** The event of a call as its body and content type. */
  event(call: FakeCall, shape: EventShape): { body: string; contentType: string };
  /** Sends it to a webhook, as often as said. Gives the statuses answered. */
  sendCall(webhook: string, call: FakeCall, shape: EventShape, times?: number): Promise<number[]>;
  close(): Promise<void>;
}

const HANG_UP_TO_EVENT = 8_600;
const TOKEN_LIFE = 3_600_000;

/** The PBX's sign-in and dial API on loopback, and its end-of-call events in every shape seen. */
export async function startCallpicker(options: {
  clientId: string;
  clientSecret: string;
  zone: string;
  /** The company's own line, with country code. */
  companyLine: string;
  nowMs: () => number;
  seed?: number;
}): Promise<CallpickerServer> {
  const random = seeded(options.seed ?? 1);
  const tokens = new Map<string, string>();
  const troubles: DialTrouble[] = [];
  const silent: (() => void)[] = [];
  const newCallId = (direction: 'in' | 'out') =>
    `${direction === 'out' ? 'o' : 'i'}-${Math.floor(random() * 1e9)}`;
  const fake: Omit<CallpickerServer, 'url' | 'close'> = {
    dialed: [],
    tokensGiven: 0,
    trouble: (...kinds) => void troubles.push(...kinds),
    endSilence: () => silent.splice(0).forEach((answer) => answer()),
    event: (call, shape) =>
      eventBody({ ...call, callId: call.callId ?? newCallId(call.direction) }, shape, options),
    async sendCall(webhook, call, shape, times = 1) {
      const { body, contentType } = fake.event(call, shape);
      const statuses: number[] = [];
      for (let i = 0; i < times; i++) {
        const response = await fetch(webhook, {
          method: 'POST',
          body,
          headers: { 'content-type': contentType },
        });
        statuses.push(response.status);
      }
      return statuses;
    },
  };

  const signIn = (form: URLSearchParams): Answered => {
    const scope = form.get('scope') ?? '';
    if (!form.has('grant_type')) return refusal(400, 'invalid_request', 'Undefined parameter grant_type');
    if (form.get('client_id') !== options.clientId || form.get('client_secret') !== options.clientSecret) {
      return refusal(403, 'invalid_client', 'Invalid client credentials');
    }
    if (scope !== 'calls' && scope !== 'call_details')
      return refusal(400, 'invalid_request', 'Invalid value for parameter scope');
    const token = Array.from({ length: 128 }, () => Math.floor(random() * 16).toString(16)).join('');
    tokens.set(token, scope);
    fake.tokensGiven++;
    const expires_in = localTime(options.nowMs() + TOKEN_LIFE, options.zone, true);
    return { status: 200, body: { code: 200, access_token: token, token_type: 'bearer', expires_in, scope } };
  };

  const dial = async (form: URLSearchParams): Promise<Answered> => {
    const trouble = troubles.shift();
    if (trouble === 'hang-up') return null;
    if (trouble === 'server-error') return { status: 500, body: '' };
    if (trouble === 'token-withdrawn') tokens.clear();
    if (trouble === 'refused') return refusal(400, 'invalid_request', 'Invalid destination');
    // A token of another API is no token here.
    if (tokens.get(form.get('token') ?? '') !== 'calls')
      return refusal(401, 'unauthorized_client', 'Invalid token');
    const first = JSON.parse(form.get('first_call') ?? '{}') as {
      destination_type?: string;
      destination_id?: number;
    };
    const second = JSON.parse(form.get('second_call') ?? '{}') as {
      destination_type?: string;
      destination_id?: string;
    };
    if (first.destination_type !== 'Extension' || !/^\d{10}$/.test(second.destination_id ?? '')) {
      return refusal(400, 'invalid_request', 'Invalid value for parameter second_call');
    }
    const callId = newCallId('out');
    fake.dialed.push({ callId, extensionId: first.destination_id ?? 0, phone: second.destination_id ?? '' });
    if (trouble === 'dialed-then-hang-up') return null;
    if (trouble === 'silent') await new Promise<void>((answer) => void silent.push(answer));
    return { status: 200, body: trouble === 'no-call-id' ? { code: 200 } : { code: 200, call_id: callId } };
  };

  const server = await loopback((request: Received) => {
    const form = new URLSearchParams(request.body);
    if (request.method !== 'POST') return refusal(405, 'invalid_request', 'Method not allowed');
    if (request.url.pathname === '/oauth/token') return signIn(form);
    return request.url.pathname === '/calls/dial' ? dial(form) : refusal(404, 'not_found', 'Not found');
  });
  return Object.assign(fake, { url: server.url, close: () => server.close() });
}

function refusal(code: number, error: string, error_description: string): Answered {
  return { status: code, body: { code, error, error_description } };
}

function eventBody(
  call: FakeCall & { callId: string },
  shape: EventShape,
  pbx: { zone: string; companyLine: string },
): { body: string; contentType: string } {
  const fields = shape.startsWith('v2') ? newFields(call, pbx) : oldFields(call, pbx);
  if (shape.endsWith('json')) return { body: JSON.stringify(fields), contentType: 'application/json' };
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { body: new URLSearchParams(pairs).toString(), contentType: 'application/x-www-form-urlencoded' };
}

function newFields(
  call: FakeCall & { callId: string },
  pbx: { zone: string; companyLine: string },
): Record<string, unknown> {
  const ended = call.startedAt + (call.ringSeconds + call.talkSeconds) * 1000;
  const other =
    call.direction === 'out'
      ? { callee_number: call.otherParty, callee_city: 'MERIDA', callee_state: 'YUC' }
      : { caller_number: call.otherParty, callee_number: pbx.companyLine.slice(-10) };
  return {
    api_version: 2,
    event: call.direction === 'out' ? 'outbound_call_completed' : 'inbound_call_completed',
    created: ended + HANG_UP_TO_EVENT,
    call_id: call.callId,
    call_attempt: call.attempt ?? 1,
    call_type: call.direction === 'out' ? 'outbound' : 'inbound',
    call_status: call.status ?? (call.talkSeconds > 0 ? 'Redirected' : 'Lost'),
    call_source: 'api',
    date: localTime(call.startedAt, pbx.zone, false),
    callpicker_number: pbx.companyLine,
    callpicker_description: 'Ventas',
    callpicker_destination_name: call.advisor,
    ...other,
    wait_time: call.ringSeconds,
    duration: Math.ceil(call.talkSeconds / 60),
    duration_sec: call.talkSeconds,
    records: JSON.stringify(recordsOf(call)),
  };
}

function oldFields(
  call: FakeCall & { callId: string },
  pbx: { zone: string; companyLine: string },
): Record<string, unknown> {
  const out = call.direction === 'out';
  return {
    request_id: call.callId,
    call_type: out ? 'outbound' : 'inbound',
    call_status: call.status ?? (call.talkSeconds > 0 ? 'Redirected' : 'Lost'),
    date: localTime(call.startedAt, pbx.zone, true),
    caller_id: out ? pbx.companyLine : call.otherParty,
    dialed_number: out ? call.otherParty : pbx.companyLine,
    callpicker_number: pbx.companyLine,
    dialed_by: out ? call.advisor : '',
    answered_by: out ? '' : call.advisor,
    duration: Math.ceil(call.talkSeconds / 60),
    city: 'MERIDA',
    municipality: 'MERIDA',
    state: 'YUC',
    records: recordsOf(call),
    record_keys: call.talkSeconds > 0 ? [`key-${call.callId}`] : [],
  };
}

function recordsOf(call: FakeCall & { callId: string }): string[] {
  return call.talkSeconds > 0 ? [`https://recordings.example.com/${call.callId}`] : [];
}

/** "2026-7-15 9:18:39" in events of the second generation; padded elsewhere. */
function localTime(atMs: number, zone: string, padded: boolean): string {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  const small = (value: number) => (padded ? two(value) : String(value));
  return `${at.year}-${small(at.month)}-${small(at.day)} ${small(at.hour)}:${two(at.minute)}:${two(at.second)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
