import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDatabase, type Database } from '../src/platform/database.ts';
import { readPacks, type Pack } from '../src/procedures/index.ts';
import { testDatabase, type TestDatabase } from '../tests/database.ts';
import { isBuilt } from './scenario-facts.ts';
import { factWords } from './scenario-words.ts';
import { scenarioCommand } from './scenario.ts';
import { readScenario } from './scenario-file.ts';

let packs: readonly Pack[];
let folder: string;
let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  const loaded = await readPacks(join(import.meta.dirname, '..'));
  if ('faults' in loaded) throw new Error('the packs have faults');
  packs = loaded.packs;
  folder = mkdtempSync(join(tmpdir(), 'pauta-scenario-'));
  own = await testDatabase();
  database = openDatabase(own.url, { connectionsMax: 2 });
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.close();
  await own.drop();
});

const HEAD = `scenario: a sample
organization: { country: MX, zone: America/Mexico_City }
procedures: [contact-center-policy]
staff:
  - { id: ana, role: advisor }
`;

/** Each: what the file says after the head, and the fault with its line. */
type Misunderstood = readonly [name: string, text: string, fault: RegExp];
const misunderstood: readonly Misunderstood[] = [
  ['broken YAML', `${HEAD}facts: [\n`, /^\d+: /],
  ['a tab where YAML wants none', `${HEAD}facts:\n\t- { at: x }\n`, /^7: /],
  [
    'an unknown field of the file',
    `${HEAD}fact: []\n`,
    /^6: fact: unknown field; one of these is expected: scenario, /,
  ],
  ['no organization', 'scenario: x\nfacts: []\n', /^1: organization: /],
  [
    'a zone that is none',
    `scenario: x\norganization: { country: MX, zone: Mars/Base }\n`,
    /^2: organization\.zone: a zone is expected/,
  ],
  [
    'an unknown country',
    `scenario: x\norganization: { country: US, zone: UTC }\n`,
    /^2: organization\.country: .*"MX"\|"CO"/,
  ],
  [
    'an unknown fact',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", lead.arrived: {} }\n`,
    /^7: facts\.lead\.arrived: unknown fact; one of these is expected: .*lead\.received/,
  ],
  // As long as there are such.
  ...Object.keys(factWords)
    .filter((fact) => !isBuilt(fact))
    .map((fact): Misunderstood => [
      `a fact that is not built yet: ${fact}`,
      `${HEAD}facts:\n  - { at: "2024-07-01T09:00", ${fact}: { by: ana } }\n`,
      new RegExp(`^7: facts\\.${fact.replaceAll('.', '\\.')}: this fact is not built yet`),
    ]),
  [
    'an unknown field of a fact',
    `${HEAD}facts:\n  - at: "2024-07-01T09:00"\n    note:\n      by: ana\n      lead: L1\n      text: a\n      txt: b\n`,
    /^12: facts\.note\.txt: unknown field; one of these is expected: by, lead, text/,
  ],
  [
    'a field that is missing',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", note: { by: ana, lead: L1 } }\n`,
    /^7: facts\.note\.text: .*string/,
  ],
  [
    'a field of another type',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", call.ended: { call: c1, answered: maybe } }\n`,
    /^7: facts\.call\.ended\.answered: .*boolean/,
  ],
  [
    'two facts in one item',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", note: { by: ana, lead: L1, text: a }, lead.passed: { by: ana, lead: L1 } }\n`,
    /^7: facts: one fact with its fields is expected beside "at"; found note, lead\.passed/,
  ],
  [
    'no fact in an item',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00" }\n`,
    /^7: facts: one fact .* found none/,
  ],
  [
    'a time that is none',
    `${HEAD}facts:\n  - { at: "1 July", note: { by: ana, lead: L1, text: a } }\n`,
    /^7: facts\.at: a time is expected here, as "2024-07-01T09:00"; found "1 July"/,
  ],
  [
    'no time',
    `${HEAD}facts:\n  - { note: { by: ana, lead: L1, text: a } }\n`,
    /^7: facts\.at: a time is expected here/,
  ],
  [
    'a time inside a fact',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", call.reported: { by: ana, lead: L1, startedAt: "25:00", answered: true } }\n`,
    /^7: facts\.call\.reported\.startedAt: a time is expected/,
  ],
  [
    'a month that is none',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", roster.confirmed: { month: "2024-13", by: ana } }\n`,
    /^7: facts\.roster\.confirmed\.month: a month is expected/,
  ],
  [
    'facts out of order',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", note: { by: ana, lead: L1, text: a } }\n  - { at: "2024-07-01T08:59", note: { by: ana, lead: L1, text: a } }\n`,
    /^8: facts\.at: facts are expected in order of time/,
  ],
  [
    'somebody who is not on the staff',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", note: { by: zoe, lead: L1, text: a } }\n`,
    /^7: facts\.note\.by: somebody of the staff is expected here \(ana\); found zoe/,
  ],
  [
    'a list with somebody unknown',
    `${HEAD}facts:\n  - { at: "2024-07-01T09:00", roster.submitted: { month: "2024-08", zone: n, by: ana, advisors: [ana, zoe] } }\n`,
    /^7: facts\.roster\.submitted\.advisors: somebody of the staff/,
  ],
  [
    'a manager who is not on the staff',
    HEAD.replace('role: advisor }', 'role: advisor, reportsTo: gil }'),
    /^5: staff\.reportsTo: somebody of the staff/,
  ],
  ['somebody twice', `${HEAD}  - { id: ana, role: advisor }\n`, /^6: staff\.id: ana is on the staff already/],
  ['an unknown role', HEAD.replace('role: advisor', 'role: boss'), /^5: staff\.role: /],
  [
    'an unknown procedure',
    HEAD.replace('[contact-center-policy]', '[lead-assignment, house-rules]'),
    /^3: procedures: a procedure is expected .* found house-rules/,
  ],
  [
    'an unknown version',
    HEAD.replace('[contact-center-policy]', '[contact-center-policy@2020-01-01]'),
    /^3: procedures: a version of contact-center-policy is expected \(2023-03-01\); found 2020-01-01/,
  ],
  [
    'a reading of no procedure',
    `${HEAD}readings: { house-rules: {} }\n`,
    /^6: readings\.house-rules: a procedure is expected/,
  ],
  [
    'an unknown reading',
    `${HEAD}readings: { contact-center-policy: { best.ever: 1 } }\n`,
    /^6: readings\.contact-center-policy\.best\.ever: .*best\.top.* expected/,
  ],
  [
    'an unknown reading value',
    `${HEAD}readings:\n  contact-center-policy:\n    reassign.by: fate\n`,
    /^8: readings\.contact-center-policy\.reassign\.by: .*clock.* is expected; found reassign\.by: "fate"/,
  ],
  [
    'an unknown entry',
    `${HEAD}expect:\n  - { lead.vanished: {} }\n`,
    /^7: expect: an entry is expected .* found lead\.vanished/,
  ],
  [
    'an unknown entry that is never to be',
    `${HEAD}expect:\n  - { never: lead.vanished }\n`,
    /^7: expect: an entry is expected/,
  ],
  [
    'two entries in one item',
    `${HEAD}expect:\n  - { lead.held: {}, told: {} }\n`,
    /^7: expect: one entry with its fields is expected/,
  ],
  [
    'a duration that is none',
    `${HEAD}expect:\n  - { at: "2024-07-01T09:00", within: 1h, told: {} }\n`,
    /^7: expect\.within: a duration is expected here, as "PT1H"/,
  ],
];

describe('a file that is not understood', () => {
  it.each(misunderstood)('%s', (_name, text, fault) => {
    const read = readScenario(text, 'sample.yaml', packs);
    const faults = 'faults' in read ? read.faults.map(({ line, message }) => `${line}: ${message}`) : [];
    expect(faults.join('\n')).toMatch(fault);
  });

  it('has all its faults told at once', () => {
    const text = `${HEAD}facts:\n  - { at: x, note: { by: zoe, lead: L1, text: a } }\nexpect:\n  - { lead.vanished: {} }\n`;
    const read = readScenario(text, 'sample.yaml', packs);
    expect('faults' in read && read.faults.map(({ line }) => line)).toEqual([7, 7, 9]);
  });
});

const opened = (): Promise<Database> => Promise.resolve(database);

interface Said {
  readonly exit: number;
  readonly out: readonly string[];
  readonly complaints: readonly string[];
}

async function command(json: boolean, ...texts: readonly string[]): Promise<Said> {
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, text);
    return file;
  });
  const out: string[] = [];
  const complaints: string[] = [];
  const exit = await scenarioCommand({
    files,
    json,
    packs,
    print: (line) => out.push(line),
    complain: (line) => complaints.push(line),
    openDatabase: opened,
  });
  return { exit, out, complaints };
}

const RUNS = `${HEAD}facts:
  - { at: "2024-07-01T09:00", lead.received: { lead: L1, phone: "55 1234 5678", source: facebook } }
`;
const MET = `${RUNS}expect:
  - { at: "2024-07-01T09:00", lead.waiting: { lead: L1 } }
  - { at: "2024-07-01T08:30", within: PT30M, lead.waiting: { queue: administrator }, because: contact-center-policy#P1 }
  - { never: lead.assigned }
`;
const NOT_MET = `${RUNS}expect:
  - { at: "2024-07-01T09:00:01", lead.waiting: { lead: L1 } }
  - { never: lead.waiting, with: { lead: L1 } }
  - { lead.waiting: { lead: L1 } }
`;

describe('pauta scenario', () => {
  it('exits 0 when everything is met', async () => {
    const { exit, out } = await command(false, MET);
    expect(out).toEqual(['ok  a sample  (3 of 3)']);
    expect(exit).toBe(0);
  });

  it('exits 1 when an expectation failed, with its line and what came instead', async () => {
    const { exit, out } = await command(false, NOT_MET, MET);
    expect(exit).toBe(1);
    expect(out[0]).toMatch(/0\.yaml:9: expected and not found: lead\.waiting .* at 2024-07-01T15:00:01/);
    expect(out[1]).toMatch(/found: \{"at":"2024-07-01T15:00:00\.000Z","entry":"lead\.waiting"/);
    expect(out.some((line) => /0\.yaml:10: never expected, but found: lead\.waiting/.test(line))).toBe(true);
    expect(out.at(-2)).toBe('FAILED  a sample  (1 of 3)');
    expect(out.at(-1)).toBe('ok  a sample  (3 of 3)');
  });

  it('exits 2 when a file is not understood, and still runs the others', async () => {
    const { exit, out, complaints } = await command(false, `${HEAD}facts: 7\n`, NOT_MET);
    expect(exit).toBe(2);
    expect(complaints[0]).toMatch(/0\.yaml:6: facts: .*array/);
    expect(out.at(-1)).toMatch(/^FAILED/);
  });

  it('exits 2 for a file that is not there', async () => {
    const complaints: string[] = [];
    const complain = (line: string) => complaints.push(line);
    const files = [join(folder, 'none.yaml')];
    expect(
      await scenarioCommand({ files, json: false, packs, print: complain, complain, openDatabase: opened }),
    ).toBe(2);
    expect(complaints.join()).toMatch(/none\.yaml:1: the file cannot be read/);
  });

  it('prints every entry and then the outcome with --json', async () => {
    const { exit, out } = await command(true, NOT_MET);
    const lines = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toEqual({ scenario: 'a sample', passed: 1, failed: 2 });
    const waiting = lines.find((line) => line['entry'] === 'lead.waiting');
    expect(waiting).toMatchObject({
      at: '2024-07-01T15:00:00.000Z',
      lead: 'L1',
      queue: 'administrator',
      actor: 'facebook',
      because: ['contact-center-policy@2023-03-01#P1', 'contact-center-policy@2023-03-01#L3'],
    });
    expect(exit).toBe(1);
  });
});
