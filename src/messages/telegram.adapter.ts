/**
 * Posts in a Telegram group by the Bot API (grammY's client). Telegram takes no id of ours and cannot be asked what became
 * of a message: what is not plainly refused and not plainly answered may have been posted, and is never repeated blindly.
 */
import { Api, GrammyError, HttpError } from 'grammy';

import { MINUTE, SECOND, type Instant } from '../platform/time.ts';
import { unsuited, type MessageChannel, type Outcome } from './channel.ts';

/** Telegram's own: 20 posts a minute in one group, one a second. Beyond it answers 429, which is heeded too. */
const GROUP_POSTS_A_MINUTE_MAX = 20;
const POST_EVERY_MILLISECONDS = SECOND;
const ANSWER_MILLISECONDS_MAX = 15 * SECOND;
/** Characters of one post. */
const TEXT_CHARACTERS_MAX = 4_096;
/** A 429 that does not say how long. */
const PAUSE_MILLISECONDS = 5 * SECOND;

export const TELEGRAM_API = 'https://api.telegram.org';

export interface TelegramWorld {
  readonly now: () => Instant;
  /** Milliseconds that only go forward. */
  readonly monotonic: () => number;
}

export interface TelegramSender {
  readonly base: string;
  readonly token: string;
  readonly answerMilliseconds?: number;
}

export function telegramChannel(sender: TelegramSender, { monotonic }: TelegramWorld): MessageChannel {
  const { base, token, answerMilliseconds = ANSWER_MILLISECONDS_MAX } = sender;
  const api = new Api(token, {
    apiRoot: base,
    timeoutSeconds: Math.max(1, Math.ceil(answerMilliseconds / SECOND)),
    // What it logs would hold the token, which is part of the address.
    sensitiveLogs: false,
  });
  let posted: number[] = [];
  /** How long our own pace asks to wait before the next post; 0: not at all. */
  const pause = (): number => {
    const now = monotonic();
    posted = posted.filter((at) => now - at < MINUTE);
    const last = posted.at(-1);
    const oldest = posted.length >= GROUP_POSTS_A_MINUTE_MAX ? posted[0] : undefined;
    const bySecond = last === undefined ? 0 : POST_EVERY_MILLISECONDS - (now - last);
    const byMinute = oldest === undefined ? 0 : MINUTE - (now - oldest);
    return Math.max(0, bySecond, byMinute);
  };
  return {
    name: 'telegram',
    async send({ to, content }) {
      if (to.kind !== 'telegram') return unsuited('telegram', `a message to a ${to.kind}`);
      if (content.kind !== 'text') return unsuited('telegram', `a ${content.kind}`);
      const wait = pause();
      if (wait > 0)
        return {
          outcome: 'retry',
          afterMilliseconds: wait,
          scope: 'sender',
          code: 'own-pace',
          why: 'our own pace',
        };
      posted.push(monotonic());
      try {
        const text = content.text.slice(0, TEXT_CHARACTERS_MAX);
        const topic = to.threadId === undefined ? {} : { message_thread_id: to.threadId };
        const sent = await api.sendMessage(to.chatId, text, topic);
        return { outcome: 'accepted', providerId: String(sent.message_id) };
      } catch (fault) {
        return outcomeOf(fault);
      }
    },
  };
}

/** The line was never open: nothing left the house. */
const NEVER_LEFT: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH']);
const LINE_PAUSE_MILLISECONDS = 20 * SECOND;

function outcomeOf(fault: unknown): Outcome {
  if (fault instanceof HttpError && isNever(fault.error))
    return {
      outcome: 'retry',
      afterMilliseconds: LINE_PAUSE_MILLISECONDS,
      scope: 'sender',
      code: 'no-line',
      why: 'Telegram cannot be reached',
    };
  // Neither a yes nor a no came back: the post may stand in the group.
  if (fault instanceof HttpError || !(fault instanceof GrammyError))
    return { outcome: 'unknown', why: 'no answer from Telegram' };
  const { error_code: status, description: why, parameters } = fault;
  const code = `http-${status}`;
  if (parameters.migrate_to_chat_id !== undefined)
    return {
      outcome: 'retry',
      afterMilliseconds: 0,
      scope: 'sender',
      code: 'group-moved',
      why,
      movedTo: String(parameters.migrate_to_chat_id),
    };
  if (status === 429) {
    const afterMilliseconds =
      parameters.retry_after === undefined ? PAUSE_MILLISECONDS : parameters.retry_after * SECOND;
    return { outcome: 'retry', afterMilliseconds, scope: 'sender', code, why };
  }
  // Telegram failed over it: it may have been posted before that.
  if (status >= 500) return { outcome: 'unknown', why };
  // The bot was removed or blocked, its token withdrawn, the group is gone: nothing more will be posted.
  if ([401, 403, 404].includes(status) || /chat not found/i.test(why))
    return { outcome: 'refused', code, why, effect: 'stop-sender' };
  return { outcome: 'refused', code, why };
}

function isNever(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NEVER_LEFT.has(error.code);
}
