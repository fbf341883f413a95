/** What the server tells of a conversation, and what is written in it. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { instant, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { serverSays } from '../server-clock.ts';

const at = z.string().transform((text): Instant => instant(text));

const media = z.object({
  id: z.string(),
  state: z.enum(['wanted', 'kept', 'lost']),
  mime: z.string().nullable(),
  size: z.number().nullable(),
  sha256: z.string().nullable(),
  why: z.string().nullable(),
  voice: z.boolean(),
  name: z.string().nullable(),
});
export type Media = z.infer<typeof media>;

const message = z.object({
  id: z.string(),
  lead: z.string(),
  direction: z.enum(['in', 'out']),
  channel: z.string(),
  author: z.string().nullable(),
  at,
  form: z.string(),
  template: z.string().nullable(),
  subject: z.string().nullable(),
  words: z.string().nullable(),
  repliesTo: z.string().nullable(),
  state: z.string().nullable(),
  code: z.string().nullable(),
  notBefore: at.nullable(),
  media: z.array(media),
});
export type Message = z.infer<typeof message>;

const refusal = z
  .object({
    refused: z.string(),
    because: z.array(z.string()),
    detail: z.record(z.string(), z.unknown()).optional(),
  })
  .nullable();
export type WriteRefusal = z.infer<typeof refusal>;

const conversation = z.object({
  now: at,
  messages: z.array(message),
  more: z.boolean(),
  unread: z.number(),
  window: z.discriminatedUnion('form', [
    z.object({ form: z.literal('free-text'), until: at }),
    z.object({ form: z.literal('template-needed'), since: at.optional() }),
  ]),
  ways: z.object({ whatsapp: z.boolean(), email: z.boolean() }),
  templates: z.array(z.object({ template: z.string(), text: z.string() })),
  people: z.record(z.string(), z.string()),
  write: z.object({ whatsapp: refusal, email: refusal }),
});
export type Conversation = z.infer<typeof conversation>;

const path = (lead: string, rest: string): string => `/api/leads/${encodeURIComponent(lead)}/${rest}`;

export const conversationQuery = (lead: string) =>
  queryOptions({
    queryKey: ['leads', 'conversation', lead],
    queryFn: async ({ signal }) => {
      const answer = await ask(path(lead, 'conversation'), conversation, { signal });
      serverSays(answer.now);
      return answer;
    },
  });

export async function olderMessages(lead: string, before: Instant): Promise<Conversation> {
  return ask(path(lead, `conversation?before=${encodeURIComponent(before)}`), conversation);
}

export interface Writing {
  /** One press of the button; sent again it goes once. */
  readonly message: string;
  readonly channel: 'whatsapp' | 'email';
  readonly text: string | null;
  readonly template: string | null;
  readonly subject?: string;
  readonly repliesTo?: string;
}

export function writeTo(lead: string, body: Writing): Promise<unknown> {
  return ask(path(lead, 'messages'), z.unknown(), { method: 'POST', body });
}

export function takeBack(lead: string, id: string): Promise<unknown> {
  return ask(path(lead, `messages/${encodeURIComponent(id)}`), z.unknown(), { method: 'DELETE' });
}

export function markRead(lead: string): Promise<unknown> {
  return ask(path(lead, 'conversation/read'), z.unknown(), { method: 'POST', body: {} });
}

export function mediaHref(lead: string, id: string): string {
  return path(lead, `media/${encodeURIComponent(id)}`);
}
