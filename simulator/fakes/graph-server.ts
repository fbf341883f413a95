/**
 * A fake Graph server for the WhatsApp Cloud API, on loopback: what we know of the real one, including how it fails.
 *
 * It checks the bearer token, the template with its parameters and buttons, throughput and pair rate at once, and the
 * 24-hour window afterwards, by a failed status, as Meta does. It keeps every message it took, so that a test can count
 * what a person would have received. Statuses and inbound messages leave signed, by webhook (graph-webhooks.ts).
 * Scripted with `next` and `chaos`; all chance is from the seed and all time is the given one.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../../src/platform/time.ts';
import { checkSend, type GraphTemplate, type SendBody, sendBody } from './graph-rules.ts';
import { webhookSender, type WebhookFaults } from './graph-webhooks.ts';
import { seeded, type PretendTime } from './time.ts';

export interface GraphOptions {
  readonly time: PretendTime;
  readonly seed?: number;
  readonly token: string;
  readonly appSecret: string;
  readonly phoneNumberId: string;
  readonly templates?: readonly GraphTemplate[];
  readonly throughputPerSecond?: number;
  readonly pair?: { readonly milliseconds: number; readonly burst: number };
  /** Takes a webhook as our server would; the status it answers decides whether Meta tries again. */
  readonly deliver?: (raw: Buffer, headers: Readonly<Record<string, string>>) => Promise<number>;
  readonly statusDelays?: { readonly sent: number; readonly delivered: number; readonly read?: number };
}

/** What to do with one send instead of the ordinary. `taken`: the message went out all the same. */
export type GraphFault =
  | { readonly fault: 'error'; readonly code: number; readonly details?: string; readonly http?: number }
  | {
      readonly fault: 'http';
      readonly status: number;
      readonly retryAfterSeconds?: number;
      readonly taken?: boolean;
    }
  | { readonly fault: 'silence' | 'drop'; readonly taken: boolean }
  | { readonly fault: 'fail-later'; readonly code: number; readonly details?: string };

/** Chances of each fault for sends that nothing was scripted for; the rest go well. */
export interface Chaos {
  readonly rateLimited?: number;
  readonly faulty?: number;
  readonly gateway?: number;
  readonly silent?: number;
}

export interface TakenMessage {
  readonly wamid: string;
  readonly at: Instant;
  readonly recipient: string;
  readonly body: SendBody;
}

export interface GraphServer {
  /** `http://127.0.0.1:port` */
  readonly base: string;
  /** What people would have received, in order. */
  readonly taken: readonly TakenMessage[];
  /** Every send that came in, good or bad. */
  readonly asked: () => number;
  next(...faults: GraphFault[]): void;
  chaos(chances: Chaos): void;
  webhookFaults(faults: WebhookFaults): void;
  /** Sends what still waits for its batch to fill. */
  flush(): Promise<void>;
  /** Called when a send came in that will get no answer: where a test lets the client's time-out expire. */
  onSilence(act: () => void): void;
  inbound(message: InboundScript): Promise<string>;
  /** The person stops or resumes marketing. */
  preference(from: string, value: 'stop' | 'resume'): Promise<void>;
  templateStatus(name: string, language: string, event: string, reason?: string): Promise<void>;
  storeMedia(bytes: Uint8Array, mimeType: string): string;
  /** Webhooks not yet taken by our server. */
  undelivered(): number;
  close(): Promise<void>;
}

export interface InboundScript {
  readonly from?: string;
  readonly bsuid?: string;
  readonly name?: string;
  /** The rest of the message as Meta writes it: `{ type: 'text', text: { body } }`, a button, an image, … */
  readonly message: Readonly<Record<string, unknown>> & { readonly type: string };
}

const BODY_BYTES_MAX = 1_000_000;
const MEDIA_URL_MILLISECONDS = 5 * 60_000;

export async function startGraphServer(options: GraphOptions): Promise<GraphServer> {
  const { time } = options;
  const random = seeded(options.seed ?? 1);
  const rules = checkSend(options);
  const webhooks = webhookSender({ ...options, random });
  const taken: TakenMessage[] = [];
  const faults: GraphFault[] = [];
  const media = new Map<string, { bytes: Uint8Array; mimeType: string; urlUntil: number }>();
  let chances: Chaos = {};
  let asked = 0;
  let counter = 0;
  let silence: (() => void) | undefined;

  function wamid(): string {
    return `wamid.${createHash('sha256')
      .update(`${String(options.seed ?? 1)}:${String(++counter)}`)
      .digest('base64url')}`;
  }

  function chance(): GraphFault | undefined {
    const drawn = random();
    let edge = chances.rateLimited ?? 0;
    if (drawn < edge) return { fault: 'http', status: 429, retryAfterSeconds: 2 };
    if (drawn < (edge += chances.faulty ?? 0)) return { fault: 'error', code: 131000, http: 500 };
    if (drawn < (edge += chances.gateway ?? 0)) return { fault: 'http', status: 502, taken: random() < 0.5 };
    if (drawn < edge + (chances.silent ?? 0)) return { fault: 'silence', taken: random() < 0.5 };
    return undefined;
  }

  function accept(body: SendBody, failLater?: { code: number; details?: string | undefined }): TakenMessage {
    const message = { wamid: wamid(), at: time.now(), recipient: body.to ?? body.recipient ?? '', body };
    const failure = failLater ?? rules.windowFault(body);
    // A message that fails later was never received by anybody.
    if (!failure) taken.push(message);
    webhooks.statuses(message, failure);
    return message;
  }

  function send(body: SendBody, request: IncomingMessage, response: ServerResponse): void {
    asked += 1;
    const fault = faults.shift() ?? chance();
    if (fault?.fault === 'error') return refuse(response, fault.http ?? 400, fault.code, fault.details);
    if (fault?.fault === 'http') {
      if (fault.taken === true) accept(body);
      const header =
        fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
      response
        .writeHead(fault.status, { 'content-type': 'text/html', ...header })
        .end('<html>gateway</html>');
      return undefined;
    }
    const wrong = rules.check(body);
    if (wrong) return refuse(response, wrong.http, wrong.code, wrong.details);
    if (fault?.fault === 'silence' || fault?.fault === 'drop') {
      if (fault.taken) accept(body);
      if (fault.fault === 'drop') request.socket.destroy();
      else silence?.();
      return undefined;
    }
    const message = accept(body, fault?.fault === 'fail-later' ? fault : undefined);
    const contact =
      body.to === undefined
        ? { input: body.recipient, user_id: body.recipient }
        : { input: body.to, wa_id: waId(body.to) };
    answer(response, 200, {
      messaging_product: 'whatsapp',
      contacts: [contact],
      messages: [{ id: message.wamid, message_status: 'accepted' }],
    });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://graph.invalid');
    const path = url.pathname.split('/').slice(1);
    if (request.headers.authorization !== `Bearer ${options.token}`)
      return refuse(response, 401, 190, 'bad token');
    if (request.method === 'GET' && path[0] === 'media') return mediaBytes(path[1] ?? '', response);
    if (request.method === 'GET' && path.length === 2) return mediaEntry(path[1] ?? '', response);
    if (path[1] !== options.phoneNumberId) return refuse(response, 400, 100, 'no such object');
    const raw = await bytesOf(request);
    if (request.method === 'POST' && path[2] === 'media') {
      answer(response, 200, {
        id: storeMedia(raw, request.headers['content-type'] ?? 'application/octet-stream'),
      });
      return undefined;
    }
    if (request.method !== 'POST' || path[2] !== 'messages')
      return refuse(response, 404, 100, 'no such path');
    const json = jsonOf(raw);
    if (readMark.safeParse(json).success) {
      answer(response, 200, { success: true });
      return undefined;
    }
    const body = sendBody.safeParse(json);
    if (!body.success) return refuse(response, 400, 131009, body.error.issues[0]?.message);
    return send(body.data, request, response);
  }

  function storeMedia(bytes: Uint8Array, mimeType: string): string {
    const id = String(9_000_000 + media.size);
    media.set(id, { bytes, mimeType, urlUntil: 0 });
    return id;
  }

  function mediaEntry(id: string, response: ServerResponse): void {
    const found = media.get(id);
    if (!found) return refuse(response, 400, 100, 'no such media');
    found.urlUntil = time.monotonic() + MEDIA_URL_MILLISECONDS;
    const sha256 = createHash('sha256').update(found.bytes).digest('hex');
    answer(response, 200, {
      messaging_product: 'whatsapp',
      id,
      url: `${base}/media/${id}`,
      mime_type: found.mimeType,
      sha256,
      file_size: found.bytes.byteLength,
    });
  }

  function mediaBytes(id: string, response: ServerResponse): void {
    const found = media.get(id);
    if (!found || time.monotonic() > found.urlUntil)
      return refuse(response, 404, 100, 'the address has expired');
    response.writeHead(200, { 'content-type': found.mimeType }).end(found.bytes);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  return {
    base,
    taken,
    asked: () => asked,
    next: (...more) => void faults.push(...more),
    chaos(given) {
      chances = given;
    },
    webhookFaults: (how) => webhooks.faults(how),
    flush: () => webhooks.flush(),
    onSilence(act) {
      silence = act;
    },
    inbound(script) {
      const id = wamid();
      rules.heardFrom(script.from ?? script.bsuid ?? '');
      return webhooks.inbound(id, script).then(() => id);
    },
    preference: (from, value) => webhooks.preference(from, value),
    templateStatus: (...told) => webhooks.templateStatus(...told),
    storeMedia,
    undelivered: () => webhooks.undelivered(),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const readMark = z.object({ status: z.literal('read'), message_id: z.string() });

/** Meta names Mexican mobiles with the 1 of before 2019. */
export function waId(phone: string): string {
  return phone.length === 12 && phone.startsWith('52') ? `521${phone.slice(2)}` : phone;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: number, details?: string): void {
  answer(response, status, {
    error: {
      message: `(#${String(code)}) refused`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details: details ?? '' },
      fbtrace_id: 'fake',
    },
  });
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_BYTES_MAX) throw new Error('body too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
