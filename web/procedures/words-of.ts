/** Names of figures, values and entries in words; what has none is shown as it is written in the procedure. */
import { weekdayName, type Figures } from '../figures.ts';
import type { Say, WordId } from '../words.ts';
import type { Reading } from './answers.ts';

/** The word `id` + `name`, or the name itself: packs may hold names that no catalog knows yet. */
export function wordOr(t: Say, id: string, name: string): string {
  const whole = `${id}.${name}`;
  // The catalog gives an id back that it does not know.
  const word = t(whole as WordId);
  return word === whole ? name : word;
}

export const figureName = (t: Say, name: string): string => wordOr(t, 'procedures.figure', name);

/** A figure as people read it: days by name, percentages with their sign. */
export function figureText(t: Say, figures: Figures, name: string, value: unknown): string {
  if (name === 'weekdays' && Array.isArray(value))
    return value.length === 7
      ? t('procedures.every-day')
      : value.map((day) => weekdayName(figures, Number(day))).join(', ');
  if (name === 'weekday') return weekdayName(figures, Number(value));
  if (name === 'every') return wordOr(t, 'procedures.every', String(value));
  if (/percent/i.test(name)) return `${String(value)} %`;
  return typeof value === 'number' ? figures.number(value) : String(value);
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A reading's value in the words of its alternative, or as it is. */
export function readingText(t: Say, figures: Figures, reading: Reading, value: unknown): string {
  const known = reading.alternatives.find((each) => 'value' in each && same(each.value, value));
  if (known !== undefined) return known.label;
  if (reading.type === 'moment' && typeof value === 'string') {
    const [day = '', time = ''] = value.split('T');
    return t('procedures.moment', { day: String(Number(day)), time });
  }
  if (reading.type === 'split' && typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([who, part]) => `${who}: ${figures.number(Number(part))}`)
      .join(' · ');
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return t(value ? 'procedures.yes' : 'procedures.no');
  return typeof value === 'number' ? figures.number(value) : String(value);
}
