/**
 * Sends by the WhatsApp Cloud API from one of our numbers. Plain fetch: the API is one POST, and its newest fields
 * reach plain JSON first.
 *
 * The send call has no idempotency key. What may have reached Meta without an answer is therefore `unknown`, and the
 * outbox waits for a status webhook that carries our id. One process at a time should send for a number: the rates
 * kept here are this object's own.
 */
import { z } from 'zod';
import { SECOND } from '../platform/time.ts';
import type { MessageChannel, OutgoingMessage, Outcome } from './channel.ts';
import { fullBucket, isFull, take, waitForToken, type Bucket, type Rate } from './rate.ts';
import { silenceOf } from './unreachable.ts';
import { outcomeOfError } from './whatsapp-errors.ts';
import { recipientKey, whatsappRequest } from './whatsapp-request.ts';

/**
 * Meta: 80 messages a second for a number, in and out; 20 when it also runs in the phone app. Refill and burst together
 * are those 80, so that no second holds more.
 */
export const SENDER_RATE: Rate = { perTokenMilliseconds: SECOND / 72, burst: 8 };
/** Meta: about one in six seconds to one person; small bursts are allowed, then paid back. */
export const PAIR_RATE: Rate = { perTokenMilliseconds: 6 * SECOND, burst: 3 };
/** Shorter than this we wait for our turn here; longer, the outbox is told when to come back. */
export const TURN_WAIT_MILLISECONDS_MAX = SECOND;
export const SEND_TIMEOUT_MILLISECONDS = 15 * SECOND;
/** Above this many people remembered, those with nothing to pay back are forgotten. */
const PAIRS_KEPT_MAX = 10_000;
/** When nothing answered at all (no route, no name, no port). */
const UNREACHABLE_RETRY_MILLISECONDS = 10 * SECOND;

export interface WhatsAppSender {
  /** `https://graph.facebook.com`, or the fake server in tests. */
  readonly base: string;
  /** `v24.0` */
  readonly apiVersion: string;
  readonly phoneNumberId: string;
  readonly token: string;
  readonly senderRate?: Rate;
  readonly pairRate?: Rate;
}

export interface WhatsAppWorld {
  readonly fetch: typeof fetch;
  /** Milliseconds that only go forward (`performance.now`). */
  readonly monotonic: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** `AbortSignal.timeout` */
  readonly expire: (milliseconds: number) => AbortSignal;
}

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

const graphError = z.object({
  error: z.object({
    code: z.number().int(),
    message: z.string().optional(),
    is_transient: z.boolean().optional(),
    error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
  }),
});

export function whatsappChannel(sender: WhatsAppSender, world: WhatsAppWorld): MessageChannel {
  const pace = pacing(sender, world);
  const url = `${sender.base}/${sender.apiVersion}/${encodeURIComponent(sender.phoneNumberId)}/messages`;

  async function send(message: OutgoingMessage): Promise<Outcome> {
    const request = whatsappRequest(message);
    if ('refusal' in request) return request.refusal;
    const person = recipientKey(message.to);
    const notNow = await pace.turn(person);
    if (notNow) return notNow;
    const outcome = await post(request.body, message.attempt);
    if (outcome.outcome === 'retry') pace.hold(person, outcome);
    return outcome;
  }

  async function post(body: unknown, attempt: number): Promise<Outcome> {
    let status: number;
    let text: string;
    let retryAfter: number;
    try {
      const answer = await world.fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${sender.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        // A redirect would carry the token elsewhere, and a repeated POST would be a second message.
        redirect: 'manual',
        signal: world.expire(SEND_TIMEOUT_MILLISECONDS),
      });
      ({ status } = answer);
      retryAfter = retryAfterMilliseconds(answer.headers.get('retry-after'));
      text = await answer.text();
    } catch (error) {
      return outcomeOfSilence(error);
    }
    return outcomeOfAnswer(status, text, attempt, retryAfter);
  }

  return { name: 'whatsapp', send };
}

function outcomeOfSilence(error: unknown): Outcome {
  const { neverConnected, code } = silenceOf(error);
  if (!neverConnected) return { outcome: 'unknown', why: `no answer from WhatsApp (${code})` };
  const afterMilliseconds = UNREACHABLE_RETRY_MILLISECONDS;
  return { outcome: 'retry', afterMilliseconds, scope: 'sender', code, why: 'WhatsApp could not be reached' };
}

function outcomeOfAnswer(status: number, text: string, attempt: number, retryAfter: number): Outcome {
  const json = parsed(text);
  const told = graphError.safeParse(json).data?.error;
  if (told) {
    const details = told.error_data?.details ?? told.message;
    return outcomeOfError({ code: told.code, details, transient: told.is_transient }, attempt, retryAfter);
  }
  if (status >= 200 && status < 300) {
    const id = accepted.safeParse(json).data?.messages[0]?.id;
    return id === undefined
      ? { outcome: 'unknown', why: 'WhatsApp answered without a message id' }
      : { outcome: 'accepted', providerId: id };
  }
  if (status === 429) return outcomeOfError({ code: 130429 }, attempt, retryAfter);
  // A gateway's own page: whatever stands behind it may have taken the message.
  if (status >= 500)
    return { outcome: 'unknown', why: `HTTP ${String(status)} without a word from WhatsApp` };
  const code = `http-${String(status)}`;
  const why = 'not an answer of the WhatsApp API: is the base address right?';
  return { outcome: 'refused', code, why, effect: 'stop-sender' };
}

/** The two rates and the holds Meta asked for, of one sender. */
function pacing(sender: WhatsAppSender, world: WhatsAppWorld) {
  const senderRate = sender.senderRate ?? SENDER_RATE;
  const pairRate = sender.pairRate ?? PAIR_RATE;
  let whole = fullBucket(senderRate, world.monotonic());
  let senderHeldUntil = 0;
  const pairs = new Map<string, { bucket: Bucket; heldUntil: number }>();

  /** Takes a turn, waiting a moment if that is enough; otherwise says when to come back and takes nothing. */
  async function turn(person: string): Promise<Outcome | undefined> {
    const now = world.monotonic();
    const pair = pairs.get(person) ?? { bucket: fullBucket(pairRate, now), heldUntil: 0 };
    const pairWait = Math.max(waitForToken(pair.bucket, pairRate, now), pair.heldUntil - now);
    if (pairWait > 0) return notYet('recipient', 'own-pair-rate', pairWait);
    const heldWait = senderHeldUntil - now;
    if (heldWait > 0) return notYet('sender', 'own-sender-hold', heldWait);
    const wait = waitForToken(whole, senderRate, now);
    if (wait > TURN_WAIT_MILLISECONDS_MAX) return notYet('sender', 'own-sender-rate', wait);
    // Taken before the wait, so that those who come meanwhile stand behind.
    whole = take(whole, senderRate, now);
    remember(person, { bucket: take(pair.bucket, pairRate, now + wait), heldUntil: 0 }, now);
    if (wait > 0) await world.wait(wait);
    return undefined;
  }

  function hold(person: string, retry: Extract<Outcome, { outcome: 'retry' }>): void {
    const now = world.monotonic();
    const until = now + retry.afterMilliseconds;
    if (retry.scope === 'sender') senderHeldUntil = Math.max(senderHeldUntil, until);
    if (retry.scope === 'recipient') {
      const pair = pairs.get(person) ?? { bucket: fullBucket(pairRate, now), heldUntil: 0 };
      remember(person, { ...pair, heldUntil: until }, now);
    }
  }

  function remember(person: string, pair: { bucket: Bucket; heldUntil: number }, now: number): void {
    pairs.set(person, pair);
    if (pairs.size <= PAIRS_KEPT_MAX) return;
    for (const [key, kept] of pairs) {
      if (kept.heldUntil <= now && isFull(kept.bucket, pairRate, now)) pairs.delete(key);
    }
  }

  return { turn, hold };
}

function notYet(scope: 'recipient' | 'sender', code: string, wait: number): Outcome {
  return {
    outcome: 'retry',
    afterMilliseconds: Math.ceil(wait),
    scope,
    code,
    why: 'our own pacing: nothing was sent',
  };
}

/** Seconds as Meta writes them; a date is not used by this API and counts as absent. */
function retryAfterMilliseconds(header: string | null): number {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * SECOND : 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
