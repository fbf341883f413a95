import { z } from 'zod';
import { compile, nested } from './conditions.ts';
import type { Scope } from './conditions.ts';
import { faultList, oneOf } from './faults.ts';
import type { FaultList, PackFault } from './faults.ts';
import { clauseIds, procedureNames } from './known.ts';
import { clauseShape, headShape, placesIn, readingShape } from './pack.ts';
import type { Clause, Pack, PackHead, Reading, ReadingType } from './pack.ts';
import { parameterSchemasOf } from './parameters.ts';
import { readingSchema, readingSchemas } from './readings.ts';
import { readYaml } from './source.ts';

export interface PackFile {
  readonly file: string;
  readonly text: string;
}

export type Loaded = { readonly packs: readonly Pack[] } | { readonly faults: readonly PackFault[] };

/** Takes the texts of the pack files; gives all packs, or every fault in every file. */
export function loadPacks(files: readonly PackFile[]): Loaded {
  const read = files.map((file) => ({ ...file, ...readPack(file) }));
  const faults = read.flatMap((result) => result.faults);
  const seen = new Map<string, string>();
  for (const { file, pack } of read) {
    if (pack === null) continue;
    const key = `${pack.name}@${pack.version ?? ''}`;
    const other = seen.get(key);
    if (other !== undefined)
      faults.push(whole(file, 'version', `${key}: ${other}`, 'otra versión que', 'another version than'));
    seen.set(key, file);
  }
  const packs = read.flatMap(({ pack }) => (pack === null ? [] : [pack]));
  if (faults.length > 0) return { faults };
  for (const name of procedureNames) {
    if (packs.every((pack) => pack.name !== name)) {
      faults.push(whole(`procedures/${name}.yaml`, 'name', name, 'el procedimiento', 'the procedure'));
    }
  }
  return faults.length > 0 ? { faults } : { packs: packs.map(deepFreeze) };
}

function whole(file: string, field: string, what: string, es: string, en: string): PackFault {
  return { file, line: 1, clause: null, field, expected: { es: `${es} ${what}`, en: `${en} ${what}` } };
}

function readPack({ file, text }: PackFile): { pack: Pack | null; faults: PackFault[] } {
  const source = readYaml(text);
  const faults = faultList(file, source);
  for (const { line, message } of source.faults) {
    faults.add(
      { path: [], field: '', line },
      { es: `YAML bien escrito (${message})`, en: `well-formed YAML (${message})` },
    );
  }
  if (source.faults.length > 0) return { pack: null, faults: faults.found };
  const head = headShape.safeParse(source.value);
  if (!head.success) faults.addIssues(head.error.issues, { path: [], field: '' });
  const parts = z.object({
    clauses: z.array(z.unknown()).catch([]),
    readings: z.array(z.unknown()).catch([]),
  });
  const raw = parts.catch({ clauses: [], readings: [] }).parse(source.value);
  const clauses = raw.clauses.map((value, index) => readClause(value, index, faults));
  const readings = raw.readings.map((value, index) => readReading(value, index, faults));
  if (!head.success) return { pack: null, faults: faults.found };
  checkClauses(head.data, clauses, readings, faults);
  checkReadings(head.data, clauses, readings, faults);
  const pack: Pack = {
    ...head.data,
    clauses: clauses.filter((clause) => clause !== null),
    readings: readings.filter((reading) => reading !== null),
  };
  checkConditions(pack, clauses, faults);
  return { pack: faults.found.length === 0 ? pack : null, faults: faults.found };
}

const named = z.object({ id: z.string().optional(), token: z.string().optional() }).catch({});

function readClause(value: unknown, index: number, faults: FaultList): Clause | null {
  const parsed = clauseShape.safeParse(value);
  if (parsed.success) return parsed.data;
  faults.addIssues(parsed.error.issues, {
    path: ['clauses', index],
    field: '',
    clause: named.parse(value).id ?? null,
  });
  return null;
}

function readReading(value: unknown, index: number, faults: FaultList): Reading | null {
  const parsed = readingShape.safeParse(value);
  if (parsed.success) return parsed.data;
  const token = named.parse(value).token ?? String(index);
  faults.addIssues(parsed.error.issues, { path: ['readings', index], field: `readings.${token}` });
  return null;
}

function checkClauses(
  head: PackHead,
  clauses: (Clause | null)[],
  readings: (Reading | null)[],
  faults: FaultList,
): void {
  const known: readonly string[] = clauseIds[head.name];
  const given = head.clauses.map((value) => named.parse(value).id);
  for (const id of known.filter((id) => !given.includes(id))) {
    faults.add(
      { path: ['clauses'], field: 'clauses', clause: id },
      { es: `la cláusula ${id}`, en: `clause ${id}` },
    );
  }
  const topics = new Set<string>();
  for (const [index, clause] of clauses.entries()) {
    if (clause === null) continue;
    const at = (field: string) => ({
      path: ['clauses', index, ...field.split('.')],
      field,
      clause: clause.id,
    });
    if (!known.includes(clause.id)) faults.add(at('id'), oneOf(known));
    else if (given.indexOf(clause.id) !== index)
      faults.add(at('id'), { es: 'cada cláusula una sola vez', en: 'each clause once' });
    checkParameters(head, clause, index, faults);
    for (const topic of clause.topics) {
      if (topics.has(topic))
        faults.add(at('topics'), {
          es: `otro asunto que ${topic}: ya lo fija otra cláusula`,
          en: `another topic than ${topic}: a clause sets it already`,
        });
      topics.add(topic);
    }
    const { beside } = clause;
    if (
      beside !== undefined &&
      !readings.some((reading) => reading?.token === beside.reading && reading.clauses.includes(clause.id))
    ) {
      faults.add(at('beside.reading'), {
        es: `una lectura de ${clause.id}`,
        en: `a reading of ${clause.id}`,
      });
    }
  }
}

function checkParameters(head: PackHead, clause: Clause, index: number, faults: FaultList): void {
  const schemas = parameterSchemasOf(head.name, clause.id);
  const at = (...steps: string[]) => ({
    path: ['clauses', index, ...steps],
    field: steps.join('.'),
    clause: clause.id,
  });
  for (const [name, schema] of Object.entries(schemas)) {
    const parsed = schema.safeParse(clause.parameters[name]);
    if (!parsed.success) faults.addIssues(parsed.error.issues, at('parameters', name));
  }
  for (const name of Object.keys(clause.parameters)) {
    if (!Object.hasOwn(schemas, name)) faults.add(at('parameters', name), oneOf(Object.keys(schemas)));
  }
  for (const language of ['es', 'en'] as const) {
    for (const place of placesIn(clause.text[language])) {
      if (!Object.hasOwn(clause.parameters, place))
        faults.add(at('text', language), oneOf(Object.keys(clause.parameters)));
    }
  }
}

function checkReadings(
  head: PackHead,
  clauses: (Clause | null)[],
  readings: (Reading | null)[],
  faults: FaultList,
): void {
  const known = Object.keys(readingSchemas[head.name]);
  const given = head.readings.map((value) => named.parse(value).token);
  for (const token of known.filter((token) => !given.includes(token))) {
    faults.add(
      { path: ['readings'], field: `readings.${token}` },
      { es: `la lectura ${token}`, en: `reading ${token}` },
    );
  }
  for (const [index, reading] of readings.entries()) {
    if (reading === null) continue;
    const at = (...steps: (string | number)[]) => ({
      path: ['readings', index, ...steps],
      field: ['readings', reading.token, ...steps].join('.'),
      clause: reading.clauses[0] ?? null,
    });
    const schema = readingSchema(head.name, reading.token);
    if (schema === null) {
      faults.add(at('token'), oneOf(known));
      continue;
    }
    if (given.indexOf(reading.token) !== index)
      faults.add(at('token'), { es: 'cada lectura una sola vez', en: 'each reading once' });
    for (const [place, id] of reading.clauses.entries()) {
      if (!clauses.some((clause) => clause?.id === id))
        faults.add(at('clauses', place), oneOf(clauseIds[head.name]));
    }
    checkReadingValues(reading, schema, at, faults);
  }
}

type At = (...steps: (string | number)[]) => {
  path: (string | number)[];
  field: string;
  clause: string | null;
};

function checkReadingValues(reading: Reading, schema: z.ZodType, at: At, faults: FaultList): void {
  const type = typeOf(schema);
  if (reading.type !== type) faults.add(at('type'), oneOf([type]));
  const check = (value: unknown, ...steps: (string | number)[]) => {
    const parsed = schema.safeParse(value);
    if (!parsed.success)
      faults.addIssues(
        parsed.error.issues.map((issue) => ({ ...issue, path: [] })),
        at(...steps),
      );
  };
  check(reading.default, 'default');
  const told = reading.alternatives.map((way) => ('value' in way ? way.value : way.example));
  for (const [index, value] of told.entries()) check(value, 'alternatives', index);
  const owed =
    schema instanceof z.ZodEnum ? schema.options : schema instanceof z.ZodBoolean ? [true, false] : [];
  for (const value of owed) {
    if (!told.includes(value))
      faults.add(at('alternatives'), {
        es: `la alternativa ${String(value)}`,
        en: `alternative ${String(value)}`,
      });
  }
}

/** The control a screen shows for a reading follows from the schema; the file says it so that it can be read alone. */
function typeOf(schema: z.ZodType): ReadingType {
  if (schema instanceof z.ZodEnum) return 'choice';
  if (schema instanceof z.ZodBoolean) return 'flag';
  if (schema instanceof z.ZodNumber) return 'count';
  if (schema instanceof z.ZodArray) return 'list';
  if (schema instanceof z.ZodString) return 'moment';
  return 'split';
}

function checkConditions(pack: Pack, clauses: (Clause | null)[], faults: FaultList): void {
  for (const [index, clause] of clauses.entries()) {
    if (clause?.condition === undefined) continue;
    const compiled = compile(clause.condition, pack.facts, writtenScope(pack, clause.id));
    if ('fault' in compiled) {
      faults.add(
        { path: ['clauses', index, 'condition'], field: 'condition', clause: clause.id },
        {
          es: `una condición CEL correcta (${compiled.fault})`,
          en: `a correct CEL condition (${compiled.fault})`,
        },
      );
    }
  }
}

/** What a condition can name besides facts: its own figures, those of the other clauses, and the readings. */
function writtenScope(pack: Pack, clause: string): Scope {
  const figures = Object.fromEntries(pack.clauses.map(({ id, parameters }) => [id, nested(parameters)]));
  return {
    parameters: figures[clause] ?? {},
    clauses: figures,
    readings: nested(Object.fromEntries(pack.readings.map((reading) => [reading.token, reading.default]))),
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
