import { z } from 'zod';
import type { ClauseId, Procedure } from './known.ts';

/**
 * The figures that clauses state in so many words (three sales, ten minutes, 0.20 %), typed. They are data of the
 * clause, not readings: nobody can read "ten" as another number. Percentages that make money are decimal text.
 */
const count = z.int().positive();
const percent = z.number().nonnegative();
const moneyPercent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** 1 Monday … 7 Sunday, as ISO 8601 counts. */
const weekday = z.int().min(1).max(7);
const businessHours = { opensAt: timeOfDay, closesAt: timeOfDay };
const weeklyCut = { weekday, dueAt: timeOfDay };

const target = { targetPercent: percent };
const every = z.enum(['day', 'week', 'fortnight', 'half-year']);
const practice = { every, timesMin: count, minutes: count };

export const parameterSchemas = {
  'lead-assignment': {
    O1: { conversionMinPercent: percent },
    P2: { salesMin: count },
    P8: { noticeMinutes: count },
    P12: { retentionPercent: moneyPercent },
    P15: { lossPercentMax: moneyPercent },
  },
  'contact-center-policy': {
    P6: { advisorPercent: moneyPercent, managerPercent: moneyPercent },
    L1: { dayOfMonth: z.int().min(1).max(28) },
    L3: { weekdays: z.array(weekday).min(1), ...businessHours },
    L4: { contactMinutes: count },
    L5: weeklyCut,
    L6: weeklyCut,
  },
  'lead-reassignment': {
    L7: { rulingBusinessDays: count },
    R2: { answerBusinessDays: count, ...businessHours },
    R4: { firstContactHours: count },
    R5: { followUpDaysMax: count },
    R6: { extensionHours: count },
    R7: { followUpDaysMax: count },
  },
  'proactive-contact': { A3: { attemptsMax: count } },
  'telecom-outbound': {
    K1: target,
    K2: target,
    K3: target,
    K4: target,
    K5: target,
    M1: practice,
    M2: practice,
    M3: practice,
    // How often each leader does it is a reading: the document gives two frequencies for two places.
    M4: { every, minutes: count },
    M5: practice,
    M6: practice,
    M7: practice,
    M8: practice,
    M9: practice,
  },
} as const satisfies { [P in Procedure]: { [C in ClauseId<P>]?: Record<string, z.ZodType> } };

type Schemas = typeof parameterSchemas;

/** Clauses of a procedure that state figures. */
export type ClauseWithParameters<P extends Procedure> = keyof Schemas[P] & string;

export type ParameterName<P extends Procedure, C extends keyof Schemas[P]> = keyof Schemas[P][C] & string;

export type Parameter<
  P extends Procedure,
  C extends keyof Schemas[P],
  N extends keyof Schemas[P][C],
> = z.output<Extract<Schemas[P][C][N], z.ZodType>>;

/** The schemas of a clause's figures by its id in a file; empty for a clause that states none. */
export function parameterSchemasOf(
  procedure: Procedure,
  clause: string,
): Readonly<Record<string, z.ZodType>> {
  const clauses: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = parameterSchemas[procedure];
  return Object.hasOwn(clauses, clause) ? (clauses[clause] ?? {}) : {};
}
