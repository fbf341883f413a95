/** What the server tells of requests by mail. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { instant, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';

const at = z.string().transform((text): Instant => instant(text));

const draft = z.object({
  id: z.string(),
  requester: z.string(),
  openedAt: at,
  updatedAt: at,
  state: z.enum(['open', 'complete', 'submitted', 'refused']),
  held: z.enum(['unproven', 'two-leads']).nullable(),
  lead: z.string().nullable(),
  missing: z.array(z.string()),
  asked: z.number(),
  image: z.string().nullable(),
  imageDatedOn: z.string().nullable(),
  imageTakenAt: z.string().nullable(),
  firstContact: z.boolean(),
  why: z.string().nullable(),
});
const words = z.object({
  subject: z.string().nullable(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  source: z.string().nullable(),
  reason: z.string().nullable(),
});
const listed = z.object({ ...draft.shape, ...words.shape, requesterName: z.string().nullable() });
export type ListedDraft = z.infer<typeof listed>;

const mail = z.object({
  id: z.string(),
  receivedAt: at,
  kind: z.string().nullable(),
  fault: z.string().nullable(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
  text: z.string().nullable(),
});
export type ShownMail = z.infer<typeof mail>;

const file = z.object({
  id: z.string(),
  mail: z.string(),
  name: z.string().nullable(),
  mime: z.string(),
  size: z.number(),
  sha256: z.string(),
  picture: z.string().nullable(),
  damage: z.string().nullable(),
  takenAt: z.string().nullable(),
});
export type MailFile = z.infer<typeof file>;

const one = z.object({
  draft,
  words,
  mails: z.array(mail),
  files: z.array(file),
  people: z.record(z.string(), z.string()),
  leads: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      source: z.string(),
      receivedAt: at,
      holder: z.string().nullable(),
      status: z.string(),
    }),
  ),
});
export type OneDraft = z.infer<typeof one>;

export const draftsQuery = (settled: boolean) =>
  queryOptions({
    queryKey: ['drafts', 'list', settled],
    queryFn: ({ signal }) =>
      ask(
        `/api/drafts?settled=${String(settled)}`,
        z.object({ drafts: z.array(listed), loose: z.number() }),
        {
          signal,
        },
      ),
  });

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['drafts', 'one', id],
    queryFn: ({ signal }) => ask(`/api/drafts/${encodeURIComponent(id)}`, one, { signal }),
  });

export const looseQuery = queryOptions({
  queryKey: ['drafts', 'loose'],
  queryFn: ({ signal }) => ask('/api/mails/loose', z.object({ mails: z.array(mail) }), { signal }),
});

export interface Correction {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly source: string | null;
  readonly imageDatedOn: string | null;
  readonly image: string | null;
  readonly firstContact: boolean;
  readonly lead: string | null;
}

const path = (id: string, act: string): string => `/api/drafts/${encodeURIComponent(id)}/${act}`;

export function correct(id: string, body: Correction): Promise<unknown> {
  return ask(path(id, 'correct'), z.unknown(), { method: 'POST', body });
}

export function refuse(id: string, reason: string): Promise<unknown> {
  return ask(path(id, 'refuse'), z.unknown(), { method: 'POST', body: { reason } });
}

export function fileHref(draft: string, id: string): string {
  return path(draft, `files/${encodeURIComponent(id)}`);
}
