import type { ClauseRef, Rules } from '../procedures/index.ts';
import { isZero, lesser, minusAmount, percentOf, splitAmount, type Weighted } from './amounts.ts';

/**
 * What is taken from the commission of one closing, by the procedures in force on the day of the closing: the retention
 * for running costs (lead-assignment P12) or the share of the support team (contact-center-policy P6). Pure.
 */
export type ShareKind = 'retention' | 'support';
export type CommissionRole = 'advisor' | 'manager';

export interface Closing {
  readonly price: string | null;
  readonly commissions: { readonly [R in CommissionRole]: string | null };
  /** The lead came through the contact center, by itself or by a referral (reading commission.scope). */
  readonly throughCenter: boolean;
}

/** One deduction that a clause in force asks for. */
export interface Deduction {
  readonly kind: ShareKind;
  readonly role: CommissionRole;
  readonly percent: string;
  readonly basis: 'commission' | 'sale-price';
  readonly clause: ClauseRef;
  /** The clause that lost to it: two deductions are not assumed until the organization says so. */
  readonly over: readonly ClauseRef[];
}

export interface Share {
  readonly deduction: Deduction;
  readonly amount: string;
}

/** The deductions in force, in the order in which they are taken. */
export function deductionsOf(rules: Rules): Deduction[] {
  const governing = rules.governing('commission.share');
  if (governing === null) return [];
  const p12 = rules.cite('lead-assignment', 'P12');
  const p6 = rules.cite('contact-center-policy', 'P6');
  // `added` holds whichever of the two procedures is the later.
  const both =
    p6 !== null && p12 !== null && rules.reading('contact-center-policy', 'commission.p12') === 'added';
  const over = both ? [] : governing.over;
  const found: Deduction[] = [];
  if (p12 !== null && (both || governing.clause === p12)) {
    found.push({
      kind: 'retention',
      role: 'advisor',
      percent: rules.parameter('lead-assignment', 'P12', 'retentionPercent'),
      basis: rules.reading('lead-assignment', 'commission.retention.basis'),
      clause: p12,
      over,
    });
  }
  if (p6 !== null && (both || governing.clause === p6)) {
    const basis = rules.reading('contact-center-policy', 'commission.basis');
    const percent = {
      advisor: rules.parameter('contact-center-policy', 'P6', 'advisorPercent'),
      manager: rules.parameter('contact-center-policy', 'P6', 'managerPercent'),
    };
    for (const role of ['advisor', 'manager'] as const)
      found.push({ kind: 'support', role, percent: percent[role], basis, clause: p6, over });
  }
  return found;
}

/** Set once, it holds for both procedures; the governing one is asked. */
export function bearsDeductions(rules: Rules, throughCenter: boolean): boolean {
  const inPolicy = rules.cite('contact-center-policy', 'P6') !== null;
  const scope = inPolicy
    ? rules.reading('contact-center-policy', 'commission.scope')
    : rules.reading('lead-assignment', 'commission.scope');
  return scope === 'all' || throughCenter;
}

/**
 * Each share rounded half up to the cent; the person keeps the rest. Of the sale price, it is still taken from the
 * commission, and never more than is left of it. A commission or price nobody has told yet gives no share.
 */
export function shareCommission(closing: Closing, deductions: readonly Deduction[]): Share[] {
  const left: { [R in CommissionRole]: string | null } = { ...closing.commissions };
  const shares: Share[] = [];
  for (const deduction of deductions) {
    const { role, percent, basis } = deduction;
    const commission = closing.commissions[role];
    const rest = left[role];
    const base = basis === 'sale-price' ? closing.price : commission;
    if (rest === null || base === null) continue;
    const amount = lesser(percentOf(base, percent), rest);
    left[role] = minusAmount(rest, amount);
    shares.push({ deduction, amount });
  }
  return shares;
}

/** Reading support.split: in equal parts, or by the weights the organization states, person by person. */
export function supportWeights(rules: Rules, members: readonly string[]): Weighted[] {
  const split = rules.reading('contact-center-policy', 'support.split');
  if (split === 'equal') return members.map((person) => ({ person, weight: 1 }));
  return members.flatMap((person) => {
    const weight = split[person];
    return weight === undefined ? [] : [{ person, weight }];
  });
}

/** The parts of one support share: they add up to it to the cent, and nobody gets an empty one. */
export function splitShare(
  amount: string,
  among: readonly Weighted[],
): readonly { person: string; amount: string }[] {
  return splitAmount(amount, among).filter((part) => !isZero(part.amount));
}
