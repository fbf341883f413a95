import { Big } from 'big.js';

/**
 * Money in decimals, never in floats; text at every edge, always with its cents. Half a cent rounds up (contact-center-policy,
 * readings: "rounded half up to the cent"); big.js calls it half up, away from zero, and no amount here is negative before it.
 */
const CENTS = 2;

/** "500.00" of what a person or a source wrote; null when it is no amount of money. */
export function readAmount(text: string): string | null {
  if (!/^\d{1,13}(\.\d{1,6})?$/.test(text.trim())) return null;
  return toCents(Big(text.trim()));
}

export function toCents(amount: Big): string {
  return amount.round(CENTS, Big.roundHalfUp).toFixed(CENTS);
}

/** `percent` of an amount, to the cent. */
export function percentOf(amount: string, percent: string): string {
  return toCents(Big(amount).times(percent).div(100));
}

export function plusAmounts(amounts: readonly string[]): string {
  return toCents(amounts.reduce((sum, each) => sum.plus(each), Big(0)));
}

export function minusAmount(from: string, amount: string): string {
  return toCents(Big(from).minus(amount));
}

export function negative(amount: string): string {
  return toCents(Big(0).minus(amount));
}

export function lesser(one: string, other: string): string {
  return Big(one).lt(other) ? one : other;
}

export function isZero(amount: string): boolean {
  return Big(amount).eq(0);
}

export interface Weighted {
  readonly person: string;
  readonly weight: number | string;
}

/**
 * Parts of an amount by weight that add up to it exactly: each gets the whole cents of its part, and the cents left over
 * go one by one to those who lost the largest fraction of a cent; between equals, to the one who comes first.
 */
export function splitAmount(
  amount: string,
  among: readonly Weighted[],
): readonly { readonly person: string; readonly amount: string }[] {
  const total = among.reduce((sum, { weight }) => sum.plus(weight), Big(0));
  if (among.length === 0 || total.lte(0)) return [];
  const cents = Big(amount).times(100);
  const parts = among.map(({ person, weight }, place) => {
    const exact = cents.times(weight);
    const whole = exact.div(total).round(0, Big.roundDown);
    // The fraction lost, times the total weight: no division, so no rounding decides who is first.
    return { person, place, whole, lost: exact.minus(whole.times(total)) };
  });
  let left = cents.minus(parts.reduce((sum, { whole }) => sum.plus(whole), Big(0))).toNumber();
  const extra = new Set<number>();
  for (const { place } of parts.toSorted((a, b) => b.lost.cmp(a.lost) || a.place - b.place)) {
    if (left < 1) break;
    extra.add(place);
    left -= 1;
  }
  return parts.map(({ person, place, whole }) => ({
    person,
    amount: toCents((extra.has(place) ? whole.plus(1) : whole).div(100)),
  }));
}
