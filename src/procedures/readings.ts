import { z } from 'zod';
import type { Procedure } from './known.ts';

/**
 * Every reading the product understands, with the type of its value. The packs in `procedures/` hold the default, the
 * alternatives and the question; this table gives rules a typed answer. Loading fails where the two disagree.
 */
const positive = z.int().positive();
const seconds = z.int().nonnegative();

/** A day of a month and a local time, "25T18:00": which month is said by the reading. */
const monthDayTime = z.string().regex(/^(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/);

const commissionScope = z.enum(['contact-center', 'all']);
const commissionBasis = z.enum(['commission', 'sale-price']);

/** Lines of the ruling a proposal can rest on: 1 returns the request and 6 only says what counts. */
const rulingLine = z
  .int()
  .min(2)
  .max(12)
  .refine((line) => line !== 6, { message: '2–5, 7–12' });

export const readingSchemas = {
  'lead-assignment': {
    'policies.fulfilled': z.enum(['signed', 'not-judged']),
    'roster.exceptions': z.enum(['none', 'direction']),
    'roster.dueOn': monthDayTime,
    'conversion.counts': z.enum(['received', 'kept']),
    'conversion.period': z.enum(['previous-month', 'rolling-90-days']),
    'conversion.minLeads': positive,
    'commission.retention.basis': commissionBasis,
    'commission.scope': commissionScope,
    'notified.from': z.enum(['source', 'receipt']),
  },
  'contact-center-policy': {
    'reassign.by': z.enum(['clock', 'administrator']),
    'tenMinutes.from': z.enum(['assigned', 'notified']),
    'contact.evidence': z.enum(['attempted', 'answered', 'pbx-and-crm']),
    'contact.ringSecondsMin': seconds,
    'contact.talkSecondsMin': seconds,
    'contact.messageCounts': z.boolean(),
    'hours.outside': z.enum(['hold', 'assign']),
    'best.results': z.array(z.enum(['closings', 'conversion', 'longest-without-reassigned'])).min(1),
    'best.top': positive,
    turns: z.enum(['strict']),
    'referral.to': z.enum(['holder', 'turn']),
    'held.release': z.enum(['all', 'paced']),
    'turn.pool': z.enum(['organization', 'zone', 'source']),
    'commission.basis': commissionBasis,
    'commission.scope': commissionScope,
    'commission.p12': z.enum(['replaced', 'added']),
    'support.split': z.union([z.literal('equal'), z.record(z.string(), z.number().positive())]),
    'roster.sendAt': monthDayTime,
    'roster.confirmBy': monthDayTime,
    'roster.grace': z.enum(['previous', 'none']),
    'roster.remindAt': monthDayTime,
    'signature.days': positive,
  },
  'lead-reassignment': {
    'extension.from': z.enum(['first-contact', 'term', 'notification']),
    'clock.72h': z.enum(['calendar', 'business']),
    'firstContact.needs': z.enum(['contact', 'two-way']),
    'evidence.due': z.enum(['end-of-day', 'end-of-hours', '24h']),
    'ruling.automatic': z.array(rulingLine),
    'ruling.from': z.enum(['request', 'status']),
    businessDays: z.enum(['mon-fri', 'mon-sat']),
  },
  'proactive-contact': {
    effective: z.enum(['booked', 'purpose', 'conversation']),
    'attempts.perDay': positive,
    'attempts.dayParts': z.enum(['different', 'any']),
    'attempts.gapHoursMin': z.number().nonnegative(),
    'report.evidence': z.enum(['thread-picture']),
  },
  'telecom-outbound': {
    effectiveContact: z.enum(['holder-contacts', 'sales']),
    'base.managed': z.enum(['finished', 'dialed']),
    projection: z.enum(['weekday-profile', 'straight-line']),
    'roleConfirmation.coordinatorPerWeek': positive,
    'roleConfirmation.managerPerWeek': positive,
  },
} as const satisfies Record<Procedure, Record<string, z.ZodType>>;

type Schemas = typeof readingSchemas;

/** The readings of one procedure with the type of their values. */
export type Readings<P extends Procedure> = { readonly [T in keyof Schemas[P]]: z.output<Schemas[P][T]> };

export type ReadingToken<P extends Procedure> = keyof Schemas[P] & string;

/**
 * Readings that several procedures carry and an organization sets once: the value set by the latest version in force
 * holds for all of them (closings that count as the contact center's are the same for both deductions).
 */
export const sharedReadings: readonly string[] = ['commission.scope'];

/** The schema of a reading by its name in a file, or null for a reading nobody knows. */
export function readingSchema(procedure: Procedure, token: string): z.ZodType | null {
  const schemas: Record<string, z.ZodType> = readingSchemas[procedure];
  return Object.hasOwn(schemas, token) ? (schemas[token] ?? null) : null;
}
