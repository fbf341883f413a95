/** What the board's routes answer. */
import { z } from 'zod';
import type { Instant } from '../../src/platform/time.ts';

const at = z.string().transform((text) => text as Instant);
const passedOver = z.array(z.object({ person: z.string(), why: z.string() }));

export const leadRow = z.object({
  id: z.string(),
  number: z.number(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  source: z.string(),
  stage: z.enum(['held', 'assigned', 'waiting', 'refused']),
  status: z.string(),
  grade: z.string().nullable(),
  holder: z.string().nullable(),
  holderName: z.string().nullable(),
  why: z.string().nullable(),
  takenFrom: z.string().nullable(),
  receivedAt: at,
  heldUntil: at.nullable(),
  assignedAt: at.nullable(),
  dueAt: at.nullable(),
  contactedAt: at.nullable(),
  auditListedAt: at.nullable(),
  waitsForCall: z.string().nullable(),
  misses: z.number(),
});
export type LeadRow = z.infer<typeof leadRow>;

const decision = z.object({
  at,
  entry: z.string(),
  because: z.array(z.string()),
  person: z.string().nullable(),
  passedOver,
});
export type Decision = z.infer<typeof decision>;

const boardRow = leadRow.extend({ takenFromName: z.string().nullable(), decision: decision.nullable() });
export type BoardRow = z.infer<typeof boardRow>;

const rows = z.array(boardRow);
export const boardSchema = z.object({
  now: at,
  hours: z.object({
    open: z.boolean(),
    closesAt: at.nullable(),
    opensAt: at.nullable(),
    because: z.array(z.string()),
  }),
  reassignBy: z.enum(['clock', 'administrator']),
  minutes: z.number(),
  waiting: rows,
  audit: rows,
  running: rows,
  held: rows,
  paced: rows,
  moved: rows,
  people: z.array(z.object({ id: z.string(), name: z.string(), why: z.string().nullable() })),
});
export type Board = z.infer<typeof boardSchema>;

export const measureSchema = z.enum(['received', 'assigned', 'in-time', 'missed', 'reassigned']);
export type Measure = z.infer<typeof measureSchema>;

const tally = z.object({
  key: z.string(),
  name: z.string(),
  received: z.number(),
  assigned: z.number(),
  inTime: z.number(),
  missed: z.number(),
  reassigned: z.number(),
  secondsToContact: z.number().nullable(),
});
export type Tally = z.infer<typeof tally>;

export const figuresSchema = z.object({
  now: at,
  day: at,
  figures: z.array(
    z.object({
      measure: measureSchema,
      value: z.number(),
      usual: z.number().nullable(),
      weeks: z.array(z.number()),
    }),
  ),
  advisors: z.array(tally),
  sources: z.array(tally),
  hours: z.array(z.object({ hour: z.number(), received: z.number(), inTime: z.number() })),
  times: z.array(z.object({ from: z.number(), below: z.number().nullable(), leads: z.number() })),
});
export type BoardFigures = z.infer<typeof figuresSchema>;

export const drillSchema = z.object({ now: at, rows: z.array(leadRow) });
