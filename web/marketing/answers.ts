/** What the routes of sources and imports answer. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { SOURCE_KINDS, sourceSettings } from '../../src/sources/source.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text) => instant(text));
const saying = z.object({ es: z.string(), en: z.string() });

const extension = z.object({
  id: z.string(),
  person: z.string(),
  extension: z.string().nullable(),
  name: z.string().nullable(),
  fromAt: at,
  untilAt: at.nullable(),
});
export type Extension = z.infer<typeof extension>;

const source = z.object({
  key: z.string(),
  kind: z.enum(SOURCE_KINDS),
  name: z.string(),
  zone: z.string().nullable(),
  settings: sourceSettings,
  enabled: z.boolean(),
  createdAt: at,
  secretsSet: z.array(z.string()),
  address: z.string().nullable(),
  snippet: z.string().nullable(),
  state: z
    .object({
      trouble: z.object({ code: z.string(), remedy: saying }).nullable(),
      troubleSince: at.nullable(),
      lastReceivedAt: at.nullable(),
    })
    .nullable(),
  today: z.object({ received: z.number(), faulty: z.number(), waiting: z.number() }).nullable(),
  extensions: z.array(extension),
});
export type Source = z.infer<typeof source>;

const sourcesSchema = z.object({
  sources: z.array(source),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  zones: z.array(z.string()),
});
export type Sources = z.infer<typeof sourcesSchema>;

const LOOK_EVERY_MILLISECONDS = 30_000;

export const sourcesQuery = queryOptions({
  queryKey: ['sources', 'list'],
  queryFn: () => ask('/api/sources', sourcesSchema),
  refetchInterval: LOOK_EVERY_MILLISECONDS,
});

const tally = z.object({
  source: z.string(),
  leads: z.number(),
  duplicates: z.number(),
  clocked: z.number(),
  inTime: z.number(),
  contacted: z.number(),
  secondsToContact: z.number().nullable(),
  secondsToContact90: z.number().nullable(),
});
export type Tally = z.infer<typeof tally>;

const reportSchema = z.object({
  now: at,
  from: z.string(),
  to: z.string(),
  all: tally.extend({ source: z.null() }).nullable(),
  sources: z.array(tally),
  hours: z.array(z.object({ source: z.string(), day: z.string(), hour: z.number(), leads: z.number() })),
});
export type Report = z.infer<typeof reportSchema>;

export const RANGES = ['today', '7', '30'] as const;
export type Range = (typeof RANGES)[number];

export const reportQuery = (range: Range) =>
  queryOptions({
    // A lead that comes in or is contacted changes it, and live events say so.
    queryKey: ['leads', 'source-report', range],
    queryFn: () => ask(`/api/sources/report?days=${range}`, reportSchema),
    placeholderData: (before) => before,
  });

const fault = z.object({
  code: z.string(),
  field: z.string().optional(),
  message: saying,
  remedy: saying,
});
export type Fault = z.infer<typeof fault>;

const receipt = z.object({
  id: z.string(),
  sourceId: z.string().nullable(),
  route: z.string(),
  receivedAt: at,
  state: z.enum(['new', 'done', 'faulty', 'repeat']),
  lead: z.string().nullable(),
  fault: fault.nullable(),
  repeats: z.number(),
  bytes: z.number(),
  /** Null for who sees no personal data. */
  body: z.string().nullable(),
});
export type Receipt = z.infer<typeof receipt>;
const receiptsSchema = z.object({ receipts: z.array(receipt) });

export const receiptsQuery = (of: string, state: string) =>
  queryOptions({
    queryKey: ['sources', 'receipts', of, state],
    queryFn: () => ask(`/api/sources/${of}/receipts${state === '' ? '' : `?state=${state}`}`, receiptsSchema),
    refetchInterval: LOOK_EVERY_MILLISECONDS,
  });

const importJob = z.object({
  id: z.string(),
  source: z.string(),
  kind: z.enum(['new', 'existing']),
  fileName: z.string(),
  options: z.object({
    encoding: z.string().optional(),
    delimiter: z.string().optional(),
    sheet: z.string().optional(),
    header: z.number().optional(),
    repair: z.boolean().optional(),
  }),
  mapping: z.object({
    columns: z.record(z.string(), z.string()),
    dates: z.enum(['dmy', 'mdy']),
    zone: z.string().optional(),
  }),
  state: z.enum(['preview', 'running', 'done', 'canceled', 'failed']),
  createdAt: at,
  startedAt: at.nullable(),
  endedAt: at.nullable(),
  rowsRead: z.number(),
  rowsSkipped: z.number(),
  doneRow: z.number(),
  leads: z.number(),
  duplicates: z.number(),
  repeats: z.number(),
  refused: z.number(),
  faulty: z.number(),
  why: z.string().nullable(),
});
export type ImportJob = z.infer<typeof importJob>;
export const importSchema = importJob;
export const importsSchema = z.object({ imports: z.array(importJob) });

export const previewSchema = importJob.extend({
  format: z.string(),
  encoding: z.string().nullish(),
  delimiter: z.string().nullish(),
  sheet: z.string().nullish(),
  header: z.object({ row: z.number() }),
  brokenEncoding: z.unknown(),
  columns: z.array(z.string()),
  remembered: z.array(z.string()),
  /** Its rows are another's, and who asks sees no personal data. */
  hidden: z.boolean(),
  rows: z.array(
    z.object({
      row: z.number(),
      cells: z.array(z.string()),
      name: z.string().nullable(),
      phones: z.array(z.string()),
      emails: z.array(z.string()),
      sentAt: z.string().nullable(),
    }),
  ),
  faults: z.array(z.object({ row: z.number(), fault })),
  looked: z.number(),
});
export type Preview = z.infer<typeof previewSchema>;
