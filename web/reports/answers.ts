/** What the routes of results answer. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';

export const DIMENSIONS = ['advisor', 'manager', 'zone', 'source'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const MEASURES = ['received', 'closings', 'in-time', 'missed', 'passed', 'referred'] as const;
export type Measure = (typeof MEASURES)[number];

const row = z.object({
  key: z.string(),
  received: z.number(),
  closings: z.number(),
  clocked: z.number(),
  inTime: z.number(),
  missed: z.number(),
  passed: z.number(),
  referred: z.number(),
  secondsToContact: z.number().nullable(),
});
export type ResultRow = z.infer<typeof row>;
const named = row.extend({ name: z.string(), below: z.boolean() });
export type NamedRow = z.infer<typeof named>;
const point = z.object({ month: z.string(), key: z.string(), received: z.number(), closings: z.number() });
export type ResultPoint = z.infer<typeof point>;

const by = <Shape extends z.ZodType>(shape: Shape) =>
  z.object({ advisor: shape, manager: shape, zone: shape, source: shape });

const resultsSchema = z.object({
  month: z.string(),
  months: z.object({ first: z.string(), last: z.string() }),
  aimPercent: z.number().nullable(),
  minLeads: z.number(),
  clause: z.string().nullable(),
  all: row.nullable(),
  by: by(z.array(named)),
  course: z.object({ all: z.array(point), by: by(z.array(point)) }),
});
export type Results = z.infer<typeof resultsSchema>;

export const resultsQuery = (month: string | undefined) =>
  queryOptions({
    queryKey: ['leads', 'results', month ?? ''],
    queryFn: () => ask(`/api/reports/results${month === undefined ? '' : `?month=${month}`}`, resultsSchema),
    placeholderData: keepPreviousData,
  });

const leadsSchema = z.object({
  leads: z.array(
    z.object({
      lead: z.string(),
      number: z.number(),
      at: z.string().transform((text) => instant(text)),
      person: z.string(),
      personName: z.string(),
      source: z.string(),
    }),
  ),
});

export interface Behind {
  readonly month: string;
  readonly measure: Measure;
  readonly by: Dimension | null;
  readonly key: string;
}

export const behindQuery = ({ month, measure, by: dimension, key }: Behind) =>
  queryOptions({
    queryKey: ['leads', 'results-behind', month, measure, dimension ?? '', key],
    queryFn: () => {
      const query = new URLSearchParams({ month, measure, key });
      if (dimension !== null) query.set('by', dimension);
      return ask(`/api/reports/results/leads?${query.toString()}`, leadsSchema);
    },
  });

/** closings / leads assigned; null with no lead at all. */
export function conversionOf({ closings, received }: { closings: number; received: number }): number | null {
  return received === 0 ? null : closings / received;
}
