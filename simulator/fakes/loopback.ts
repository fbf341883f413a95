import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What a fake answers; null breaks the line without a word, as a lost connection does. */
export type Answered = { status: number; body: unknown; headers?: Record<string, string> } | null;

export interface Loopback {
  url: string;
  close(): Promise<void>;
}

/** A small server on 127.0.0.1 at a free port, for pretending to be another company. */
export async function loopback(
  answer: (request: Received) => Answered | Promise<Answered>,
): Promise<Loopback> {
  const server = createServer((request, response) => {
    void served(request, response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function served(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: Received) => Answered | Promise<Answered>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answered = await answer({
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'http://127.0.0.1'),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  });
  if (answered === null) {
    response.destroy();
    return;
  }
  const json = typeof answered.body === 'string' ? answered.body : JSON.stringify(answered.body);
  response.writeHead(answered.status, {
    'content-type': 'application/json; charset=UTF-8',
    ...answered.headers,
  });
  response.end(json);
}
