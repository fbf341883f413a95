/**
 * Where the data of date-holidays 3.37.0 differs from the law, or the law is not in it. One row a date, with its source;
 * a row that the data later agrees with is harmless. Elections: the ordinary federal ones, first Sunday of June; local
 * ones that fall on another day are a supervisor's entry, not data.
 */
import type { LocalDate } from '../platform/time.ts';

export interface HolidayOverride {
  country: 'MX' | 'CO';
  date: LocalDate;
  change: 'add' | 'remove';
  source: string;
}

const INAUGURATION = 'Ley Federal del Trabajo art. 74 VII; Constitución art. 83: 1 October from 2024 on';
const ELECTION =
  'Ley Federal del Trabajo art. 74 IX; LGIPE art. 22: ordinary federal election, first Sunday of June';

export const holidayOverrides: readonly HolidayOverride[] = [
  { country: 'MX', date: '2021-06-06', change: 'add', source: ELECTION },
  { country: 'MX', date: '2024-06-02', change: 'add', source: ELECTION },
  { country: 'MX', date: '2024-10-01', change: 'add', source: INAUGURATION },
  { country: 'MX', date: '2024-12-01', change: 'remove', source: INAUGURATION },
  { country: 'MX', date: '2027-06-06', change: 'add', source: ELECTION },
  { country: 'MX', date: '2030-06-02', change: 'add', source: ELECTION },
  { country: 'MX', date: '2030-10-01', change: 'add', source: INAUGURATION },
  { country: 'MX', date: '2030-12-01', change: 'remove', source: INAUGURATION },
  { country: 'MX', date: '2036-10-01', change: 'add', source: INAUGURATION },
  { country: 'MX', date: '2036-12-01', change: 'remove', source: INAUGURATION },
];
