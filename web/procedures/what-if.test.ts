import { describe, expect, it } from 'vitest';
import { instant } from '../../src/platform/time.ts';
import { latestOf, monthsBetween, sameDraft, signed, usualMonth } from './what-if.ts';
import type { WhatIf } from './what-if-answers.ts';

const draft = { version: '2023-03-01', readings: { a: 1, b: [1, 2] }, parameters: { L4: { minutes: 5 } } };

describe('what-ifs for showing', () => {
  it('takes two versions for the same whatever the order of what they say', () => {
    expect(sameDraft(draft, { ...draft, readings: { b: [1, 2], a: 1 } })).toBe(true);
    expect(sameDraft(draft, { ...draft, parameters: { ...draft.parameters, L5: {} } })).toBe(true);
    expect(sameDraft(draft, { ...draft, readings: { a: 1, b: [2, 1] } })).toBe(false);
    expect(sameDraft(draft, { ...draft, version: null })).toBe(false);
  });

  it('finds the latest run of this version over this month', () => {
    const of = (id: string, month: string, own = draft): WhatIf => ({
      id,
      procedure: 'contact-center-policy',
      draft: { procedure: 'contact-center-policy', effectiveOn: '2026-01-01', ...own },
      month,
      state: 'done',
      progress: 1,
      askedBy: 'ada',
      askedAt: instant('2026-02-01T00:00:00Z'),
      startedAt: null,
      endedAt: null,
      why: null,
    });
    const runs = [
      of('1', '2026-01'),
      of('2', '2025-12', { ...draft, readings: { a: 2, b: [] } }),
      of('3', '2025-12'),
    ];
    expect(latestOf(runs, draft, '2025-12')?.id).toBe('3');
    expect(latestOf(runs, draft, '2025-11')).toBeUndefined();
  });

  it('offers the months on record, and the last one that is over', () => {
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
    expect(usualMonth(['2026-02', '2026-01'])).toBe('2026-01');
    expect(usualMonth(['2026-02'])).toBe('2026-02');
  });

  it('says a difference with its sign', () => {
    expect([signed(3, String), signed(-2, String), signed(0, String)]).toEqual(['+3', '−2', '0']);
  });
});
