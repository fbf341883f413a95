import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseError } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { errorCatalog } from './errors.ts';
import {
  createHttp,
  httpErrors,
  refuse,
  type ErrorBody,
  type Http,
  type HttpApp,
  type HttpParts,
} from './http.ts';
import { languageOf } from './http-language.ts';
import { silentLog } from './log.ts';
import { createMetrics } from './metrics.ts';

const outsideHours = {
  code: 'outside-hours',
  status: 409,
  es: 'Abre a las {opens}.',
  en: 'Opens at {opens}.',
};
const open: Http[] = [];

afterEach(async () => {
  for (const http of open.splice(0)) await http.stop();
});

async function door(
  change: Partial<HttpParts> = {},
  routes: (app: HttpApp) => void = () => {},
): Promise<Http> {
  const http = await createHttp({
    log: silentLog,
    metrics: createMetrics({ processMetrics: false }),
    errors: errorCatalog({ http: httpErrors, gate: [outsideHours] }),
    publicUrl: 'https://pauta.example.com',
    version: '1.2.3',
    health: [],
    admit: async () => {},
    ...change,
  });
  open.push(http);
  routes(http.app);
  return http;
}

const Lead = z.strictObject({
  name: z.string().min(2),
  email: z.email().optional(),
  stage: z.enum(['new', 'old']),
});

function leadRoutes(app: HttpApp): void {
  app.post(
    '/api/leads',
    { config: { may: 'public' }, schema: { body: Lead, response: { 200: Lead } } },
    async ({ body }) => {
      if (body.name === 'closed') {
        return refuse({
          refused: 'outside-hours',
          because: ['contact-center-policy@2023-03-01#P3'],
          detail: { opens: '09:00' },
        });
      }
      if (body.name === 'broken') throw new Error('secret inside');
      if (body.name === 'full')
        throw Object.assign(new DatabaseError('could not extend file', 0, 'error'), { code: '53100' });
      if (body.name === 'away') throw Object.assign(new Error('connect ECONNREFUSED'), {});
      return body;
    },
  );
  app.post(
    '/api/hook',
    { config: { may: 'public', foreignOrigin: true, body: 'raw' } },
    async ({ body, rawBody }) => ({
      same: body === rawBody,
      text: rawBody?.toString('utf8') ?? null,
    }),
  );
}

const post = (http: Http, payload: unknown, headers: Record<string, string> = {}) =>
  http.app.inject({
    method: 'POST',
    url: '/api/leads',
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

const lead = { name: 'Carla', stage: 'new' };

describe('errors', () => {
  const english = { 'accept-language': 'en' };
  const cases = [
    {
      name: 'a missing field, in Spanish',
      body: { stage: 'new' },
      status: 400,
      code: 'not-valid',
      message: 'Falta este dato.',
      field: 'name',
    },
    {
      name: 'a choice, in English',
      body: { name: 'Carla', stage: 'gone' },
      headers: english,
      status: 400,
      code: 'not-valid',
      message: 'Must be one of: new, old.',
      field: 'stage',
    },
    {
      name: 'an e-mail',
      body: { ...lead, email: 'x' },
      status: 400,
      code: 'not-valid',
      message: 'No es una dirección de correo.',
      field: 'email',
    },
    {
      name: 'too short',
      body: { ...lead, name: 'x' },
      status: 400,
      code: 'not-valid',
      message: 'Escribe al menos 2 caracteres.',
      field: 'name',
    },
    {
      name: 'a wrong type',
      body: { ...lead, name: 5 },
      headers: english,
      status: 400,
      code: 'not-valid',
      message: 'Expected a text.',
      field: 'name',
    },
    {
      name: 'an unknown field',
      body: { ...lead, x: 1 },
      status: 400,
      code: 'not-valid',
      message: 'Campos que no se conocen: x.',
    },
    { name: 'no JSON', body: '{', status: 400, code: 'not-json', message: 'El cuerpo no es JSON válido.' },
    { name: 'a poisoned body', body: '{"__proto__":{"admin":true}}', status: 400, code: 'not-json' },
    {
      name: 'a deep body',
      body: `${'['.repeat(40)}${']'.repeat(40)}`,
      status: 400,
      code: 'too-deep',
      message: 'El JSON tiene demasiados niveles: como máximo 32.',
    },
    { name: 'a large body', body: `"${'x'.repeat(1024 * 1024)}"`, status: 413, code: 'too-large' },
    {
      name: 'another type',
      body: 'a=b',
      headers: { 'content-type': 'text/csv' },
      status: 415,
      code: 'not-this-type',
    },
    {
      name: 'a refusal with its clause',
      body: { ...lead, name: 'closed' },
      status: 409,
      code: 'outside-hours',
      message: 'Abre a las 09:00.',
    },
    {
      name: 'a refusal in English',
      body: { ...lead, name: 'closed' },
      headers: english,
      status: 409,
      code: 'outside-hours',
      message: 'Opens at 09:00.',
    },
    { name: 'the disk full', body: { ...lead, name: 'full' }, status: 503, code: 'disk-full' },
    { name: 'the database away', body: { ...lead, name: 'away' }, status: 503, code: 'unavailable' },
  ];
  it.each(cases)('$name', async ({ body, headers, status, code, message, field }) => {
    const http = await door({}, leadRoutes);
    const answer = await post(http, body, headers);
    const { error } = answer.json<ErrorBody>();
    expect({ status: answer.statusCode, code: error.code, field: error.field }).toEqual({
      status,
      code,
      field,
    });
    if (message !== undefined) expect(error.message).toBe(message);
    expect(answer.headers['retry-after']).toBe({ unavailable: '5', 'disk-full': '30' }[code]);
  });

  it('an unknown fault gives a reference, and only the log its message', async () => {
    const events: unknown[] = [];
    const http = await door(
      { log: { ...silentLog, error: (event, fields) => events.push({ event, ...fields }) } },
      leadRoutes,
    );
    const answer = await post(http, { ...lead, name: 'broken' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret inside');
    const { detail } = answer.json<ErrorBody>().error;
    expect(detail?.['reference']).toBe(answer.headers['x-request-id']);
    expect(events).toMatchObject([
      { event: 'request-failed', reference: detail?.['reference'], route: '/api/leads' },
    ]);
  });

  it('an address that is none', async () => {
    const answer = await (await door()).app.inject('/api/none');
    expect([answer.statusCode, answer.json<ErrorBody>().error.code]).toEqual([404, 'not-found']);
  });
});

describe('bodies', () => {
  it('a raw route gets the bytes as they came, whatever the type', async () => {
    const http = await door({}, leadRoutes);
    const sent = [
      { type: 'application/json', payload: '{"a": 1 ' },
      { type: 'text/plain', payload: 'ñ' },
      { type: 'application/x-www-form-urlencoded', payload: 'a=1' },
    ];
    for (const { type, payload } of sent) {
      const answer = await http.app.inject({
        method: 'POST',
        url: '/api/hook',
        headers: { 'content-type': type },
        payload,
      });
      expect(answer.json()).toEqual({ same: true, text: payload });
    }
  });
});

describe('who may call', () => {
  it('a route that does not say stops the start', async () => {
    await expect(door({}, (app) => void app.get('/api/silent', async () => 'x'))).rejects.toThrow(
      'does not say who may call it',
    );
  });

  it('admit is asked before the body is read, and not for public routes', async () => {
    const asked: unknown[] = [];
    const http = await door(
      {
        admit: async (_request, wanted) => {
          asked.push(wanted);
          refuse({ refused: 'outside-hours' });
        },
      },
      (app) => {
        leadRoutes(app);
        app.post('/api/keys', { config: { may: 'key', scope: 'leads.write' } }, async () => 'never');
      },
    );
    expect((await post(http, lead)).statusCode).toBe(200);
    expect((await http.app.inject({ method: 'POST', url: '/api/keys', payload: '{' })).statusCode).toBe(409);
    expect(asked).toEqual([{ may: 'key', scope: 'leads.write' }]);
  });
});

describe('other sites', () => {
  const cases = [
    { name: 'no origin (a program)', headers: {}, status: 200 },
    { name: 'our public address', headers: { origin: 'https://pauta.example.com' }, status: 200 },
    {
      name: 'the host asked for',
      headers: { origin: 'http://127.0.0.1:9', host: '127.0.0.1:9' },
      status: 200,
    },
    { name: 'another site', headers: { origin: 'https://evil.example' }, status: 403 },
    { name: 'a page without an address', headers: { origin: 'null' }, status: 403 },
    { name: 'the browser says so', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  ];
  it.each(cases)('$name: $status', async ({ headers, status }) => {
    expect((await post(await door({}, leadRoutes), lead, headers)).statusCode).toBe(status);
  });

  it('may send to a webhook', async () => {
    const http = await door({}, leadRoutes);
    const answer = await http.app.inject({
      method: 'POST',
      url: '/api/hook',
      headers: { origin: 'https://x.example' },
      payload: 'x',
    });
    expect(answer.statusCode).toBe(200);
  });

  it('frames only what is made for frames; no inline scripts', async () => {
    const http = await door({}, (app) => {
      app.get('/form', { config: { may: 'public', embeddable: true } }, async () => 'form');
      app.get('/page', { config: { may: 'public' } }, async () => 'page');
    });
    const form = await http.app.inject('/form');
    const page = await http.app.inject('/page');
    expect(form.headers['content-security-policy']).toContain('frame-ancestors *');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000',
    });
  });
});

describe('health', () => {
  it('names the part that is not ready', async () => {
    const health = [
      { name: 'database', ready: () => true },
      { name: 'live', ready: () => Promise.reject(new Error('down')) },
    ];
    const answer = await (await door({ health })).app.inject('/healthz');
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { ready: false, parts: { database: true, live: false, serving: true } },
    ]);
  });

  const scrapes = [
    { name: 'from this machine', remoteAddress: '127.0.0.1', headers: {}, status: 200 },
    {
      name: 'through a proxy on it',
      remoteAddress: '127.0.0.1',
      headers: { 'x-forwarded-for': '203.0.113.9' },
      status: 404,
    },
    { name: 'from elsewhere', remoteAddress: '203.0.113.9', headers: {}, status: 404 },
    {
      name: 'from elsewhere with the token',
      remoteAddress: '203.0.113.9',
      headers: { authorization: 'Bearer t0ken' },
      status: 200,
    },
    {
      name: 'with a wrong token',
      remoteAddress: '127.0.0.1',
      headers: { authorization: 'Bearer wrong' },
      status: 404,
    },
  ];
  it.each(scrapes)('metrics $name: $status', async ({ remoteAddress, headers, status }) => {
    const http = await door({ metricsToken: 't0ken' });
    await http.app.inject('/healthz');
    const answer = await http.app.inject({ url: '/metrics', remoteAddress, headers });
    expect(answer.statusCode).toBe(status);
    if (status === 200)
      expect(answer.body).toContain(
        'pauta_http_request_seconds_count{method="GET",route="/healthz",status="200"} 1',
      );
  });

  it('a stop lets the request under way end', async () => {
    const waiting = Promise.withResolvers<string>();
    const arrival = Promise.withResolvers<void>();
    const http = await door({}, (app) => {
      app.get('/slow', { config: { may: 'public' } }, async () => {
        arrival.resolve();
        return waiting.promise;
      });
    });
    const answer = fetch(`${await http.listen({ host: '127.0.0.1', port: 0 })}/slow`);
    await arrival.promise;
    const stopped = http.stop();
    waiting.resolve('done');
    expect(await (await answer).text()).toBe('done');
    await stopped;
    open.splice(0);
  });
});

describe('API description', () => {
  it('is generated from the schemas', async () => {
    const http = await door({}, leadRoutes);
    const document = (await http.app.inject('/api/openapi.json')).json<{
      openapi: string;
      paths: Record<string, { post?: { requestBody?: unknown } }>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/api/leads']?.post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { required: ['name', 'stage'] } } },
    });
  });
});

describe('screens', () => {
  it('files with a hash are kept, the page is not, other addresses are the page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pauta-screens-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Pauta</title>');
    writeFileSync(join(folder, 'icon.svg'), '<svg/>');
    writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'script');
    writeFileSync(join(folder, 'assets', 'app-1a2b.js.gz'), 'packed');
    try {
      const { app } = await door({ screensFolder: folder });
      const get = async (url: string, headers = {}) => {
        const { statusCode, headers: given, body } = await app.inject({ url, headers });
        return { statusCode, cache: given['cache-control'], body, encoding: given['content-encoding'] };
      };
      expect(await get('/assets/app-1a2b.js')).toMatchObject({
        body: 'script',
        cache: 'public, max-age=31536000, immutable',
      });
      expect(await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' })).toMatchObject({
        body: 'packed',
        encoding: 'gzip',
      });
      expect(await get('/icon.svg')).toMatchObject({ cache: 'no-cache', body: '<svg/>' });
      for (const page of ['/', '/leads/L1', '/index.html']) {
        expect(await get(page)).toMatchObject({ statusCode: 200, cache: 'no-cache' });
      }
      for (const none of [
        '/assets/gone.js',
        '/api/none',
        '/../package.json',
        '/%2e%2e/package.json',
        '/assets',
      ]) {
        expect((await get(none)).body, none).not.toContain('devDependencies');
      }
      expect((await get('/assets/gone.js')).statusCode).toBe(404);
      expect((await get('/api/none')).statusCode).toBe(404);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('languageOf', () => {
  it.each([
    [undefined, 'es'],
    ['en-US,en;q=0.9', 'en'],
    ['es-CO,es;q=0.9,en;q=0.8', 'es'],
    ['en;q=0.5, es-MX;q=0.9', 'es'],
    ['fr,en;q=0.2', 'en'],
    ['fr', 'es'],
    ['en;q=0', 'es'],
  ])('%s: %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

it('a port that another program has is said in a line, not in a stack', async () => {
  const first = await door();
  const port = Number(new URL(await first.listen({ host: '127.0.0.1', port: 0 })).port);
  const second = await door();
  const refused = second.listen({ host: '127.0.0.1', port });
  await expect(refused).rejects.toMatchObject({ name: 'StartupFault', code: 'no-place-to-listen' });
  await expect(refused).rejects.toThrow(`127.0.0.1:${port} is used by another program`);
});
