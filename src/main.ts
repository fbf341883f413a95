import { join } from 'node:path';
import { buildWeb } from '../web/build.ts';
import { createAccess, type Access, type AccessMessage, type OpenOrganization } from './access/index.ts';
import { contactsKnownBy, eraseAgain, fingerprintWith } from './contacts/index.ts';
import { createHouse, type House, type Organization } from './decisions/index.ts';
import { features } from './features.ts';
import { assignmentHours, clientNow, leadsInWords, liveEvents } from './leads/index.ts';
import { mailThreads } from './mailbox/index.ts';
import { clientMessage, mailLink, openMessaging, type Outside } from './messages/index.ts';
import { loadConfig, type Config } from './platform/config.ts';
import { openDatabase, type Database } from './platform/database.ts';
import type { Http } from './platform/http.ts';
import { newId, newSalt } from './platform/ids.ts';
import { createLive } from './platform/live.ts';
import { createLog, type Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { migrate } from './platform/migrations.ts';
import { usePostgres } from './platform/postgres-use.ts';
import { refuseSuperuser } from './platform/refuse-superuser.ts';
import { sealWith } from './platform/sealing.ts';
import { installationSecret, keyFor } from './platform/secret.ts';
import { StartupFault } from './platform/startup-fault.ts';
import { systemClock, type Clock, type Instant } from './platform/time.ts';
import { createWorkWatch } from './platform/work-watch.ts';
import { workMetrics } from './platform/work.ts';
import { faultLine, inForce, localDay, readPacks, type Pack, type Rules } from './procedures/index.ts';
import { organizationOpener } from './settings/index.ts';
import { sourceNames, takeInMessage, type ReceiptJobParts } from './sources/index.ts';
import { CALLPICKER, dialersOf } from './switchboard/index.ts';
import { openHttp, type DialerOf } from './doors.ts';
import { startWorkers, type Hints } from './workers.ts';

const GRAPH_URL = 'https://graph.facebook.com';

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
  readonly outside?: Outside & { readonly callpickerBase?: string };
  /** In place of the PBX that an organization has set up. */
  readonly dialerOf?: DialerOf;
}

/** Starts every part that the configuration names, on the database it names. The only wiring there is. */
export async function startProgram({
  config,
  clock = systemClock,
  log = createLog({ level: config.logLevel }),
  outside = {},
  dialerOf,
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
    const hints: Hints = { told: new Set(), received: new Set(), whatIf: new Set() };
    const rulesFor = rulesByDay(packs);
    const house = createHouse({
      database,
      clock,
      features,
      newId,
      salt: newSalt,
      fingerprint: fingerprintWith(secret),
      rulesFor,
      announce: (organization, entries) => {
        live.publish(organization, liveEvents(entries));
        if (entries.some(({ entry }) => entry === 'told')) for (const wake of hints.told) wake();
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
      deliver: async (message) => {
        const mailing = { database, newId, log, key: keyFor(secret, 'channels') };
        const sent = await mailLink(mailing, message);
        if (sent !== 'mailed') announceLink(message, log);
        return sent;
      },
      openOrganization,
    });
    const intake: ReceiptJobParts = {
      database,
      house,
      clock,
      newId,
      log,
      keys: {
        seal: sealWith(keyFor(secret, 'sources')),
        formSecret: keyFor(secret, 'forms').toString('hex'),
      },
      wake: () => {
        for (const wake of hints.received) wake();
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
        sourceNames,
        client: clientNow,
        mailThreads: (tx, organization, drafts) =>
          mailThreads(tx, organization, keyFor(secret, 'channels'), drafts),
        assignmentHours,
        signInLink: (tx, organization, person, at) => access.signInLink(tx, organization, person, at),
        key: keyFor(secret, 'channels'),
        publicUrl: config.publicUrl,
      },
      signedIn: (request) => access.signedIn(request),
      onInbound: async (organization, message, person) => {
        if (person !== null) return;
        // Who is not known becomes a lead first; then what they wrote stands in the conversation.
        await takeInMessage(intake, organization, message);
        const fact = await database.inOrganization(organization, (tx) =>
          clientMessage(tx, organization, message),
        );
        const { refused } = await house.submit(organization, fact);
        if (refused !== null) log.warn('message-of-nobody', { organization, why: refused.refused });
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
    // Before anybody can look: a backup may have brought back people who were erased after it.
    await eraseAgain({ database, dataDir: config.dataDir, house, log });
    const common = { config, database, house, clock, log, metrics, messaging, intake };
    const watch = createWorkWatch(clock);
    const workers = startWorkers({
      ...common,
      tidyAccess: () => access.tidy(),
      hints,
      secret,
      databaseUrl: postgres.url,
      work: workMetrics(metrics, watch),
    });
    stops.push(async () => void (await Promise.all(workers.map((worker) => worker.stop()))));
    const pbxKey = keyFor(secret, 'pbx');
    const baseUrl = outside.callpickerBase ?? CALLPICKER;
    const pbxDialerOf = dialersOf({ database, clock, key: pbxKey, fetch, baseUrl });
    const http = await openHttp({
      ...common,
      packs,
      rulesFor,
      access,
      live,
      dialerOf: dialerOf ?? pbxDialerOf,
      channelsKey: keyFor(secret, 'channels'),
      pbx: { key: pbxKey, dialerOf: pbxDialerOf },
      watch,
      wakeWhatIfs: () => {
        for (const wake of hints.whatIf) wake();
      },
    });
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

/**
 * A link to choose another password that no mail server took: nobody but who runs the installation can hand it over, so it
 * is in their log. An invitation's is on the screen of who invites.
 */
function announceLink({ kind, person, link }: AccessMessage, log: Log): void {
  if (kind === 'password-reset') log.info('access-link', { kind, person, link });
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
    process.stdout.write(
      `Pauta: ${program.address === '' ? [...config.parts].join(' ') : program.address}\n`,
    );
  } catch (error) {
    if (!(error instanceof StartupFault)) throw error;
    process.stderr.write(`${error.text(config.terminalLanguage)}\n`);
    process.exit(error.exitCode);
  }
}

if (import.meta.main) await run();
