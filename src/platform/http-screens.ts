import { existsSync, readdirSync } from 'node:fs';
import fastifyStatic from '@fastify/static';

import { refuse } from './http-errors.ts';
import type { HttpApp } from './http.ts';

const YEAR_SECONDS = 31_536_000;
const PAGE = 'index.html';

/**
 * The built screens. Files with a hash in their name never change and are kept by browsers for a year; the page itself is
 * asked for each time. Any other address a browser opens is the page's own business. A `.br` or `.gz` beside a file is sent instead of it.
 */
export async function serveScreens(app: HttpApp, { folder }: { folder: string }): Promise<void> {
  // The files are known at start: an address never reaches the disk unless it names one of them.
  const files = new Set(
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
      : [],
  );
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, cacheControl: false });
  app.get<{ Params: { '*': string } }>(
    '/*',
    { config: { may: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      const name = request.params['*'];
      if (name.startsWith('api/')) return reply.callNotFound();
      if (files.has(name) && name !== PAGE && name.includes('.')) {
        const hashed = name.startsWith('assets/');
        return reply
          .header('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
          .sendFile(name);
      }
      // A file that is gone (an old page asking for yesterday's chunk) must not be answered with the page.
      if (/\.\w+$/.test(name) && name !== PAGE) return reply.callNotFound();
      if (!files.has(PAGE)) refuse({ refused: 'not-found' });
      return reply.header('cache-control', 'no-cache').sendFile(PAGE);
    },
  );
}
