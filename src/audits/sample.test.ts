import { describe, expect, it } from 'vitest';
import { DRAWN_EACH, drawSample, type Worked } from './sample.ts';

const WEEK = '2026-03-02';
const worked = (person: string, count: number, listed: readonly number[] = []): Worked[] =>
  Array.from({ length: count }, (_, index) => ({
    person,
    lead: `${person}-${index}`,
    listed: listed.includes(index),
  }));

const leads = (given: readonly Worked[], week: string, seal: string): string[] =>
  drawSample(given, week, seal).map(({ lead }) => lead);

describe('the week’s sample (contact-center-policy L4, lead-assignment P11)', () => {
  it('draws so many of each person, and all of one who has fewer', () => {
    const drawn = drawSample([...worked('ana', 40), ...worked('beto', 2)], WEEK, 'seal');
    expect(drawn.filter(({ person }) => person === 'ana')).toHaveLength(DRAWN_EACH);
    expect(drawn.filter(({ person }) => person === 'beto')).toHaveLength(2);
  });

  it('is the same whatever the order, and another with another seal or week', () => {
    const all = worked('ana', 200);
    expect(leads(all.toReversed(), WEEK, 'seal')).toEqual(leads(all, WEEK, 'seal'));
    expect(leads(all, WEEK, 'other')).not.toEqual(leads(all, WEEK, 'seal'));
    expect(leads(all, '2026-03-09', 'seal')).not.toEqual(leads(all, WEEK, 'seal'));
  });

  it('what is on the audit list is looked into besides the draw, once', () => {
    const given = [...worked('ana', 50, [7, 8]), { person: 'ana', lead: 'ana-7', listed: false }];
    const drawn = drawSample(given, WEEK, 'seal');
    expect(
      drawn
        .filter(({ why }) => why === 'listed')
        .map(({ lead }) => lead)
        .toSorted(),
    ).toEqual(['ana-7', 'ana-8']);
    expect(new Set(drawn.map(({ lead }) => lead)).size).toBe(drawn.length);
    expect(drawn.length).toBeGreaterThanOrEqual(DRAWN_EACH);
  });

  it('of nobody, nothing', () => expect(drawSample([], WEEK, 'seal')).toEqual([]));
});
