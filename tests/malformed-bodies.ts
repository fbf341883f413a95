import { signatureOf } from '../src/platform/signed-body.ts';
import type { IntakeFloor } from './intake-floor.ts';

/** What became of the bodies: to be compared with what must never be. */
export interface MalformedTold {
  readonly sent: number;
  readonly serverErrors: string[];
  /** That are anybody's: a well-formed body whose phone is no phone stands as refused, with the reason. */
  readonly leads: number;
  /** Authenticated bodies that were answered as faulty: all of them kept, up to the limit of a day and source. */
  readonly faulty: Readonly<Record<string, number>>;
  readonly kept: Readonly<Record<string, number>>;
  /** Of senders that are nobody: nothing may be kept. */
  readonly strangers: number;
  readonly keptOfStrangers: number;
}

export interface MalformedDoors {
  readonly meta: string;
  readonly google: string;
  readonly pbx: string;
  readonly appSecret: string;
  readonly googleKey: string;
}

const DEEP = 20_000;
const ANYBODYS = `stage <> 'refused'`;

/** Bodies no honest sender sends: cut, deep, of wrong kinds, with NUL, halves of surrogates, prototype and double keys. None can be a lead. */
export function malformedBody(random: () => number, googleKey: string): Buffer {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] ?? (items[0] as T);
  const whole = `{"source":"portal","google_key":${JSON.stringify(googleKey)},"name":"X","object":"page"}`;
  const wrong = pick([
    'null',
    '[]',
    '{}',
    '0',
    '-1e999',
    '"\\u0000"',
    '"\\ud800"',
    'true',
    '{"a":{"b":[1,2,{}]}}',
    '9007199254740993123',
    '"__proto__"',
    `"${'x'.repeat(600)}"`,
  ]);
  const field = pick([
    'phone',
    'phones',
    'email',
    'sentAt',
    'campaign',
    'consent',
    'lead_id',
    'user_column_data',
    'entry',
    'call_id',
    'call_type',
    '__proto__',
    'constructor',
    'toString',
    'source',
    '\\u0000',
  ]);
  const kinds: (() => Buffer)[] = [
    () => Buffer.from(whole.slice(0, Math.floor(random() * whole.length))),
    () => Buffer.from(`${whole.slice(0, -1)},"${field}":${wrong}}`),
    () => Buffer.from(`${whole.slice(0, -1)},"${field}":${wrong},"${field}":${wrong}}`),
    () => Buffer.from('['.repeat(1 + Math.floor(random() * DEEP))),
    () => Buffer.from(`{"a":`.repeat(40 + Math.floor(random() * 100))),
    () => Buffer.from(Array.from({ length: 60 }, () => Math.floor(random() * 256))),
    () =>
      Buffer.concat([
        Buffer.from('{"source":"portal","name":"'),
        Buffer.from([0xc3, 0x28, 0xff]),
        Buffer.from('"}'),
      ]),
    () => Buffer.from(''),
    () => Buffer.from(wrong),
    () => Buffer.from(`${whole.slice(0, -1)},"fields":{"\\u0000${field}":"\\udfff"}}`),
  ];
  return pick(kinds)();
}

/** Sends `bodies` malformed bodies to every door in turn, one after another, and counts what is left of them. */
export async function sendMalformed(
  floor: IntakeFloor,
  doors: MalformedDoors,
  bodies: number,
  random: () => number,
): Promise<MalformedTold> {
  const serverErrors: string[] = [];
  const faulty: Record<string, number> = {};
  const leads = await floor.count('leads', ANYBODYS);
  let strangers = 0;
  let keptOfStrangers = 0;
  const count = (source: string) => (faulty[source] = (faulty[source] ?? 0) + 1);
  for (let i = 0; i < bodies; i += 1) {
    const payload = malformedBody(random, doors.googleKey);
    const door = (['api', 'meta', 'google', 'pbx', 'meta-stranger'] as const)[i % 5] ?? 'api';
    const url = {
      api: '/api/leads',
      meta: doors.meta,
      google: doors.google,
      pbx: doors.pbx,
      'meta-stranger': doors.meta,
    }[door];
    const secret = door === 'meta' ? doors.appSecret : 'guess';
    const signature = door.startsWith('meta') ? { 'x-hub-signature-256': signatureOf(payload, secret) } : {};
    const headers = { 'content-type': 'application/json', ...signature };
    const before = door === 'meta-stranger' ? await floor.count('receipts') : 0;
    const answer = await floor.http.app.inject({ method: 'POST', url, headers, payload });
    const { statusCode } = answer;
    if (statusCode >= 500)
      serverErrors.push(`${door} ${statusCode} ${payload.toString('latin1').slice(0, 200)}`);
    const isStranger =
      statusCode === 401 || statusCode === 403 || (door === 'google' && isNotAuthentic(answer.body));
    if (isStranger) strangers += 1;
    if (door === 'meta-stranger') keptOfStrangers += (await floor.count('receipts')) - before;
    if (!isStranger && door !== 'meta-stranger') count(door);
  }
  const kept = await floor.rows<{ route: string; n: number }>(
    `select split_part(route, '.', 1) as route, count(*)::int as n from receipts where state = 'faulty' group by 1`,
  );
  return {
    sent: bodies,
    serverErrors,
    leads: (await floor.count('leads', ANYBODYS)) - leads,
    faulty,
    kept: Object.fromEntries(kept.map(({ route, n }) => [route, n])),
    strangers,
    keptOfStrangers,
  };
}

/** Google's key is inside the body: one that cannot be read, or has no key, is a stranger's. */
function isNotAuthentic(body: string): boolean {
  return /not-readable|not-an-object|bad-key/.test(body);
}
