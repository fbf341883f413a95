/**
 * The law as data (law/*.json): each rule with its days in force and its source. `reviewed` stays null until a lawyer
 * of that country has read the rule; screens must show that. Nothing here is legal advice.
 */
import { z } from 'zod';
import { everyDay, faultInHours, localDate } from '../calendar/index.ts';
import colombia from './law/co.json' with { type: 'json' };
import mexico from './law/mx.json' with { type: 'json' };
import { contactChannels, contactPurposes, registers, sectors } from './request.ts';
import type { ContactFacts, ContactRequest } from './request.ts';

const date = z.iso.date();
const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const daily = z
  .tuple([time, time])
  .refine(([opens, closes]) => opens < closes, 'closes before it opens')
  .nullable();
const zone = z
  .string()
  .refine((z) => z === 'recipient' || faultInHours(everyDay(z, '00:00', '24:00')) === null, 'not a zone');
const everyOr = <T extends readonly [string, ...string[]]>(values: T) =>
  z.array(z.enum([...values, '*'])).min(1);

const about = {
  id: z.string().min(1),
  jurisdiction: z.enum(['CO', 'MX']),
  /** A policy is a recommended limit with no statute behind it; an organization may leave it out. */
  kind: z.enum(['law', 'policy']),
  from: date,
  /** The last day in force. */
  to: date.nullable(),
  purposes: everyOr(contactPurposes),
  channels: everyOr(contactChannels),
  /** Of the organization that contacts; absent: every sector. */
  sectors: z.array(z.enum(sectors)).optional(),
  source: z.string().min(1),
  reviewed: date.nullable(),
  note: z.string().optional(),
};

const lawRule = z.discriminatedUnion('check', [
  z.strictObject({ ...about, check: z.literal('erasure') }),
  z.strictObject({ ...about, check: z.literal('opt-out') }),
  z.strictObject({ ...about, check: z.literal('forbid') }),
  z.strictObject({ ...about, check: z.literal('consent') }),
  z.strictObject({
    ...about,
    check: z.literal('register'),
    register: z.enum(registers),
    /** What opens the way all the same: any express consent, only one later than the entry, or nothing. */
    unless: z.enum(['consent', 'later-consent']).nullable(),
    /** Calendar days from the entry until it takes effect, then days it holds (null: for good). */
    graceDays: z.int().min(0),
    validDays: z.int().positive().nullable(),
    checkDaysMax: z.int().positive(),
  }),
  z.strictObject({ ...about, check: z.literal('per-day'), directContactsMax: z.int().positive() }),
  z.strictObject({ ...about, check: z.literal('channel-week') }),
  z.strictObject({
    ...about,
    check: z.literal('hours'),
    window: z.strictObject({
      /** An IANA name, or the recipient's own. */
      zone,
      monFri: daily,
      sat: daily,
      sun: daily,
      closedOnHolidaysOf: z.enum(['CO', 'MX']).nullable(),
    }),
    /** Hours the person asked for in writing replace the window. */
    ownHours: z.boolean(),
  }),
]);

export type LawRule = z.infer<typeof lawRule>;
export type LawCheck = LawRule['check'];

/** Takes unknown data (a file of law rules). Throws ZodError naming the fault: wrong law must not run. */
export function parseLaws(data: unknown): LawRule[] {
  return z.array(lawRule).parse(data);
}

/** The rules that come with the product, both countries. */
export const laws: readonly LawRule[] = [...parseLaws(colombia), ...parseLaws(mexico)];

/** As written in `because`: the rule and the day it came into force, like a procedure's version. */
export function lawReference(law: LawRule): string {
  return `${law.id}@${law.from}`;
}

/** The rules that speak about this request: the recipient's country, in force on their local day, this act. */
export function lawsFor(request: ContactRequest, facts: ContactFacts, all: readonly LawRule[]): LawRule[] {
  const today = localDate(request.at, facts.recipientZone);
  return all.filter(
    (law) =>
      law.jurisdiction === facts.country &&
      law.from <= today &&
      (law.to === null || today <= law.to) &&
      (law.purposes.includes('*') || law.purposes.includes(request.purpose)) &&
      (law.channels.includes('*') || law.channels.includes(request.channel)) &&
      (law.sectors === undefined || facts.sector === undefined || law.sectors.includes(facts.sector)),
  );
}

/** The laws on one matter in force there on that local day, as written in `because`. */
export function lawsOn(check: LawCheck, country: string, day: string): string[] {
  return laws
    .filter((law) => law.check === check && law.jurisdiction === country)
    .filter((law) => law.from <= day && (law.to === null || day <= law.to))
    .map(lawReference);
}
