/** What the routes of guards answer. */
import { z } from 'zod';
import type { Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text) => text as Instant);
const shift = z.object({ on: z.string(), from: z.string(), until: z.string() });
export type Shift = z.infer<typeof shift>;

const person = z.object({
  person: z.string(),
  name: z.string(),
  role: z.string(),
  decision: z.enum(['included', 'excluded']).nullable(),
  listed: z.boolean(),
  active: z.boolean(),
  shifts: z.array(shift),
});
export type GuardPerson = z.infer<typeof person>;

const absence = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string(),
  fromOn: z.string(),
  untilOn: z.string(),
  state: z.enum(['asked', 'approved', 'refused', 'canceled']),
  kind: z.enum(['vacation', 'sick', 'personal', 'training', 'other']).nullable(),
  reason: z.string().nullable(),
  answer: z.string().nullable(),
  mine: z.boolean(),
  toAnswer: z.boolean(),
});
export type AbsenceRow = z.infer<typeof absence>;

const swap = z.object({
  id: z.string(),
  month: z.string(),
  askedBy: z.string(),
  askedOf: z.string(),
  byName: z.string(),
  ofName: z.string(),
  gives: shift,
  takes: shift.nullable(),
  reason: z.string(),
  state: z.enum(['asked', 'accepted', 'declined', 'approved', 'refused', 'lapsed', 'canceled']),
  askedAt: at,
  lapsesAt: at,
  answer: z.string().nullable(),
  mine: z.boolean(),
  toAnswer: z.boolean(),
  toApprove: z.boolean(),
});
export type SwapRow = z.infer<typeof swap>;

const hours = z.object({ opens: z.string(), closes: z.string() }).nullable();

const guardsSchema = z.object({
  now: at,
  month: z.string(),
  current: z.string(),
  next: z.string(),
  me: z.string(),
  zone: z.string(),
  zones: z.array(z.string()),
  mayPlan: z.boolean(),
  mayAsk: z.boolean(),
  published: at.nullable(),
  minimum: z.number(),
  draft: z.record(z.string(), z.array(shift)).nullable(),
  hours: z.array(hours),
  because: z.array(z.string()),
  people: z.array(person),
  absences: z.array(absence),
  swaps: z.array(swap),
});
export type Guards = z.infer<typeof guardsSchema>;

export const doneSchema = z.object({ id: z.string() });
export const plannedSchema = z.object({ month: z.string() });

export const guardsQuery = (month: string | undefined, zone: string | undefined) => ({
  queryKey: ['roster', 'guards', month ?? '', zone ?? ''],
  queryFn: () => {
    const asked = new URLSearchParams();
    if (month !== undefined) asked.set('month', month);
    if (zone !== undefined) asked.set('zone', zone);
    return ask(`/api/shifts?${asked.toString()}`, guardsSchema);
  },
});
