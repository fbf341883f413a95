/**
 * A fake Graph server for the WhatsApp Cloud API, on loopback: what we know of the real one, including how it fails.
 *
 * It checks the bearer token, the template with its parameters and buttons, throughput and pair rate at once, and the
 * 24-hour window afterwards, by a failed status, as Meta does. It keeps every message it took, so that a test can count
 * what a person would have received. Statuses and inbound messages leave signed, by webhook (graph-webhooks.ts).
 * Scripted with `next` and `chaos`; all chance is from the seed and all time is the given one.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { answer, bytesOf, jsonOf, refuse } from './graph-answers.ts';
import { mediaShelf } from './graph-media.ts';
import { checkSend, type SendBody, sendBody, waId } from './graph-rules.ts';
import type { Chaos, GraphFault, GraphOptions, GraphServer, TakenMessage } from './graph-script.ts';
import { webhookSender } from './graph-webhooks.ts';
import { seeded } from '../random.ts';

export type { GraphFault, GraphOptions, GraphServer } from './graph-script.ts';

export async function startGraphServer(options: GraphOptions): Promise<GraphServer> {
  const { time } = options;
  const random = seeded(options.seed ?? 1);
  const rules = checkSend(options);
  const webhooks = webhookSender({ ...options, random });
  const taken: TakenMessage[] = [];
  const faults: GraphFault[] = [];
  const media = mediaShelf(time);
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
    if (request.method === 'GET' && path[0] === 'media') return media.bytes(path[1] ?? '', response);
    if (request.method === 'GET' && path.length === 2) return media.entry(path[1] ?? '', base, response);
    if (path[1] !== options.phoneNumberId) return refuse(response, 400, 100, 'no such object');
    const raw = await bytesOf(request);
    if (request.method === 'POST' && path[2] === 'media') {
      answer(response, 200, {
        id: media.store(raw, request.headers['content-type'] ?? 'application/octet-stream'),
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
    storeMedia: (bytes, mimeType) => media.store(bytes, mimeType),
    undelivered: () => webhooks.undelivered(),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const readMark = z.object({ status: z.literal('read'), message_id: z.string() });
