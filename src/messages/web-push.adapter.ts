/**
 * Sends a push notice to a browser (RFC 8030, signed with VAPID, encrypted for that browser). The library only builds
 * the request; posting it is ours, so that redirects, time-outs and tests are too.
 *
 * What rides in it is what a lock screen may show: a title, a line, an address inside the product. No more of a person
 * than a first name, which the catalog of notices keeps (templates.ts).
 */
import { createHash } from 'node:crypto';
import webPush from 'web-push';
import { z } from 'zod';
import { HOUR, MINUTE, SECOND, instant, type Instant } from '../platform/time.ts';
import type { MessageChannel, OutgoingMessage, Outcome, PushContent, PushSubscription } from './channel.ts';
import { unsuited } from './channel.ts';
import { isPushEndpoint, type EndpointRule } from './push-endpoint.ts';
import { silenceOf } from './unreachable.ts';

export interface PushSender {
  /** Where the push service can reach us: `mailto:` or https. */
  readonly subject: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly endpoints: EndpointRule;
}

export interface PushWorld {
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
  readonly expire: (milliseconds: number) => AbortSignal;
}

export const PUSH_TIMEOUT_MILLISECONDS = 10 * SECOND;
/** Every push service takes at least this much (RFC 8030 asks for 4 KB encrypted). */
const PAYLOAD_BYTES_MAX = 3_000;
const FIRST_RETRY_MILLISECONDS = 15 * SECOND;
const RETRY_MILLISECONDS_MAX = HOUR;
/** A push tells of something happening now: after about ten minutes other channels have told it. */
const ATTEMPTS_MAX = 6;

/** Throws on VAPID keys or a subject that cannot sign: that is a fault of the configuration, told at start-up. */
export function webPushChannel(sender: PushSender, world: PushWorld): MessageChannel {
  webPush.getVapidHeaders(
    'https://example.com',
    sender.subject,
    sender.publicKey,
    sender.privateKey,
    webPush.supportedContentEncodings.AES_128_GCM,
  );
  return {
    name: 'push',
    async send(message) {
      const { to, content } = message;
      if (to.kind !== 'push') return unsuited('push', `an address of kind ${to.kind}`);
      if (content.kind !== 'push') return unsuited('push', `content of kind ${content.kind}`);
      if (!isPushEndpoint(to.subscription.endpoint, sender.endpoints)) {
        const why = 'the endpoint is not of a known push service';
        return { outcome: 'refused', code: 'endpoint', why, effect: 'channel-unusable' };
      }
      const payload = payloadOf(content);
      if (Buffer.byteLength(payload) > PAYLOAD_BYTES_MAX) return unsuited('push', 'a notice that long');
      const request = encrypted(sender, to.subscription, payload, content);
      if (!request) {
        const why = 'the keys of the subscription are not valid';
        return { outcome: 'refused', code: 'keys', why, effect: 'channel-unusable' };
      }
      return post(request, message, world);
    },
  };
}

function payloadOf(content: PushContent): string {
  const { title, body, url, tag } = content;
  return JSON.stringify({ title, body, url, tag });
}

function encrypted(sender: PushSender, to: PushSubscription, payload: string, content: PushContent) {
  const vapidDetails = {
    subject: sender.subject,
    publicKey: sender.publicKey,
    privateKey: sender.privateKey,
  };
  const options = {
    vapidDetails,
    TTL: Math.max(0, Math.floor(content.ttlSeconds)),
    topic: topicOf(content.tag),
  };
  try {
    return webPush.generateRequestDetails(to, payload, { ...options, urgency: 'high' });
  } catch {
    // The browser's keys are a stranger's text too; the library throws on those that are no point of the curve.
    return undefined;
  }
}

/** A message not yet delivered is replaced by a later one with its topic: a repeat after `unknown` shows once. */
function topicOf(tag: string): string {
  return createHash('sha256').update(tag).digest('base64url').slice(0, 32);
}

async function post(
  request: webPush.RequestDetails,
  message: OutgoingMessage,
  world: PushWorld,
): Promise<Outcome> {
  const headers = Object.entries(z.record(z.string(), z.unknown()).parse(request.headers))
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .map(([name, value]): [string, string] => [name, String(value)]);
  try {
    const answer = await world.fetch(request.endpoint, {
      method: 'POST',
      headers,
      body: request.body === null ? null : new Uint8Array(request.body),
      redirect: 'manual',
      signal: world.expire(PUSH_TIMEOUT_MILLISECONDS),
    });
    await answer.body?.cancel();
    return outcomeOf(answer.status, answer.headers, message, world.now());
  } catch (error) {
    const { neverConnected, code } = silenceOf(error);
    if (neverConnected) return later(message, code, 'not reached', 0);
    return { outcome: 'unknown', why: `no answer from the push service (${code})` };
  }
}

function outcomeOf(status: number, headers: Headers, message: OutgoingMessage, now: Instant): Outcome {
  const code = String(status);
  if (status >= 200 && status < 300)
    return { outcome: 'accepted', providerId: headers.get('location') ?? message.id };
  // The person took the permission back, or the browser is gone.
  if (status === 404 || status === 410) {
    return { outcome: 'refused', code, why: 'the subscription has ended', effect: 'channel-unusable' };
  }
  // A 5xx may hide a push that was taken; its topic makes the repeat replace it, so trying again is harmless.
  if (status === 429 || status >= 500)
    return later(message, code, 'busy', retryAfter(headers.get('retry-after'), now));
  if (status === 401 || status === 403) {
    return {
      outcome: 'refused',
      code,
      why: 'the VAPID keys are not those of the subscription',
      effect: 'stop-sender',
    };
  }
  return { outcome: 'refused', code, why: 'the push service refused the request' };
}

function later(message: OutgoingMessage, code: string, what: string, askedMilliseconds: number): Outcome {
  const why = `push service: ${what}`;
  if (message.attempt >= ATTEMPTS_MAX) {
    return { outcome: 'refused', code, why: `${why}; given up after ${String(message.attempt)} attempts` };
  }
  const backOff = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** (message.attempt - 1), RETRY_MILLISECONDS_MAX);
  return {
    outcome: 'retry',
    afterMilliseconds: Math.max(backOff, askedMilliseconds),
    scope: 'message',
    code,
    why,
  };
}

/** Seconds, or a date (RFC 9110), up to a day: beyond it is no answer to a notice. */
function retryAfter(header: string | null, now: Instant): number {
  if (header === null) return 0;
  const milliseconds = /^\d{1,9}$/.test(header)
    ? Number(header) * SECOND
    : Date.parse(header) - Date.parse(instant(now));
  return Number.isFinite(milliseconds) ? Math.min(Math.max(0, milliseconds), 24 * 60 * MINUTE) : 0;
}
