/** What the routes of people and rosters answer. */
import { z } from 'zod';
import type { Instant } from '../../src/platform/time.ts';

const at = z.string().transform((text) => text as Instant);
const results = z.object({
  sales: z.number(),
  leads: z.number(),
  closings: z.number(),
  conversion: z.number().nullable(),
});
export type Results = z.infer<typeof results>;

export const staffPerson = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  zone: z.string().nullable(),
  reportsTo: z.string().nullable(),
  reportsToName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  extension: z.string().nullable(),
  internal: z.boolean(),
  documents: z.enum(['complete', 'incomplete', 'expired']),
  grade: z.enum(['pass', 'fail', 'none']),
  signed: z.boolean(),
  absent: z.boolean(),
  leftAt: at.nullable(),
  access: z
    .object({ state: z.enum(['in', 'invited']), email: z.string(), expiresAt: at.nullable() })
    .nullable(),
  onDuty: z.boolean(),
  offDuty: z.string().nullable(),
  thisMonth: results,
  lastMonth: results,
});
export type StaffPerson = z.infer<typeof staffPerson>;

export const staffSchema = z.object({
  now: at,
  month: z.string(),
  zones: z.array(z.string()),
  people: z.array(staffPerson),
});
export type Staff = z.infer<typeof staffSchema>;

export const doneSchema = z.object({ person: z.string() });
export const invitedSchema = z.object({
  link: z.string().nullable(),
  sent: z.enum(['mailed', 'not-mailed', 'mail-not-set-up']),
  email: z.string(),
  expiresAt: at,
});

const place = z.object({
  zone: z.string().nullable(),
  submittedAt: at,
  submittedBy: z.string(),
  late: z.boolean(),
  decision: z.enum(['included', 'excluded']).nullable(),
  sentAt: at.nullable(),
  confirmedAt: at.nullable(),
  activatedAt: at.nullable(),
  removedAt: at.nullable(),
});

const exception = z.object({
  clauses: z.array(z.string()),
  signedBy: z.string(),
  fullName: z.string(),
  reasons: z.string(),
  signedAt: at,
});

export const paperStates = ['missing', 'expired', 'expiring', 'good'] as const;
export const paper = z.object({
  kind: z.string(),
  name: z.string(),
  expiresOn: z.string().nullable(),
  state: z.enum(paperStates),
});
export type Paper = z.infer<typeof paper>;

const judged = z.object({
  /** What was decided, or would be with what is known now. */
  decision: z.enum(['included', 'excluded']),
  clauses: z.array(z.object({ clause: z.string(), holds: z.boolean(), excepted: z.boolean() })),
  figuresOf: z.string(),
  figures: results,
  internal: z.boolean(),
  documents: z.enum(['complete', 'incomplete', 'expired']),
  papers: z.array(paper),
  grade: z.enum(['pass', 'fail', 'none']),
  exams: z.array(
    z.object({ name: z.string(), takenOn: z.string().nullable(), passed: z.boolean().nullable() }),
  ),
  signed: z.boolean(),
  unsigned: z.array(z.string()),
  removedAt: at.nullable(),
  absent: z.boolean(),
  absences: z.array(
    z.object({
      fromOn: z.string(),
      untilOn: z.string(),
      kind: z.string(),
      state: z.enum(['asked', 'approved']),
    }),
  ),
  exception: exception.nullable(),
});
export type Judged = z.infer<typeof judged>;

const rosterPerson = z.object({
  person: z.string(),
  name: z.string(),
  role: z.string(),
  zone: z.string().nullable(),
  /** May hold leads: who has left, or has another role by now, only stands on rosters of before. */
  mayTake: z.boolean(),
  submittedByName: z.string().nullable(),
  place: place.nullable(),
  active: z.boolean(),
  judged: judged.nullable(),
});
export type RosterPerson = z.infer<typeof rosterPerson>;

export const rosterSchema = z.object({
  now: at,
  month: z.string(),
  current: z.string(),
  next: z.string(),
  instants: z
    .object({
      dueAt: at.nullable(),
      beginsAt: at,
      sendAt: at.nullable(),
      confirmBy: at.nullable(),
      duePassed: z.boolean(),
      decided: z.boolean(),
      submitted: z.array(z.string()),
      forfeited: z.array(z.string()),
    })
    .nullable(),
  because: z.array(z.string()),
  mayEnter: z.boolean(),
  ownZone: z.string().nullable(),
  exceptions: z.object({ allowed: z.boolean(), maySign: z.boolean(), clauses: z.array(z.string()) }),
  people: z.array(rosterPerson),
});
export type Roster = z.infer<typeof rosterSchema>;
