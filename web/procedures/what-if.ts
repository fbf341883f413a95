/** What is worked out of what-ifs for showing. Pure. */
import type { Adoption, WhatIf } from './what-if-answers.ts';

export type Draft = Pick<Adoption, 'version' | 'readings' | 'parameters'>;

/** Whether two versions say the same, whatever the order in which they say it and the day from which they hold. */
export function sameDraft(one: Draft, other: Draft): boolean {
  const text = ({ version, readings, parameters }: Draft): string =>
    JSON.stringify(inOrder({ version, readings, parameters: withoutEmpty(parameters) }));
  return text(one) === text(other);
}

function withoutEmpty(parameters: Draft['parameters']): Draft['parameters'] {
  return Object.fromEntries(
    Object.entries(parameters).filter(([, figures]) => Object.keys(figures).length > 0),
  );
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}

/** The latest run of this very version over this month. */
export function latestOf(whatIfs: readonly WhatIf[], draft: Draft, month: string): WhatIf | undefined {
  return whatIfs.find((each) => each.month === month && sameDraft(each.draft, draft));
}

/** Latest first, from the month in which the organization began. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = last; month >= first && months.length < MONTHS_MAX; month = before(month))
    months.push(month);
  return months;
}

const MONTHS_MAX = 36;

function before(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

/** The last month that is over, where there is one: one that still runs says less. */
export function usualMonth(months: readonly string[]): string {
  return months[1] ?? months[0] ?? '';
}

/** "+3", "−2", "0"; text of decimals is taken as it is. */
export function signed(difference: number, text: (value: number) => string): string {
  return difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${text(Math.abs(difference))}`;
}
