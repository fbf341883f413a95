/** How far a lead has come, as the server tells it; under `leads`: every entry of a lead refreshes it. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { behindReasons } from '../../src/follow-up/behind.ts';
import { actionKinds, leadStatuses, lostReasons } from '../../src/follow-up/statuses.ts';
import { instant, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { serverSays } from '../server-clock.ts';

const at = z.string().transform((text): Instant => instant(text));

export const meeting = z.object({
  id: z.string(),
  lead: z.string(),
  person: z.string(),
  kind: z.string(),
  place: z.string().nullable(),
  startsAt: at,
  endsAt: at,
  state: z.enum(['booked', 'held', 'missed', 'canceled']),
});
export type Meeting = z.infer<typeof meeting>;

/** A lead at the other end of a recommendation; `open`: it is one's own to see. */
const recommended = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string().nullable(),
  status: z.string(),
  open: z.boolean(),
});
export type Recommended = z.infer<typeof recommended>;

const progress = z.object({
  now: at,
  referrals: z.array(recommended),
  referredBy: recommended.nullable(),
  row: z
    .object({
      status: z.enum(leadStatuses),
      open: z.boolean(),
      contactedAt: at.nullable(),
      followUpAt: at.nullable(),
      opportunityAt: at.nullable(),
      reservationAt: at.nullable(),
      reservationPrice: z.string().nullable(),
      closedAt: at.nullable(),
      lostAt: at.nullable(),
      lostReason: z.enum(lostReasons).nullable(),
      lostText: z.string().nullable(),
      incubatedAt: at.nullable(),
      incubatedEvidence: z.boolean().nullable(),
      nextContactOn: z.string().nullable(),
      nextAction: z.string().nullable(),
      nextActionKind: z.enum(actionKinds).nullable(),
      nextActionDueAt: at.nullable(),
    })
    .nullable(),
  appointments: z.array(meeting),
  behind: z.array(z.enum(behindReasons)),
  interactions: z.number(),
  refusal: z.object({ refused: z.string(), because: z.array(z.string()) }).nullable(),
});
export type Progress = z.infer<typeof progress>;
export type ProgressRow = NonNullable<Progress['row']>;

const path = (lead: string): string => `/api/leads/${encodeURIComponent(lead)}/follow-up`;

export const progressQuery = (lead: string) =>
  queryOptions({
    queryKey: ['leads', 'one', lead, 'follow-up'],
    queryFn: async ({ signal }) => {
      const answer = await ask(path(lead), progress, { signal });
      serverSays(answer.now);
      return answer;
    },
  });

/** One act, by the name of its fact; times are the organization's wall clock («2024-07-01T10:00:00»). */
export interface FollowAct {
  readonly act: string;
  readonly [field: string]: string | number | boolean | null;
}

const acted = z.object({ appointment: z.string().nullable() });

export function doAct(lead: string, body: FollowAct): Promise<z.infer<typeof acted>> {
  return ask(path(lead), acted, { method: 'POST', body });
}

const dueRows = z.object({
  now: at,
  endOfToday: at,
  rows: z.array(
    z.object({
      lead: z.string(),
      name: z.string().nullable(),
      status: z.enum(leadStatuses),
      next: z.enum(['appointment', 'action', 'incubator']).nullable(),
      at: at.nullable(),
      text: z.string().nullable(),
      behind: z.array(z.enum(behindReasons)),
    }),
  ),
});
export type DueRow = z.infer<typeof dueRows>['rows'][number];

export const dueQuery = queryOptions({
  queryKey: ['leads', 'follow-ups'],
  queryFn: ({ signal }) => ask('/api/my-follow-ups', dueRows, { signal }),
});

const agenda = z.object({
  now: at,
  from: z.string(),
  days: z.number(),
  rows: z.array(meeting.extend({ leadName: z.string().nullable() })),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type AgendaRow = z.infer<typeof agenda>['rows'][number];

export const agendaQuery = (from: string, days: number, person: string | undefined) =>
  queryOptions({
    queryKey: ['leads', 'agenda', from, days, person ?? ''],
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({ from, days: String(days), ...(person ? { person } : {}) });
      return ask(`/api/agenda?${search.toString()}`, agenda, { signal });
    },
    placeholderData: (before) => before,
  });

const figures = z.object({
  received: z.number(),
  inFollowUp: z.number(),
  appointments: z.number(),
  opportunities: z.number(),
  reservations: z.number(),
  leads: z.array(z.string()),
});
export type Figures = z.infer<typeof figures>;
const version = figures.extend({
  version: z.number(),
  at,
  sentAt: at.nullable(),
  late: z.boolean(),
  comment: z.string().nullable(),
});
export type Version = z.infer<typeof version>;
const names = z.record(z.string(), z.string().nullable());

const myWeek = z.object({
  now: at,
  week: z.string(),
  cutAt: at,
  isCut: z.boolean(),
  clause: z.string().nullable(),
  figures,
  versions: z.array(version),
  names,
  behind: z.object({ open: z.number(), behind: z.number(), overdue: z.number() }).nullable(),
});
export type MyWeek = z.infer<typeof myWeek>;

export const myWeekQuery = (week: string | undefined) =>
  queryOptions({
    queryKey: ['leads', 'my-week', week ?? ''],
    queryFn: ({ signal }) => ask(`/api/my-week${week ? `?week=${week}` : ''}`, myWeek, { signal }),
  });

export function sendWeek(week: string, comment: string | null): Promise<unknown> {
  return ask('/api/my-week', z.unknown(), { method: 'POST', body: { week, comment } });
}

const cut = z.object({
  now: at,
  week: z.string(),
  cutAt: at.nullable(),
  isCut: z.boolean(),
  names,
  rows: z.array(
    z.object({ person: z.string(), name: z.string(), versions: z.array(version), behind: z.number() }),
  ),
});
export type Cut = z.infer<typeof cut>;
export type CutRow = Cut['rows'][number];

export const cutQuery = (week: string | undefined) =>
  queryOptions({
    queryKey: ['leads', 'cut', week ?? ''],
    queryFn: ({ signal }) => ask(`/api/cut${week ? `?week=${week}` : ''}`, cut, { signal }),
  });

const behind = z.object({
  rows: z.array(z.object({ person: z.string(), open: z.number(), behind: z.number(), overdue: z.number() })),
});

export const teamBehindQuery = queryOptions({
  queryKey: ['leads', 'team', 'behind'],
  queryFn: ({ signal }) => ask('/api/team/behind', behind, { signal }),
});
