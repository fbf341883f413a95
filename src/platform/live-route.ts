import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { HttpApp } from './http.ts';
import type { Live, Subscription } from './live.ts';

export interface LiveRouteParts {
  readonly live: Live;
  /** Who is watching, and what they may know of. */
  readonly watcherOf: (
    request: FastifyRequest,
  ) => Promise<Pick<Subscription, 'organization' | 'subscriber' | 'sees'>>;
}

const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // nginx would hold the stream back until its buffer is full.
  'x-accel-buffering': 'no',
};

/** `GET /api/live`: the stream of one screen. */
export function liveRoute(app: HttpApp, { live, watcherOf }: LiveRouteParts): void {
  const query = z.object({ lastEventId: z.string().max(100).optional() });
  app.get(
    '/api/live',
    { config: { may: 'signed-in' }, schema: { querystring: query, hide: true } },
    async (request, reply) => {
      const watcher = await watcherOf(request);
      const header = request.headers['last-event-id'];
      // A browser's script cannot set the header, so that the id may come in the address too.
      const lastEventId = (typeof header === 'string' ? header : request.query.lastEventId) ?? null;
      const { raw } = reply;
      reply.hijack();
      const headers = { ...reply.getHeaders(), ...STREAM_HEADERS };
      for (const [name, value] of Object.entries(headers))
        if (value !== undefined) raw.setHeader(name, value);
      raw.flushHeaders();
      const leave = live.subscribe({
        ...watcher,
        lastEventId,
        sink: {
          write: (text) => void raw.write(text),
          unreadBytes: () => raw.writableLength,
          end: () => void raw.end(),
        },
      });
      raw.on('close', leave);
    },
  );
}
