import { conditions, type Condition, type Rules } from '../procedures/index.ts';
import type { ExceptedClause } from './exceptions.ts';
import type { Person } from './person.ts';
import type { Results } from './results.ts';
import type { RosterPlace } from './roster.ts';

export interface Judged {
  readonly decision: 'included' | 'excluded';
  /** Clauses that fail, without their version: `lead-assignment#P2`. */
  readonly failing: readonly string[];
  /** Clauses not met that a signed exception lets pass. */
  readonly excepted: readonly string[];
  /** Every clause that was looked at, with its version: the because of the decision. */
  readonly because: readonly string[];
}

/** What is asked of a person besides their figures, as it stands on the day they are judged. */
export type Standing = Pick<Person, 'internal' | 'documents' | 'grade' | 'signed' | 'signatures' | 'leftAt'>;

/** The versions in force that a person has not signed (reading policies.fulfilled). */
export function unsignedVersions({ signed, signatures }: Standing, rules: Rules): string[] {
  if (signed) return [];
  return Object.entries(rules.data.procedures)
    .map(([name, { version }]) => `${name}@${version}`)
    .filter((version) => !signatures.includes(version));
}

/** The clauses that decide who may be on a month's roster and are in force, in the order of the document. */
function conditionsInForce(rules: Rules): Condition[] {
  return [
    conditions(rules, 'lead-assignment', 'P2'),
    conditions(rules, 'lead-assignment', 'P3'),
    conditions(rules, 'lead-assignment', 'P6'),
    conditions(rules, 'lead-assignment', 'P7'),
  ].filter((condition) => condition !== null);
}

/**
 * Whether a proposed person is on the month's roster: at least so many sales and the minimum conversion in the month
 * before (P2, P3), a passing grade (P6), internal with complete documents and every procedure signed (P7), and handed in
 * in time (P1). All failing clauses are named, not only the first. `excepted`: what the direction signed for (roster.exceptions).
 */
export function judgePlace(
  place: Pick<RosterPlace, 'late' | 'removedAt'>,
  person: Standing,
  results: Results,
  rules: Rules,
  excepted: readonly ExceptedClause[] = [],
): Judged {
  const facts = {
    person: {
      sales: results.sales,
      leads: results.leads,
      closings: results.closings,
      internal: person.internal,
      documents: person.documents,
      grade: person.grade,
      signedAll: unsignedVersions(person, rules).length === 0,
      removedBySanction: place.removedAt !== null,
    },
  };
  const failing: string[] = [];
  const passed: string[] = [];
  const because: string[] = [];
  const p1 = rules.cite('lead-assignment', 'P1');
  if (place.late && p1 !== null) {
    failing.push('lead-assignment#P1');
    because.push(p1);
  }
  for (const condition of conditionsInForce(rules)) {
    because.push(condition.clause);
    if (condition.holds(facts)) continue;
    const clause = withoutVersion(condition.clause);
    const isExcepted = excepted.some((each) => clause === `lead-assignment#${each}`);
    (isExcepted ? passed : failing).push(clause);
  }
  // Who has left is no longer internal staff, whatever the rest says.
  const p7 = rules.cite('lead-assignment', 'P7');
  if (person.leftAt !== null && p7 !== null && !failing.includes('lead-assignment#P7'))
    failing.push('lead-assignment#P7');
  return {
    decision: failing.length === 0 && person.leftAt === null ? 'included' : 'excluded',
    failing,
    excepted: passed,
    because,
  };
}

/** `lead-assignment@2021-07-13#P2` → `lead-assignment#P2`: a version is named once, in the because. */
function withoutVersion(clause: string): string {
  return clause.replace(/@[\d-]+#/, '#');
}
