import type { FastifyInstance, FastifyRequest } from 'fastify';

import { refuse } from './http-errors.ts';

const YEAR_SECONDS = 31_536_000;

/** Styles may stand inline (the component kit writes them so); scripts never. */
const policy = (frameAncestors: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');

const OWN_PAGES = policy("'none'");
const EMBEDDABLE = policy('*');

export function setSecurityHeaders(app: FastifyInstance, { publicUrl }: { publicUrl: string }): void {
  const encrypted = publicUrl.startsWith('https:');
  app.addHook('onRequest', (request, reply, done) => {
    const embeddable = request.routeOptions.config.embeddable === true;
    void reply.headers({
      'content-security-policy': embeddable ? EMBEDDABLE : OWN_PAGES,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
      ...(embeddable ? {} : { 'x-frame-options': 'DENY' }),
      ...(encrypted ? { 'strict-transport-security': `max-age=${YEAR_SECONDS}` } : {}),
    });
    done();
  });
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A page of another site may make a signed-in browser send a request with its cookies; it cannot hide where it comes from.
 * Routes that other sites are meant to call (webhooks, the public form) say `foreignOrigin: true`.
 */
export function refuseForeignOrigins(app: FastifyInstance, { publicUrl }: { publicUrl: string }): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (READING.has(request.method) || request.routeOptions.config.foreignOrigin === true) return done();
    if (isForeign(request, publicUrl)) refuse({ refused: 'foreign-origin' });
    return done();
  });
}

function isForeign({ headers, host }: FastifyRequest, publicUrl: string): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] === 'cross-site';
  if (origin === publicUrl) return false;
  // Behind a proxy the scheme may differ from what this process sees; the host may not.
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
