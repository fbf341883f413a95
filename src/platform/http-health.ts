import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { HttpApp } from './http.ts';
import type { Metrics } from './metrics.ts';

/** Something without which the program cannot do its work: the database, migrations, the live line. */
export interface HealthPart {
  readonly name: string;
  ready(): boolean | Promise<boolean>;
}

const PART_MILLISECONDS_MAX = 2_000;

const Health = z.object({ ready: z.boolean(), parts: z.record(z.string(), z.boolean()) });

export interface HealthParts {
  readonly parts: readonly HealthPart[];
  readonly metrics: Metrics;
  /** Lets a scraper on another machine read /metrics; null: only from this machine. */
  readonly metricsToken: string | null;
}

export function healthRoutes(app: HttpApp, { parts, metrics, metricsToken }: HealthParts): void {
  app.get(
    '/healthz',
    { config: { may: 'public' }, schema: { response: { 200: Health, 503: Health } } },
    async (_request, reply) => {
      const states = await partStates(parts);
      const ready = Object.values(states).every(Boolean);
      return reply
        .code(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ ready, parts: states });
    },
  );
  app.get('/metrics', { config: { may: 'public' }, schema: { hide: true } }, async (request, reply) => {
    if (!mayScrape(request, metricsToken)) return reply.callNotFound();
    const { contentType, body } = await metrics.page();
    return reply.type(contentType).send(body);
  });
}

/** Each part by its name, asked now; one that does not answer in time is not ready. */
export async function partStates(parts: readonly HealthPart[]): Promise<Record<string, boolean>> {
  const states = await Promise.all(parts.map(async (part) => [part.name, await isReady(part)] as const));
  return Object.fromEntries(states);
}

async function isReady(part: HealthPart): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PART_MILLISECONDS_MAX);
  });
  try {
    return await Promise.race([part.ready(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

function mayScrape({ headers, socket }: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (given !== undefined) return token !== null && sameText(given, token);
  // A proxy on this machine makes everybody look local; what it forwards is not.
  const forwarded = headers['x-forwarded-for'] ?? headers['forwarded'];
  return forwarded === undefined && LOOPBACK.test(socket.remoteAddress ?? '');
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
