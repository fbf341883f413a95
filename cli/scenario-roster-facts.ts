import { z } from 'zod';

import { absenceKinds, EXCEPTED_CLAUSES, roles } from '../src/staff/index.ts';

const name = z.string().min(1);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is expected, as "2024-07"');
const count = z.int().nonnegative();
const guard = { on: z.iso.date(), from: z.string(), until: z.string() };
const guardAt = z.strictObject({ on: z.iso.date(), from: z.string() });

/** The fields of the facts about exceptions, guards, absences and people's files. */
export const rosterShapes = {
  'roster.exception.signed': z.strictObject({
    month,
    person: name,
    by: name,
    clauses: z.array(z.enum(EXCEPTED_CLAUSES)),
    reasons: name,
    fullName: name,
  }),
  'roster.exception.withdrawn': z.strictObject({ month, person: name, by: name }),
  'shifts.planned': z.strictObject({
    month,
    zone: name.nullable().default(null),
    by: name,
    shifts: z.array(z.strictObject({ person: name, ...guard })),
    minimum: z.int().positive().optional(),
    publish: z.boolean().default(false),
  }),
  'shift.swap-asked': z.strictObject({
    swap: name,
    by: name,
    of: name,
    gives: guardAt,
    takes: guardAt.nullable().default(null),
    reason: z.string().default(''),
  }),
  'shift.swap-answered': z.strictObject({ swap: name, by: name, accepts: z.boolean() }),
  'shift.swap-approved': z.strictObject({
    swap: name,
    by: name,
    approves: z.boolean(),
    reason: z.string().default(''),
  }),
  'shift.swap-canceled': z.strictObject({ swap: name, by: name }),
  'absence.asked': z.strictObject({
    absence: name,
    person: name,
    by: name,
    fromOn: z.iso.date(),
    untilOn: z.iso.date(),
    kind: z.enum(absenceKinds).default('personal'),
    reason: z.string().default(''),
  }),
  'absence.answered': z.strictObject({
    absence: name,
    by: name,
    approved: z.boolean(),
    reason: z.string().default(''),
  }),
  'absence.canceled': z.strictObject({ absence: name, by: name }),
  'document.kind-set': z.strictObject({
    id: name,
    name: z.string().optional(),
    by: name,
    roles: z.array(z.enum(roles)).default([]),
    expires: z.boolean().default(true),
    warnDays: count.default(30),
    fromOn: z.iso.date(),
    ended: z.boolean().default(false),
  }),
  'document.filed': z.strictObject({
    document: name,
    person: name,
    kind: name,
    by: name,
    expiresOn: z.iso.date().nullable().default(null),
  }),
  'document.withdrawn': z.strictObject({ document: name, by: name }),
  'exam.set': z.strictObject({
    id: name,
    name: z.string().optional(),
    by: name,
    roles: z.array(z.enum(roles)).default([]),
    passingMark: z.number(),
    topMark: z.number().default(100),
    fromOn: z.iso.date(),
    ended: z.boolean().default(false),
  }),
  'exam.recorded': z.strictObject({
    result: name.optional(),
    exam: name,
    person: name,
    by: name,
    mark: z.number(),
    takenOn: z.iso.date(),
  }),
};
