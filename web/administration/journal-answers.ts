/** What the journal's routes answer, and what may be asked of them. */
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';

const at = z.string().transform((text) => instant(text));
const rowSchema = z.object({
  id: z.number(),
  at,
  entry: z.string(),
  kind: z.enum(['fact', 'decision']),
  actor: z.string(),
  actorName: z.string().nullable(),
  person: z.string().nullable(),
  personName: z.string().nullable(),
  lead: z.string().nullable(),
  contact: z.string().nullable(),
  because: z.array(z.string()),
  causedBy: z.number().nullable(),
  fields: z.record(z.string(), z.unknown()),
  personal: z.record(z.string(), z.unknown()).nullable(),
  hadPersonal: z.boolean(),
  seal: z.object({ number: z.number(), hash: z.string(), sealedAt: z.string() }).nullable(),
});
export type Row = z.infer<typeof rowSchema>;
export const pageSchema = z.object({ now: at, rows: z.array(rowSchema), next: z.number().nullable() });
export const namesSchema = z.object({
  entries: z.array(z.string()),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});

const FILTERS = ['entry', 'kind', 'person', 'actor', 'clause', 'lead', 'contact', 'from', 'to'] as const;
export type Filter = Partial<Record<(typeof FILTERS)[number], string>>;

export function queryOf(filter: Filter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of FILTERS) {
    const value = filter[name]?.trim();
    if (value !== undefined && value !== '') query.set(name, value);
  }
  return query;
}
