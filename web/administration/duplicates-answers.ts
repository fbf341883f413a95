/** What the routes of duplicates answer. */
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';

export const at = z.string().transform((text) => instant(text));
export const values = z.array(z.object({ value: z.string(), raw: z.string(), origin: z.string() }));
const personSchema = z.object({
  contact: z.string(),
  createdAt: at,
  names: values,
  phones: values,
  emails: values,
  documents: values,
  firstContact: z.object({ by: z.string(), at }).nullable(),
  leads: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      source: z.string(),
      receivedAt: at,
      stage: z.string(),
      holder: z.string().nullable(),
      status: z.string(),
    }),
  ),
});
export const doubtsSchema = z.object({
  doubts: z.array(
    z.object({
      id: z.string(),
      raisedAt: at,
      score: z.number(),
      evidence: z.array(
        z.object({ kind: z.string(), known: z.string(), incoming: z.string(), points: z.number() }),
      ),
      people: z.array(personSchema),
    }),
  ),
});
export type Doubt = z.infer<typeof doubtsSchema>['doubts'][number];
export type Person = z.infer<typeof personSchema>;
