import { z } from 'zod';
import { checkClauses, checkConditions, checkReadings, named } from './checks.ts';
import { faultList } from './faults.ts';
import type { FaultList, PackFault } from './faults.ts';
import { procedureNames } from './known.ts';
import { clauseShape, frozen, headShape, readingShape } from './pack.ts';
import type { Clause, Pack, Reading } from './pack.ts';
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
  return faults.length > 0 ? { faults } : { packs: packs.map(frozen) };
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
