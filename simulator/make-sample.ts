import { Client } from 'pg';

import { listOrganizations } from '../src/decisions/index.ts';
import { features } from '../src/features.ts';
import { ROOT, rulesByDay } from '../src/main.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import type { Log } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrations.ts';
import type { UsedPostgres } from '../src/platform/postgres-use.ts';
import { StartupFault } from '../src/platform/startup-fault.ts';
import { between, type Instant } from '../src/platform/time.ts';
import type { Pack } from '../src/procedures/index.ts';
import { storeFile } from '../src/staff/index.ts';
import type { DemoFile } from './demo-file.ts';
import { beginningOf, planHistory, type HistoryParts } from './history.ts';
import { openSample } from './open-sample.ts';
import { planClaims } from './past-claims.ts';
import { sampleOrganization } from './sample-organization.ts';
import { simulatedHouse, type SimulatedHouse } from './simulated-house.ts';

export interface MakeSample {
  readonly url: string;
  readonly demo: DemoFile;
  readonly packs: readonly Pack[];
  readonly until: Instant;
  readonly signal?: AbortSignal;
  /** How far, 0 to 1. */
  readonly progress?: (done: number) => void;
}

/** Nothing is lost that matters: a history cut short by a power failure is begun again. */
const NOT_SYNCED = '-c synchronous_commit=off';

/** Opens the sample organization and lets its past pass, up to `until`. The database is migrated and has no organization. */
export async function makeSample({ url, demo, packs, until, signal, progress }: MakeSample): Promise<void> {
  const quick = new URL(url);
  quick.searchParams.set('options', NOT_SYNCED);
  const database = openDatabase(quick.href, { connectionsMax: 2 });
  try {
    const sample = sampleOrganization(demo.seed, demo.country);
    const start = beginningOf(until, sample.zone);
    const { organization, seed } = demo;
    const house = simulatedHouse({
      database,
      features,
      rulesFor: rulesByDay(packs),
      organization,
      start,
      seed,
    });
    await openSample(database, house, sample, { organization, packs, doors: { pbx: demo.pbx } });
    const keepFile = fileKeeper(database, organization, house);
    planHistory({ house, sample, packs, seed, until, keepFile });
    planClaims({ house, sample, seed, until, database, organization });
    const all = between(start, until);
    await house.runUntil(until, {
      ...(signal === undefined ? {} : { signal }),
      passed: (at) => progress?.(between(start, at) / all),
    });
  } finally {
    await database.close();
  }
}

/** Puts a paper's bytes beside the facts, as the screen does before it tells of the paper. */
export function fileKeeper(
  database: Database,
  organization: string,
  { now }: Pick<SimulatedHouse, 'now'>,
): HistoryParts['keepFile'] {
  return (id, content) =>
    database.inOrganization(organization, (tx) => storeFile(tx, organization, { id, content, at: now() }));
}

/**
 * A database to begin in: migrated, without an organization. What a killed start of the demo left is thrown away; anything
 * else is somebody's own and stays.
 */
export async function emptyDatabase(
  postgres: UsedPostgres,
  before: DemoFile | null,
  dataDir: string,
  log: Log,
): Promise<void> {
  if (before?.state === 'building' && postgres.adminUrl !== null)
    await recreate(postgres.adminUrl, postgres.url);
  await migrate(postgres.url, { folder: `${ROOT}/migrations`, log });
  const database = openDatabase(postgres.url, { connectionsMax: 1 });
  try {
    if ((await listOrganizations(database.kysely)).length === 0) return;
  } finally {
    await database.close();
  }
  throw new StartupFault('demo-folder-taken', {
    es: `La base de datos de ${dataDir} ya tiene una organización que no es la demostración. Elija otra carpeta con PAUTA_DATA u otra base con DATABASE_URL.`,
    en: `The database of ${dataDir} already has an organization that is not the demo. Choose another folder with PAUTA_DATA or another database with DATABASE_URL.`,
  });
}

async function recreate(adminUrl: string, url: string): Promise<void> {
  const { pathname, username } = new URL(url);
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const name = client.escapeIdentifier(pathname.slice(1));
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} owner ${client.escapeIdentifier(username)}`);
  } finally {
    await client.end();
  }
}
