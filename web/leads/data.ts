/** What the server tells of leads, parsed; each query's key begins with the topic of its live events. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { saidTokens } from '../../src/leads/timeline.ts';
import { whyTokens } from '../../src/leads/why.ts';
import { instant, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { clauseWords } from '../clauses.ts';
import { serverSays } from '../server-clock.ts';

const at = z.string().transform((text): Instant => instant(text));

const leadRow = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  source: z.string(),
  origin: z.string(),
  zone: z.string().nullable(),
  receivedAt: at,
  stage: z.enum(['received', 'held', 'assigned', 'waiting', 'refused']),
  holder: z.string().nullable(),
  holderName: z.string().nullable(),
  why: z.string().nullable(),
  heldUntil: at.nullable(),
  assignedAt: at.nullable(),
  notifiedAt: at.nullable(),
  noticeDueAt: at.nullable(),
  dueAt: at.nullable(),
  contactedAt: at.nullable(),
  auditListedAt: at.nullable(),
  waitsForCall: z.string().nullable(),
  status: z.string(),
  grade: z.enum(['A', 'AA', 'AAA']).nullable(),
  givenBy: z.string().nullable(),
  misses: z.number(),
});
export type LeadRow = z.infer<typeof leadRow>;

const turn = z.object({
  onDuty: z.boolean(),
  why: z.string().nullable(),
  because: z.array(z.string()),
  after: z.number().nullable(),
  opensAt: at.nullable(),
  confirmBy: at.nullable(),
});
export type Turn = z.infer<typeof turn>;

const figures = z.object({
  received: z.number(),
  contacted: z.number(),
  timed: z.number(),
  inTime: z.number(),
  missed: z.number(),
  passed: z.number(),
});
export type WeekFigures = z.infer<typeof figures>;

const myDay = z.object({
  now: at,
  leads: z.array(leadRow),
  gone: z.array(z.object({ id: z.string(), number: z.number(), at, missed: z.boolean() })),
  turn,
  week: figures.extend({ from: at }),
});
export type MyDay = z.infer<typeof myDay>;

/** Every answer tells the server's time: a countdown never runs by a wrong clock for long. */
async function askNow<Answer extends { now: Instant }>(
  path: string,
  schema: z.ZodType<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await ask(path, schema, { signal });
  serverSays(answer.now);
  return answer;
}

export const myDayQuery = queryOptions({
  queryKey: ['leads', 'my-day'],
  queryFn: ({ signal }) => askNow('/api/my-day', myDay, signal),
});

const held = z.object({ value: z.string(), origin: z.string(), raw: z.string() });
const refusal = z
  .object({
    refused: z.string(),
    because: z.array(z.string()),
    detail: z.record(z.string(), z.unknown()).optional(),
  })
  .nullable();
export type ActRefusal = z.infer<typeof refusal>;

const oneLead = z.object({
  now: at,
  lead: leadRow,
  received: z
    .object({
      name: z.string().nullable(),
      phones: z.array(z.string()),
      emails: z.array(z.string()),
      message: z.string().nullable(),
      consent: z.unknown(),
      fields: z.unknown(),
    })
    .nullable(),
  person: z
    .object({
      names: z.array(held),
      phones: z.array(held),
      emails: z.array(held),
      consents: z.array(z.looseObject({ kind: z.string(), at, text: z.string() })).catch([]),
      erasedAt: at.nullable(),
    })
    .nullable(),
  people: z.record(z.string(), z.string()),
  acts: z.object({ call: refusal, pass: refusal, note: refusal, grade: refusal }),
});
export type OneLead = z.infer<typeof oneLead>;

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'one', id],
    queryFn: ({ signal }) => askNow(`/api/leads/${encodeURIComponent(id)}`, oneLead, signal),
  });

const timelineItem = z.object({
  id: z.number(),
  at,
  said: z.enum(saidTokens),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  text: z.string().nullable(),
  why: z
    .object({
      because: z.array(z.string()),
      facts: z.array(
        z.object({ at, fact: z.enum(whyTokens), who: z.string().nullable(), seconds: z.number().nullable() }),
      ),
      passedOver: z.array(z.object({ person: z.string(), why: z.string() })),
    })
    .nullable(),
});
export type Item = z.infer<typeof timelineItem>;

const timeline = z.object({
  now: at,
  items: z.array(timelineItem),
  people: z.record(z.string(), z.string()),
  clauses: z.array(clauseWords),
});
export type Story = z.infer<typeof timeline>;

/** `language`: the clauses come in words, so another language is another answer. */
export const timelineQuery = (id: string, language: string) =>
  queryOptions({
    queryKey: ['leads', 'one', id, 'timeline', language],
    queryFn: ({ signal }) => askNow(`/api/leads/${encodeURIComponent(id)}/timeline`, timeline, signal),
  });

const list = z.object({ now: at, rows: z.array(leadRow), next: z.number().nullable() });
export type LeadList = z.infer<typeof list>;

/** `search`: the address's own, which are the server's filters. */
export const listQuery = (search: Readonly<Record<string, string>>, limit: number) =>
  queryOptions({
    queryKey: ['leads', 'list', search, limit],
    queryFn: ({ signal }) =>
      askNow(
        `/api/leads?${new URLSearchParams({ ...search, limit: String(limit) }).toString()}`,
        list,
        signal,
      ),
    placeholderData: (before) => before,
  });

const sourceNames = z.object({ sources: z.array(z.object({ key: z.string(), name: z.string() })) });

export const sourceNamesQuery = queryOptions({
  queryKey: ['sources', 'names'],
  queryFn: ({ signal }) => ask('/api/leads/sources', sourceNames, { signal }),
});

const team = z.object({
  now: at,
  todayFrom: at,
  weekFrom: at,
  days: z.array(z.string()),
  rows: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.string(),
      turn: turn.nullable(),
      held: z.number(),
      running: z.number(),
      waitingLead: z.string().nullable(),
      waitingSince: at.nullable(),
      today: figures,
      week: figures,
      missedByDay: z.array(z.number()),
    }),
  ),
});
export type TeamRow = z.infer<typeof team>['rows'][number];

/** Under `leads`: every lead that moves changes these figures. */
export const teamQuery = queryOptions({
  queryKey: ['leads', 'team'],
  queryFn: ({ signal }) => askNow('/api/team', team, signal),
});

const called = z.discriminatedUnion('way', [
  z.object({
    way: z.literal('pbx'),
    state: z.enum(['intended', 'dialing', 'refused', 'not-dialed', 'unknown', 'made']),
    remedy: z.string().nullable(),
    number: z.string().optional(),
  }),
  z.object({ way: z.literal('tel'), href: z.string(), number: z.string() }),
  z.object({ way: z.literal('extension'), extension: z.string().nullable(), number: z.string() }),
  z.object({ way: z.literal('none') }),
]);
export type Called = z.infer<typeof called>;

const path = (lead: string, act: string): string => `/api/leads/${encodeURIComponent(lead)}/${act}`;

/** `intent`: one press of the button; sent again it rings nobody twice. */
export function callLead(lead: string, intent: string, phone?: string): Promise<Called> {
  const body = { intent, ...(phone === undefined ? {} : { phone }) };
  return ask(path(lead, 'call'), called, { method: 'POST', body });
}

export function noteOn(lead: string, text: string): Promise<unknown> {
  return ask(path(lead, 'notes'), z.unknown(), { method: 'POST', body: { text } });
}

export function gradeLead(lead: string, grade: string, reason: string): Promise<unknown> {
  return ask(path(lead, 'grade'), z.unknown(), { method: 'POST', body: { grade, reason } });
}

export function passLead(lead: string, reason: string): Promise<unknown> {
  return ask(path(lead, 'pass'), z.unknown(), { method: 'POST', body: { reason } });
}

const registered = z.object({
  lead: z.string(),
  outcome: z.enum(['yours', 'of-another']),
  holder: z.string().nullable(),
  because: z.array(z.string()),
  way: z.string().nullish(),
});
export type Registered = z.infer<typeof registered>;

export function registerLead(body: Readonly<Record<string, string | null>>): Promise<Registered> {
  return ask('/api/leads/register', registered, { method: 'POST', body });
}
