import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import {
  accessErrors,
  actorOf,
  scopeFor,
  createAccess,
  type Access,
  type AccessMessage,
  type OpenOrganization,
} from './access/index.ts';
import { administrationRoutes, staffErrors } from './administration/index.ts';
import { keptCalls } from './calls/index.ts';
import {
  contactErrors,
  contactsKnownBy,
  contactRoutes,
  fingerprintWith,
  keptContacts,
  keptJournal,
} from './contacts/index.ts';
import {
  CLOCK_EVERY_MILLISECONDS,
  createHouse,
  fireDeadlines,
  type House,
  type Organization,
} from './decisions/index.ts';
import { features } from './features.ts';
import { keptHolds } from './gate/index.ts';
import { startSealer } from './journal/index.ts';
import {
  assignmentHours,
  boardRoutes,
  contactsHeldBy,
  keptLeads,
  leadErrors,
  leadRoutes,
  leadsInWords,
  leadsOfPeople,
  liveEvents,
  sourceReportRoutes,
  type LeadRouteParts,
} from './leads/index.ts';
import {
  keptMessages,
  messageErrors,
  openMessaging,
  type Messaging,
  type Outside,
} from './messages/index.ts';
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
import { requestRate } from './platform/request-rate.ts';
import { installationSecret, keyFor } from './platform/secret.ts';
import { refuseSuperuser } from './platform/refuse-superuser.ts';
import { StartupFault } from './platform/startup-fault.ts';
import { systemClock, type Clock, type Instant } from './platform/time.ts';
import { createWorker, workMetrics, type Worker, type WorkMetrics } from './platform/work.ts';
import { createWorkWatch, type WorkWatch } from './platform/work-watch.ts';
import {
  clauseRoutes,
  clauseTable,
  faultLine,
  inForce,
  localDay,
  readPacks,
  type CoverageRow,
  type Pack,
  type Rules,
} from './procedures/index.ts';
import {
  organizationOpener,
  organizationRoutes,
  procedureErrors,
  procedureRoutes,
  stateRoutes,
} from './settings/index.ts';
import {
  backfillDue,
  intakeRoutes,
  runImport,
  sealWith,
  settleWaiting,
  sourceErrors,
  takeInMessage,
  type ReceiptJobParts,
} from './sources/index.ts';
import type { RulesFor } from './staff/index.ts';
import { buildWeb } from '../web/build.ts';

const GRAPH_URL = 'https://graph.facebook.com';
/** Bodies left over by a crash, and leads to be fetched of which the hint was lost. */
const RECEIPTS_EVERY_MILLISECONDS = 1_000;
const IMPORTS_EVERY_MILLISECONDS = 5_000;

export const ROOT = join(import.meta.dirname, '..');

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
  /** Other addresses for the world outside: the sample organization's fakes. */
  readonly outside?: Outside;
  /** The PBX of an organization, where it can be asked to make a call. */
  readonly dialerOf?: DialerOf;
}

type DialerOf = LeadRouteParts['dialerOf'];

/** Starts every part that the configuration names, on the database it names. The only wiring there is. */
export async function startProgram({
  config,
  clock = systemClock,
  log = createLog({ level: config.logLevel }),
  outside = {},
  dialerOf = async () => null,
}: ProgramOptions): Promise<Program> {
  const postgres = await usePostgres({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log });
  const stops: (() => Promise<void>)[] = [postgres.stop];
  try {
    await refuseSuperuser(postgres.url);
    await migrate(postgres.url, { folder: join(ROOT, 'migrations'), log });
    const database = openDatabase(postgres.url);
    stops.push(() => database.close());
    const packs = await loadPacks(log);
    const secret = installationSecret({ given: config.secret, dataDir: config.dataDir });
    const live = await createLive({ databaseUrl: postgres.url, clock, log });
    stops.push(() => live.close());
    const metrics = createMetrics();
    const wakes = new Set<() => void>();
    const rulesFor = rulesByDay(packs);
    const house = createHouse({
      database,
      clock,
      features,
      newId,
      salt: () => randomBytes(16).toString('hex'),
      fingerprint: fingerprintWith(secret),
      rulesFor,
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
    const openOrganization = organizationOpener({ database, house, packs, clock, newId });
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
    const intake: ReceiptJobParts = {
      database,
      house,
      clock,
      newId,
      log,
      keys: {
        seal: sealWith(keyFor(secret, 'sources'), randomBytes),
        formSecret: keyFor(secret, 'forms').toString('hex'),
      },
      wake: () => {
        for (const wake of wakes) wake();
      },
      fetch,
      graphUrl: GRAPH_URL,
    };
    const messaging = await openMessaging({
      database,
      house,
      clock,
      log,
      newId,
      metrics,
      outside,
      letters: {
        rulesFor,
        leadsInWords,
        assignmentHours,
        key: keyFor(secret, 'channels'),
        publicUrl: config.publicUrl,
      },
      signedIn: (request) => access.signedIn(request),
      onInbound: async (organization, message, person) => {
        if (person === null) await takeInMessage(intake, organization, message);
      },
      onOptOut: async (organization, { channel, from, bsuid, optOut }) => {
        const known = await database.inOrganization(organization, (tx) =>
          contactsKnownBy(tx, { phone: from, whatsappId: bsuid }),
        );
        if (known.length === 0) log.warn('opt-out-of-nobody', { organization, channel });
        for (const contact of known) {
          const said = { scope: optOut.scope, origin: channel, text: optOut.words };
          const fact = { fact: 'contact.opted-out', actor: channel, contact, lead: null, by: null, ...said };
          await house.submit(organization, fact);
        }
      },
    });
    const common = { config, database, house, clock, log, metrics, messaging, intake };
    const watch = createWorkWatch(clock);
    const workers = startWorkers({ ...common, wakes, secret, work: workMetrics(metrics, watch) });
    stops.push(async () => void (await Promise.all(workers.map((worker) => worker.stop()))));
    const http = await openHttp({ ...common, packs, rulesFor, access, live, dialerOf, watch });
    stops.push(() => http.stop());
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
  readonly work: WorkMetrics;
  readonly wakes: Set<() => void>;
  readonly intake: ReceiptJobParts;
  readonly secret: string;
  readonly messaging: Messaging;
}

function startWorkers({
  config,
  database,
  house,
  clock,
  log,
  work,
  metrics,
  wakes,
  intake,
  secret,
  messaging,
}: WorkerParts): Worker[] {
  if (!config.parts.has('clock')) return [];
  const common = { log, metrics: work, wake: register(wakes) };
  return [
    createWorker({
      ...common,
      name: 'clock',
      everyMilliseconds: CLOCK_EVERY_MILLISECONDS,
      run: () => fireDeadlines({ database, house, clock }),
    }),
    startSealer({ database, clock, dataDir: config.dataDir, secret, log, metrics, work }),
    createWorker({
      ...common,
      name: 'receipts',
      everyMilliseconds: RECEIPTS_EVERY_MILLISECONDS,
      run: async () => (await settleWaiting(intake)).taken,
    }),
    createWorker({
      ...common,
      name: 'imports',
      everyMilliseconds: IMPORTS_EVERY_MILLISECONDS,
      run: async () => Number(await runImport(intake)),
    }),
    createWorker({
      ...common,
      name: 'backfill',
      everyMilliseconds: IMPORTS_EVERY_MILLISECONDS,
      run: () => backfillDue(intake),
    }),
    ...messaging.workers(common),
  ];
}

function register(wakes: Set<() => void>): (wake: () => void) => () => void {
  return (wake) => {
    wakes.add(wake);
    return () => void wakes.delete(wake);
  };
}

interface HttpParts {
  readonly packs: readonly Pack[];
  readonly config: Config;
  readonly database: Database;
  readonly house: House;
  readonly access: Access;
  readonly live: Live;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly intake: ReceiptJobParts;
  readonly rulesFor: RulesFor;
  readonly messaging: Messaging;
  readonly dialerOf: DialerOf;
  readonly watch: WorkWatch;
}

/** The product's, in /healthz and on the state screen. */
const VERSION = '0.1.0';

async function openHttp({
  packs,
  rulesFor,
  config,
  database,
  house,
  access,
  live,
  clock,
  log,
  metrics,
  intake,
  messaging,
  dialerOf,
  watch,
}: HttpParts): Promise<Http> {
  const errors = errorCatalog({
    http: httpErrors,
    access: accessErrors,
    contacts: contactErrors,
    leads: leadErrors,
    procedures: procedureErrors,
    sources: sourceErrors,
    staff: staffErrors,
    messages: messageErrors,
  });
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
    version: VERSION,
    health,
    screensFolder,
    admit: access.admit,
  });
  access.routes(http.app);
  const { signedIn } = access;
  const seat = { database, house, clock, newId, rulesFor, signedIn };
  leadRoutes(http.app, { ...seat, packs, dialerOf });
  sourceReportRoutes(http.app, seat);
  boardRoutes(http.app, seat);
  administrationRoutes(http.app, seat);
  clauseRoutes(http.app, packs);
  intakeRoutes(http.app, {
    ...intake,
    whoIs: (request) => {
      const who = access.caller(request);
      const masked = who.kind === 'user' && scopeFor(who, 'leads.see') === 'all-without-personal-data';
      return { organization: who.organization.id, actor: actorOf(who), source: null, masked };
    },
    rate: requestRate(() => performance.now()),
    publicUrl: config.publicUrl,
    newDoor: () => randomBytes(32).toString('base64url'),
  });
  messaging.routes(http.app);
  contactRoutes(http.app, {
    database,
    house,
    clock,
    signedIn,
    leadsOfPeople,
    contactsHeldBy,
    keptBy: [keptContacts, keptLeads, keptCalls, keptMessages, keptHolds, keptJournal],
  });
  organizationRoutes(http.app, { database, house, signedIn });
  stateRoutes(http.app, {
    database,
    clock,
    signedIn,
    watch,
    health,
    version: VERSION,
    startedAt: clock.now(),
    dataDir: config.dataDir,
    parts: config.parts,
  });
  let coverage: Promise<readonly CoverageRow[]> | null = null;
  procedureRoutes(http.app, {
    database,
    house,
    clock,
    packs,
    signedIn,
    coverage: () => (coverage ??= readCoverage()),
  });
  return http;
}

/** Which rule and which tests stand behind each clause, from the source that runs. */
async function readCoverage(): Promise<readonly CoverageRow[]> {
  const table = await clauseTable(ROOT);
  return 'rows' in table ? table.rows : [];
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
