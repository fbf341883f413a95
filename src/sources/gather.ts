import { readTime, type DateOrder } from '../platform/wall-time.ts';
import { instant, plus, MINUTE, type Instant } from '../platform/time.ts';
import type { Campaign, Door, Intake } from './intake.ts';
import type { Target } from './targets.ts';
import {
  FIELDS_MAX,
  looksLikeEmail,
  looksLikePhone,
  MESSAGE_CHARACTERS_MAX,
  textOf,
  valueOf,
  WAYS_MAX,
} from './text.ts';

/** One answer of a source: its own name of the field, what it means, and the text. */
export interface Answer {
  name: string;
  target: Target;
  value: string;
}

/** How far ahead of ours a source's clock may run before its time is not believed. */
export const CLOCK_AHEAD_MAX = 5 * MINUTE;
const EPOCH_SECONDS = /^\d{9,10}$/;
const EPOCH_MILLISECONDS = /^\d{12,13}$/;

/** A source's own time: epoch seconds or milliseconds, or any way of writing one. Null when it cannot be true. */
export function sourceTime(value: unknown, door: Door, order: DateOrder = 'dmy'): Instant | null {
  const text = textOf(value);
  const at = EPOCH_SECONDS.test(text)
    ? instant(Number(text) * 1000)
    : EPOCH_MILLISECONDS.test(text)
      ? instant(Number(text))
      : readTime(text, door.zone, order);
  return at !== null && at <= plus(door.now, CLOCK_AHEAD_MAX) ? at : null;
}

const CAMPAIGN: Partial<Record<Target, keyof Campaign>> = {
  campaignId: 'campaignId',
  campaignName: 'campaignName',
  adGroupId: 'adGroupId',
  adGroupName: 'adGroupName',
  adId: 'adId',
  adName: 'adName',
  formId: 'formId',
  formName: 'formName',
  platform: 'platform',
  medium: 'medium',
  clickId: 'clickId',
};

/** The staff side of a row, read by existing-lead.ts; for a new lead it is only kept. */
const KEPT_ONLY: readonly Target[] = [
  'holder',
  'registeredAt',
  'firstContactAt',
  'lastContactAt',
  'status',
  'grade',
  'history',
  'keep',
];

/**
 * One lead out of a source's answers. A phone without digits or an e-mail without "@" is no way to reach anybody: it is
 * kept among the fields as received. Several phones or e-mails are all kept, in order, each once.
 */
export function gathered(answers: readonly Answer[], door: Door, order: DateOrder = 'dmy'): Intake {
  const kept = new Map<string, string>();
  const values = valuesByTarget(answers);
  const all = (target: Target) => values.get(target) ?? [];
  const first = (target: Target) => all(target)[0];
  const keep = ({ name, value }: Answer) => keepField(kept, name, value);

  for (const answer of answers) if (KEPT_ONLY.includes(answer.target)) keep(answer);
  const phones = ways(answers, 'phone', /[,;/|\n]| y | o /, looksLikePhone, keep);
  const emails = ways(answers, 'email', /[,;\s|]+/, looksLikeEmail, keep);
  const sentAt = timeOr(answers, 'sentAt', door, order, keep);
  const consentText = first('consent');
  const refusesConsent = consentText !== undefined && /^(no|false|0)$/i.test(consentText);

  return {
    source: door.source,
    sourceId: first('sourceId') ?? null,
    sentAt,
    name: nameOf(first),
    phones,
    emails,
    ...given('company', first('company')),
    ...given('city', first('city')),
    ...given('message', all('message').join('\n')),
    ...given('document', first('document')),
    campaign: campaignOf(first),
    consent:
      consentText === undefined || refusesConsent
        ? null
        : { text: consentText, at: timeOr(answers, 'consentAt', door, order, keep) },
    test: /^(true|1|s[ií]|yes|x)$/i.test(first('test') ?? ''),
    ...given('zone', first('zone')),
    ...given('referredBy', first('referredBy')),
    fields: Object.fromEntries(kept),
  };
}

function valuesByTarget(answers: readonly Answer[]): Map<Target, string[]> {
  const values = new Map<Target, string[]>();
  for (const { target, value } of answers) {
    const text = valueOf(value, target === 'message' ? MESSAGE_CHARACTERS_MAX : undefined);
    if (text === '') continue;
    const before = values.get(target);
    if (before === undefined) values.set(target, [text]);
    else before.push(text);
  }
  return values;
}

function keepField(kept: Map<string, string>, rawName: string, rawValue: string): void {
  const name = textOf(rawName) || '?';
  const value = textOf(rawValue, MESSAGE_CHARACTERS_MAX);
  if (name === '__proto__' || value === '' || (kept.size >= FIELDS_MAX && !kept.has(name))) return;
  const before = kept.get(name);
  kept.set(name, before === undefined || before === value ? value : `${before}\n${value}`);
}

function ways(
  answers: readonly Answer[],
  target: Target,
  between: RegExp,
  usable: (text: string) => boolean,
  keep: (answer: Answer) => void,
): string[] {
  const found: string[] = [];
  for (const answer of answers) {
    if (answer.target !== target) continue;
    const whole = valueOf(answer.value, MESSAGE_CHARACTERS_MAX);
    const parts = whole
      .split(between)
      .map((part) => valueOf(part))
      .filter(usable);
    const good = parts.length > 1 || !usable(whole) ? parts : [whole];
    for (const way of good) if (!found.includes(way) && found.length < WAYS_MAX) found.push(way);
    if (whole !== '' && good.length === 0) keep(answer);
  }
  return found;
}

/** A time that cannot be read or true is kept as received, not guessed: the deadlines then count from reception. */
function timeOr(
  answers: readonly Answer[],
  target: Target,
  door: Door,
  order: DateOrder,
  keep: (answer: Answer) => void,
): Instant | null {
  for (const answer of answers) {
    if (answer.target !== target || valueOf(answer.value) === '') continue;
    const at = sourceTime(answer.value, door, order);
    if (at !== null) return at;
    keep(answer);
  }
  return null;
}

/** The whole name, or its parts in order. "Nombre" beside "Apellidos" is the first part. */
function nameOf(first: (target: Target) => string | undefined): string | null {
  const surnames = [first('lastName'), first('secondLastName')];
  const whole = first('name');
  const parts =
    whole === undefined || surnames.some(Boolean) ? [first('firstName') ?? whole, ...surnames] : [whole];
  const name = parts.filter((part) => part !== undefined).join(' ');
  return name === '' ? null : textOf(name);
}

function campaignOf(first: (target: Target) => string | undefined): Campaign {
  const campaign: Campaign = {};
  for (const [target, key] of Object.entries(CAMPAIGN) as [Target, keyof Campaign][]) {
    const value = first(target);
    if (value !== undefined) campaign[key] = value;
  }
  return campaign;
}

function given<Key extends 'company' | 'city' | 'message' | 'document' | 'zone' | 'referredBy'>(
  key: Key,
  value: string | undefined,
): Partial<Record<Key, string>> {
  return value === undefined || value === '' ? {} : ({ [key]: value } as Partial<Record<Key, string>>);
}
