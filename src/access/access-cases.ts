/** For this folder's tests: a whole door on a real database, and a browser that keeps its cookies. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { errorCatalog } from '../platform/errors.ts';
import { createHttp, httpErrors, type Http, type HttpApp } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { createLive, type Live } from '../platform/live.ts';
import { silentLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { plus, systemClock, type Instant } from '../platform/time.ts';
import type { Role } from '../staff/index.ts';
import { accessErrors, createAccess, type Access, type AccessMessage, type AccessParts } from './index.ts';

export const PASSWORD = 'una frase larga y mía';
const SECRET = randomBytes(32).toString('hex');

export interface Process {
  readonly database: Database;
  readonly live: Live;
  readonly access: Access;
  readonly http: Http;
  readonly messages: AccessMessage[];
  browser(address?: string): Browser;
  stop(): Promise<void>;
}

/** One process of the product, as far as sign-in goes. Several may share a database. */
export async function openProcess(
  { url }: TestDatabase,
  change: Partial<AccessParts> = {},
  routes: (app: HttpApp, access: Access) => void = () => {},
): Promise<Process> {
  const database = openDatabase(url, { connectionsMax: 8 });
  const live = await createLive({ databaseUrl: url, clock: systemClock, log: silentLog });
  const messages: AccessMessage[] = [];
  const publicUrl = 'http://pauta.example.com';
  const access = createAccess({
    database,
    live,
    clock: systemClock,
    newId,
    log: silentLog,
    publicUrl,
    secret: SECRET,
    deliver: async (message) => {
      messages.push(message);
      return 'mail-not-set-up';
    },
    openOrganization: async ({ administrator, ...organization }) => {
      await openOrganization(database, 'first', organization);
      await addPerson(database, 'first', { id: 'admin', role: 'administrator', name: administrator.name });
      return { organization: 'first', person: 'admin' };
    },
    ...change,
  });
  const http = await createHttp({
    log: silentLog,
    metrics: createMetrics({ processMetrics: false }),
    errors: errorCatalog({ http: httpErrors, access: accessErrors }),
    publicUrl,
    version: '0',
    health: [],
    admit: access.admit,
  });
  access.routes(http.app);
  routes(http.app, access);
  await http.app.ready();
  return {
    database,
    live,
    access,
    http,
    messages,
    browser: (address = '203.0.113.7') => openBrowser(http, address),
    stop: async () => {
      await live.close();
      await http.stop();
      await database.close();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** Of an error; empty otherwise. */
  readonly code: string;
  readonly message: string;
  readonly headers: Record<string, unknown>;
}

export interface Browser {
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  post(url: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  send(method: 'PUT' | 'DELETE', url: string, body?: object): Promise<Answer>;
  signIn(email: string, password?: string): Promise<Answer>;
  readonly cookies: Map<string, string>;
}

export function openBrowser(http: Http, remoteAddress: string): Browser {
  const cookies = new Map<string, string>();
  const send = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await http.app.inject({
      method,
      url,
      remoteAddress,
      headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const parsed: Record<string, unknown> & { error?: { code: string; message: string } } =
      answer.body === '' ? {} : answer.json();
    const { code = '', message = '' } = parsed.error ?? {};
    return { status: answer.statusCode, body: parsed, code, message, headers: answer.headers };
  };
  return {
    cookies,
    get: (url, headers) => send('GET', url, undefined, headers),
    post: (url, body, headers) => send('POST', url, body, headers),
    send,
    signIn: (email, password = PASSWORD) => send('POST', '/api/auth/sign-in/email', { email, password }),
  };
}

export async function openOrganization(
  database: Database,
  id: string,
  { name, country, zone, locale }: { name: string; country: string; zone: string; locale: string } = {
    name: `Organization ${id}`,
    country: 'MX',
    zone: 'America/Mexico_City',
    locale: 'es-MX',
  },
): Promise<void> {
  await sql`
    insert into organizations (id, name, country, zone, locale, opened_at)
    values (${id}, ${name}, ${country}, ${zone}, ${locale}, now())`.execute(database.kysely);
}

export interface NewPerson {
  readonly id: string;
  readonly role: Role;
  readonly name?: string;
  readonly email?: string;
  readonly reportsTo?: string;
  readonly zone?: string;
}

export async function addPerson(database: Database, organization: string, person: NewPerson): Promise<void> {
  const {
    id,
    role,
    name = `Person ${id}`,
    email = `${id}@example.com`,
    reportsTo = null,
    zone = null,
  } = person;
  await database.inOrganization(organization, (tx) =>
    sql`
      insert into people (organization_id, id, place, name, role, zone, reports_to, email, internal, documents, grade, signed, signatures, absent)
      values (${organization}, ${id}, 1, ${name}, ${role}, ${zone}, ${reportsTo}, ${email}, true, 'complete', 'pass', true, '{}', false)
    `.execute(tx),
  );
}

export async function leave(database: Database, organization: string, person: string): Promise<void> {
  await database.inOrganization(organization, (tx) =>
    sql`update people set left_at = now() where organization_id = ${organization} and id = ${person}`.execute(
      tx,
    ),
  );
}

export { testDatabase, type TestDatabase };

/** A clock that stands until it is moved. */
export function standingClock(at: Instant = systemClock.now()) {
  let now = at;
  return {
    now: () => now,
    pass: (milliseconds: number) => {
      now = plus(now, milliseconds);
    },
  };
}
