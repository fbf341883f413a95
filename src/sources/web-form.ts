import { createHash } from 'node:crypto';
import { sameSecret, signatureOf } from '../platform/signed-body.ts';
import { between, HOUR, plus, SECOND, type Instant } from '../platform/time.ts';
import type { Fault } from '../platform/fault.ts';
import { sourceFault } from './faults.ts';
import { CLOCK_AHEAD_MAX, gathered, type Answer } from './gather.ts';
import { reachable, type Consent, type Door, type Intake } from './intake.ts';
import type { Target } from './targets.ts';
import { MESSAGE_CHARACTERS_MAX, textOf } from './text.ts';
import { recordOf } from '../platform/exact-json.ts';

/** A form for the organization's own pages, as marketing sets it up. Words are the organization's, in its language. */
export interface WebForm {
  key: string;
  source: string;
  language: 'es-MX' | 'es-CO' | 'en';
  title: string;
  submit: string;
  fields: readonly FormField[];
  /** Every version of the text that people have agreed to stays; `current` is shown. Null: the form asks no consent. */
  consent: { current: string; texts: Readonly<Record<string, string>>; required: boolean } | null;
  thanks: { text: string } | { redirectTo: string };
  /** Sales zone of every lead of this form, if it has one. */
  zone?: string;
  /** Nobody fills in a form faster than this; a program does. */
  fillSecondsMin: number;
}

export interface FormField {
  name: string;
  target: Target;
  label: string;
  kind: 'text' | 'tel' | 'email' | 'textarea' | 'select';
  required: boolean;
  options?: readonly string[];
}

/** The field people do not see: what is written there was written by a program. Named so that programs want it. */
export const HONEYPOT = 'website';
/** A page may stay open this long; after that its stamp says nothing about how fast it was filled in. */
export const STAMP_AGE_MAX = 24 * HOUR;

/** What the page carries of when it was shown, signed, so that no script and no session are needed. */
export function stampOf(form: WebForm, shownAt: Instant, secret: string): string {
  return `${shownAt}.${signatureOf(`${form.key}|${shownAt}`, secret).slice('sha256='.length)}`;
}

export interface FormDoor extends Omit<Door, 'source'> {
  secret: string;
  /** Campaign marks of the page that embeds the form (utm_*, gclid), from the form's own address. */
  marks?: Readonly<Record<string, string>>;
}

/**
 * `intake`: a lead. `faults`: the person must correct these fields; the page is shown again with what was written.
 * `discarded`: written by a program; thank it like anybody, keep the body with the reason, make no lead of it.
 */
export type FormPost =
  | { intake: Intake }
  | { faults: Fault[]; values: Record<string, string> }
  | { discarded: 'honeypot' | 'too-fast' | 'no-stamp' };

/** What a person sent by the form. Takes the posted pairs (`readFormBody`) or the same as a JSON object. */
export function readWebForm(form: WebForm, posted: unknown, door: FormDoor): FormPost {
  const body = recordOf(posted) ?? {};
  const value = (name: string) => textOf(body[name], MESSAGE_CHARACTERS_MAX);
  const suspicion = suspicionOf(form, value(HONEYPOT), value('stamp'), door);
  if (suspicion !== null) return { discarded: suspicion };

  const values = Object.fromEntries(form.fields.map((field) => [field.name, value(field.name)]));
  const missing = form.fields.filter((field) => field.required && values[field.name] === '');
  const faults = missing.map((field) => sourceFault('required-missing', field.name, field.label));
  const consent = consentOf(form, value('consent'), door.now);
  if (form.consent?.required === true && consent === null)
    faults.push(sourceFault('consent-missing', 'consent'));

  const answers: Answer[] = form.fields.map(({ name, target }) => ({
    name,
    target,
    value: values[name] ?? '',
  }));
  const intake = gathered([...answers, ...marksOf(door.marks)], { ...door, source: form.source });
  if (!reachable(intake) && faults.length === 0) {
    faults.push(
      sourceFault('no-way-to-reach', form.fields.find(({ target }) => target === 'phone')?.name ?? 'phone'),
    );
  }
  if (faults.length > 0) return { faults, values };
  return {
    intake: completed(intake, form, consent, `${value('stamp')}|${JSON.stringify(values)}`, door.now),
  };
}

/**
 * The same page sent twice with the same words is one lead (a double click, a reload); two people who were served the
 * same page by a cache are two.
 */
function completed(
  intake: Intake,
  form: WebForm,
  consent: Consent | null,
  content: string,
  now: Instant,
): Intake {
  const sourceId = `form:${createHash('sha256').update(`${form.key}|${content}`).digest('hex')}`;
  return {
    ...intake,
    sourceId,
    sentAt: now,
    consent,
    test: false,
    campaign: { ...intake.campaign, formId: form.key, formName: form.title },
    ...(intake.zone === undefined && form.zone !== undefined ? { zone: form.zone } : {}),
  };
}

function suspicionOf(
  form: WebForm,
  honeypot: string,
  stamp: string,
  door: FormDoor,
): 'honeypot' | 'too-fast' | 'no-stamp' | null {
  if (honeypot !== '') return 'honeypot';
  const shownAt = shownAtOf(form, stamp, door.secret);
  if (shownAt === null) return 'no-stamp';
  if (shownAt > plus(door.now, CLOCK_AHEAD_MAX)) return 'no-stamp';
  const openFor = between(shownAt, door.now);
  return openFor < form.fillSecondsMin * SECOND && openFor < STAMP_AGE_MAX ? 'too-fast' : null;
}

function shownAtOf(form: WebForm, stamp: string, secret: string): Instant | null {
  const shownAt = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\.[0-9a-f]{64}$/.exec(stamp)?.[1] as
    | Instant
    | undefined;
  return shownAt !== undefined && sameSecret(stamp, stampOf(form, shownAt, secret)) ? shownAt : null;
}

/** The box carries the version it showed: whoever had the page open while the text changed agreed to the old one. */
function consentOf(form: WebForm, version: string, now: Instant): Consent | null {
  const texts = form.consent?.texts ?? {};
  const text = Object.hasOwn(texts, version) ? texts[version] : undefined;
  return text === undefined ? null : { text, at: now };
}

const MARKS: Readonly<Record<string, Target>> = {
  utm_source: 'platform',
  utm_medium: 'medium',
  utm_campaign: 'campaignName',
  utm_content: 'adName',
  gclid: 'clickId',
  fbclid: 'clickId',
};

function marksOf(marks: Readonly<Record<string, string>> = {}): Answer[] {
  return Object.entries(MARKS).flatMap(([name, target]) => {
    const value = (Object.hasOwn(marks, name) ? (marks[name] ?? '') : '').slice(0, MESSAGE_CHARACTERS_MAX);
    return value === '' ? [] : [{ name, target, value }];
  });
}

/** Whom the limit of posts counts: one form and one address; an IPv6 customer has a whole /64. */
export function formRateKey(form: WebForm, address: string): string {
  const v4 = /(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
  return `form:${form.key}:${v4 ?? network64(address)}`;
}

function network64(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [''];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
