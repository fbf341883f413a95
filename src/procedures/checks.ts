import { z } from 'zod';
import { compile, nested } from './conditions.ts';
import type { Scope } from './conditions.ts';
import { oneOf } from './faults.ts';
import type { FaultList } from './faults.ts';
import { clauseIds } from './known.ts';
import { placesIn } from './pack.ts';
import type { Clause, Pack, PackHead, Reading, ReadingType } from './pack.ts';
import { parameterSchemasOf } from './parameters.ts';
import { readingSchema, readingSchemas } from './readings.ts';

/**
 * What must agree between a pack and the product: clauses, figures, readings, conditions. A part that could not be
 * read stands as null in its place, so that the others keep their index and are still checked.
 */
/** What a part calls itself, also when the rest of it is wrong. */
export const named = z.object({ id: z.string().optional(), token: z.string().optional() }).catch({});

export function checkClauses(
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

export function checkReadings(
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

export function checkConditions(pack: Pack, clauses: (Clause | null)[], faults: FaultList): void {
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
