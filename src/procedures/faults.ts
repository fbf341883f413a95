import type { z } from 'zod';
import type { Saying } from './pack.ts';
import type { Path, YamlSource } from './source.ts';

/** What is wrong in a pack file: where it stands and what is expected there, in both languages. */
export interface PackFault {
  readonly file: string;
  readonly line: number;
  readonly clause: string | null;
  /** The field as one would write it: `readings.best.top.default`. */
  readonly field: string;
  readonly expected: Saying;
}

/** Gathers the faults of one file; every check goes on after a fault, so that all are told at once. */
export interface FaultList {
  readonly found: PackFault[];
  add(at: { path: Path; field: string; clause?: string | null; line?: number }, expected: Saying): void;
  addIssues(
    issues: readonly z.core.$ZodIssue[],
    at: { path: Path; field: string; clause?: string | null },
  ): void;
}

export function faultList(file: string, source: YamlSource): FaultList {
  const found: PackFault[] = [];
  const add: FaultList['add'] = ({ path, field, clause = null, line }, expected) => {
    found.push({ file, line: line ?? source.lineOf(path), clause, field, expected });
  };
  const addIssues: FaultList['addIssues'] = (issues, at) => {
    for (const issue of issues) {
      const inside =
        issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
      const field = [at.field, ...inside.map(String)].filter((part) => part !== '').join('.');
      add({ path: [...at.path, ...inside], field, clause: at.clause ?? null }, expectedBy(issue));
    }
  };
  return { found, add, addIssues };
}

/** One line a person can act on: `procedures/x.yaml:12 L4 kind: se esperaba …`. */
export function faultLine(fault: PackFault, language: keyof Saying): string {
  const where = [fault.clause, fault.field].filter((part) => part !== null && part !== '').join(' ');
  const wanted = language === 'es' ? 'se esperaba' : 'expected';
  return `${fault.file}:${fault.line} ${where}: ${wanted} ${fault.expected[language]}`;
}

const typeNames: Record<string, Saying> = {
  string: { es: 'un texto', en: 'text' },
  number: { es: 'un número', en: 'a number' },
  int: { es: 'un número entero', en: 'a whole number' },
  boolean: { es: 'true o false', en: 'true or false' },
  array: { es: 'una lista', en: 'a list' },
  object: { es: 'un grupo de campos', en: 'a group of fields' },
  record: { es: 'un grupo de campos', en: 'a group of fields' },
};

function expectedBy(issue: z.core.$ZodIssue): Saying {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? { es: issue.expected, en: issue.expected };
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'unrecognized_keys':
      return {
        es: `ningún campo llamado ${issue.keys.join(', ')}`,
        en: `no field named ${issue.keys.join(', ')}`,
      };
    case 'too_small':
      return { es: `al menos ${String(issue.minimum)}`, en: `at least ${String(issue.minimum)}` };
    case 'too_big':
      return { es: `a lo más ${String(issue.maximum)}`, en: `at most ${String(issue.maximum)}` };
    case 'invalid_format':
      return {
        es: `un texto con la forma ${issue.pattern ?? issue.format}`,
        en: `text of the form ${issue.pattern ?? issue.format}`,
      };
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return { es: `un valor válido (${issue.message})`, en: `a valid value (${issue.message})` };
    default:
      return issue satisfies never;
  }
}

export function oneOf(values: readonly string[]): Saying {
  return { es: `uno de: ${values.join(', ')}`, en: `one of: ${values.join(', ')}` };
}
