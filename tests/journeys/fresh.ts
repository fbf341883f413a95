/** An installation on which nothing has happened yet, with its screens and a clock that can be moved. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Page } from 'playwright-core';

import { noFacts, readPhone } from '../../src/contacts/index.ts';
import { listOrganizations, type Fact, type Outcome } from '../../src/decisions/index.ts';
import { startProgram, type Program } from '../../src/main.ts';
import { parseConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import { instant, type Instant } from '../../src/platform/time.ts';
import { buildWeb } from '../../web/build.ts';
import { findChromium } from '../chromium.ts';
import { testDatabase } from '../database.ts';

/** A step that takes longer has failed; the journey says which. */
const STEP_MILLISECONDS_MAX = 10_000;

export interface Fresh {
  readonly program: Program;
  /** A browser of its own at that path. */
  open(path: string): Promise<Page>;
  now(): Instant;
  /** The clock jumps ahead; what falls due meanwhile fires a moment later. */
  move(milliseconds: number): void;
  submit(fact: { readonly fact: string; readonly [field: string]: unknown }): Promise<Outcome>;
  /** A lead from a source, as the intake would submit it. */
  receive(lead: string, name: string, phone: string): Promise<Outcome>;
  stop(): Promise<void>;
}

/** `at`: when it begins; its clock runs on from there. */
export async function openFresh(at: string): Promise<Fresh> {
  await buildWeb({ ifStale: true });
  const stops: (() => Promise<unknown>)[] = [];
  const database = await testDatabase();
  stops.push(database.drop);
  const dataDir = await mkdtemp(join(tmpdir(), 'pauta-fresh-'));
  stops.push(() => rm(dataDir, { recursive: true, force: true }));
  const parsed = parseConfig(
    { PORT: String(await freePort()), DATABASE_URL: database.url, PAUTA_DATA: dataDir },
    [],
  );
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  let ahead = Date.parse(at) - Date.now();
  const clock = { now: (): Instant => instant(Date.now() + ahead) };
  const program = await startProgram({ config: parsed.config, clock, log: silentLog });
  stops.push(() => program.stop());
  const found = findChromium();
  if (found === null) throw new Error('no Chromium: run npm test, which gets it');
  const browser = await chromium.launch({ ...found, env: { ...found.env }, args: [...found.args] });
  stops.push(() => browser.close());
  const submit: Fresh['submit'] = async (fact) => {
    const [organization] = await listOrganizations(program.database.kysely);
    if (organization === undefined) throw new Error('no organization yet');
    const told: Fact = { actor: 'administrator', ...fact };
    return program.house.submit(organization.id, told);
  };
  return {
    program,
    now: clock.now,
    move: (milliseconds) => {
      ahead += milliseconds;
    },
    submit,
    receive: (lead, name, phone) => submit(arrival(lead, name, phone, clock.now())),
    open: async (path) => {
      const context = await browser.newContext({
        viewport: { width: 1366, height: 768 },
        locale: 'es-MX',
        timezoneId: 'America/Mexico_City',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(STEP_MILLISECONDS_MAX);
      await page.goto(`${program.address}${path}`);
      return page;
    },
    stop: async () => {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}

function arrival(lead: string, name: string, phone: string, now: Instant) {
  const read = readPhone(phone, 'MX');
  const phones = 'refused' in read ? [] : [{ value: read.e164, origin: 'facebook', raw: phone }];
  return {
    fact: 'lead.received',
    actor: 'facebook',
    lead,
    source: 'facebook',
    sourceId: null,
    sentAt: now,
    test: false,
    zone: null,
    referredBy: null,
    identity: { ...noFacts, names: [{ value: name, origin: 'facebook', raw: name }], phones },
    consent: null,
    asReceived: { name, phones: [phone], emails: [], message: null, fields: {} },
    campaign: {},
    receipt: null,
  };
}

/** The address must be known before the program starts: it is the origin its pages may post from. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** What axe finds serious or critical on the page, one line each; empty when all is well. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
