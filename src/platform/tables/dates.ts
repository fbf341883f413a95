import { isBlank } from '../blank.ts';

export type DateOrder = 'dmy' | 'mdy';

export type ReadDate =
  | {
      /** "2024-07-01" */
      readonly date: string;
      /** "10:30:00", local; absent when the cell has none. */
      readonly time?: string;
      /** The other order gives another real date: the caller shows both. */
      readonly ambiguous?: true;
      /** That other date. */
      readonly other?: string;
      /** Only the order not asked for gives a real date. */
      readonly warning?: 'other-order' | 'serial' | 'two-digit-year';
    }
  | { readonly refused: 'blank' | 'not-a-date' };

const MONTHS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'] as const;
const ENGLISH: Readonly<Record<string, number>> = { jan: 1, apr: 4, aug: 8, dec: 12, set: 9 };
/** 1 January 1990 and 31 December 2079 as a spreadsheet counts days: a bare number outside is no date. */
const SERIAL_MIN = 32_874;
const SERIAL_MAX = 65_745;
/** Day 0 of a spreadsheet's 1900 system, which believes in a 29 February 1900. */
const SERIAL_ZERO = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
const DATE_CHARACTERS_MAX = 60;
/** "24" is 2024, "87" is 1987: people's birthdays and last month's leads. */
const TWO_DIGIT_PIVOT = 70;

/** Takes a cell and the order its file uses. ISO dates, month names and spreadsheet serials need no order. */
export function readDate(text: string, order: DateOrder): ReadDate {
  if (isBlank(text)) return { refused: 'blank' };
  if (text.length > DATE_CHARACTERS_MAX) return { refused: 'not-a-date' };
  const bare = text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const serial = fromSerial(bare);
  if (serial !== null) return serial;
  const { day, time } = splitTime(bare);
  const read = fromIso(day) ?? fromNamed(day) ?? fromNumbers(day, order);
  if (read === null || time === null) return { refused: 'not-a-date' };
  return time === undefined ? read : { ...read, time };
}

function fromSerial(text: string): ReadDate | null {
  if (!/^\d{5}(?:[.,]\d+)?$/u.test(text)) return null;
  const days = Number(text.replace(',', '.'));
  if (days < SERIAL_MIN || days >= SERIAL_MAX) return null;
  const at = new Date(SERIAL_ZERO + Math.round(days * 86_400) * (DAY_MS / 86_400)).toISOString();
  const time = at.slice(11, 19);
  return { date: at.slice(0, 10), warning: 'serial', ...(Number.isInteger(days) ? {} : { time }) };
}

/** Undefined: no time. Null: something stands there that is no time. */
function splitTime(text: string): { day: string; time: string | null | undefined } {
  const found =
    /^(.*?)(?:[ t,]+(?:a las )?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(a\.? ?m\.?|p\.? ?m\.?)?\s*(?:z|utc|h|hrs?)?\.?$/u.exec(
      text,
    );
  if (found === null) return { day: text, time: undefined };
  const [, day = '', hours = '', minutes = '', seconds = '00', half] = found;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.startsWith('p') ? 12 : 0);
  if (
    hour > 23 ||
    Number(minutes) > 59 ||
    Number(seconds) > 59 ||
    (half !== undefined && Number(hours) > 12)
  ) {
    return { day, time: null };
  }
  return { day, time: `${String(hour).padStart(2, '0')}:${minutes}:${seconds}` };
}

function fromIso(text: string): ReadDate | null {
  const found =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/u.exec(text) ?? /^((?:19|20)\d{2})(\d{2})(\d{2})$/u.exec(text);
  if (found === null) return null;
  const date = real(Number(found[1]), Number(found[2]), Number(found[3]));
  return date === null ? null : { date };
}

/** "1-jul-2024", "1 de julio de 2024", "julio 1, 2024", "lunes 1 de julio del 2024". */
function fromNamed(text: string): ReadDate | null {
  const bare = text.replace(/^(?:lun|mar|mie|jue|vie|sab|dom)[a-z]*\.?,? /u, '');
  const first = /^(\d{1,2})[ -/.]*(?:de )?([a-z]{3,10})\.?[ -/.,]*(?:del? )?(\d{4}|\d{2})$/u.exec(bare);
  const second = /^([a-z]{3,10})\.? (\d{1,2}),? (?:del? )?(\d{4})$/u.exec(bare);
  const [day, name, year] =
    first === null ? [second?.[2], second?.[1], second?.[3]] : [first[1], first[2], first[3]];
  if (day === undefined || name === undefined || year === undefined) return null;
  const month = monthOf(name);
  const date = month === null ? null : real(fullYear(year), month, Number(day));
  if (date === null) return null;
  return year.length === 2 ? { date, warning: 'two-digit-year' } : { date };
}

function fromNumbers(text: string, order: DateOrder): ReadDate | null {
  const found = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/u.exec(text);
  if (found === null) return null;
  const [, one = '', , two = '', yearText = ''] = found;
  const year = fullYear(yearText);
  const dmy = real(year, Number(two), Number(one));
  const mdy = real(year, Number(one), Number(two));
  const [asked, other] = order === 'dmy' ? [dmy, mdy] : [mdy, dmy];
  const date = asked ?? other;
  if (date === null) return null;
  if (asked === null) return { date, warning: 'other-order' };
  const short = yearText.length === 2 ? { warning: 'two-digit-year' as const } : {};
  return other !== null && other !== asked ? { date, ambiguous: true, other, ...short } : { date, ...short };
}

function monthOf(name: string): number | null {
  const short = name.slice(0, 3);
  const at = MONTHS.findIndex((month) => month === short);
  return at >= 0 ? at + 1 : (ENGLISH[short] ?? null);
}

function fullYear(text: string): number {
  if (text.length === 4) return Number(text);
  return Number(text) + (Number(text) < TWO_DIGIT_PIVOT ? 2_000 : 1_900);
}

/** Null for 31 February. */
function real(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  return at.toISOString().slice(0, 10);
}
