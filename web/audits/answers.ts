/** What the server tells of audits, parsed; each query's key begins with the topic of its live events. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { checklistItems } from '../../src/audits/checklist.ts';
import { instant, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text): Instant => instant(text));
const finding = z.enum(['ok', 'bad-care']);
const checked = z.enum(['yes', 'no', 'na']);
export type Checked = z.infer<typeof checked>;
export type Finding = z.infer<typeof finding>;
export { checklistItems };

const audit = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string().nullable(),
  auditedByName: z.string().nullable(),
  auditedAt: at,
  finding,
  lead: z.string().nullable(),
  leadName: z.string().nullable(),
  checklist: z.record(z.string(), checked),
  note: z.string().nullable(),
  month: z.string().nullable(),
  removed: z.boolean(),
  handedOver: z.array(z.object({ lead: z.string() })),
  state: z.enum(['closed', 'opened', 'heard', 'upheld', 'overturned']),
  hearingDueAt: at.nullable(),
  answeredAt: at.nullable(),
  answer: z.string().nullable(),
  ruledAt: at.nullable(),
  ruledByName: z.string().nullable(),
  reasons: z.string().nullable(),
  mayAnswer: z.boolean(),
  mayRule: z.boolean(),
});
export type Audit = z.infer<typeof audit>;

const auditsSchema = z.object({ now: at, me: z.string(), rows: z.array(audit) });

const sampleRow = z.object({
  person: z.string(),
  name: z.string().nullable(),
  lead: z.string(),
  leadName: z.string().nullable(),
  why: z.enum(['listed', 'drawn']),
  audit: z.string().nullable(),
  finding: finding.nullable(),
});
export type SampleRow = z.infer<typeof sampleRow>;

const sampleSchema = z.object({
  week: z.string(),
  last: z.string(),
  each: z.number(),
  seal: z.string().nullable(),
  rows: z.array(sampleRow),
});
export type Sample = z.infer<typeof sampleSchema>;

const call = z.object({
  call: z.string(),
  startedAt: at,
  direction: z.enum(['in', 'out']),
  answered: z.boolean(),
  ringSeconds: z.number().nullable(),
  talkSeconds: z.number().nullable(),
  recordings: z.array(z.string()),
});
export type HeardCall = z.infer<typeof call>;
const evidenceSchema = z.object({ calls: z.array(call) });

export const auditsQuery = queryOptions({
  queryKey: ['audits', 'list'],
  queryFn: ({ signal }) => ask('/api/audits', auditsSchema, { signal }),
});

export const sampleQuery = (week: string | undefined) =>
  queryOptions({
    queryKey: ['audits', 'sample', week ?? 'last'],
    queryFn: ({ signal }) =>
      ask(`/api/audits/sample${week === undefined ? '' : `?week=${week}`}`, sampleSchema, { signal }),
    placeholderData: keepPreviousData,
  });

export const evidenceQuery = (person: string, lead: string) =>
  queryOptions({
    queryKey: ['audits', 'evidence', person, lead],
    queryFn: ({ signal }) =>
      ask(`/api/audits/evidence/${encodeURIComponent(person)}/${encodeURIComponent(lead)}`, evidenceSchema, {
        signal,
      }),
  });

export const recordedSchema = z.object({ audit: z.string() });
export const doneSchema = z.unknown();
