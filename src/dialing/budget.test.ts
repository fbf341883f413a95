import { describe, expect, test } from 'vitest';

import { allowance, learnBudget, newBudget, type Budget } from './budget.ts';

const LIMITS = { abandonedShareMax: 0.03, daySeconds: 28_800 };

function budgetWith(happened: Partial<Budget>): Budget {
  return { ...newBudget(25), ...happened };
}

describe('the budget of abandoned calls', () => {
  // At the very end nothing more is forecast: 0.985 of 3 % of 1,000 answers is 29.55.
  test.each([
    ['28 of 1,000: one more fits', 28, 0, false],
    ['29 of 1,000: one more does not', 29, 0, true],
    ['28 of 1,000 and one waiting, who may be lost', 28, 1, true],
  ])('at the end of the day, %s', (_, abandoned, waiting, hardStop) => {
    const budget = budgetWith({ answered: 1000, abandoned });
    expect(allowance(budget, LIMITS, LIMITS.daySeconds, waiting).hardStop).toBe(hardStop);
  });

  test('early in the day one abandoned call stops nothing: the day will bring answers', () => {
    const budget = budgetWith({ answered: 5, abandoned: 1 });
    expect(allowance(budget, LIMITS, 60, 0).hardStop).toBe(false);
  });

  test('but a burst does', () => {
    const budget = budgetWith({ answered: 80, abandoned: 80 });
    expect(allowance(budget, LIMITS, 300, 0).hardStop).toBe(true);
  });

  test('ahead of the course less is allowed, behind it more, never above twice the limit', () => {
    const at = 14_400;
    const shareWith = (abandoned: number): number =>
      allowance(budgetWith({ answered: 1000, abandoned }), LIMITS, at, 0).share;
    expect(shareWith(29)).toBeCloseTo(0.0291, 3);
    expect(shareWith(33)).toBeLessThan(0.02);
    expect(shareWith(20)).toBeGreaterThan(0.04);
    expect(shareWith(0)).toBe(0.06);
  });

  test('a bad month leaves less, a spent month nothing', () => {
    const budget = budgetWith({ answered: 500, abandoned: 10 });
    const month = (abandoned: number) =>
      allowance(budget, { ...LIMITS, history: { answered: 41_230, abandoned } }, 14_400, 0);
    expect(month(1010).hardStop).toBe(false);
    expect(month(1010).share).toBe(allowance(budget, LIMITS, 14_400, 0).share);
    expect(month(1260).share).toBeLessThan(month(1010).share);
    expect(month(1300).hardStop).toBe(true);
  });

  test('abandoned calls lower the risk that is taken, connected ones raise it', () => {
    const budget = newBudget(25);
    const before = budget.logRisk;
    learnBudget(budget, 0.5, { answered: 1, connected: 0, abandoned: 1 }, 0.03);
    expect(budget.logRisk).toBeLessThan(before);
    for (let n = 0; n < 97; n += 1) {
      learnBudget(budget, 0.5, { answered: 1, connected: 1, abandoned: 0 }, 0.03);
    }
    expect(budget.logRisk).toBeGreaterThan(before);
    expect(budget).toMatchObject({ answered: 98, abandoned: 1 });
  });
});
