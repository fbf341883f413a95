/** How the Graph API answers, and how a request of it is read. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const BODY_BYTES_MAX = 1_000_000;

export function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function refuse(response: ServerResponse, status: number, code: number, details?: string): void {
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

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_BYTES_MAX) throw new Error('body too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
