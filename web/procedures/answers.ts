/** What the routes of procedures answer. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text) => instant(text));
const figures = z.record(z.string(), z.unknown());

const reading = z.object({
  token: z.string(),
  type: z.enum(['choice', 'flag', 'count', 'list', 'moment', 'split']),
  clauses: z.array(z.string()),
  question: z.string(),
  default: z.unknown(),
  value: z.unknown(),
  alternatives: z.array(
    z.object({ value: z.unknown().optional(), example: z.unknown().optional(), label: z.string() }),
  ),
});
export type Reading = z.infer<typeof reading>;

const clause = z.object({
  id: z.string(),
  kind: z.enum(['enforced', 'watched', 'agreed']),
  text: z.string(),
  effect: z.string(),
  who: z.array(z.string()),
  /** In force now. */
  parameters: figures,
  /** As the document has them. */
  written: figures,
  rules: z.array(z.string()),
  tests: z.array(z.string()),
  /** What the product does for it now, whatever its kind says it should. */
  standing: z.enum(['held', 'unproven', 'outside']),
  readings: z.array(z.string()),
});
export type Clause = z.infer<typeof clause>;

const version = z.object({
  version: z.string().nullable(),
  effectiveOn: z.string(),
  readings: figures,
  parameters: z.record(z.string(), figures),
});
export type Version = z.infer<typeof version>;

const procedure = z.object({
  name: z.string(),
  title: z.string(),
  aim: z.string(),
  note: z.string().nullable(),
  base: z.string().nullable(),
  inForce: z.object({ version: z.string(), base: z.string().nullable() }).nullable(),
  versions: z.array(version),
  clauses: z.array(clause),
  readings: z.array(reading),
});
export type Procedure = z.infer<typeof procedure>;

const proceduresSchema = z.object({ today: z.string(), procedures: z.array(procedure) });

/** The words come in the user's language, so another language is another answer. */
export const proceduresQuery = (language: string) =>
  queryOptions({
    queryKey: ['settings', 'procedures', language],
    queryFn: () => ask('/api/procedures', proceduresSchema),
  });

const decision = z.object({
  id: z.number(),
  at,
  entry: z.string(),
  lead: z.string().nullable(),
  leadNumber: z.number().nullable(),
  person: z.string().nullable(),
  personName: z.string().nullable(),
});
export type ClauseDecision = z.infer<typeof decision>;

const decisionsSchema = z.object({ decisions: z.array(decision) });

export const decisionsQuery = (of: string, id: string) =>
  queryOptions({
    queryKey: ['journal', 'clause', of, id],
    queryFn: () =>
      ask(
        `/api/procedures/${encodeURIComponent(of)}/clauses/${encodeURIComponent(id)}/decisions`,
        decisionsSchema,
      ),
  });

export const publishedSchema = z.object({
  procedure: z.string(),
  effectiveOn: z.string(),
  /** False: it waits for another person. */
  published: z.boolean(),
});
