import { z } from 'zod';
import type { Procedure } from './known.ts';
import { procedureNames, topics } from './known.ts';
import type { LocalDate } from '../platform/time.ts';

/** What a pack file may say; `load.ts` checks it against the clauses, readings and figures the product knows. */
const saying = z.strictObject({ es: z.string().trim().min(1), en: z.string().trim().min(1) });

/** A sentence in the languages of the screens. */
export type Saying = z.output<typeof saying>;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const value = z.union([scalar, z.array(scalar), z.record(z.string(), scalar)]);

export const clauseKinds = ['enforced', 'watched', 'agreed'] as const;
export type ClauseKind = (typeof clauseKinds)[number];

export const clauseShape = z.strictObject({
  id: z.string().regex(/^[A-Z]\d{1,2}[a-z]?$/),
  kind: z.enum(clauseKinds),
  /** The clause in the words of the floor; `{name}` stands for the figure of that name. */
  text: saying,
  /** What the product does for it. */
  effect: saying,
  /** What of the clause the product does not do yet; shown wherever its rule and test are. */
  pending: saying.optional(),
  /** Who does it, where the document says. */
  who: z.array(z.string().min(1)).default([]),
  /** What the clause sets: of two clauses in force on one topic the later effective date governs. */
  topics: z.array(z.enum(topics)).default([]),
  /** With this value of this reading the clause stands beside the earlier ones instead of over them. */
  beside: z.strictObject({ reading: z.string(), value: scalar }).optional(),
  parameters: z.record(z.string(), value).default({}),
  /** A CEL expression over the pack's facts, the clause's figures and the readings. */
  condition: z.string().min(1).optional(),
});
export type Clause = z.output<typeof clauseShape>;

export const readingTypes = ['choice', 'flag', 'count', 'list', 'moment', 'split'] as const;
export type ReadingType = (typeof readingTypes)[number];

const alternative = z.union([
  z.strictObject({ value, label: saying }),
  /** One way to fill in a reading whose value the organization writes itself. */
  z.strictObject({ example: value, label: saying }),
]);

export const readingShape = z.strictObject({
  token: z.string().min(1),
  clauses: z.array(z.string()).min(1),
  type: z.enum(readingTypes),
  default: value,
  /** What can be read in more than one way. */
  question: saying,
  /** The ways to read it, the default among them; a plain figure or moment needs none. */
  alternatives: z.array(alternative).default([]),
});
export type Reading = z.output<typeof readingShape>;

const factTypes = ['number', 'text', 'flag'] as const;
export type FactType = (typeof factTypes)[number];

export const headShape = z.strictObject({
  name: z.enum(procedureNames),
  title: saying,
  aim: saying,
  country: z.enum(['MX', 'CO']),
  zone: z.string().refine(isZone, { message: 'IANA' }),
  /** The day it takes effect; null where the document has none and the organization sets the day. */
  version: z.iso.date().nullable(),
  /** What the printed dates say, where they disagree. */
  note: saying.optional(),
  /** Facts the conditions of the pack speak of. */
  facts: z.record(z.string(), z.record(z.string(), z.enum(factTypes))).default({}),
  clauses: z.array(z.unknown()),
  readings: z.array(z.unknown()),
});
export type PackHead = z.output<typeof headShape>;

export interface Pack extends Omit<PackHead, 'clauses' | 'readings' | 'name' | 'version'> {
  readonly name: Procedure;
  readonly version: LocalDate | null;
  readonly clauses: readonly Clause[];
  readonly readings: readonly Reading[];
}

const PLACE = /\{(\w+)\}/g;

/** The names of the figures a text speaks of. */
export function placesIn(text: string): string[] {
  return [...text.matchAll(PLACE)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** The clause as the organization reads it: its figures stand where the text leaves a place for them. */
export function clauseText(
  clause: { readonly text: Saying; readonly parameters: Readonly<Record<string, unknown>> },
  language: keyof Saying,
): string {
  return clause.text[language].replace(PLACE, (place, name: string) => {
    const figure = Object.hasOwn(clause.parameters, name) ? clause.parameters[name] : undefined;
    return typeof figure === 'string' || typeof figure === 'number' ? String(figure) : place;
  });
}

/** Freezes a value of plain data all the way down, so that what is shared between requests cannot be changed. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
