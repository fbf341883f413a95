import type { ClauseId } from '../procedures/index.ts';

type Clause = ClauseId<'lead-reassignment'>;

/** These clauses of the procedure, named beside it so that the table of clauses finds the rule. */
export function clausesOf(_procedure: 'lead-reassignment', ...clauses: Clause[]): readonly Clause[] {
  return clauses;
}
