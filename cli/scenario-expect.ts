import { matchesClause, parseClauseRef } from '../src/procedures/index.ts';
import type { Expectation } from './scenario-file.ts';

/** A journal entry as `--json` prints it: envelope and fields side by side. */
export interface PrintedEntry {
  readonly at: string;
  readonly entry: string;
  readonly actor: string;
  readonly because: readonly string[];
  readonly [field: string]: unknown;
}

/** True when the expectation is met: some entry matches, or for `never` none does. */
export function isMet(expectation: Expectation, entries: readonly PrintedEntry[]): boolean {
  const found = entries.some((entry) => matches(expectation, entry));
  return expectation.never ? !found : found;
}

export function matches(expected: Expectation, entry: PrintedEntry): boolean {
  if (entry.entry !== expected.entry) return false;
  if (expected.from !== null && entry.at < expected.from) return false;
  if (expected.to !== null && entry.at > expected.to) return false;
  if (!expected.because.every((pattern) => entry.because.some((clause) => isClause(clause, pattern))))
    return false;
  return hasAtLeast(entry, expected.fields);
}

function isClause(clause: string, pattern: string): boolean {
  const parsed = parseClauseRef(clause);
  return clause === pattern || (parsed !== null && matchesClause(parsed.ref, pattern));
}

/** Fields at least as named; a list has the same members in any order. */
function hasAtLeast(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return false;
    const left: unknown[] = [...actual];
    return expected.every((member) => {
      const place = left.findIndex((candidate) => hasAtLeast(candidate, member));
      if (place >= 0) left.splice(place, 1);
      return place >= 0;
    });
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return false;
    const fields: Readonly<Record<string, unknown>> = { ...actual };
    return Object.entries(expected).every(([name, value]) => hasAtLeast(fields[name], value));
  }
  if (actual === expected) return true;
  // What an entry does not say it says as nothing.
  if (expected === null) return actual === undefined;
  // Money is a number or decimal text on the way in, decimal text on the way out; a clause may leave its version out.
  if (typeof expected === 'number' && typeof actual === 'string') return Number(actual) === expected;
  if (typeof expected === 'string' && typeof actual === 'string' && expected.includes('#'))
    return isClause(actual, expected);
  if (typeof expected === 'string' && typeof actual === 'string') return sameInstant(actual, expected);
  return false;
}

/** `expected` was read as an instant where it is one; exact to the second, as `at` is. */
function sameInstant(actual: string, expected: string): boolean {
  const isTime = INSTANT.test(actual) && INSTANT.test(expected);
  return isTime && actual.slice(0, SECONDS_END) === expected.slice(0, SECONDS_END);
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const SECONDS_END = '2024-07-01T09:00:00'.length;
