import type { HomeCountry } from '../contacts/index.ts';
import { readExactJson, recordOf } from '../platform/exact-json.ts';
import type { Fault } from '../platform/fault.ts';
import { readFormBody } from '../platform/form-body.ts';
import { plus, type Instant } from '../platform/time.ts';
import {
  advisorOf,
  callKey,
  readCallBody,
  type CallReport,
  type ExtensionEntry,
} from '../switchboard/index.ts';
import { readApiLead } from './api-lead.ts';
import { sourceFault } from './faults.ts';
import { leadFromCall, leadFromMessage, type FirstMessage } from './first-contact.ts';
import { readGoogleLead } from './google-lead.ts';
import type { Intake, Parsed } from './intake.ts';
import { readMetaLead } from './meta-lead.ts';
import { idOf, readMetaNotification, type MetaNotice } from './meta-notification.ts';
import type { ReceiptRoute } from './receipts.store.ts';
import type { Source } from './source.ts';
import { readWebForm, type WebForm } from './web-form.ts';

/** What is known when a body is read: the same body under the same settings is always read the same way. */
export interface ReadingContext {
  readonly source: Source;
  readonly country: HomeCountry;
  /** The source's zone, else the organization's. */
  readonly zone: string;
  readonly companyLines: ReadonlySet<string>;
  readonly extensions: readonly ExtensionEntry[];
  /** When it was received: also when it is read again later. */
  readonly now: Instant;
  readonly formSecret: string;
  /** The live keys of a Google form. */
  readonly googleKeys: readonly string[];
}

export interface ReceivedBody {
  readonly route: ReceiptRoute;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Read =
  | { readonly kind: 'lead'; readonly sourceId: string | null; readonly intake: Intake }
  | { readonly kind: 'call'; readonly sourceId: string; readonly call: HeardCall }
  | { readonly kind: 'notices'; readonly sourceId: null; readonly notices: readonly MetaNotice[] }
  /** A lead that its source has only told of: it has to be fetched. */
  | { readonly kind: 'fetch'; readonly sourceId: string }
  | { readonly kind: 'fault'; readonly sourceId: string | null; readonly fault: Fault }
  /** A person's slip in a form: nothing of it is kept, the form is shown again. */
  | { readonly kind: 'form-faults'; readonly faults: Fault[]; readonly values: Record<string, string> };

export interface HeardCall {
  readonly report: CallReport;
  readonly by: string | null;
  /** Seen where no advisor is known by it. */
  readonly advisorSeen: string | null;
  /** The lead it would be, if its number is nobody's. */
  readonly intake: Intake | null;
}

export function readBody(received: ReceivedBody, context: ReadingContext): Read {
  switch (received.route) {
    case 'api':
      return readJsonLead(received, context);
    case 'google':
      return readGoogle(received, context);
    case 'meta.notification':
      return readNotification(received);
    case 'meta.lead':
      return readFetched(received, context);
    case 'web-form':
      return readPost(received, context);
    case 'pbx':
      return readCall(received, context);
    case 'whatsapp':
    default:
      return readMessage(received, context);
  }
}

function asRead(parsed: Parsed, sourceId: string | null = null): Read {
  return 'intake' in parsed
    ? { kind: 'lead', sourceId: parsed.intake.sourceId, intake: parsed.intake }
    : { kind: 'fault', sourceId, fault: parsed.fault };
}

function faulty(fault: Fault): Read {
  return { kind: 'fault', sourceId: null, fault };
}

function readJsonLead({ body }: ReceivedBody, { source, zone, now }: ReadingContext): Read {
  const json = readExactJson(body);
  if ('refused' in json) return faulty(sourceFault('not-readable', undefined, json.refused));
  return asRead(readApiLead(json.value, { source: source.key, zone, now }));
}

/** Whose lead the body says it is, where the key is bound to no source. */
export function sourceNamedIn(body: Uint8Array): string | null {
  const json = readExactJson(body);
  const named = 'value' in json ? recordOf(json.value)?.['source'] : null;
  return typeof named === 'string' ? named.trim() : null;
}

function readGoogle({ body }: ReceivedBody, { source, zone, now, googleKeys }: ReadingContext): Read {
  const { settings } = source;
  const formId = formIdOf(body);
  const form = (formId === null ? undefined : settings.forms?.[formId]) ?? settings.anyForm ?? { fields: {} };
  const { consentText } = form;
  const read = readGoogleLead(
    body,
    googleKeys,
    { source: source.key, zone, now },
    withConsent(form.fields, consentText),
  );
  return 'intake' in read ? asRead({ intake: read.intake }) : faulty(read.fault);
}

function withConsent<Fields>(fields: Fields, consentText: string | undefined) {
  return { fields, ...(consentText === undefined ? {} : { consentText }) };
}

function formIdOf(body: Uint8Array): string | null {
  const json = readExactJson(body);
  const id = 'value' in json ? recordOf(json.value)?.['form_id'] : null;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function readNotification({ body }: ReceivedBody): Read {
  const read = readMetaNotification(body);
  if ('fault' in read) return faulty(read.fault);
  const [broken] = read.faults;
  if (read.notices.length === 0 && broken !== undefined) return faulty(broken);
  return { kind: 'notices', sourceId: null, notices: read.notices };
}

function readFetched({ headers, body }: ReceivedBody, { source, zone, now }: ReadingContext): Read {
  const json = readExactJson(body);
  if ('refused' in json) return faulty(sourceFault('not-readable', undefined, json.refused));
  const told = recordOf(json.value);
  if (headers['fetched'] !== 'yes') return { kind: 'fetch', sourceId: idOf(told?.['leadId']) ?? '' };
  const formId = idOf(told?.['form_id']) ?? '';
  const form = source.settings.forms?.[formId] ?? source.settings.anyForm ?? { fields: {} };
  const door = { source: source.key, zone, now };
  return asRead(
    readMetaLead(json.value, door, withConsent(form.fields, form.consentText)),
    typeof told?.['id'] === 'string' ? told['id'] : null,
  );
}

function readPost(received: ReceivedBody, context: ReadingContext): Read {
  const form = formOf(context.source);
  if (form === null) return faulty(sourceFault('no-such-source', undefined, context.source.key));
  const { headers, body } = received;
  const isJson = headers['content-type']?.startsWith('application/json') === true;
  const json = isJson ? readExactJson(body) : null;
  if (json !== null && 'refused' in json) return faulty(sourceFault('not-readable', undefined, json.refused));
  const posted = json === null ? readFormBody(body) : json.value;
  const marks = readFormBody(headers['query'] ?? '');
  const { zone, now, formSecret } = context;
  const read = readWebForm(form, posted, { zone, now, secret: formSecret, marks });
  if ('discarded' in read) return faulty(sourceFault('written-by-a-program', undefined, read.discarded));
  if ('faults' in read) return { kind: 'form-faults', faults: read.faults, values: read.values };
  return asRead({ intake: read.intake });
}

/** The form of a web-form source, as its page and reader need it. */
export function formOf({ key, settings }: Source): WebForm | null {
  const { form } = settings;
  if (form === undefined) return null;
  const { zone, fields, ...rest } = form;
  return {
    ...rest,
    key,
    source: key,
    fields: fields.map(({ options, ...field }) => ({
      ...field,
      ...(options === undefined ? {} : { options }),
    })),
    ...(zone === undefined ? {} : { zone }),
  };
}

function readCall({ body }: ReceivedBody, context: ReadingContext): Read {
  const { source, zone, now, extensions } = context;
  const read = readCallBody(body, { zone, now });
  if ('fault' in read) return faulty(read.fault);
  const { report } = read;
  const advisor = advisorOf(report, extensions, report.startedAt);
  const first =
    report.direction === 'in'
      ? leadFromCall(
          {
            callId: callKey(report),
            startedAt: report.startedAt,
            otherParty: report.otherParty,
            companyLine: report.companyLine,
            ...(report.city === undefined ? {} : { city: report.city }),
          },
          { source: source.key, zone, now },
        )
      : null;
  const call: HeardCall = {
    report,
    by: 'person' in advisor ? advisor.person : null,
    advisorSeen: 'person' in advisor ? null : advisor.seen,
    intake: first !== null && 'intake' in first ? first.intake : null,
  };
  return { kind: 'call', sourceId: callKey(report), call };
}

function readMessage({ body }: ReceivedBody, { source, zone, now }: ReadingContext): Read {
  const json = readExactJson(body);
  const told = 'value' in json ? recordOf(json.value) : null;
  if (told === null) return faulty(sourceFault('not-readable', undefined, 'not-json'));
  const message = told as unknown as FirstMessage;
  return asRead(leadFromMessage({ ...message, at: plus(message.at, 0) }, { source: source.key, zone, now }));
}
