import type { Fault } from '../platform/fault.ts';
import type { Instant } from '../platform/time.ts';
import { sourceFault } from './faults.ts';
import { sourceTime, type Answer } from './gather.ts';
import { reachable, type Door, type Intake } from './intake.ts';
import { notALead, rowAnswers, rowFault, rowIntake, type FileMapping, type Row } from './lead-file.ts';
import type { Target } from './targets.ts';
import { MESSAGE_CHARACTERS_MAX, textOf, valueOf } from './text.ts';

/** A lead the organization had before this product: it comes in with its holder and past, without a turn or ten minutes. */
export interface ExistingLead {
  intake: Intake;
  /** As written in the file: an e-mail, a name or a key; who that is, is for the caller to find. */
  holder: string;
  /** When the organization registered it: ownership disputes are ruled by this date. */
  registeredAt: Instant;
  firstContactAt: Instant | null;
  lastContactAt: Instant | null;
  status?: string;
  grade?: string;
  history: PastNote[];
}

/** One line of what happened before; `at` is null when the line has no date of its own. */
export interface PastNote {
  at: Instant | null;
  text: string;
}

export type ExistingRead =
  | { row: number; existing: ExistingLead }
  | { row: number; fault: Fault }
  | { row: number; skipped: 'blank' | 'total' };

/** Most lines of history read from one row. */
export const PAST_NOTES_MAX = 500;

/** A row of a going-live file. Faults name the column, so that the row can be repaired and uploaded again. */
export function readExistingRow(row: Row, mapping: FileMapping, door: Door): ExistingRead {
  const answers = rowAnswers(row, mapping);
  const skipped = notALead(answers);
  if (skipped !== null) return { row: row.row, skipped };
  const read = existingOf(answers, mapping, door);
  return 'fault' in read ? { row: row.row, fault: read.fault } : { row: row.row, existing: read };
}

function existingOf(
  answers: readonly Answer[],
  mapping: FileMapping,
  door: Door,
): ExistingLead | { fault: Fault } {
  const cell = (target: Target) => valueOf(answers.find((answer) => answer.target === target)?.value);
  const column = (target: Target) => columnOf(target, mapping);
  const damaged = rowFault(answers, mapping, door);
  if (damaged !== null) return { fault: damaged };
  if (cell('holder') === '') return { fault: sourceFault('holder-missing', column('holder')) };
  const registered = registeredOf(
    answers,
    cell('registeredAt') === '' ? 'sentAt' : 'registeredAt',
    mapping,
    door,
  );
  if (typeof registered === 'object') return registered;
  const intake = rowIntake(answers, mapping, door);
  if (!reachable(intake)) return { fault: sourceFault('no-way-to-reach', column('phone')) };
  const past = (target: Target) => sourceTime(cell(target), door, mapping.dates);
  return {
    intake,
    holder: cell('holder'),
    registeredAt: registered,
    firstContactAt: past('firstContactAt'),
    lastContactAt: past('lastContactAt'),
    ...(cell('status') === '' ? {} : { status: cell('status') }),
    ...(cell('grade') === '' ? {} : { grade: cell('grade') }),
    history: answers
      .filter(({ target }) => target === 'history')
      .flatMap(({ value }) => notesOf(value, mapping, door)),
  };
}

/** The registration date, or the source's own time in a file that has only that one. */
function registeredOf(
  answers: readonly Answer[],
  target: Target,
  mapping: FileMapping,
  door: Door,
): Instant | { fault: Fault } {
  const answer = answers.find((one) => one.target === target);
  const column = answer?.name ?? columnOf('registeredAt', mapping);
  if (answer === undefined) return { fault: sourceFault('registered-missing', column) };
  const at = sourceTime(answer.value, door, mapping.dates);
  if (at !== null) return at;
  const later = sourceTime(answer.value, { ...door, now: FAR_AHEAD }, mapping.dates);
  return { fault: sourceFault(later === null ? 'not-a-time' : 'registered-in-future', column) };
}
const FAR_AHEAD = '9999-01-01T00:00:00.000Z' as Instant;

function columnOf(target: Target, mapping: FileMapping): string {
  return Object.entries(mapping.columns).find(([, mapped]) => mapped === target)?.[0] ?? target;
}

const DATED =
  /^\[?(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:,?[T ]+\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?\s?m\.?)?)?)\]?\s*[-–—:|]?\s*(.*)$/i;

/** Offices keep a lead's past in one cell, a line each, usually with the date first. */
function notesOf(cell: string, mapping: FileMapping, door: Door): PastNote[] {
  const lines = textOf(cell, MESSAGE_CHARACTERS_MAX).split(/\r?\n/).slice(0, PAST_NOTES_MAX);
  return lines.flatMap((line) => {
    const dated = DATED.exec(line.trim());
    const at = dated === null ? null : sourceTime(dated[1] ?? '', door, mapping.dates);
    const text = at === null ? line.trim() : (dated?.[2] ?? '').trim();
    return text === '' ? [] : [{ at, text }];
  });
}
