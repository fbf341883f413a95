import { z } from 'zod';
import { addDays } from '../calendar/index.ts';
import type { Json } from '../journal/index.ts';
import { isProcedure } from '../procedures/index.ts';
import type { Shift } from '../staff/index.ts';
import type { NoticeFacts } from './notice-facts.ts';
import type { NoticeLanguage } from './notices.ts';
import { NOTICE_CATALOGS } from './templates.ts';

/** Guards, absences and signatures in the words of a notice. */

const guard = z.object({ on: z.string(), from: z.string(), until: z.string() });

/** Null: the notice carries none. Written by `tell` as the rule has them. */
export function guardsIn(value: Json | undefined): Shift[] | null {
  return z.array(guard).safeParse(value).data ?? null;
}

/** 'lun 1, mié 3 a vie 5, 08:00–13:00; mar 2, 13:00–18:00': days that share their hours stand together. */
export function guardsInWords({ language }: NoticeFacts, shifts: readonly Shift[]): string {
  if (shifts.length === 0) return NOTICE_CATALOGS[language].words.noShifts;
  const byHours = Map.groupBy(shifts, ({ from, until }) => `${from}–${until}`);
  return [...byHours].map(([hours, same]) => `${runsInWords(same, language)}, ${hours}`).join('; ');
}

/** So many days in a row are named by the first and the last: a month of mornings is not thirty names. */
const RUN_DAYS_MIN = 3;

function runsInWords(same: readonly Shift[], language: NoticeLanguage): string {
  const runs: string[][] = [];
  for (const { on } of same) {
    const run = runs.at(-1);
    if (run?.at(-1) === addDays(on, -1)) run.push(on);
    else runs.push([on]);
  }
  const { dayRun } = NOTICE_CATALOGS[language].words;
  return runs
    .flatMap((run) => {
      const names = run.map((on) => dayName(on, language));
      if (run.length < RUN_DAYS_MIN) return names;
      return dayRun.replace('{from}', names[0] ?? '').replace('{until}', names.at(-1) ?? '');
    })
    .join(', ');
}

export function swapInWords(f: NoticeFacts): string {
  const { words } = NOTICE_CATALOGS[f.language];
  const one = (name: string): string | null => {
    const shift = guard.safeParse(f.values[name]).data;
    return shift === undefined ? null : `${dayName(shift.on, f.language)}, ${shift.from}–${shift.until}`;
  };
  const gives = one('gives') ?? '';
  const takes = one('takes');
  return takes === null
    ? words.swapGiven.replace('{gives}', gives)
    : words.swapExchanged.replace('{gives}', gives).replace('{takes}', takes);
}

export function swapOutcome({ values, language }: NoticeFacts): string {
  const outcomes: Readonly<Record<string, string>> = NOTICE_CATALOGS[language].words.swapOutcome;
  const { outcome } = values;
  return (typeof outcome === 'string' ? outcomes[outcome] : undefined) ?? '';
}

export function absentDays({ values, language }: NoticeFacts): string {
  const { fromOn, untilOn } = values;
  if (typeof fromOn !== 'string' || typeof untilOn !== 'string') return '';
  return NOTICE_CATALOGS[language].words.dayToDay
    .replace('{from}', longDay(fromOn, language))
    .replace('{until}', longDay(untilOn, language));
}

export function proceduresInWords({ values, language }: NoticeFacts): string {
  const { procedures } = values;
  const names = NOTICE_CATALOGS[language].words.procedures;
  const known = Array.isArray(procedures) ? procedures : [];
  return known
    .map((each) => (typeof each === 'string' && isProcedure(each) ? names[each] : String(each)))
    .join(', ');
}

/** 'lun 1' */
function dayName(on: string, language: NoticeLanguage): string {
  return format(on, language, { weekday: 'short', day: 'numeric' });
}

/** '4 de julio' */
function longDay(on: string, language: NoticeLanguage): string {
  return format(on, language, { day: 'numeric', month: 'long' });
}

function format(on: string, language: NoticeLanguage, options: Intl.DateTimeFormatOptions): string {
  const day = new Date(Date.parse(`${on}T00:00:00Z`));
  return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(day).replaceAll(',', '');
}
