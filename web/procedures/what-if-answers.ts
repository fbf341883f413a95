/** What the routes of what-ifs and proposals answer. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text) => instant(text));
const adoption = z.object({
  procedure: z.string(),
  version: z.string().nullable(),
  effectiveOn: z.string(),
  readings: z.record(z.string(), z.unknown()).default({}),
  parameters: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
export type Adoption = z.infer<typeof adoption>;

const pair = z.tuple([z.number(), z.number()]);
export type Pair = z.infer<typeof pair>;
const amounts = z.tuple([z.string(), z.string()]);
const lists = z.tuple([z.array(z.string()), z.array(z.string())]);
const times = z.array(z.object({ fact: z.string(), times: z.number() }));

const comparison = z.object({
  totals: z.object({
    received: pair,
    missed: pair,
    contacted: pair,
    waiting: pair,
    refusedContacts: pair,
    closings: pair,
    shared: amounts,
  }),
  breaches: z.array(z.object({ what: z.string(), times: pair })),
  people: z.array(
    z.object({
      person: z.string(),
      received: pair,
      missed: pair,
      contacted: pair,
      closings: pair,
      holds: pair,
      shared: amounts,
    }),
  ),
  clauses: z.array(z.object({ clause: z.string(), times: pair })),
  roster: z.array(
    z.object({
      month: z.string(),
      person: z.string(),
      decision: z.tuple([z.string().nullable(), z.string().nullable()]),
      failing: lists,
    }),
  ),
  leadsDiffering: z.number(),
  leads: z.array(
    z.object({
      lead: z.string(),
      number: z.number().nullable(),
      held: lists,
      holder: z.tuple([z.string().nullable(), z.string().nullable()]),
    }),
  ),
  agreement: z.object({ same: z.number(), of: z.number() }),
  assumed: z.object({
    byOthers: z.number(),
    notDone: z.number(),
    refused: times,
    failed: times,
    // A trial of before this was told has none.
    erased: times.default([]),
  }),
});
export type Comparison = z.infer<typeof comparison>;

const whatIf = z.object({
  id: z.string(),
  procedure: z.string(),
  draft: adoption,
  month: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'canceled']),
  progress: z.number(),
  askedBy: z.string(),
  askedAt: at,
  startedAt: at.nullable(),
  endedAt: at.nullable(),
  why: z.string().nullable(),
});
export type WhatIf = z.infer<typeof whatIf>;

const listSchema = z.object({
  months: z.object({ first: z.string(), last: z.string() }),
  whatIfs: z.array(whatIf),
});

const oneSchema = whatIf.extend({
  result: comparison.nullable(),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type OneWhatIf = z.infer<typeof oneSchema>;

export const isUnderWay = ({ state }: Pick<WhatIf, 'state'>): boolean =>
  state === 'waiting' || state === 'running';

const ASKED_EVERY_MILLISECONDS = 700;

export const whatIfsQuery = (procedure: string) =>
  queryOptions({
    queryKey: ['settings', 'what-ifs', procedure],
    queryFn: () => ask(`/api/what-ifs?procedure=${encodeURIComponent(procedure)}`, listSchema),
    refetchInterval: ({ state: { data } }) =>
      data?.whatIfs.some(isUnderWay) === true ? ASKED_EVERY_MILLISECONDS : false,
  });

export const whatIfQuery = (id: string) =>
  queryOptions({
    queryKey: ['settings', 'what-if', id],
    queryFn: () => ask(`/api/what-ifs/${encodeURIComponent(id)}`, oneSchema),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const askedSchema = z.object({ id: z.string() });

const proposal = z.object({
  id: z.string(),
  procedure: z.string(),
  adoption,
  proposedBy: z.string(),
  proposedByName: z.string().nullable(),
  proposedAt: at,
  state: z.enum(['open', 'adopted', 'rejected', 'withdrawn']),
  decidedBy: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: at.nullable(),
  alone: z.boolean(),
  reasons: z.string().nullable(),
  outdated: z.boolean(),
});
export type Proposal = z.infer<typeof proposal>;

const proposalsSchema = z.object({
  fourEyes: z.boolean(),
  me: z.string(),
  others: z.array(z.string()),
  proposals: z.array(proposal),
});
export type Proposals = z.infer<typeof proposalsSchema>;

export const proposalsQuery = queryOptions({
  queryKey: ['settings', 'proposals'],
  queryFn: () => ask('/api/procedures/proposals', proposalsSchema),
});
