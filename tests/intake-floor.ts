import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';

import { features } from '../src/features.ts';
import { accessErrors } from '../src/access/index.ts';
import { createHouse, insertOrganization, type Fact, type House } from '../src/decisions/index.ts';
import { errorCatalog } from '../src/platform/errors.ts';
import { createHttp, httpErrors, type Http } from '../src/platform/http.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import { newId } from '../src/platform/ids.ts';
import { silentLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { requestRate } from '../src/platform/request-rate.ts';
import { keyFor } from '../src/platform/secret.ts';
import { instant, plus, type Instant } from '../src/platform/time.ts';
import { inForce, readPacks } from '../src/procedures/index.ts';
import { sealWith } from '../src/platform/sealing.ts';
import { intakeRoutes, sourceErrors, type SourceRouteParts } from '../src/sources/index.ts';

/** A sales floor of three advisors with its sources, its clock by hand and its doors open: what intake tests stand on. */
export interface IntakeFloor {
  readonly organization: string;
  readonly database: Database;
  readonly house: House;
  readonly http: Http;
  readonly parts: SourceRouteParts;
  now: Instant;
  advance(milliseconds: number): void;
  /** A house whose next submissions fail, as if the process had ended between storing and deciding. */
  breakHouse(times: number): void;
  /** Makes a source and gives the path of its address, if it has one. */
  source(key: string, about: Record<string, unknown>): Promise<string>;
  count(table: string, where?: string): Promise<number>;
  rows<Row>(query: string): Promise<Row[]>;
  close(): Promise<void>;
}

export const FLOOR_START = instant('2026-07-15T16:00:00Z');
const SECRET = 'a secret of thirty-two bytes or more, of the tests';

export async function openFloor(
  url: string,
  options: { graphUrl?: string; country?: 'MX' | 'CO' } = {},
): Promise<IntakeFloor> {
  const database = openDatabase(url, { connectionsMax: 12 });
  const organization = newId();
  const state = { now: FLOOR_START, breaks: 0 };
  const clock = { now: () => state.now };
  const country = options.country ?? 'MX';
  const about = { name: 'Casa Ejemplo', country, zone: 'America/Mexico_City', locale: 'es-MX' };
  const loaded = await readPacks(join(import.meta.dirname, '..'));
  const packs = 'packs' in loaded ? loaded.packs : [];
  // Nothing is adopted, so the rules of the house hold, the same on every day.
  const rules = inForce(packs, [], about.zone, FLOOR_START);
  const whole = createHouse({
    database,
    features,
    clock,
    newId,
    salt: newId,
    rulesFor: () => rules,
    announce: () => undefined,
  });
  const house: House = {
    ...whole,
    submit: (...given) => {
      if (state.breaks <= 0) return whole.submit(...given);
      state.breaks -= 1;
      return Promise.reject(new Error('the process ended'));
    },
  };
  await insertOrganization(database.kysely, { id: organization, openedAt: state.now, ...about });
  await whole.submit(organization, { fact: 'organization.opened', actor: 'system', ...about });
  for (const [id, name] of [
    ['ana', 'Ana Ruiz'],
    ['beto', 'Beto Núñez'],
    ['carla', 'Carla Ibáñez'],
  ]) {
    await whole.submit(organization, advisor(id ?? '', name ?? ''));
  }
  const caller = { organization, actor: 'key:test', source: null };
  const parts: SourceRouteParts = {
    database,
    house,
    clock,
    newId,
    keys: {
      seal: sealWith(keyFor(SECRET, 'sources')),
      formSecret: keyFor(SECRET, 'forms').toString('hex'),
    },
    log: silentLog,
    wake: () => undefined,
    whoIs: (request) => (request.routeOptions.config.may === 'key' ? caller : { ...caller, actor: 'ana' }),
    rate: requestRate(() => Date.parse(state.now)),
    publicUrl: 'https://pauta.example.com',
    newDoor: () => randomBytes(32).toString('base64url'),
    fetch,
    graphUrl: options.graphUrl ?? 'http://127.0.0.1:9',
  };
  const http = await createHttp({
    log: silentLog,
    metrics: createMetrics({ processMetrics: false }),
    errors: errorCatalog({ http: httpErrors, access: accessErrors, sources: sourceErrors }),
    publicUrl: parts.publicUrl,
    version: '0.0.0',
    health: [],
    admit: async () => {},
  });
  intakeRoutes(http.app, parts);
  const rows = <Row>(query: string): Promise<Row[]> =>
    database.inOrganization(organization, async (tx) => (await sql.raw<Row>(query).execute(tx)).rows);
  return {
    organization,
    database,
    house,
    http,
    parts,
    get now() {
      return state.now;
    },
    set now(at) {
      state.now = at;
    },
    advance: (milliseconds) => (state.now = plus(state.now, milliseconds)),
    breakHouse: (times) => (state.breaks = times),
    source: async (key, source) => {
      const payload = { name: key, ...source };
      const put = await http.app.inject({ method: 'PUT', url: `/api/sources/${key}`, payload });
      if (put.statusCode !== 200) throw new Error(`source ${key}: ${put.body}`);
      const listed = await http.app.inject({ method: 'GET', url: '/api/sources' });
      const { sources } = listed.json<{ sources: { key: string; address: string | null }[] }>();
      return (sources.find((one) => one.key === key)?.address ?? '').replace(parts.publicUrl, '');
    },
    count: async (table, where = 'true') => {
      const found = await rows<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`);
      return found[0]?.n ?? -1;
    },
    rows,
    close: async () => {
      await http.stop();
      await database.close();
    },
  };
}

function advisor(person: string, name: string): Fact {
  return {
    fact: 'person.registered',
    actor: 'system',
    person,
    name,
    role: 'advisor',
    zone: null,
    reportsTo: null,
    email: `${person}@example.com`,
    phone: null,
    extension: null,
    internal: true,
    documents: 'complete',
    grade: 'pass',
    signed: true,
  } as Fact;
}
