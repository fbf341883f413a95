import { randomUUID } from 'node:crypto';
import fastifySwagger from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';

import type { ErrorCatalog } from './errors.ts';
import { BODY_BYTES_MAX, readBodies } from './http-body.ts';
import { answerError, sendRefusal } from './http-errors.ts';
import { StartupFault, type FaultText } from './startup-fault.ts';
import { refuseForeignOrigins, setSecurityHeaders } from './http-guards.ts';
import { healthRoutes, type HealthPart } from './http-health.ts';
import { languageOf, type AnswerLanguage } from './http-language.ts';
import { serveScreens } from './http-screens.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

export { BODY_BYTES_MAX, JSON_LEVELS_MAX } from './http-body.ts';
export { httpErrors, refuse, Refused, type ErrorBody, type RefusalAnswer } from './http-errors.ts';
export type { HealthPart } from './http-health.ts';
export { languageOf, type AnswerLanguage } from './http-language.ts';

/** How long a stop waits for requests under way before it cuts them. */
const DRAIN_MILLISECONDS_MAX = 10_000;
/** A sender that has not finished its headers and body by then is cut. */
const REQUEST_MILLISECONDS_MAX = 60_000;

/**
 * Who may call a route, by name; the feature that knows who is asking adds its permissions here by declaration merging.
 * 'public': anybody. 'signed-in': anyone with a session. 'key': programs with an API key.
 */
export interface Callers {
  public: true;
  'signed-in': true;
  key: true;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route says who may call it; one that does not stops the start. */
    may?: keyof Callers;
    /** API keys with this scope may call too (alone, where `may` is 'key'). */
    scope?: string;
    /** 'raw': the body stays bytes, whatever its type. */
    body?: 'raw';
    /** Pages of other sites may send here: webhooks, the public form. */
    foreignOrigin?: boolean;
    /** May stand in a frame of another site. */
    embeddable?: boolean;
  }
  interface FastifyRequest {
    /** Of the answer: the caller's own once they are known, else what their browser asks for. */
    language: AnswerLanguage;
    /** The body as it came, once it has been read. */
    rawBody: Buffer | null;
  }
}

export type HttpApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface HttpParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly errors: ErrorCatalog;
  /** Scheme, host and port under which browsers reach us. */
  readonly publicUrl: string;
  /** The version shown in the API's description. */
  readonly version: string;
  /** What must be up before we call ourselves ready. */
  readonly health: readonly HealthPart[];
  readonly metricsToken?: string | null;
  /** The built screens; null in a process or test without them. */
  readonly screensFolder?: string | null;
  /** Addresses of proxies whose X-Forwarded-For is believed. None by default: anybody can write that header. */
  readonly trustedProxies?: readonly string[];
  /** Runs before any body is read: finds out who asks and refuses (`refuse`) whoever may not. Not asked for 'public' routes. */
  admit(request: FastifyRequest, wanted: { may: keyof Callers; scope: string | null }): Promise<void>;
}

export interface RouteEntry {
  readonly method: string;
  readonly url: string;
  readonly may: keyof Callers;
  readonly scope: string | null;
}

export interface Http {
  readonly app: HttpApp;
  /** Every route with who may call it, in the order they were made. */
  readonly routes: readonly RouteEntry[];
  /** Gives the address listened on. */
  listen(at: { host: string; port: number }): Promise<string>;
  /** Takes no new requests, lets those under way end, then cuts what is left. Live streams are ended before (see live.ts). */
  stop(): Promise<void>;
}

/**
 * The door of the product: one Fastify application with its rules already in place. Features add their routes with
 * `app.register` before `listen`. Throws at registration when a route does not declare `config.may`.
 */
export async function createHttp(parts: HttpParts): Promise<Http> {
  const app: HttpApp = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MILLISECONDS_MAX,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    trustProxy: [...(parts.trustedProxies ?? [])],
    routerOptions: { ignoreTrailingSlash: true },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('language', 'es');
  app.decorateRequest('rawBody', null);
  const { catalog, log } = { catalog: parts.errors, log: parts.log };
  app.setErrorHandler(answerError({ catalog, log }));

  const routes: RouteEntry[] = [];
  keepRouteList(app, routes);
  measure(app, parts);
  app.addHook('onRequest', (request, reply, done) => {
    request.language = languageOf(request.headers['accept-language']);
    void reply.header('x-request-id', request.id);
    done();
  });
  setSecurityHeaders(app, parts);
  refuseForeignOrigins(app, parts);
  app.addHook('onRequest', async (request) => {
    const { may, scope } = request.routeOptions.config;
    if (request.is404 || may === undefined || may === 'public') return;
    await parts.admit(request, { may, scope: scope ?? null });
  });
  readBodies(app);
  app.setNotFoundHandler(async (request, reply) =>
    sendRefusal(catalog, request, reply, { refused: 'not-found' }),
  );
  await describeApi(app, parts.version);

  const state = { stopping: false };
  const health = [...parts.health, { name: 'serving', ready: () => !state.stopping }];
  healthRoutes(app, { parts: health, metrics: parts.metrics, metricsToken: parts.metricsToken ?? null });
  const folder = parts.screensFolder ?? null;
  if (folder !== null) await serveScreens(app, { folder });
  return {
    app,
    routes,
    listen: ({ host, port }) => listenOrSay(app, host, port),
    stop: async () => {
      state.stopping = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MILLISECONDS_MAX);
      try {
        await app.close();
      } finally {
        clearTimeout(cut);
      }
    },
  };
}

const NO_PLACE: Readonly<Record<string, FaultText>> = {
  EADDRINUSE: {
    es: 'ya lo usa otro programa. Deténgalo, o elija otro puerto con PORT.',
    en: 'is used by another program. Stop it, or choose another port with PORT.',
  },
  EACCES: {
    es: 'no se le permite a este usuario. Elija un puerto desde 1024 con PORT.',
    en: 'is not allowed to this user. Choose a port from 1024 on with PORT.',
  },
  EADDRNOTAVAIL: {
    es: 'no es una dirección de esta máquina. Revise HOST.',
    en: 'is not an address of this machine. Check HOST.',
  },
};

/** Throws StartupFault where the place cannot be had. */
async function listenOrSay(app: HttpApp, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = NO_PLACE[code];
    if (why === undefined) throw cause;
    const place = `${host}:${port}`;
    throw new StartupFault(
      'no-place-to-listen',
      { es: `${place} ${why.es}`, en: `${place} ${why.en}` },
      cause,
    );
  }
}

function keepRouteList(app: HttpApp, routes: RouteEntry[]): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    const may = config?.may;
    if (may === undefined)
      throw new Error(`the route ${String(method)} ${url} does not say who may call it (config.may)`);
    for (const one of [method].flat()) routes.push({ method: one, url, may, scope: config?.scope ?? null });
  });
}

function measure(app: HttpApp, { metrics, log }: HttpParts): void {
  const seconds = metrics.histogram({
    name: 'http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labels: ['method', 'route', 'status'],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    // An event stream lasts hours; its length says nothing of how quickly we answer.
    if (reply.raw.getHeader('content-type') !== 'text/event-stream') {
      seconds.observe(
        { method: request.method, route, status: String(reply.statusCode) },
        reply.elapsedTime / 1000,
      );
    }
    log.debug('request-answered', {
      request: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    });
    done();
  });
}

async function describeApi(app: HttpApp, version: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Pauta', version, license: { name: 'AGPL-3.0-only' } },
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'pauta_…' },
          session: { type: 'apiKey', in: 'cookie', name: 'pauta.session_token' },
        },
      },
    },
    transform: (document) => {
      const described = jsonSchemaTransform(document);
      const { may, scope } = document.route.config ?? {};
      const security = [
        ...(scope === undefined ? [] : [{ key: [scope] }]),
        ...(may === 'key' ? [] : [{ session: [] }]),
      ];
      return may === 'public' ? described : { ...described, schema: { ...described.schema, security } };
    },
  });
  app.get(
    '/api/openapi.json',
    { config: { may: 'public' }, schema: { hide: true } },
    async (_request, reply) => reply.send(app.swagger()),
  );
}
