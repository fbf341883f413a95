import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { z } from 'zod';

import { atLocal } from '../src/calendar/index.ts';
import { instant, type Instant } from '../src/platform/time.ts';
import { isProcedure, type Procedure } from '../src/procedures/index.ts';
import { roles } from '../src/staff/index.ts';
import { knownEntries, knownFacts } from './scenario-words.ts';

/** A file that is not understood: where, and what was expected there. */
export interface ScenarioFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

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
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
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
): { scenario: Scenario } | { faults: ScenarioFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const where = new Places(document, lines, name);
  if (document.errors.length > 0) {
    return { faults: document.errors.map((e) => where.at(e.pos[0], e.message.split('\n')[0] ?? 'YAML')) };
  }
  const parsed = file.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map((issue) => where.on(issue.path as (string | number)[], issue.message)),
    };
  }
  return understand(parsed.data, where, name);
}

function understand(
  data: z.output<typeof file>,
  where: Places,
  name: string,
): ReturnType<typeof readScenario> {
  const faults: ScenarioFault[] = [];
  const { zone } = data.organization;
  const time = (text: unknown, path: (string | number)[]): Instant => {
    const read = readTime(text, zone);
    if (read !== null) return read;
    faults.push(
      where.on(path, `a time is expected here, as "2024-07-01T09:00"; found ${JSON.stringify(text)}`),
    );
    return instant(0);
  };
  const facts = data.facts.map((each, index): ScenarioFact => {
    const path = ['facts', index];
    const { at, ...rest } = each;
    const [word, ...more] = Object.keys(rest);
    if (word === undefined || more.length > 0)
      faults.push(where.on(path, 'one fact with its fields is expected beside "at"'));
    else if (!knownFacts.has(word)) faults.push(where.on([...path, word], `unknown fact ${word}`));
    const fields = rest[word ?? ''];
    return {
      at: time(at, [...path, 'at']),
      line: where.line(path),
      name: word ?? '',
      fields: asRecord(fields),
    };
  });
  facts.forEach((fact, index) => {
    const before = facts[index - 1];
    if (before !== undefined && fact.at < before.at)
      faults.push(where.on(['facts', index], 'facts must be in order of time'));
  });
  const until = data.until === undefined ? (facts.at(-1)?.at ?? instant(0)) : time(data.until, ['until']);
  const expectations = data.expect.map((each, index) =>
    readExpectation(each, ['expect', index], where, time, faults),
  );
  const procedures = data.procedures?.map((text, index) => {
    const [procedure = '', version = null] = text.split('@');
    if (!isProcedure(procedure))
      faults.push(where.on(['procedures', index], `unknown procedure ${procedure}`));
    return { procedure: procedure as Procedure, version };
  });
  if (faults.length > 0) return { faults };
  return {
    scenario: {
      name: data.scenario,
      file: name,
      country: data.organization.country,
      zone,
      settings: data.organization.settings,
      procedures: procedures ?? null,
      readings: data.readings,
      staff: data.staff,
      facts,
      until,
      expectations,
    },
  };
}

type ReadAt = (text: unknown, path: (string | number)[]) => Instant;

function readExpectation(
  each: Record<string, unknown>,
  path: (string | number)[],
  where: Places,
  time: ReadAt,
  faults: ScenarioFault[],
): Expectation {
  const { at, within, because, never, with: fieldsOfNever, ...rest } = each;
  const line = where.line(path);
  const [word, ...more] = Object.keys(rest);
  const entry = never === undefined ? word : String(never);
  if (entry === undefined || (never === undefined ? more.length > 0 : word !== undefined))
    faults.push(where.on(path, 'one entry with its fields is expected, or "never" with "with"'));
  else if (!knownEntries.has(entry)) faults.push(where.on(path, `unknown entry ${entry}`));
  const from = at === undefined ? null : time(at, [...path, 'at']);
  const span = within === undefined ? 999 : durationOf(within);
  if (span === null) faults.push(where.on([...path, 'within'], 'a duration is expected here, as "PT1H"'));
  const clauses =
    because === undefined ? [] : Array.isArray(because) ? because.map(String) : [String(because)];
  return {
    line,
    never: never !== undefined,
    entry: entry ?? '',
    fields: asRecord(never === undefined ? rest[entry ?? ''] : fieldsOfNever),
    from: from === null || within !== undefined ? from : instant(Math.floor(Date.parse(from) / 1000) * 1000),
    to: from === null ? null : instant(Date.parse(from) + (span ?? 0)),
    because: clauses,
  };
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

function durationOf(text: unknown): number | null {
  const parts = typeof text === 'string' ? DURATION.exec(text) : null;
  if (parts === null) return null;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000;
}

/** "2024-07-01T09:00" is local to the zone; with an offset or Z it is not. A date alone is its midnight. */
export function readTime(text: unknown, zone: string): Instant | null {
  if (typeof text !== 'string') return null;
  try {
    if (/(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return instant(text);
    return atLocal(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text, zone);
  } catch {
    return null;
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Finds the line of a path in the file. */
class Places {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #file: string;

  constructor(document: Document, lines: LineCounter, name: string) {
    this.#document = document;
    this.#lines = lines;
    this.#file = name;
  }

  at(offset: number, message: string): ScenarioFault {
    return { file: this.#file, line: this.#lines.linePos(offset).line, message };
  }

  line(path: readonly (string | number)[]): number {
    let node = this.#document.contents as Node | null;
    let offset = node?.range?.[0] ?? 0;
    for (const step of path) {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && item.key.value === step)
        : undefined;
      const next: unknown =
        pair?.value ?? (isSeq(node) && typeof step === 'number' ? node.items[step] : undefined);
      if (pair !== undefined && isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      if (next === undefined || next === null) break;
      node = next as Node;
      if (pair === undefined) offset = node.range?.[0] ?? offset;
    }
    return this.#lines.linePos(offset).line;
  }

  on(path: readonly (string | number)[], message: string): ScenarioFault {
    const name = path.filter((step) => typeof step === 'string').join('.');
    return {
      file: this.#file,
      line: this.line(path),
      message: name === '' ? message : `${name}: ${message}`,
    };
  }
}
