/**
 * The parts of a WhatsApp webhook body that we read, as schemas. Unknown fields pass unseen, and every list is parsed
 * element by element by the reader: one odd message must not cost the others in its batch.
 */
import { z } from 'zod';
import { instant, type Instant } from '../platform/time.ts';

/** Unix seconds, as text in messages and statuses, as a number in preferences. */
export const unixSeconds = z
  .union([z.string().regex(/^\d{1,11}$/), z.number().int().nonnegative().max(99_999_999_999)])
  .transform((seconds): Instant => instant(Number(seconds) * 1_000));

const text = z.string().max(65_536);
const id = z.string().min(1).max(512);

export const envelope = z.object({
  object: z.string(),
  entry: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).transform(String),
      time: unixSeconds.optional().catch(undefined),
      changes: z.array(z.object({ field: z.string(), value: z.unknown() })),
    }),
  ),
});

const metadata = z.object({ phone_number_id: id }).optional();

export const contact = z.object({
  wa_id: id.optional(),
  user_id: id.optional(),
  profile: z.object({ name: text.optional(), username: text.optional() }).optional(),
});

export const messagesValue = z.object({
  metadata,
  contacts: z.array(z.unknown()).default([]),
  messages: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
  user_preferences: z.array(z.unknown()).default([]),
});

const error = z.object({
  code: z.number().int(),
  title: text.optional(),
  error_data: z.object({ details: text.optional() }).optional(),
});

export const status = z.object({
  id,
  status: z.enum(['sent', 'delivered', 'read', 'failed', 'played']),
  timestamp: unixSeconds,
  recipient_id: id.optional(),
  recipient_user_id: id.optional(),
  biz_opaque_callback_data: text.optional(),
  pricing: z.object({ billable: z.boolean().optional(), category: text.optional() }).optional(),
  errors: z.array(error).optional(),
});

const mediaPart = z.object({
  id,
  mime_type: text.optional(),
  sha256: text.optional(),
  caption: text.optional(),
  filename: text.optional(),
  voice: z.boolean().optional(),
});

const choice = z.object({ id: text, title: text.optional() });

export const message = z.object({
  id,
  from: id.optional(),
  from_user_id: id.optional(),
  timestamp: unixSeconds,
  type: z.string().min(1).max(64),
  text: z.object({ body: text }).optional(),
  image: mediaPart.optional(),
  audio: mediaPart.optional(),
  video: mediaPart.optional(),
  document: mediaPart.optional(),
  sticker: mediaPart.optional(),
  button: z.object({ payload: text.optional(), text: text.optional() }).optional(),
  interactive: z.object({ button_reply: choice.optional(), list_reply: choice.optional() }).optional(),
  reaction: z.object({ message_id: id, emoji: text.optional() }).optional(),
  system: z.object({ body: text.optional(), type: text.optional() }).optional(),
  context: z.object({ id: id.optional() }).optional(),
  referral: z
    .object({ source_id: text.optional(), ctwa_clid: text.optional(), headline: text.optional() })
    .optional(),
});
export type MessageBody = z.output<typeof message>;

export const preference = z.object({
  wa_id: id.optional(),
  user_id: id.optional(),
  category: text.optional(),
  value: z.string(),
  timestamp: unixSeconds,
});

export const templateStatus = z.object({
  event: text,
  message_template_name: id,
  message_template_language: id,
  reason: text.nullish(),
});

export const templateCategory = z.object({
  message_template_name: id,
  message_template_language: id,
  new_category: text.optional(),
  correct_category: text.optional(),
});
