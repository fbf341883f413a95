import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

import { ROOT, startProgram, type Program } from '../src/main.ts';
import { loadConfig, type Config } from '../src/platform/config.ts';
import { makeDataFolder } from '../src/platform/data-folder.ts';
import { newId } from '../src/platform/ids.ts';
import { createLog, type Log } from '../src/platform/log.ts';
import { usePostgres, type UsedPostgres } from '../src/platform/postgres-use.ts';
import { installationSecret } from '../src/platform/secret.ts';
import { EXIT_CONFIGURATION, StartupFault } from '../src/platform/startup-fault.ts';
import { systemClock } from '../src/platform/time.ts';
import { readPacks } from '../src/procedures/index.ts';
import { buildWeb } from '../web/build.ts';
import { passwordFor, readDemoFile, writeDemoFile, type DemoFile } from './demo-file.ts';
import { demoTexts, type DemoTexts } from './demo-texts.ts';
import { welcome } from './demo-welcome.ts';
import { openDoors } from './doors.ts';
import { emptyDatabase, makeSample } from './make-sample.ts';
import { idOf, sampleOrganization, type SampleOrganization } from './sample-organization.ts';
import { startTraffic } from './traffic.ts';
import { setUpWhatsApp, startWhatsAppWorld } from './whatsapp-world.ts';

const DATA_FOLDER = './data-demo';
const SEED = 1;

interface Wanted {
  readonly seed: number;
  readonly country: 'MX' | 'CO';
}

/** What a started demo needs to be stopped, latest first. */
type Stops = (() => Promise<void>)[];

async function main(): Promise<void> {
  const wanted = readFlags();
  const config = loadConfig([], DATA_FOLDER);
  const texts = demoTexts[config.terminalLanguage];
  const log = createLog({ level: config.logLevel === 'info' ? 'warn' : config.logLevel });
  const stopping = new AbortController();
  const stops: Stops = [];
  const end = stopper(stops, stopping, texts);
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  try {
    await start({ config, texts, log, wanted, signal: stopping.signal, stops });
  } catch (error) {
    if (stopping.signal.aborted) return;
    process.stderr.write(
      error instanceof StartupFault
        ? `${error.text(config.terminalLanguage)}\n`
        : `${String(error instanceof Error ? error.stack : error)}\n`,
    );
    await end(error instanceof StartupFault ? error.exitCode : 1);
  }
}

function readFlags(): Wanted {
  const { values } = parseArgs({
    options: { country: { type: 'string', default: 'MX' }, seed: { type: 'string', default: String(SEED) } },
    strict: false,
  });
  const country = String(values.country).toUpperCase();
  const seed = Number(values.seed);
  if ((country === 'MX' || country === 'CO') && Number.isSafeInteger(seed)) return { seed, country };
  process.stderr.write('npm run demo -- [--country MX|CO] [--seed 1]\n');
  return process.exit(EXIT_CONFIGURATION);
}

/** Ends all of it once, however often it is asked; what is being built stops at its next step. */
function stopper(stops: Stops, stopping: AbortController, texts: DemoTexts): (code: number) => Promise<void> {
  let ending: Promise<void> | null = null;
  const run = async (code: number): Promise<void> => {
    stopping.abort();
    if (code === 0) process.stdout.write(`\n${texts.stopping}\n`);
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop())
      await stop().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
    process.exit(code);
  };
  return (code) => (ending ??= run(code));
}

interface Starting {
  readonly config: Config;
  readonly texts: DemoTexts;
  readonly log: Log;
  readonly wanted: Wanted;
  readonly signal: AbortSignal;
  readonly stops: Stops;
}

async function start({ config, texts, log, wanted, signal, stops }: Starting): Promise<void> {
  const say = progressLine();
  say(texts.screens);
  await buildWeb({ ifStale: true });
  signal.throwIfAborted();
  say(texts.database);
  const dataDir = makeDataFolder(config.dataDir);
  const postgres = await usePostgres({ dataDir, databaseUrl: config.databaseUrl, log });
  stops.push(postgres.stop);
  refuseSecondDemo(postgres, dataDir);
  signal.throwIfAborted();
  const before = readDemoFile(dataDir);
  const demo =
    before?.state === 'ready'
      ? before
      : await build({ config, texts, log, wanted, signal, stops }, postgres, before, say);
  signal.throwIfAborted();
  // The program is given the database that runs already, and so leaves its end to us.
  const whatsapp = await startWhatsAppWorld(demo.seed, config.publicUrl);
  stops.push(() => whatsapp.close());
  const program = await startProgram({
    config: { ...config, dataDir, databaseUrl: postgres.url },
    log,
    outside: { whatsappBase: whatsapp.base },
  });
  stops.push(() => program.stop());
  const sample = sampleOrganization(demo.seed, demo.country);
  const secret = installationSecret({ given: config.secret, dataDir });
  const ready = demo.state === 'ready' ? demo : await openToPeople(program, sample, demo, secret, dataDir);
  const { organization, seed, pbx, apiKey } = ready;
  whatsapp.deliverTo(await setUpWhatsApp(program.address, ...signInOf(sample, secret, seed)));
  const doors = await openDoors({ program, sample, apiKey, pbx, seed });
  stops.push(() => doors.close());
  const traffic = startTraffic({ program, organization, sample, doors, whatsapp, seed, log });
  stops.push(() => traffic.stop());
  say('');
  process.stdout.write(welcome(texts, sample, ready, secret, program.address));
}

function signInOf(sample: SampleOrganization, secret: string, seed: number): [string, string] {
  const administrator = sample.staff.find(({ role }) => role === 'administrator');
  return [administrator?.email ?? '', passwordFor(secret, seed, 'administrator')];
}

/** Two demos on one folder would be two crowds of pretend people in one organization. */
function refuseSecondDemo(postgres: UsedPostgres, dataDir: string): void {
  if (postgres.from !== 'running') return;
  throw new StartupFault('demo-running', {
    es: `Otro proceso ya trabaja en ${dataDir}. Deténgalo o elija otra carpeta con PAUTA_DATA.`,
    en: `Another process is already at work in ${dataDir}. Stop it, or choose another folder with PAUTA_DATA.`,
  });
}

/** The organization and its past. A start that is killed here leaves `building` behind, and the next begins again. */
async function build(
  { config, texts, log, wanted, signal }: Starting,
  postgres: UsedPostgres,
  before: DemoFile | null,
  say: (line: string) => void,
): Promise<DemoFile> {
  const dataDir = makeDataFolder(config.dataDir);
  const loaded = await readPacks(ROOT);
  if (!('packs' in loaded)) throw new Error('the procedures in procedures/ are not understood');
  await emptyDatabase(postgres, before, dataDir, log);
  const demo: DemoFile = {
    state: 'building',
    ...wanted,
    organization: newId(),
    pbx: randomBytes(18).toString('base64url'),
    apiKey: '',
  };
  writeDemoFile(dataDir, demo);
  await makeSample({
    url: postgres.url,
    demo,
    packs: loaded.packs,
    until: systemClock.now(),
    signal,
    progress: (done) => say(texts.history(Math.floor(done * 100))),
  });
  return demo;
}

/** Everybody may sign in, and a program may send leads. */
async function openToPeople(
  program: Program,
  sample: SampleOrganization,
  demo: DemoFile,
  secret: string,
  dataDir: string,
): Promise<DemoFile> {
  const { organization, seed } = demo;
  for (const { id, name, email, role } of sample.staff) {
    const added = await program.access.addUser({
      organization,
      person: id,
      name,
      email,
      password: passwordFor(secret, seed, role),
    });
    if ('refused' in added) throw new Error(`${id} cannot be let in: ${added.refused}`);
  }
  const { key } = await program.access.createKey({
    organization,
    name: 'demo',
    scopes: ['leads.write', 'calls.write'],
    by: idOf(sample, 'administrator'),
  });
  const ready: DemoFile = { ...demo, state: 'ready', apiKey: key };
  writeDemoFile(dataDir, ready);
  return ready;
}

/** One line at a terminal, written over; a line for each step elsewhere. */
function progressLine(): (line: string) => void {
  let last = '';
  return (line) => {
    if (line === last) return;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001B[2K${line}`);
    else if (line.split(':')[0] !== last.split(':')[0] && line !== '')
      process.stdout.write(`${line.split(':')[0] ?? ''}\n`);
    last = line;
  };
}

if (import.meta.main) await main();
