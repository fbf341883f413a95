/**
 * A push service and its browser in one, on loopback: takes Web Push requests, checks who signed them (VAPID, RFC 8292),
 * decrypts them as the browser would (aes128gcm, RFC 8188 and 8291), and fails as told.
 */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export type PushFault =
  | { readonly status: number; readonly retryAfter?: string }
  | { readonly drop: true; readonly taken: boolean };

export interface ReceivedPush {
  readonly payload: unknown;
  readonly ttlSeconds: number;
  readonly topic: string | undefined;
  /** The `sub` of the one who signed. */
  readonly signedBy: string;
}

export interface PushSink {
  readonly base: string;
  readonly received: readonly ReceivedPush[];
  readonly asked: () => number;
  /** A new browser's subscription. */
  subscribe(): { endpoint: string; keys: { p256dh: string; auth: string } };
  next(...faults: PushFault[]): void;
  close(): Promise<void>;
}

interface Browser {
  readonly ecdh: ReturnType<typeof createECDH>;
  readonly auth: Buffer;
}

export async function startPushSink(): Promise<PushSink> {
  const received: ReceivedPush[] = [];
  const faults: PushFault[] = [];
  const browsers = new Map<string, Browser>();
  let asked = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked += 1;
    const browser = browsers.get(request.url ?? '');
    const raw = await bytesOf(request);
    const fault = faults.shift();
    if (fault && 'status' in fault) {
      response
        .writeHead(fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter })
        .end();
      return;
    }
    if (!browser) {
      response.writeHead(410).end();
      return;
    }
    const signedBy = signerOf(request.headers.authorization ?? '', base);
    if (signedBy === undefined) {
      response.writeHead(403).end();
      return;
    }
    if (!fault || fault.taken) {
      const topic = request.headers['topic'];
      received.push({
        payload: JSON.parse(decrypted(raw, browser).toString('utf8')),
        ttlSeconds: Number(request.headers['ttl']),
        topic: typeof topic === 'string' ? topic : undefined,
        signedBy,
      });
    }
    if (fault) request.socket.destroy();
    else response.writeHead(201, { location: `${base}/message/${String(received.length)}` }).end();
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  return {
    base,
    received,
    asked: () => asked,
    subscribe() {
      const ecdh = createECDH('prime256v1');
      const p256dh = ecdh.generateKeys().toString('base64url');
      const auth = randomBytes(16);
      const path = `/push/${String(browsers.size + 1)}`;
      browsers.set(path, { ecdh, auth });
      return { endpoint: base + path, keys: { p256dh, auth: auth.toString('base64url') } };
    },
    next: (...more) => void faults.push(...more),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** RFC 8188: salt 16, record size 4, key length 1, the sender's public key, then one encrypted record. */
function decrypted(raw: Buffer, browser: Browser): Buffer {
  const salt = raw.subarray(0, 16);
  const theirKey = raw.subarray(21, 21 + raw.readUInt8(20));
  const sealed = raw.subarray(21 + theirKey.length);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.ecdh.getPublicKey(), theirKey]);
  const secret = derive(browser.ecdh.computeSecret(theirKey), browser.auth, info, 32);
  const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  // The record ends with a 2 and any number of zeros.
  return padded.subarray(0, padded.lastIndexOf(2));
}

function derive(secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));
}

const claims = z.object({ aud: z.string(), sub: z.string() });

/** The `sub` of a good `vapid t=…, k=…` header, or undefined. */
function signerOf(header: string, audience: string): string | undefined {
  const told = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(header);
  const [, head = '', body = '', signature = '', key = ''] = told ?? [];
  if (!told) return undefined;
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const };
  if (!verify('sha256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url')))
    return undefined;
  const told2 = claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return told2.aud === audience ? told2.sub : undefined;
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}
