import { isProcedure } from './known.ts';
import type { Procedure } from './known.ts';

/**
 * The clause behind a decision, with the version that was in force: `contact-center-policy@2023-03-01#L4`. The version
 * is the day on which it took effect in the organization.
 */
declare const clauseRefBrand: unique symbol;
export type ClauseRef = string & { readonly [clauseRefBrand]: true };

export interface ClauseRefParts {
  readonly procedure: Procedure;
  readonly version: string;
  readonly clause: string;
}

const REF = /^([a-z-]+)(?:@(\d{4}-\d{2}-\d{2}))?#([A-Z]\d{1,2}[a-z]?)$/;

export function clauseRef(procedure: Procedure, version: string, clause: string): ClauseRef {
  return `${procedure}@${version}#${clause}` as ClauseRef;
}

/** Null for text that is no full reference: the version is required here, unlike in a pattern. */
export function parseClauseRef(text: string): (ClauseRefParts & { readonly ref: ClauseRef }) | null {
  const [, procedure, version, clause] = REF.exec(text) ?? [];
  if (procedure === undefined || version === undefined || clause === undefined) return null;
  return isProcedure(procedure)
    ? { procedure, version, clause, ref: clauseRef(procedure, version, clause) }
    : null;
}

/** True when `pattern` (`procedure#clause` or `procedure@version#clause`) names this clause. */
export function matchesClause(ref: ClauseRef, pattern: string): boolean {
  if (ref === pattern) return true;
  const [, procedure, version, clause] = REF.exec(pattern) ?? [];
  const parts = parseClauseRef(ref);
  if (parts === null || version !== undefined) return false;
  return parts.procedure === procedure && parts.clause === clause;
}
