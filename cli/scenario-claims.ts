import { z } from 'zod';

import type { Instant } from '../src/platform/time.ts';

const name = z.string().min(1);
/** What somebody may leave out. */
const words = z.string().nullable().default(null);

/** The fields of the facts about claims and about the data of a lead; `time` reads an instant of the file. */
export function claimShapes(time: z.ZodType<Instant, string>) {
  return {
    'claim.requested': z.strictObject({
      claim: name,
      lead: name,
      by: name,
      email: words,
      phone: z.union([z.string(), z.number()]).transform(String).nullable().default(null),
      name: words,
      source: words,
      sourceImageDatedOn: z.iso.date().nullable().default(null),
      firstContactShown: z.boolean().default(false),
    }),
    'claim.withdrawn': z.strictObject({ claim: name, by: name }),
    'lead.edited': z.strictObject({
      by: name,
      lead: name,
      field: name,
      value: z.union([z.string(), z.number()]).transform(String),
    }),
    'claim.statusAsked': z.strictObject({ claim: name, by: name }),
    'evidence.sent': z.strictObject({
      claim: name,
      by: name,
      interactions: z
        .array(
          z.strictObject({
            at: time.nullable().default(null),
            direction: z.enum(['out', 'in']),
            channel: name,
            verifiable: z.boolean().default(true),
            answered: z.boolean().nullable().default(null),
          }),
        )
        .default([]),
      complete: z.boolean().default(false),
    }),
    'claim.agreed': z.strictObject({ claim: name, signedBy: z.array(name), holder: name }),
    'claim.confirmed': z.strictObject({
      claim: name,
      by: name,
      outcome: z.enum(['keep', 'reassign']).nullable().default(null),
      reasons: words,
    }),
    'claim.appealed': z.strictObject({ claim: name, by: name, reasons: z.string().default('') }),
    'claim.appeal-ruled': z.strictObject({
      claim: name,
      by: name,
      outcome: z.enum(['keep', 'reassign']),
      reasons: z.string().default(''),
    }),
  };
}
