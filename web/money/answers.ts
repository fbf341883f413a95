/** What the server tells of money and cases, parsed; each query's key begins with the topic of its live events. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { instant, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text): Instant => instant(text));
const parts = z.enum(['earned', 'retention', 'support', 'split', 'sanction']);
const why = z.enum(['corrected', 'canceled', 'credited', 'support-named', 'sanction', 'overturned']);
const role = z.enum(['advisor', 'manager']);

const personMonth = z.object({
  person: z.string(),
  name: z.string(),
  role: z.string(),
  zone: z.string().nullable(),
  closings: z.number(),
  earned: z.string(),
  deducted: z.string(),
  received: z.string(),
  lost: z.string(),
  adjusted: z.string(),
  net: z.string(),
  netBefore: z.string(),
});
export type PersonMonth = z.infer<typeof personMonth>;

const moneySchema = z.object({
  now: at,
  month: z.string(),
  current: z.string(),
  me: z.string(),
  waiting: z
    .object({
      closings: z.number(),
      amount: z.string(),
      team: z.array(z.object({ id: z.string(), name: z.string() })),
      mayName: z.boolean(),
    })
    .nullable(),
  people: z.array(personMonth),
});
export type MoneyMonth = z.infer<typeof moneySchema>;

const line = z.object({
  number: z.number(),
  part: parts,
  role,
  percent: z.string().nullable(),
  amount: z.string(),
  at,
  why: why.nullable(),
  sanction: z.string().nullable(),
  because: z.array(z.string()),
});
export type Line = z.infer<typeof line>;

const statementSale = z.object({
  sale: z.string(),
  lead: z.string(),
  leadName: z.string().nullable(),
  closedAt: at,
  seller: z.string(),
  sellerName: z.string().nullable(),
  canceled: z.boolean(),
  lines: z.array(line),
  net: z.string(),
});
export type StatementSale = z.infer<typeof statementSale>;

const totals = z.object({
  earned: z.string(),
  deducted: z.string(),
  received: z.string(),
  lost: z.string(),
  adjusted: z.string(),
  net: z.string(),
});
export type Totals = z.infer<typeof totals>;

const statementSchema = z.object({
  now: at,
  month: z.string(),
  current: z.string(),
  person: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  totals,
  sales: z.array(statementSale),
  months: z.array(z.object({ month: z.string(), net: z.string() })),
});
export type Statement = z.infer<typeof statementSchema>;

const saleSchema = z.object({
  now: at,
  sale: z.object({
    id: z.string(),
    lead: z.string(),
    leadName: z.string().nullable(),
    closedAt: at,
    seller: z.string(),
    sellerName: z.string().nullable(),
    manager: z.string().nullable(),
    managerName: z.string().nullable(),
    price: z.string().nullable(),
    advisorCommission: z.string().nullable(),
    managerCommission: z.string().nullable(),
    throughCenter: z.boolean(),
    canceledAt: at.nullable(),
  }),
  lines: z.array(line.extend({ person: z.string(), name: z.string().nullable(), month: z.string() })),
  mayCorrect: z.boolean(),
  others: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type SaleAnswer = z.infer<typeof saleSchema>;
export type SaleLine = SaleAnswer['lines'][number];

const caseSchema = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string().nullable(),
  breach: z.string(),
  reportedByName: z.string().nullable(),
  openedAt: at,
  lead: z.string().nullable(),
  leadName: z.string().nullable(),
  sale: z.string().nullable(),
  claim: z.string().nullable(),
  account: z.string().nullable(),
  state: z.enum(['opened', 'heard', 'decided', 'overturned']),
  hearingDueAt: at,
  answeredAt: at.nullable(),
  answer: z.string().nullable(),
  ruledAt: at.nullable(),
  ruledByName: z.string().nullable(),
  percent: z.string().nullable(),
  month: z.string().nullable(),
  heard: z.boolean().nullable(),
  reasons: z.string().nullable(),
  overturnedAt: at.nullable(),
  overturnedByName: z.string().nullable(),
  overturnedWhy: z.string().nullable(),
  because: z.array(z.string()),
  lost: z.string(),
  mayAnswer: z.boolean(),
  mayRule: z.boolean(),
  mayRevoke: z.boolean(),
});
export type Case = z.infer<typeof caseSchema>;

const casesSchema = z.object({
  now: at,
  me: z.string(),
  clauses: z.array(z.object({ clause: z.string(), name: z.string(), text: z.string() })),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  rows: z.array(caseSchema),
});
export type Cases = z.infer<typeof casesSchema>;

const search = (asked: Readonly<Record<string, string | undefined>>): string =>
  new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();

export const moneyQuery = (month: string | undefined) =>
  queryOptions({
    queryKey: ['money', 'month', month ?? 'current'],
    queryFn: ({ signal }) => ask(`/api/money?${search({ month })}`, moneySchema, { signal }),
    placeholderData: keepPreviousData,
  });

export const statementQuery = (person: string | undefined, month: string | undefined) =>
  queryOptions({
    queryKey: ['money', 'statement', person ?? 'me', month ?? 'current'],
    queryFn: ({ signal }) =>
      ask(`/api/money/statement?${search({ person, month })}`, statementSchema, { signal }),
    placeholderData: keepPreviousData,
  });

export const statementFile = (kind: 'pdf' | 'xlsx', person: string, month: string): string =>
  `/api/money/statement.${kind}?${search({ person, month })}`;

export const saleQuery = (sale: string) =>
  queryOptions({
    queryKey: ['money', 'sale', sale],
    queryFn: ({ signal }) => ask(`/api/money/sales/${encodeURIComponent(sale)}`, saleSchema, { signal }),
  });

export const casesQuery = (language: string) =>
  queryOptions({
    queryKey: ['sanctions', 'list', language],
    queryFn: ({ signal }) => ask('/api/sanctions', casesSchema, { signal }),
  });

export const doneSchema = z.unknown();
