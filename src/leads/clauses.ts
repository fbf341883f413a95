import { houseRule, type Rules } from '../procedures/index.ts';

/** The clauses behind giving a lead by turn: who sets it (the earlier that lost is named by `over`), and the hours. */
export function assignmentClauses(rules: Rules): string[] {
  const governing = rules.governing('assignment');
  const hours = rules.cite('contact-center-policy', 'L3');
  const cited = [governing?.clause, hours].filter((clause) => clause != null);
  return cited.length > 0 ? cited : [houseRule('assignment')];
}

/** The same, and contact-center-policy P2 where somebody was passed over for not being in order. */
export function eligibilityClauses(rules: Rules, passedOver: readonly unknown[]): string[] {
  const p2 = rules.cite('contact-center-policy', 'P2');
  return [...assignmentClauses(rules), ...(p2 === null || passedOver.length === 0 ? [] : [p2])];
}

/** contact-center-policy L4, with the product's own rule where it is not in force. */
export function tenMinuteClauses(rules: Rules): string[] {
  return [rules.cite('contact-center-policy', 'L4') ?? houseRule('assignment')];
}

/** Whose a person is who comes in again. P14 sends to the sales rules; from its day lead-reassignment serves as such. */
export function duplicateClauses(rules: Rules): string[] {
  const governing = rules.governing('duplicates')?.clause ?? null;
  const p14 = rules.cite('lead-assignment', 'P14');
  const l2 = governing !== null && governing === p14 ? rules.cite('lead-reassignment', 'L2') : null;
  const cited = [governing, l2].filter((clause) => clause !== null);
  return cited.length > 0 ? cited : [houseRule('identity')];
}

/** lead-assignment P11: the leads of one whom an audit took off the roster. */
export function removalClauses(rules: Rules): string[] {
  return [rules.cite('lead-assignment', 'P11') ?? houseRule('hand-over')];
}

/** lead-reassignment L9: the leads of a holder who left. */
export function handOverClauses(rules: Rules): string[] {
  return [rules.cite('lead-reassignment', 'L9') ?? houseRule('hand-over')];
}
