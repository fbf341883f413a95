import type { Instant } from '../platform/time.ts';
import { compare, type CompareOptions, type Comparison, type PersonFacts } from './same-person.ts';

export interface Candidate extends PersonFacts {
  readonly id: string;
  /** When an advisor first proved contact; null: nobody yet. */
  readonly firstContactAt: Instant | null;
  readonly createdAt: Instant;
}

export interface Match {
  readonly candidate: Candidate;
  readonly comparison: Comparison;
}

export interface SamePerson {
  /** The one to whom a duplicate belongs: earliest first contact, then oldest, then lowest id. */
  readonly certain: Match | null;
  /** Others that are certainly the same person: they are duplicates of `certain`, to be merged. */
  readonly alsoCertain: readonly Match[];
  /** For a person to decide, best score first. */
  readonly doubtful: readonly Match[];
}

export function findSame(
  candidates: readonly Candidate[],
  incoming: PersonFacts,
  options: CompareOptions = {},
): SamePerson {
  const matches = candidates
    .map((candidate) => ({ candidate, comparison: compare(candidate, incoming, options) }))
    .toSorted((a, b) => byFirstContact(a.candidate, b.candidate));
  const [certain = null, ...alsoCertain] = matches.filter((each) => each.comparison.verdict === 'certain');
  const doubtful = matches
    .filter((each) => each.comparison.verdict === 'doubtful')
    .toSorted((a, b) => b.comparison.score - a.comparison.score);
  return { certain, alsoCertain, doubtful };
}

function byFirstContact(a: Candidate, b: Candidate): number {
  return (
    inOrder(a.firstContactAt ?? '~', b.firstContactAt ?? '~') ||
    inOrder(a.createdAt, b.createdAt) ||
    inOrder(a.id, b.id)
  );
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
