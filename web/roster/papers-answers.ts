/** What the routes of files and signatures answer. */
import { z } from 'zod';
import type { Instant } from '../../src/platform/time.ts';
import { paper } from '../administration/people-answers.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text) => text as Instant);

const kind = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  expires: z.boolean(),
  warnDays: z.number(),
  fromOn: z.string(),
});
export type Kind = z.infer<typeof kind>;

const exam = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  passingMark: z.number(),
  topMark: z.number(),
  fromOn: z.string(),
});
export type Exam = z.infer<typeof exam>;

const filePerson = z.object({
  person: z.string(),
  name: z.string(),
  role: z.string(),
  zone: z.string().nullable(),
  documents: z.enum(['complete', 'incomplete', 'expired']),
  grade: z.enum(['pass', 'fail', 'none']),
  papers: z.array(paper),
  unsigned: z.number(),
});
export type FilePerson = z.infer<typeof filePerson>;

const papersSchema = z.object({
  now: at,
  today: z.string(),
  mayAsk: z.boolean(),
  mayManage: z.boolean(),
  because: z.array(z.string()),
  kinds: z.array(kind),
  exams: z.array(exam),
  people: z.array(filePerson),
});
export type Papers = z.infer<typeof papersSchema>;

export const papersQuery = {
  queryKey: ['roster', 'papers'],
  queryFn: () => ask('/api/papers', papersSchema),
};

const document = z.object({
  id: z.string(),
  kind: z.string(),
  filedAt: at,
  expiresOn: z.string().nullable(),
  sha256: z.string(),
  bytes: z.number(),
  fileName: z.string(),
  withdrawnAt: at.nullable(),
});
export type DocumentRow = z.infer<typeof document>;

const result = z.object({
  id: z.string(),
  exam: z.string(),
  mark: z.number(),
  passingMark: z.number(),
  passed: z.boolean(),
  takenOn: z.string(),
});

const fileSchema = z.object({ documents: z.array(document), results: z.array(result) });

export const fileQuery = (person: string) => ({
  queryKey: ['roster', 'papers', person],
  queryFn: () => ask(`/api/papers/people/${encodeURIComponent(person)}`, fileSchema),
});

export const signatureStates = ['signed', 'on-paper', 'overdue', 'missing'] as const;
const signature = {
  state: z.enum(signatureStates),
  signedAt: at.nullable(),
  fullName: z.string().nullable(),
  dueAt: at.nullable(),
};

const version = z.object({
  procedure: z.string(),
  version: z.string(),
  title: z.string(),
  inForce: z.boolean(),
  mine: z.object(signature).nullable(),
  people: z.array(
    z.object({
      person: z.string(),
      name: z.string(),
      role: z.string(),
      zone: z.string().nullable(),
      ...signature,
    }),
  ),
});
export type SignVersion = z.infer<typeof version>;

const signaturesSchema = z.object({ now: at, seesOthers: z.boolean(), versions: z.array(version) });

export const signaturesQuery = (language: string) => ({
  queryKey: ['roster', 'signatures', language],
  queryFn: () => ask('/api/signatures', signaturesSchema),
});

const readSchema = z.object({
  procedure: z.string(),
  version: z.string(),
  title: z.string(),
  aim: z.string(),
  clauses: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['enforced', 'watched', 'agreed']),
      text: z.string(),
      readings: z.array(z.object({ question: z.string(), answer: z.string() })),
    }),
  ),
});

export const readQuery = (procedure: string, of: string, language: string) => ({
  queryKey: ['roster', 'read', procedure, of, language],
  queryFn: () => ask(`/api/signatures/${procedure}/${of}`, readSchema),
});
