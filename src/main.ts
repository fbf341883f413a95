import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import {
  accessErrors,
  createAccess,
  type Access,
  type AccessMessage,
  type OpenOrganization,
} from './access/index.ts';
import { callsFeature } from './calls/index.ts';
import { contactsFeature } from './contacts/index.ts';
import {
  CLOCK_EVERY_MILLISECONDS,
  createHouse,
  fireDeadlines,
  insertOrganization,
  listOrganizations,
  organizationFeature,
  type Fact,
  type Feature,
  type House,
  type Organization,
} from './decisions/index.ts';
import { gateFeature } from './gate/index.ts';
import { organizationsToSeal, sealEntries } from './journal/index.ts';
import { leadErrors, leadRoutes, leadsFeature, liveEvents } from './leads/index.ts';
import { outboxFeature } from './messages/index.ts';
import { loadConfig, type Config } from './platform/config.ts';
import { openDatabase, type Database } from './platform/database.ts';
import { errorCatalog } from './platform/errors.ts';
import { createHttp, httpErrors, type Http } from './platform/http.ts';
import { newId } from './platform/ids.ts';
import { createLive, type Live } from './platform/live.ts';
import { createLog, type Log } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { migrate } from './platform/migrations.ts';
import { usePostgres } from './platform/postgres-use.ts';
import { installationSecret } from './platform/secret.ts';
import { StartupFault } from './platform/startup-fault.ts';
import { systemClock, type Clock, type Instant } from './platform/time.ts';
import { createWorker, workMetrics, type Worker } from './platform/work.ts';
import {
  asWritten,
  faultLine,
  inForce,
  localDay,
  readPacks,
  type Pack,
  type Rules,
} from './procedures/index.ts';
import { staffFeature } from './staff/index.ts';
import type { Dialer } from './switchboard/index.ts';
import { buildWeb } from '../web/build.ts';

export const ROOT = join(import.meta.dirname, '..');

/** All that decides, in the order in which each loads what the next one needs. */
export const features: readonly Feature[] = [
  organizationFeature,
  staffFeature,
  contactsFeature,
  gateFeature,
  callsFeature,
  outboxFeature,
  leadsFeature,
];

/** The running program, for whoever embeds it: the command line, the sample organization, tests. */
export interface Program {
  readonly address: string;
  readonly config: Config;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly house: House;
  readonly access: Access;
  readonly packs: readonly Pack[];
  readonly http: Http;
  readonly log: Log;
  openOrganization(opening: OpenOrganization): Promise<{ organization: string; person: string }>;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly config: Config;
  readonly clock?: Clock;
  readonly log?: Log;
  /** The PBX of an organization, where it can be asked to make a call. */
  readonly dialerOf?: DialerOf;
}

type DialerOf = (organization: string) => Promise<Dialer | null>;

/** Starts every part that the configuration names, on the database it names. The only wiring there is. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const {
    config,
    clock = systemClock,
    log = createLog({ level: config.logLevel }),
    dialerOf = async () => null,
  } = options;
  const postgres = await usePostgres({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log });
  const stops: (() => Promise<void>)[] = [postgres.stop];
  try {
    await migrate(postgres.url, { folder: join(ROOT, 'migrations'), log });
    const database = openDatabase(postgres.url);
    stops.push(database.close);
    const packs = await loadPacks(log);
    const secret = installationSecret({ given: config.secret, dataDir: config.dataDir });
    const live = await createLive({ databaseUrl: postgres.url, clock, log });
    stops.push(live.close);
    const metrics = createMetrics();
    const wakes = new Set<() => void>();
    const house = createHouse({
      database,
      clock,
      features,
      newId,
      salt: () => randomBytes(16).toString('hex'),
      rulesFor: rulesByDay(packs),
      announce: (organization, entries) => {
        live.publish(organization, liveEvents(entries));
        for (const wake of wakes) wake();
        for (const entry of entries) {
          if (entry.entry !== 'person.changed' || entry.fields['left'] !== true || entry.person == null)
            continue;
          access
            .endAccess(organization, entry.person)
            .catch((error: unknown) => log.error('access-not-ended', { error }));
        }
      },
    });
    const openOrganization = organizationOpener({ database, house, packs, clock });
    const access: Access = createAccess({
      database,
      live,
      clock,
      newId,
      log,
      publicUrl: config.publicUrl,
      secret,
      deliver: async (message) => announceLink(message, log),
      openOrganization,
    });
    const workers = startWorkers({ config, database, house, clock, log, metrics, wakes, secret });
    stops.push(async () => void (await Promise.all(workers.map((worker) => worker.stop()))));
    const http = await openHttp({
      config,
      database,
      house,
      access,
      live,
      clock,
      log,
      metrics,
      packs,
      dialerOf,
    });
    stops.push(http.stop);
    const address = config.parts.has('web')
      ? await http.listen({ host: config.host, port: config.port })
      : '';
    return {
      address,
      config,
      database,
      databaseUrl: postgres.url,
      house,
      access,
      packs,
      http,
      log,
      openOrganization,
      stop: () => stopAll(stops, log),
    };
  } catch (error) {
    await stopAll(stops, log);
    throw error;
  }
}

async function stopAll(stops: (() => Promise<void>)[], log: Log): Promise<void> {
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
    await stop().catch((error: unknown) => log.error('stop-failed', { error }));
  }
}

async function loadPacks(log: Log): Promise<readonly Pack[]> {
  const loaded = await readPacks(ROOT);
  if ('packs' in loaded) return loaded.packs;
  for (const fault of loaded.faults) log.error('procedure-not-understood', { fault: faultLine(fault, 'es') });
  throw new Error('the procedures in procedures/ are not understood; see the lines above');
}

/** Rules in force change only at local midnight and when something is adopted, so they are built once for each. */
export function rulesByDay(packs: readonly Pack[]): (organization: Organization, at: Instant) => Rules {
  const known = new Map<string, Rules>();
  const KNOWN_MAX = 500;
  return ({ id, adoptions, zone }, at) => {
    const key = `${id} ${localDay(at, zone)} ${adoptions.length}`;
    let rules = known.get(key);
    if (rules === undefined) {
      rules = inForce(packs, adoptions, zone, at);
      if (known.size >= KNOWN_MAX) known.clear();
      known.set(key, rules);
    }
    return rules;
  };
}

function organizationOpener(parts: {
  database: Database;
  house: House;
  packs: readonly Pack[];
  clock: Clock;
}) {
  const { database, house, packs, clock } = parts;
  return async ({ administrator, ...about }: OpenOrganization) => {
    const [existing] = await listOrganizations(database.kysely);
    const organization = existing?.id ?? newId();
    const person = 'administrator';
    if (existing === undefined)
      await insertOrganization(database.kysely, { id: organization, openedAt: clock.now(), ...about });
    const submit = (fact: { readonly fact: string; readonly [field: string]: unknown }) =>
      house.submit(organization, { actor: 'system', ...fact } as Fact);
    await submit({ fact: 'organization.opened', ...about });
    const ofCountry = packs.filter((pack) => pack.country === about.country).map((pack) => pack.name);
    const today = localDay(clock.now(), about.zone);
    for (const adoption of asWritten(packs, ofCountry, today))
      await submit({ fact: 'procedure.adopted', adoption });
    await submit({
      fact: 'person.registered',
      person,
      ...administrator,
      role: 'administrator',
      zone: null,
      reportsTo: null,
      phone: null,
      extension: null,
      internal: true,
      documents: 'complete',
      grade: 'none',
      signed: false,
    });
    return { organization, person };
  };
}

/** Until the channels of an organization are set, links are in the log of the one who runs the installation. */
function announceLink({ kind, person, link }: AccessMessage, log: Log): void {
  log.info('access-link', { kind, person, link });
}

interface WorkerParts {
  readonly config: Config;
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly wakes: Set<() => void>;
  readonly secret: string;
}

function startWorkers({ config, database, house, clock, log, metrics, wakes }: WorkerParts): Worker[] {
  if (!config.parts.has('clock')) return [];
  const common = { log, metrics: workMetrics(metrics), wake: register(wakes) };
  return [
    createWorker({
      ...common,
      name: 'clock',
      everyMilliseconds: CLOCK_EVERY_MILLISECONDS,
      run: () => fireDeadlines({ database, house, clock }),
    }),
    createWorker({
      ...common,
      name: 'seal',
      everyMilliseconds: 250,
      run: async () => {
        const waiting = await database.acrossOrganizations(organizationsToSeal);
        for (const each of waiting)
          await database.inOrganization(each, (tx) => sealEntries(tx, each, clock.now()));
        return waiting.length;
      },
    }),
  ];
}

function register(wakes: Set<() => void>): (wake: () => void) => () => void {
  return (wake) => {
    wakes.add(wake);
    return () => void wakes.delete(wake);
  };
}

interface HttpParts {
  readonly config: Config;
  readonly database: Database;
  readonly house: House;
  readonly access: Access;
  readonly live: Live;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly packs: readonly Pack[];
  readonly dialerOf: DialerOf;
}

async function openHttp({
  config,
  database,
  house,
  access,
  live,
  clock,
  log,
  metrics,
  packs,
  dialerOf,
}: HttpParts): Promise<Http> {
  const errors = errorCatalog({ http: httpErrors, access: accessErrors, leads: leadErrors });
  const health = [
    { name: 'database', ready: async () => (await database.pool.query('select 1')).rowCount === 1 },
    { name: 'live', ready: () => live.isUp() },
  ];
  const screensFolder = join(ROOT, 'web', 'dist');
  const http = await createHttp({
    log,
    metrics,
    errors,
    publicUrl: config.publicUrl,
    version: '0.1.0',
    health,
    screensFolder,
    admit: access.admit,
  });
  access.routes(http.app);
  leadRoutes(http.app, {
    database,
    house,
    clock,
    packs,
    newId,
    signedIn: access.signedIn,
    dialerOf,
  });
  return http;
}

async function run(): Promise<void> {
  const config = loadConfig();
  let program: Program | null = null;
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    const ended = program === null ? Promise.resolve() : program.stop();
    void ended.then(() => process.exit(signal === 'failure' ? 1 : 0));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  try {
    // The screens are built here the first time, and again when their sources have changed.
    if (config.parts.has('web')) await buildWeb({ ifStale: true });
    program = await startProgram({ config });
    process.stdout.write(`Pauta: ${program.address}\n`);
  } catch (error) {
    if (!(error instanceof StartupFault)) throw error;
    process.stderr.write(`${error.text(config.terminalLanguage)}\n`);
    process.exit(error.exitCode);
  }
}

if (import.meta.main) await run();
