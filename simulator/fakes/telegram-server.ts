/** Telegram's Bot API on loopback, as far as a group is posted in: it keeps what was posted, and misbehaves as told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export type TelegramFault =
  | { readonly status: 429; readonly retryAfter?: number }
  | { readonly status: 400; readonly migrateTo: string }
  | { readonly status: 401 | 403 | 404 | 500 | 502; readonly description?: string }
  /** The line breaks, or nobody ever answers; `posted`: after the post stood in the group. */
  | { readonly drop: true; readonly posted: boolean }
  | { readonly silent: true; readonly posted: boolean };

export interface Post {
  readonly chatId: string;
  readonly threadId: number | null;
  readonly text: string;
}

export interface TelegramServer {
  readonly base: string;
  readonly posts: readonly Post[];
  readonly asked: () => number;
  next(...faults: TelegramFault[]): void;
  /** The group grew into another: what is posted to its old id is answered with the new one. */
  migrate(from: string, to: string): void;
  close(): Promise<void>;
}

const body = z.object({
  chat_id: z.union([z.string(), z.number()]).transform(String),
  text: z.string().min(1).max(4_096),
  message_thread_id: z.number().optional(),
});

export async function startTelegramServer({ token }: { readonly token: string }): Promise<TelegramServer> {
  const posts: Post[] = [];
  const faults: TelegramFault[] = [];
  const moved = new Map<string, string>();
  const silent = new Set<ServerResponse>();
  let asked = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked += 1;
    const raw = await textOf(request);
    const answer = (status: number, told: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
    };
    const no = (status: number, description: string, parameters?: object): void =>
      answer(status, { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) });
    if (request.url !== `/bot${token}/sendMessage`) return no(401, 'Unauthorized');
    const asks = body.safeParse(JSON.parse(raw));
    if (!asks.success) return no(400, 'Bad Request: message text is empty');
    const post = {
      chatId: asks.data.chat_id,
      threadId: asks.data.message_thread_id ?? null,
      text: asks.data.text,
    };
    const fault = faults.shift();
    if (fault !== undefined && ('drop' in fault || 'silent' in fault)) {
      if (fault.posted) posts.push(post);
      if ('drop' in fault) request.socket.destroy();
      else silent.add(response);
      return undefined;
    }
    if (fault?.status === 429)
      return no(
        429,
        'Too Many Requests',
        fault.retryAfter === undefined ? undefined : { retry_after: fault.retryAfter },
      );
    if (fault?.status === 400)
      return no(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: Number(fault.migrateTo) });
    if (fault !== undefined) return no(fault.status, fault.description ?? 'Forbidden: bot was kicked');
    const to = moved.get(post.chatId);
    if (to !== undefined)
      return no(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: Number(to) });
    posts.push(post);
    const chat = { id: Number(post.chatId), type: 'supergroup', title: 'Apartados' };
    return answer(200, { ok: true, result: { message_id: posts.length, date: 0, chat, text: post.text } });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    posts,
    asked: () => asked,
    next: (...told) => void faults.push(...told),
    migrate: (from, to) => void moved.set(from, to),
    close: () =>
      new Promise((resolve) => {
        for (const response of silent) response.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
