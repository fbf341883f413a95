import { z } from 'zod';

import { erasureReasons, readEmail, readPhone, noFacts, type HeldFacts } from '../src/contacts/index.ts';
import type { Fact } from '../src/decisions/index.ts';
import { contactChannels } from '../src/gate/index.ts';
import { actionKinds, lostReasons } from '../src/follow-up/index.ts';
import type { Arrival } from '../src/leads/index.ts';
import { CLIENT_TEMPLATES } from '../src/messages/index.ts';
import type { Instant } from '../src/platform/time.ts';
import { procedureNames } from '../src/procedures/index.ts';
import { readTime } from './scenario-time.ts';

/** What happens outside the product: a channel that takes no message, and takes them again. */
export interface ChannelChange {
  readonly channel: string;
  readonly up: boolean;
}

/** A version taken into force while the scenario runs; the packs say the rest. */
export interface AdoptionTold {
  readonly procedure: (typeof procedureNames)[number];
  readonly version: string | null;
  readonly effectiveOn: string | null;
  readonly readings: Readonly<Record<string, unknown>>;
  readonly by?: string | undefined;
  readonly proposal?: string | undefined;
  /** Only proposed: another person takes it into force. */
  readonly proposed?: true;
}

export type Told =
  | { readonly submit: Fact }
  | { readonly channel: ChannelChange }
  | { readonly adopt: AdoptionTold };

export interface TellingOf {
  readonly zone: string;
  readonly country: 'MX' | 'CO';
  /** Line in the file: names a call or sale to which the file gives no id. */
  readonly line: number;
}

const name = z.string().min(1);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is expected, as "2024-07"');
const money = z.union([z.number(), z.string()]).transform(String).nullable().default(null);
const amount = z.union([z.number(), z.string()]).transform(String).nullable();
const percent = z.union([z.number(), z.string()]).transform(String).nullable().default(null);
const reasons = z.string().default('Por lo que consta.');
const seconds = z.number().nonnegative().nullable().default(null);
const count = z.int().nonnegative();
const direction = z.enum(['in', 'out']).default('out');

const ofLead = {
  lead: name,
  name: z.string().optional(),
  phone: z.union([z.string(), z.number()]).transform(String).optional(),
  email: z.string().optional(),
  source: z.string().default('walk-in'),
  referredBy: name.nullable().default(null),
  zone: name.nullable().default(null),
};

const onLead = { by: name, lead: name };
const ofAppointment = { ...onLead, appointment: name.nullable().default(null) };

/** What a person said of being contacted; without `by`, in a message of their own. */
const aboutContact = {
  lead: name,
  by: name.nullable().default(null),
  scope: z.enum(['calls', 'messages', 'email', 'all']).default('all'),
  origin: name.default('whatsapp'),
  text: z.string(),
};

const time = (zone: string) =>
  z.string().transform((text, context): Instant => {
    const read = readTime(text, zone);
    if (read !== null) return read;
    context.addIssue(`a time is expected, as "2024-07-01T09:00"; found ${JSON.stringify(text)}`);
    return z.NEVER;
  });

/** The fields of every fact that is built. What is not named here is not understood. */
export function factShapes(zone: string) {
  return {
    'roster.submitted': z.strictObject({
      month,
      zone: name.nullable().default(null),
      by: name,
      advisors: z.array(name),
    }),
    'roster.confirmed': z.strictObject({ month, by: name, channel: z.string().default('whatsapp') }),
    'person.changed': z
      .strictObject({
        person: name,
        internal: z.boolean(),
        documents: z.enum(['complete', 'incomplete', 'expired']),
        grade: z.enum(['pass', 'fail', 'none']),
        left: z.boolean(),
        absent: z.boolean(),
        zone: name,
        reportsTo: name,
      })
      .partial()
      .required({ person: true }),
    'month.results': z.strictObject({ person: name, month, sales: count, leads: count, closings: count }),
    'policy.signed': z.strictObject({ by: name, procedure: z.enum(procedureNames), fullName: name }),
    'procedure.adopted': z.strictObject({
      procedure: z.enum(procedureNames),
      version: z.iso.date().nullable().default(null),
      effectiveOn: z.iso.date().nullable().default(null),
      readings: z.record(z.string(), z.unknown()).default({}),
      by: name.optional(),
      proposal: name.optional(),
    }),
    'procedure.proposed': z.strictObject({
      proposal: name,
      by: name,
      procedure: z.enum(procedureNames),
      version: z.iso.date().nullable().default(null),
      effectiveOn: z.iso.date().nullable().default(null),
      readings: z.record(z.string(), z.unknown()).default({}),
    }),
    'procedure.rejected': z.strictObject({ proposal: name, by: name, reasons: z.string() }),
    'procedure.withdrawn': z.strictObject({ proposal: name, by: name }),
    'lead.received': z.strictObject({
      ...ofLead,
      sentAt: time(zone).optional(),
      test: z.boolean().default(false),
    }),
    'lead.registered': z.strictObject({ ...ofLead, by: name }),
    'call.started': z.strictObject({ call: name, by: name, lead: name, direction }),
    'call.ended': z.strictObject({
      call: name,
      answered: z.boolean(),
      talkSeconds: seconds,
      ringSeconds: seconds,
    }),
    'call.reported': z.strictObject({
      by: name,
      lead: name,
      startedAt: time(zone),
      answered: z.boolean(),
      talkSeconds: seconds,
      ringSeconds: seconds,
      direction,
      call: name.optional(),
    }),
    message: z.strictObject({
      by: name.nullable().default(null),
      from: z.literal('client').nullable().default(null),
      lead: name,
      channel: name,
      verifiable: z.boolean().default(true),
      message: name.optional(),
      text: z.string().optional(),
    }),
    'message.written': z.strictObject({
      by: name,
      lead: name,
      channel: z.enum(['whatsapp', 'email']).default('whatsapp'),
      text: z.string().nullable().default(null),
      template: z.enum(CLIENT_TEMPLATES).nullable().default(null),
      message: name.optional(),
    }),
    'message.canceled': z.strictObject({ by: name, message: name }),
    'answer.heard': z.strictObject({
      person: name,
      month: month.nullable(),
      meaning: z.enum(['no', 'unclear']),
      askAgain: z.boolean().default(true),
    }),
    note: z.strictObject({ by: name, lead: name, text: z.string() }),
    'lead.graded': z.strictObject({
      by: name,
      lead: name,
      grade: z.enum(['A', 'AA', 'AAA']),
      reason: z.string().default(''),
    }),
    'lead.passed': z.strictObject({ by: name, lead: name, reason: z.string().default('') }),
    'lead.placed': z.strictObject({
      by: name,
      lead: name,
      to: name.nullable().default(null),
      reason: z.string().default(''),
    }),
    'sale.closed': z.strictObject({
      by: name,
      lead: name,
      sale: name.optional(),
      price: money,
      advisorCommission: money,
      managerCommission: money,
    }),
    'appointment.booked': z.strictObject({
      ...onLead,
      appointment: name,
      startsAt: time(zone),
      minutes: z.int().positive().optional(),
      kind: name.optional(),
      place: name.optional(),
    }),
    'appointment.held': z.strictObject(ofAppointment),
    'appointment.missed': z.strictObject(ofAppointment),
    'appointment.canceled': z.strictObject(ofAppointment),
    'appointment.reopened': z.strictObject({ ...onLead, appointment: name }),
    'opportunity.opened': z.strictObject(onLead),
    'opportunity.canceled': z.strictObject(onLead),
    'reservation.made': z.strictObject({ ...onLead, price: money }),
    'reservation.canceled': z.strictObject(onLead),
    'lead.incubated': z.strictObject({
      ...onLead,
      nextContactOn: z.iso.date(),
      evidence: z.boolean().default(false),
    }),
    'lead.lost': z.strictObject({
      ...onLead,
      reason: z.enum(lostReasons).default('other'),
      text: z.string().nullable().default(null),
    }),
    'lead.reopened': z.strictObject(onLead),
    'next-action.set': z.strictObject({
      ...onLead,
      action: z.string().default(''),
      kind: z.enum(actionKinds).default('other'),
      dueAt: time(zone),
    }),
    'next-action.done': z.strictObject(onLead),
    'weekly.sent': z.strictObject({
      by: name,
      week: z.iso.date().nullable().default(null),
      comment: z.string().nullable().default(null),
    }),
    'contact.attempted': z.strictObject({ by: name, lead: name, channel: z.enum(contactChannels) }),
    'sale.corrected': z
      .strictObject({
        sale: name,
        by: name,
        price: amount,
        advisorCommission: amount,
        managerCommission: amount,
        reasons,
      })
      .partial({ price: true, advisorCommission: true, managerCommission: true }),
    'sale.canceled': z.strictObject({ sale: name, by: name, reasons }),
    'sale.credited': z.strictObject({ sale: name, by: name, to: name, reasons }),
    'breach.reported': z.strictObject({
      sanction: name,
      person: name,
      by: name,
      clause: name,
      lead: name.nullable().default(null),
      sale: name.nullable().default(null),
      text: z.string().nullable().default(null),
    }),
    'sanction.answered': z.strictObject({
      sanction: name,
      by: name,
      percent,
      reasons: z.string().default(''),
    }),
    'sanction.ruled': z.strictObject({ sanction: name, by: name, percent, reasons: z.string().default('') }),
    'sanction.revoked': z.strictObject({ sanction: name, by: name, reasons }),
    'audit.recorded': z.strictObject({
      audit: name.optional(),
      person: name,
      finding: z.enum(['bad-care', 'ok']),
      by: name,
      lead: name.nullable().default(null),
      call: name.nullable().default(null),
      week: z.iso.date().nullable().default(null),
      checklist: z.record(z.string(), z.enum(['yes', 'no', 'na'])).default({}),
      note: z.string().nullable().default(null),
    }),
    'audit.answered': z.strictObject({ audit: name, by: name, reasons }),
    'audit.ruled': z.strictObject({
      audit: name,
      by: name,
      outcome: z.enum(['upheld', 'overturned']),
      reasons,
    }),
    'doubt.settled': z.strictObject({
      lead: name,
      of: name,
      by: name,
      outcome: z.enum(['same', 'different']),
    }),
    'contact.unmerged': z.strictObject({ lead: name, by: name }),
    'lead.marked-test': z.strictObject({ lead: name, by: name }),
    'contact.opted-out': z.strictObject(aboutContact),
    'contact.opted-in': z.strictObject({ ...aboutContact, givenAt: time(zone).optional() }),
    'contact.exported': z.strictObject({ lead: name, by: name }),
    'contact.erased': z.strictObject({
      lead: name,
      by: name,
      reason: z.enum(erasureReasons).default('requested'),
      requestedAt: time(zone),
    }),
    'channel.down': z.strictObject({ channel: name }),
    'channel.up': z.strictObject({ channel: name }),
  };
}

type Shapes = ReturnType<typeof factShapes>;
export type BuiltFact = keyof Shapes;

export function isBuilt(fact: string): fact is BuiltFact {
  return Object.hasOwn(factShapes('UTC'), fact);
}

/** Which fields of a fact name somebody of the staff. */
export const PERSON_FIELDS = ['by', 'person', 'to', 'advisors', 'reportsTo'] as const;

/** A fact as the scenario tells it, as the house takes it; or why it is not understood. */
export function readFact(
  fact: BuiltFact,
  fields: unknown,
  { zone, country, line }: TellingOf,
): { readonly told: Told } | { readonly error: z.ZodError } {
  const shapes = factShapes(zone);
  const read = shapes[fact].safeParse(fields);
  if (!read.success) return { error: read.error };
  return { told: telling(fact, read.data, { country, line }) };
}

type Parsed<F extends BuiltFact> = z.output<Shapes[F]>;

function telling(fact: BuiltFact, data: unknown, of: Omit<TellingOf, 'zone'>): Told {
  // `readFact` parsed it with the very shape this type is derived from.
  const as = <F extends BuiltFact>(_fact: F): Parsed<F> => data as Parsed<F>;
  const submit = (actor: string, more: object = {}): Told => ({
    submit: Object.assign({}, data, more, { fact, actor }),
  });
  switch (fact) {
    case 'person.changed':
    case 'month.results':
      return submit('administrator');
    case 'lead.received': {
      const { sentAt = null, test, source, ...rest } = as(fact);
      return { submit: arrival(fact, { ...rest, source }, source, of.country, { sentAt, test }) };
    }
    case 'lead.registered': {
      const { by, ...rest } = as(fact);
      const registered = arrival(fact, rest, by, of.country, { sentAt: null, test: false });
      return { submit: { ...registered, by } as Fact };
    }
    case 'call.started':
    case 'call.ended':
      return submit('pbx');
    case 'call.reported':
      return submit('pbx', { call: as(fact).call ?? `reported-${of.line}` });
    case 'message':
      return submit(as(fact).by ?? as(fact).channel);
    case 'message.written':
      return submit(as(fact).by, { message: as(fact).message ?? `written-${of.line}` });
    case 'answer.heard':
      return submit('whatsapp');
    case 'sale.closed':
      return submit(as(fact).by, { sale: as(fact).sale ?? `sale-${of.line}` });
    case 'audit.recorded':
      return submit(as(fact).by, { audit: as(fact).audit ?? `audit-${of.line}` });
    case 'sale.corrected':
    case 'sale.canceled':
    case 'sale.credited':
    case 'breach.reported':
    case 'sanction.answered':
    case 'sanction.ruled':
    case 'sanction.revoked':
    case 'audit.answered':
    case 'audit.ruled':
    case 'roster.submitted':
    case 'roster.confirmed':
    case 'policy.signed':
    case 'note':
    case 'lead.graded':
    case 'lead.passed':
    case 'lead.placed':
    case 'appointment.booked':
    case 'appointment.held':
    case 'appointment.missed':
    case 'appointment.canceled':
    case 'appointment.reopened':
    case 'opportunity.opened':
    case 'opportunity.canceled':
    case 'reservation.made':
    case 'reservation.canceled':
    case 'lead.incubated':
    case 'lead.lost':
    case 'lead.reopened':
    case 'next-action.set':
    case 'next-action.done':
    case 'weekly.sent':
    case 'contact.attempted':
    case 'message.canceled':
      return submit(as(fact).by);
    case 'procedure.adopted':
      return { adopt: as(fact) };
    case 'procedure.proposed':
      return { adopt: { ...as(fact), proposed: true } };
    case 'procedure.rejected':
    case 'procedure.withdrawn':
      return submit(as(fact).by);
    case 'channel.down':
    case 'channel.up':
      return { channel: { channel: as(fact).channel, up: fact === 'channel.up' } };
    case 'doubt.settled':
      return submit(as(fact).by, { doubt: null });
    case 'lead.marked-test':
      return submit(as(fact).by);
    case 'contact.unmerged':
    case 'contact.erased':
      return submit(as(fact).by, { contact: null });
    case 'contact.exported':
      return submit(as(fact).by, { contact: null, format: 'json' });
    case 'contact.opted-out':
    case 'contact.opted-in':
      return submit(as(fact).by ?? as(fact).origin, { contact: null });
    default:
      return fact satisfies never;
  }
}

interface LeadFields {
  readonly lead: string;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly source: string;
  readonly referredBy: string | null;
  readonly zone: string | null;
}

function arrival(
  fact: string,
  fields: LeadFields,
  actor: string,
  country: 'MX' | 'CO',
  more: { sentAt: Instant | null; test: boolean },
): Arrival {
  const { lead, name: called, phone, email, source, referredBy, zone } = fields;
  return {
    fact,
    actor,
    lead,
    source,
    sourceId: null,
    zone,
    referredBy,
    ...more,
    identity: identityOf(fields, country, `lead:${lead}`),
    consent: null,
    asReceived: {
      name: called ?? null,
      phones: phone === undefined ? [] : [phone],
      emails: email === undefined ? [] : [email],
      message: null,
      fields: {},
    },
    campaign: {},
    receipt: null,
  };
}

function identityOf(fields: LeadFields, country: 'MX' | 'CO', origin: string): HeldFacts {
  const phone = fields.phone === undefined ? null : readPhone(fields.phone, country);
  const email = fields.email === undefined ? null : readEmail(fields.email);
  return {
    ...noFacts,
    names: fields.name === undefined ? [] : [{ value: fields.name, origin, raw: fields.name }],
    phones: phone === null || 'refused' in phone ? [] : [{ value: phone.e164, origin, raw: phone.raw }],
    emails: email === null || 'refused' in email ? [] : [{ value: email.folded, origin, raw: email.raw }],
  };
}
