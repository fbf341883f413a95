import { z } from 'zod';
import { recordOf } from '../platform/exact-json.ts';
import type { Fault } from '../platform/fault.ts';
import { readTime } from '../platform/wall-time.ts';
import { sourceFault } from './faults.ts';
import { gathered, sourceTime, type Answer } from './gather.ts';
import { reachable, type Door, type Parsed } from './intake.ts';
import { targetOf, usualTarget } from './targets.ts';
import { keptOf, MESSAGE_CHARACTERS_MAX, TEXT_CHARACTERS_MAX, WAYS_MAX } from './text.ts';

const short = z.string().max(TEXT_CHARACTERS_MAX).nullish();
const ways = z.array(z.string().max(TEXT_CHARACTERS_MAX)).max(WAYS_MAX).nullish();

/** The documented body of the lead API. Fields it does not name are welcome and kept with the lead. */
export const apiLeadBody = z.looseObject({
  source: short.describe('Key of the source; may be left out when the API key is bound to one'),
  sourceId: short.describe('Your own id of the lead: sending it again creates nothing'),
  sentAt: short.describe('When the person made contact, ISO 8601'),
  name: short,
  firstName: short,
  lastName: short,
  phone: short,
  phones: ways,
  email: short,
  emails: ways,
  company: short,
  city: short,
  message: z.string().max(MESSAGE_CHARACTERS_MAX).nullish(),
  document: short,
  zone: short.describe('Sales zone'),
  referredBy: short.describe('Id of the lead this person was referred by'),
  campaign: z.record(z.string(), short).nullish(),
  consent: z
    .union([
      z.string().max(MESSAGE_CHARACTERS_MAX),
      z.object({ text: z.string().max(MESSAGE_CHARACTERS_MAX), at: short }),
    ])
    .nullish(),
  test: z.union([z.boolean(), z.string().max(TEXT_CHARACTERS_MAX)]).nullish(),
});
type ApiLeadBody = z.infer<typeof apiLeadBody>;

/** The door of the API: `source` is that of the key, null when the key may send for any source. */
export type ApiDoor = Omit<Door, 'source'> & { source: string | null };

/**
 * A lead by the JSON API. Takes the body as `readExactJson` gave it. A body that cannot be used gives a fault naming the
 * field and the remedy (HTTP 422); the raw body was stored before. Spanish names of fields are understood too.
 */
export function readApiLead(body: unknown, door: ApiDoor): Parsed {
  const record = recordOf(body);
  if (record === null) return { fault: sourceFault('not-an-object') };
  const parsed = apiLeadBody.safeParse(withNumbersAsText(record));
  if (!parsed.success) return { fault: bodyFault(parsed.error) };
  const source = (door.source ?? parsed.data.source ?? '').trim();
  if (source === '') return { fault: sourceFault('source-missing', 'source') };

  const inside = { ...door, source };
  const answers = answersOf(parsed.data);
  const unreadable = answers.find((answer) => answer.target === 'sentAt' && !isTime(answer.value, inside));
  if (unreadable !== undefined) return { fault: sourceFault('not-a-time', unreadable.name) };
  const intake = gathered(answers, inside);
  return reachable(intake) || intake.test ? { intake } : { fault: sourceFault('no-way-to-reach', 'phone') };
}

/** Many senders write phones, documents and ids as numbers. */
function withNumbersAsText(record: Record<string, unknown>): Record<string, unknown> {
  const campaign = recordOf(record['campaign']);
  const entries = Object.entries(record).map(([key, value]) => [key, textual(value)] as const);
  const plain = recordOf(Object.fromEntries(entries)) ?? record;
  if (campaign !== null) plain['campaign'] = withNumbersAsText(campaign);
  return plain;
}

function textual(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return Array.isArray(value)
    ? value.map((item: unknown) => (typeof item === 'number' ? String(item) : item))
    : value;
}

function answersOf(body: ApiLeadBody): Answer[] {
  const { source: _source, campaign, consent, ...rest } = body;
  const answers: Answer[] = [];
  const add = (name: string, value: unknown) => {
    if (value !== undefined && value !== null)
      answers.push({ name, target: targetOf(name), value: keptOf(value) });
  };
  for (const [name, value] of Object.entries(rest)) {
    if (name === 'fields')
      for (const [inner, item] of Object.entries(recordOf(value) ?? {})) addKept(answers, inner, item);
    else if (Array.isArray(value) && usualTarget(name) !== undefined)
      for (const item of value) add(name, item);
    else if (typeof value === 'object' && value !== null) addKept(answers, name, value);
    else add(name, value);
  }
  for (const [name, value] of Object.entries(campaign ?? {})) add(name, value);
  if (typeof consent === 'string') add('consent', consent);
  else if (consent) {
    add('consent', consent.text);
    add('consentAt', consent.at);
  }
  return answers;
}

function addKept(answers: Answer[], name: string, value: unknown): void {
  answers.push({ name, target: 'keep', value: keptOf(value) });
}

/** A time that can be read but lies ahead of us is not the sender's mistake to repair: it is kept, not believed. */
function isTime(value: string, door: Door): boolean {
  return value.trim() === '' || sourceTime(value, door) !== null || readTime(value, door.zone) !== null;
}

function bodyFault(error: z.ZodError): Fault {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || 'body';
  if (issue?.code === 'too_big') {
    return sourceFault(
      'too-long',
      field,
      `${String(issue.maximum)} ${issue.origin === 'array' ? '×' : 'Aa'}`,
    );
  }
  return sourceFault('wrong-type', field, expectedOf(field));
}

function expectedOf(field: string): string {
  if (field === 'phones' || field === 'emails') return '["…", "…"]';
  if (field === 'consent') return '"…" | {"text": "…", "at": "2026-07-15T09:18:39-06:00"}';
  if (field === 'campaign') return '{"campaignId": "…", "adId": "…"}';
  return field === 'test' ? 'true | false' : '"…"';
}
