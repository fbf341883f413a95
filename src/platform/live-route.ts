import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { refuse, type HttpApp } from './http.ts';
import type { Live, Subscription } from './live.ts';

/** A stream outlives the request that opened it; who watches, and what they may know, is asked again this often. */
const ASKED_AGAIN_MILLISECONDS = 60_000;

type Watcher = Pick<Subscription, 'organization' | 'subscriber' | 'sees'>;

export interface LiveRouteParts {
  readonly live: Live;
  /** Who is watching and what they may know of, now; null: nobody (any more). */
  readonly watcherOf: (request: FastifyRequest) => Promise<Watcher | null>;
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
      if (watcher === null) return refuse({ refused: 'not-found' });
      const header = request.headers['last-event-id'];
      // A browser's script cannot set the header, so that the id may come in the address too.
      const lastEventId = (typeof header === 'string' ? header : request.query.lastEventId) ?? null;
      const { raw } = reply;
      reply.hijack();
      const headers = { ...reply.getHeaders(), ...STREAM_HEADERS };
      for (const [name, value] of Object.entries(headers))
        if (value !== undefined) raw.setHeader(name, value);
      raw.flushHeaders();
      let { sees } = watcher;
      const leave = live.subscribe({
        ...watcher,
        sees: (event) => sees(event),
        lastEventId,
        sink: {
          write: (text) => void raw.write(text),
          unreadBytes: () => raw.writableLength,
          end: () => void raw.end(),
        },
      });
      const again = setInterval(() => {
        // With the database away nothing can be said of who watches, nor is there anything new to tell.
        watcherOf(request).then(
          (now) => {
            if (now === null || now.organization !== watcher.organization) return leave();
            sees = now.sees;
            return undefined;
          },
          () => undefined,
        );
      }, ASKED_AGAIN_MILLISECONDS);
      raw.on('close', () => {
        clearInterval(again);
        leave();
      });
      return undefined;
    },
  );
}
