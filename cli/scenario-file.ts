import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

import { startOfDay } from '../src/calendar/index.ts';
import { instant, type Instant } from '../src/platform/time.ts';
import {
  checkAdoption,
  isProcedure,
  procedureNames,
  type Pack,
  type Procedure,
} from '../src/procedures/index.ts';
import { roles } from '../src/staff/index.ts';
import { isBuilt, PERSON_FIELDS, factShapes } from './scenario-facts.ts';
import { readFact, type Told } from './scenario-told.ts';
import { Places, type ScenarioFault } from './scenario-places.ts';
import { readDuration, readTime } from './scenario-time.ts';
import { factWords, knownEntries } from './scenario-words.ts';

export interface Scenario {
  readonly name: string;
  readonly file: string;
  readonly country: 'MX' | 'CO';
  readonly zone: string;
  readonly procedures: readonly { readonly procedure: Procedure; readonly version: string | null }[] | null;
  readonly readings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly staff: readonly StaffMember[];
  readonly facts: readonly ScenarioFact[];
  readonly until: Instant;
  readonly expectations: readonly Expectation[];
}

export interface ScenarioFact {
  readonly at: Instant;
  readonly line: number;
  readonly told: Told;
}

export interface Expectation {
  readonly line: number;
  readonly never: boolean;
  readonly entry: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly because: readonly string[];
}

const figures = z.strictObject({ sales: z.number(), leads: z.number(), closings: z.number() });

const staffMember = z.strictObject({
  id: z.string(),
  role: z.enum(roles),
  name: z.string().optional(),
  zone: z.string().nullable().default(null),
  reportsTo: z.string().nullable().default(null),
  internal: z.boolean().default(true),
  documents: z.enum(['complete', 'incomplete', 'expired']).default('complete'),
  grade: z.enum(['pass', 'fail', 'none']).default('pass'),
  signed: z.boolean().default(true),
  absent: z.boolean().default(false),
  weight: z.number().optional(),
  extension: z.string().nullable().default(null),
  lastMonth: figures.optional(),
});
export type StaffMember = z.output<typeof staffMember>;

const file = z.strictObject({
  scenario: z.string(),
  organization: z.strictObject({
    country: z.enum(['MX', 'CO']),
    zone: z.string(),
    settings: z.record(z.string(), z.unknown()).default({}),
  }),
  procedures: z.array(z.string()).optional(),
  readings: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  staff: z.array(staffMember).default([]),
  facts: z.array(z.record(z.string(), z.unknown())).default([]),
  until: z.string().optional(),
  expect: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** Reads one scenario; every fault of the file is listed, not only the first. */
export function readScenario(
  text: string,
  name: string,
  packs: readonly Pack[],
): { scenario: Scenario } | { faults: ScenarioFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const where = new Places(document, lines, name);
  if (document.errors.length > 0) {
    return { faults: document.errors.map((e) => where.at(e.pos[0], e.message.split('\n')[0] ?? 'YAML')) };
  }
  const parsed = file.safeParse(document.toJS());
  if (!parsed.success)
    return { faults: parsed.error.issues.map((issue) => where.issue([], issue, TOP_FIELDS)) };
  return understand(parsed.data, where, name, packs);
}

const TOP_FIELDS = Object.keys(file.shape);

type File = z.output<typeof file>;

function understand(
  data: File,
  where: Places,
  name: string,
  packs: readonly Pack[],
): ReturnType<typeof readScenario> {
  const { zone, country, settings } = data.organization;
  if (!isZone(zone))
    return {
      faults: [
        where.on(['organization', 'zone'], `a zone is expected, as America/Mexico_City; found ${zone}`),
      ],
    };
  const faults: ScenarioFault[] = [];
  const time: ReadAt = (text, path) => {
    const read = readTime(text, zone);
    if (read !== null) return read;
    faults.push(
      where.on(path, `a time is expected here, as "2024-07-01T09:00"; found ${JSON.stringify(text)}`),
    );
    return instant(0);
  };
  const staff = new Set(data.staff.map((member) => member.id));
  checkStaff(data, staff, where, faults);
  const facts = data.facts.map((each, index) => {
    const { at, ...rest } = each;
    const path = ['facts', index];
    const told = readTold(rest, path, where, staff, { zone, country }, faults);
    return { at: time(at, [...path, 'at']), line: where.line(path), told };
  });
  facts.forEach((fact, index) => {
    const before = facts[index - 1];
    if (before !== undefined && fact.at < before.at)
      faults.push(
        where.on(
          ['facts', index, 'at'],
          `facts are expected in order of time; the one before is at ${before.at}`,
        ),
      );
  });
  const expectations = data.expect.map((each, index) =>
    readExpectation(each, ['expect', index], where, time, zone, faults),
  );
  const procedures = readProcedures(data, where, packs, faults);
  checkReadings(data, where, packs, faults);
  const until = data.until === undefined ? lastOf(facts, expectations) : time(data.until, ['until']);
  if (faults.length > 0) return { faults };
  const known = facts.flatMap(({ told, ...fact }) => (told === null ? [] : [{ ...fact, told }]));
  const of = { name: data.scenario, file: name, country, zone, settings };
  const { readings } = data;
  return { scenario: { ...of, procedures, readings, staff: data.staff, facts: known, until, expectations } };
}

function isZone(zone: string): boolean {
  try {
    startOfDay('2024-01-01', zone);
    return true;
  } catch {
    return false;
  }
}

/** Without `until` the run ends with the last fact, or when the last expectation could still be met. */
function lastOf(facts: readonly { at: Instant }[], expectations: readonly Expectation[]): Instant {
  const instants = [...facts.map((fact) => fact.at), ...expectations.flatMap((each) => each.to ?? [])];
  return instants.toSorted().at(-1) ?? instant(0);
}

function checkStaff(data: File, staff: ReadonlySet<string>, where: Places, faults: ScenarioFault[]): void {
  data.staff.forEach(({ id, reportsTo }, index) => {
    if (data.staff.findIndex((each) => each.id === id) < index)
      faults.push(where.on(['staff', index, 'id'], `${id} is on the staff already`));
    if (reportsTo !== null && !staff.has(reportsTo))
      faults.push(where.on(['staff', index, 'reportsTo'], somebody(staff, reportsTo)));
  });
}

function somebody(staff: ReadonlySet<string>, found: string): string {
  return `somebody of the staff is expected here (${[...staff].join(', ')}); found ${found}`;
}

/** One fact with its fields; null when it is not understood, which the faults say. */
function readTold(
  rest: Readonly<Record<string, unknown>>,
  path: (string | number)[],
  where: Places,
  staff: ReadonlySet<string>,
  { zone, country }: { zone: string; country: 'MX' | 'CO' },
  faults: ScenarioFault[],
): Told | null {
  const [word, ...more] = Object.keys(rest);
  if (word === undefined || more.length > 0) {
    faults.push(
      where.on(
        path,
        `one fact with its fields is expected beside "at"; found ${more.length === 0 ? 'none' : Object.keys(rest).join(', ')}`,
      ),
    );
    return null;
  }
  const at = [...path, word];
  if (!isBuilt(word)) {
    const known = Object.hasOwn(factWords, word);
    faults.push(
      where.on(
        at,
        known
          ? 'this fact is not built yet'
          : `unknown fact; one of these is expected: ${Object.keys(factWords).join(', ')}`,
      ),
    );
    return null;
  }
  const read = readFact(word, rest[word] ?? {}, { zone, country, line: where.line(path) });
  if ('error' in read) {
    const fields = Object.keys(factShapes(zone)[word].shape);
    for (const issue of read.error.issues) faults.push(where.issue(at, issue, fields));
    return null;
  }
  const fields = asRecord(rest[word]);
  for (const field of PERSON_FIELDS) {
    for (const person of [fields[field]].flat())
      if (typeof person === 'string' && !staff.has(person))
        faults.push(where.on([...at, field], somebody(staff, person)));
  }
  return read.told;
}

function readProcedures(
  data: File,
  where: Places,
  packs: readonly Pack[],
  faults: ScenarioFault[],
): Scenario['procedures'] {
  if (data.procedures === undefined) return null;
  return data.procedures.flatMap((text, index) => {
    const [procedure = '', version = null] = text.split('@');
    const path = ['procedures', index];
    if (!isProcedure(procedure)) {
      faults.push(
        where.on(path, `a procedure is expected (${procedureNames.join(', ')}); found ${procedure}`),
      );
      return [];
    }
    const versions = packs.flatMap((pack) => (pack.name === procedure ? [pack.version] : []));
    // An undated document takes effect on the day the organization sets: any version is a day.
    const isKnown = version === null || versions.includes(version) || versions.includes(null);
    if (!isKnown)
      faults.push(
        where.on(path, `a version of ${procedure} is expected (${versions.join(', ')}); found ${version}`),
      );
    return [{ procedure, version }];
  });
}

function checkReadings(data: File, where: Places, packs: readonly Pack[], faults: ScenarioFault[]): void {
  for (const [procedure, readings] of Object.entries(data.readings)) {
    if (!isProcedure(procedure)) {
      faults.push(
        where.on(
          ['readings', procedure],
          `a procedure is expected (${procedureNames.join(', ')}); found ${procedure}`,
        ),
      );
      continue;
    }
    const version = packs.find((pack) => pack.name === procedure)?.version ?? null;
    for (const { field, expected } of checkAdoption(packs, {
      procedure,
      version,
      effectiveOn: '2000-01-01',
      readings,
    })) {
      const token = field.replace(/^readings\./, '');
      const found = JSON.stringify(readings[token]);
      faults.push(
        where.on(['readings', procedure, token], `${expected.en} is expected; found ${token}: ${found}`),
      );
    }
  }
}

type ReadAt = (text: unknown, path: (string | number)[]) => Instant;

function readExpectation(
  each: Record<string, unknown>,
  path: (string | number)[],
  where: Places,
  time: ReadAt,
  zone: string,
  faults: ScenarioFault[],
): Expectation {
  const { at, within, because, never, with: fieldsOfNever, ...rest } = each;
  const line = where.line(path);
  const [word, ...more] = Object.keys(rest);
  const entry = never === undefined ? word : asText(never);
  if (entry === undefined || (never === undefined ? more.length > 0 : word !== undefined))
    faults.push(where.on(path, 'one entry with its fields is expected, or "never" with "with"'));
  else if (!knownEntries.has(entry))
    faults.push(
      where.on(
        path,
        `an entry is expected that the product writes (docs/scenarios.md lists them); found ${entry}`,
      ),
    );
  const from = at === undefined ? null : time(at, [...path, 'at']);
  const span = within === undefined ? 0 : readDuration(within);
  if (span === null) faults.push(where.on([...path, 'within'], 'a duration is expected here, as "PT1H"'));
  const clauses = because === undefined ? [] : [because].flat().map(asText);
  return {
    line,
    never: never !== undefined,
    entry: entry ?? '',
    fields: asRecord(withInstants(never === undefined ? rest[entry ?? ''] : fieldsOfNever, zone)),
    from: from === null ? null : instant(Math.floor(Date.parse(from) / 1000) * 1000),
    to: from === null ? null : instant(Math.floor(Date.parse(from) / 1000) * 1000 + (span ?? 0) + 999),
    because: clauses,
  };
}

/** Times in the fields an expectation names are read as everywhere in the file: local unless they say otherwise. */
function withInstants(value: unknown, zone: string): unknown {
  if (Array.isArray(value)) return value.map((member) => withInstants(member, zone));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([field, v]) => [field, withInstants(v, zone)]));
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)
    ? (readTime(value, zone) ?? value)
    : value;
}

/** A word of the file; what is none is shown as it was written. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
