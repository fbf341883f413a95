import { createHash } from 'node:crypto';
import type { Fault } from '../platform/fault.ts';
import type { DateOrder } from '../platform/wall-time.ts';
import { sourceFault } from './faults.ts';
import { gathered, sourceTime, type Answer } from './gather.ts';
import { reachable, type Door, type Intake } from './intake.ts';
import { usualTarget, type Mapping, type Target } from './targets.ts';
import { folded, isDamagedNumber, MESSAGE_CHARACTERS_MAX, textOf, valueOf } from './text.ts';

/** One row of a file as the table reader gives it: its number in the file, and its cells by header. */
export interface Row {
  row: number;
  cells: Readonly<Record<string, string>>;
}

/** What a source's files look like; kept with the source when an import starts, and used again for its next file. */
export interface FileMapping {
  columns: Mapping;
  dates: DateOrder;
  /** Given to every row that does not say otherwise. */
  zone?: string | undefined;
}

export type RowRead =
  | { row: number; intake: Intake }
  | { row: number; fault: Fault }
  | { row: number; skipped: 'blank' | 'total' };

/** What the columns of a new file seem to mean, for the person to correct and save. Every header appears in it. */
export function proposedMapping(headers: readonly string[], dates: DateOrder = 'dmy'): FileMapping {
  const columns = headers.map((header): [string, Target] => [header, usualTarget(header) ?? 'keep']);
  return { columns: Object.fromEntries(columns.filter(([header]) => header !== '__proto__')), dates };
}

/** What the columns of this file were confirmed to mean before, in the order of the file. */
export function knownColumns(saved: FileMapping | undefined, columns: readonly string[]): Mapping {
  const known = new Map(Object.entries(saved?.columns ?? {}));
  return Object.fromEntries(
    columns.flatMap((name) => {
      const target = known.get(name);
      return target === undefined ? [] : [[name, target] as const];
    }),
  );
}

/** Of one source; past it, those of files long gone are forgotten. */
const COLUMNS_REMEMBERED_MAX = 500;

/** What is remembered once another file's columns are confirmed: these, and those of other files of the source. */
export function rememberedMapping(before: FileMapping | undefined, confirmed: FileMapping): FileMapping {
  const others = Object.entries(before?.columns ?? {}).filter(
    ([name]) => !Object.hasOwn(confirmed.columns, name),
  );
  const columns = [...Object.entries(confirmed.columns), ...others].slice(0, COLUMNS_REMEMBERED_MAX);
  return { ...confirmed, columns: Object.fromEntries(columns) };
}

/**
 * A row as a lead, or what is wrong with it, by row, column and remedy. Uploading a file again creates nothing: without
 * a column of ids a row is known by its content, wherever in the file it stands.
 */
export function readLeadRow(row: Row, mapping: FileMapping, door: Door): RowRead {
  const answers = rowAnswers(row, mapping);
  const skipped = notALead(answers);
  if (skipped !== null) return { row: row.row, skipped };
  const fault = rowFault(answers, mapping, door);
  if (fault !== null) return { row: row.row, fault };
  const intake = rowIntake(answers, mapping, door);
  if (reachable(intake) || intake.test) return { row: row.row, intake };
  const column = answers.find(({ target }) => target === 'phone' || target === 'email')?.name;
  return { row: row.row, fault: sourceFault('no-way-to-reach', column) };
}

/** The lead in a row whose cells were found sound. */
export function rowIntake(answers: readonly Answer[], mapping: FileMapping, door: Door): Intake {
  const intake = gathered(answers, door, mapping.dates);
  intake.sourceId ??= contentId(answers);
  if (intake.zone === undefined && mapping.zone !== undefined) intake.zone = mapping.zone;
  return intake;
}

/** Each cell with what its column means. A column the mapping does not know is kept by its own name. */
export function rowAnswers(row: Row, mapping: FileMapping): Answer[] {
  return Object.entries(row.cells)
    .map(([name, cell]) => ({
      name,
      target: Object.hasOwn(mapping.columns, name) ? (mapping.columns[name] ?? 'keep') : 'keep',
      value: unprefixed(textOf(cell, MESSAGE_CHARACTERS_MAX)),
    }))
    .filter(({ target, value }) => target !== 'drop' && value !== '');
}

/** Meta's own downloads mark what a cell is: "l:" lead, "p:" phone, "f:" form, "ag:", "as:", "c:" ad, set and campaign. */
function unprefixed(cell: string): string {
  return /^(?:(?:l|f|ag|as|c):\d+|p:\+?\d[\d\s()-]*)$/.test(cell) ? cell.slice(cell.indexOf(':') + 1) : cell;
}

const TOTAL = /^(gran )?total(es)?\b|^suma\b/i;

/** A row of blanks, or the sum at the bottom of a report. */
export function notALead(answers: readonly Answer[]): 'blank' | 'total' | null {
  const written = answers.filter(({ value }) => valueOf(value) !== '');
  if (written.length === 0) return 'blank';
  const reaching = written.some(({ target }) => target === 'phone' || target === 'email');
  return !reaching && TOTAL.test(written[0]?.value ?? '') ? 'total' : null;
}

/** What in the cells would be read wrongly: a phone whose digits are gone, a date that is none. */
export function rowFault(answers: readonly Answer[], mapping: FileMapping, door: Door): Fault | null {
  for (const { name, target, value } of answers) {
    if (target === 'phone' && isDamagedNumber(value)) return sourceFault('phone-damaged', name, value);
    if (target !== 'sentAt' || valueOf(value) === '') continue;
    if (sourceTime(value, door, mapping.dates) === null) return sourceFault('not-a-time', name);
  }
  return null;
}

function contentId(answers: readonly Answer[]): string {
  const content = answers
    .map(
      ({ name, target, value }) =>
        [target === 'keep' ? folded(name) : target, value.replace(/\s+/g, ' ')] as const,
    )
    .toSorted((a, b) => (a.join('|') < b.join('|') ? -1 : 1));
  return `row:${createHash('sha256').update(JSON.stringify(content)).digest('hex')}`;
}
