import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ROOT, type Program } from '../src/main.ts';
import { EXIT_CONFIGURATION, StartupFault } from '../src/platform/startup-fault.ts';
import { readFeedFile } from './feed-file.ts';
import { feedRequests, type FeedRequest, type SentAs } from './feed-leads.ts';
import { sendAll, type FeedSending } from './feed-send.ts';
import { openOwn, startOwn } from './feed-program.ts';
import {
  differences,
  leadsWithoutPlace,
  linesOf,
  tallyOfDatabase,
  totalOf,
  type Tally,
} from './reconcile.ts';

const USAGE =
  'npm run feed -- FILE.csv [--speed 50] [--seed 1] [--source web] [--country MX|CO] [--to URL --key KEY]';
const EXIT = { agrees: 0, differs: 1, interrupted: 130 } as const;
/** The journal is sealed within a second of a commit; the verifier must not find a tail. */
const SEAL_MILLISECONDS = 2_000;

interface Wanted {
  readonly file: string;
  /** Leads a second; 0: as fast as they are taken. */
  readonly speed: number;
  readonly seed: number;
  readonly source: string;
  /** Whose phone numbers are made up. */
  readonly country: 'MX' | 'CO';
  readonly target: { readonly to: string; readonly key: string } | null;
}

function readArguments(): Wanted | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        speed: { type: 'string', default: '50' },
        seed: { type: 'string', default: '1' },
        source: { type: 'string', default: 'web' },
        country: { type: 'string', default: 'MX' },
        to: { type: 'string' },
        key: { type: 'string' },
      },
    });
    const [file] = positionals;
    const speed = Number(values.speed);
    const seed = Number(values.seed);
    const { to, key, source, country } = values;
    const isTargetGood = (to === undefined) === (key === undefined) && (to === undefined || URL.canParse(to));
    if (
      file === undefined ||
      positionals.length > 1 ||
      !(speed >= 0) ||
      !Number.isSafeInteger(seed) ||
      (country !== 'MX' && country !== 'CO') ||
      !isTargetGood
    )
      return null;
    const target = to === undefined || key === undefined ? null : { to: new URL(to).origin, key };
    return { file, speed, seed, source, country, target };
  } catch {
    return null;
  }
}

async function main(): Promise<number> {
  const wanted = readArguments();
  if (wanted === null) {
    process.stderr.write(`${USAGE}\n`);
    return EXIT_CONFIGURATION;
  }
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
  try {
    const requests = feedRequests(readFeedFile(wanted.file), wanted.seed, wanted.source, wanted.country);
    print(`${wanted.file}: ${requests.length} requests (${describe(requests)})`);
    return wanted.target === null
      ? await feedOwn(requests, wanted, stopping.signal)
      : await feedOther(requests, wanted.target, wanted, stopping.signal);
  } catch (error) {
    if (!(error instanceof StartupFault)) throw error;
    process.stderr.write(`${error.text('es')}\n`);
    return error.exitCode;
  }
}

/** A program of somebody else's: only its answers are seen. */
async function feedOther(
  requests: readonly FeedRequest[],
  target: { to: string; key: string },
  wanted: Wanted,
  signal: AbortSignal,
): Promise<number> {
  const { tally, sent } = await send(requests, target, wanted, signal);
  table(sent, tally, null);
  if (signal.aborted) return EXIT.interrupted;
  return totalOf(tally) === sent && tally.other === 0 && !isUnanswered(tally) ? EXIT.agrees : EXIT.differs;
}

/** A program of our own on a data folder that is thrown away: its answers, its database and its journal must agree. */
async function feedOwn(
  requests: readonly FeedRequest[],
  wanted: Wanted,
  signal: AbortSignal,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'pauta-feed-'));
  let program: Program | null = null;
  try {
    program = await startOwn(folder);
    const { organization, key } = await openOwn(program, wanted.seed, wanted.country);
    const { tally, sent } = await send(requests, { to: program.address, key }, wanted, signal);
    if (signal.aborted) return EXIT.interrupted;
    const stored = await tallyOfDatabase(program.database, organization);
    table(sent, tally, stored);
    const different = differences(tally, stored);
    const homeless = await leadsWithoutPlace(program.database, organization);
    const repeatsSent = requests.filter(({ sentAs }) => sentAs === 'repeat').length;
    if (different.length > 0) print(`answers and database differ: ${different.join(', ')}`);
    if (homeless > 0) print(`${homeless} leads have no place, or more than one`);
    if (tally.repeats > repeatsSent) print(`${tally.repeats} repeats answered, ${repeatsSent} sent`);
    const adds = totalOf(tally) === sent && tally.other === 0 && !isUnanswered(tally);
    const verified = await verify(folder);
    const agrees =
      adds && verified && different.length === 0 && homeless === 0 && tally.repeats <= repeatsSent;
    print(
      agrees
        ? 'received = assigned + duplicates + held + waiting + refused + repeats: agrees'
        : 'DOES NOT AGREE',
    );
    return agrees ? EXIT.agrees : EXIT.differs;
  } finally {
    await program?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function send(
  requests: readonly FeedRequest[],
  target: { readonly to: string; readonly key: string },
  { speed, seed }: Wanted,
  signal: AbortSignal,
): Promise<{ tally: Tally; sent: number }> {
  let sent = 0;
  let toldAt = 0;
  const began = performance.now();
  const progress: FeedSending['progress'] = (asked, answered) => {
    sent = Math.max(sent, asked);
    const now = performance.now();
    if (now - toldAt < 1_000 && answered < requests.length) return;
    toldAt = now;
    const perSecond = Math.round((answered * 1_000) / (now - began));
    const line = `${answered} of ${requests.length} answered, ${perSecond}/s`;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001B[2K${line}`);
    else if (answered === requests.length) print(line);
  };
  const tally = await sendAll(requests, {
    ...target,
    speed,
    name: `feed-${seed}-${Date.now()}`,
    signal,
    progress,
  });
  if (process.stdout.isTTY) print('');
  return { tally, sent };
}

/** Requests that never got an answer that says something: the product may have the lead or not. */
function isUnanswered({ refused }: Tally): boolean {
  return [...refused.keys()].some((reason) => reason.startsWith('no answer') || reason.startsWith('http-'));
}

/** `pauta verify`, as anybody would run it, on the server that is running. */
async function verify(folder: string): Promise<boolean> {
  await new Promise((resolve) => {
    setTimeout(resolve, SEAL_MILLISECONDS);
  });
  const child = spawn(process.execPath, [join(ROOT, 'cli', 'pauta.ts'), 'verify'], {
    env: { PAUTA_DATA: folder },
    stdio: 'inherit',
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  print(code === 0 ? 'pauta verify: clean' : `pauta verify: exit ${code}`);
  return code === 0;
}

function table(sent: number, answers: Tally, stored: Tally | null): void {
  const kept = new Map(stored === null ? [] : linesOf(stored));
  const names = [...new Set([...linesOf(answers).map(([name]) => name), ...kept.keys()])];
  const told = new Map(linesOf(answers));
  const row = (name: string, one: string | number, other: string | number): string =>
    `${name.padEnd(44)}${String(one).padStart(10)}${stored === null ? '' : String(other).padStart(10)}`;
  print(row('', 'answers', 'database'));
  for (const name of names) print(row(name, told.get(name) ?? 0, kept.get(name) ?? 0));
  print(row('sum', totalOf(answers), stored === null ? '' : totalOf(stored)));
  print(row('received', sent, stored === null ? '' : sent));
}

function describe(requests: readonly FeedRequest[]): string {
  const counts = new Map<SentAs, number>();
  for (const { sentAs } of requests) counts.set(sentAs, (counts.get(sentAs) ?? 0) + 1);
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) process.exitCode = await main();
