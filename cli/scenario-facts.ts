import { z } from 'zod';

import { erasureReasons } from '../src/contacts/index.ts';
import { contactChannels } from '../src/gate/index.ts';
import { actionKinds, lostReasons } from '../src/follow-up/index.ts';
import { CLIENT_TEMPLATES } from '../src/messages/index.ts';
import type { Instant } from '../src/platform/time.ts';
import { procedureNames } from '../src/procedures/index.ts';
import { claimShapes } from './scenario-claims.ts';
import { rosterShapes } from './scenario-roster-facts.ts';
import { readTime } from './scenario-time.ts';

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

/** What a request by mail says of the client; what is not named is not in it. */
const ofDraft = {
  draft: name,
  name: z.string().nullable().default(null),
  phone: z.union([z.string(), z.number()]).transform(String).nullable().default(null),
  email: z.string().nullable().default(null),
  source: z.string().nullable().default(null),
  imageDatedOn: z.iso.date().nullable().default(null),
  firstContact: z.boolean().default(false),
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
    ...rosterShapes,
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
    'policy.signed': z.strictObject({
      by: name,
      procedure: z.enum(procedureNames),
      fullName: name,
      version: z.iso.date().optional(),
    }),
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
    'mail.received': z.strictObject({
      ...ofDraft,
      mail: name.optional(),
      person: name,
      image: z.boolean().default(false),
      proven: z.boolean().default(true),
    }),
    'draft.corrected': z.strictObject({ ...ofDraft, by: name, lead: name.nullable().default(null) }),
    'draft.refused': z.strictObject({ draft: name, by: name, reason: z.string() }),
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
    ...claimShapes(time(zone)),
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
    'sale.support-named': z.strictObject({ sale: name, by: name, people: z.array(name), reasons }),
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
export type Parsed<F extends BuiltFact> = z.output<Shapes[F]>;

export function isBuilt(fact: string): fact is BuiltFact {
  return Object.hasOwn(factShapes('UTC'), fact);
}

/** Which fields of a fact name somebody of the staff. */
export const PERSON_FIELDS = ['by', 'person', 'to', 'advisors', 'reportsTo', 'signedBy', 'holder'] as const;
