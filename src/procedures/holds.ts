import { clauseRef } from './because.ts';
import type { ClauseRef } from './because.ts';
import { compile, nested } from './conditions.ts';
import type { Facts } from './conditions.ts';
import type { ClauseId, Procedure } from './known.ts';
import type { ProcedureInForce, Rules, RulesData } from './rules.ts';

export interface Condition {
  readonly clause: ClauseRef;
  /** The condition as written in the pack. */
  readonly text: string;
  /** Takes every fact the pack declares; one that is missing is a bug and throws. */
  readonly holds: (facts: Facts) => boolean;
}

/** Rules are built once a local day; what was compiled for them goes away with them. */
const compiled = new WeakMap<RulesData, Map<string, Condition>>();

/** The condition of a clause in force; null when the clause is not in force or its condition is not data. */
export function conditions<P extends Procedure>(
  rules: Rules,
  procedure: P,
  clause: ClauseId<P>,
): Condition | null {
  const inForce = rules.data.procedures[procedure];
  return inForce === undefined ? null : conditionOf(rules.data, procedure, inForce, clause);
}

/** The clauses of a procedure in force whose condition these facts do not meet, in the order of the document. */
export function failing(rules: Rules, procedure: Procedure, facts: Facts): ClauseRef[] {
  const inForce = rules.data.procedures[procedure];
  if (inForce === undefined) return [];
  return Object.keys(inForce.clauses).flatMap((clause) => {
    const condition = conditionOf(rules.data, procedure, inForce, clause);
    return condition === null || condition.holds(facts) ? [] : [condition.clause];
  });
}

function conditionOf(
  data: RulesData,
  procedure: Procedure,
  inForce: ProcedureInForce,
  clause: string,
): Condition | null {
  const known = compiled.get(data) ?? new Map<string, Condition>();
  compiled.set(data, known);
  const ref = clauseRef(procedure, inForce.version, clause);
  const made = known.get(ref);
  if (made !== undefined) return made;
  const text = inForce.clauses[clause]?.condition ?? null;
  if (text === null) return null;
  const clauses = Object.fromEntries(
    Object.entries(inForce.clauses).map(([id, { parameters }]) => [id, nested(parameters)]),
  );
  const scope = { parameters: clauses[clause] ?? {}, clauses, readings: nested(data.readings[procedure]) };
  const result = compile(text, inForce.facts, scope);
  if ('fault' in result) throw new TypeError(`${ref}: ${result.fault}`);
  const condition: Condition = { clause: ref, text, holds: (facts) => result.run({ ...facts, ...scope }) };
  known.set(ref, condition);
  return condition;
}
