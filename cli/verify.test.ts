import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { features } from '../src/features.ts';
import { journalHealth } from '../src/journal/index.ts';
import { parseConfig } from '../src/platform/config.ts';
import { instant } from '../src/platform/time.ts';
import { sealedTraffic, type SealedTraffic } from '../tests/sealed-traffic.ts';
import { verifyCommand } from './verify.ts';

const MILLISECONDS_MAX = 60_000;
const AT = instant('2024-08-05T15:00:00Z');
let traffic: SealedTraffic;
let printed: string[];
let complained: string[];

beforeAll(async () => {
  traffic = await sealedTraffic({ seed: 3, leads: 12, together: 3 });
}, MILLISECONDS_MAX);
afterAll(() => traffic.close());
beforeEach(() => {
  printed = [];
  complained = [];
});

function run(args: readonly string[], settings: Record<string, string> = {}): Promise<number> {
  const parsed = parseConfig(
    {
      DATABASE_URL: traffic.scratch.url,
      PAUTA_DATA: traffic.dataDir,
      PAUTA_SECRET: traffic.secret,
      ...settings,
    },
    [],
  );
  if (!('config' in parsed)) throw new Error(JSON.stringify(parsed.faults));
  return verifyCommand({
    arguments: args,
    config: parsed.config,
    features,
    migrations: join(import.meta.dirname, '..', 'migrations'),
    clock: { now: () => AT },
    print: (line) => void printed.push(line),
    complain: (line) => void complained.push(line),
  });
}

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: traffic.scratch.adminUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(statement);
  } finally {
    await client.end();
  }
}

describe('pauta verify', () => {
  it('says that everything agrees, in Spanish, and leaves with 0', async () => {
    expect(await run([])).toBe(0);
    expect(printed[0]).toBe(`Organización de prueba (${traffic.organization})`);
    expect(printed[1]).toMatch(
      /entradas, \d+ sellos; último sello \d+ [0-9a-f]{16}; publicado fuera de la base hasta el \d+$/,
    );
    expect(printed.at(-1)).toBe('Todo concuerda (organizaciones: 1).');
  });

  it('says it in English where that is the language of the terminal', async () => {
    expect(await run([], { PAUTA_LANGUAGE: 'en' })).toBe(0);
    expect(printed.at(-1)).toBe('Everything agrees (organizations: 1).');
  });

  it('keeps the result for the state screen', async () => {
    await run([]);
    const health = await journalHealth(traffic.database, traffic.dataDir, traffic.organization);
    expect(health.verified).toMatchObject({ at: AT, clean: true, findings: 0, differences: 0 });
    expect(health.unsealed.count).toBe(0);
    expect((await journalHealth(traffic.database, traffic.dataDir, 'another')).verified).toBeNull();
  });

  it('names what was done past the house, and leaves with 1', async () => {
    await asOwner(
      "update leads set source = source || '!' where id = 'L1'; update journal set actor = actor || '!' where id = 40",
    );
    try {
      expect(await run([])).toBe(1);
      const said = printed.join('\n');
      expect(said).toContain('✗ la entrada 40 fue cambiada: no es lo que se selló (sello 40)');
      expect(said).toMatch(/✗ leads «L1», source: según la bitácora "(\w+)", en la tabla "\1!"/);
      expect(await run(['--json', '--organization', traffic.organization])).toBe(1);
      const report = JSON.parse(printed.at(-1) ?? '') as { clean: boolean; organizations: unknown[] };
      expect(report.clean).toBe(false);
      expect(report.organizations).toHaveLength(1);
      const health = await journalHealth(traffic.database, traffic.dataDir, traffic.organization);
      expect(health.verified?.clean).toBe(false);
    } finally {
      await asOwner(
        "update leads set source = rtrim(source, '!'); update journal set actor = rtrim(actor, '!') where id = 40",
      );
    }
  });

  it('names a line of the published heads that somebody wrote', async () => {
    const path = join(traffic.dataDir, 'journal-heads.jsonl');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace(/"number":\d+/, '"number":1'));
    try {
      expect(await run([])).toBe(1);
      expect(printed.join('\n')).toContain('journal-heads.jsonl:1: la línea no es la que se publicó');
    } finally {
      writeFileSync(path, before);
    }
  });

  it.each([
    ['an argument it does not know', ['--everything'], {}],
    ['an organization that is not there', ['--organization', 'nobody'], {}],
    ['no database', [], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }],
  ])('cannot run with %s: 2', async (_what, args, settings) => {
    expect(await run(args, settings)).toBe(2);
    expect(complained).toHaveLength(1);
  });
});
