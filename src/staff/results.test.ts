import { beforeEach, describe, expect, it } from 'vitest';

import { DEFAULT_SETTINGS, organizationSlice, World } from '../decisions/index.ts';
import type { NewEntry } from '../journal/index.ts';
import { instant } from '../platform/time.ts';
import { BASELINE, evolveResults, lastReassignedAt, resultsOf, resultsSlice } from './results.ts';

let world: World;
beforeEach(() => {
  world = new World();
  world.get(organizationSlice).current = {
    id: 'o',
    name: 'o',
    country: 'MX',
    zone: 'America/Mexico_City',
    locale: 'es-MX',
    openedAt: instant(0),
    adoptions: [],
    settings: DEFAULT_SETTINGS,
  };
});

function happens(at: string, entry: string, fields: object): void {
  const written = {
    at: instant(at),
    entry,
    kind: 'fact',
    actor: 'x',
    because: [],
    fields,
  } as unknown as NewEntry;
  evolveResults(world, written);
}
const missed = () => world.get(resultsSlice).months.get('2024-07 ana')?.missed ?? 0;
const july = (person: string) => resultsOf(world, '2024-07', person);

describe('what counts in a month (lead-assignment P2, P3)', () => {
  it('counts leads by turn and by reassignment, closings and sales', () => {
    happens('2024-07-02T15:00:00Z', 'lead.assigned', { to: 'ana' });
    happens('2024-07-02T15:10:00Z', 'lead.reassigned', { from: 'ana', to: 'beto' });
    happens('2024-07-09T15:00:00Z', 'sale.closed', { by: 'beto', counts: true });
    expect(july('ana')).toEqual({ sales: 0, leads: 1, closings: 0, conversion: 0 });
    expect(july('beto')).toEqual({ sales: 1, leads: 1, closings: 1, conversion: 1 });
  });

  it('a month ends at local midnight', () => {
    happens('2024-08-01T05:59:59Z', 'lead.assigned', { to: 'ana' });
    happens('2024-08-01T06:00:00Z', 'lead.assigned', { to: 'ana' });
    expect(july('ana').leads).toBe(1);
    expect(resultsOf(world, '2024-08', 'ana').leads).toBe(1);
  });

  it('an own prospect is a sale and no closing of the company’s leads', () => {
    happens('2024-07-02T15:00:00Z', 'lead.assigned', { to: 'ana', counts: false });
    happens('2024-07-09T15:00:00Z', 'sale.closed', { by: 'ana', counts: false });
    expect(july('ana')).toEqual({ sales: 1, leads: 0, closings: 0, conversion: null });
  });

  it('a reversal leaves no trace: leads, and when the last reassigned one came', () => {
    happens('2024-07-02T15:10:00Z', 'lead.reassigned', { to: 'beto' });
    happens('2024-07-02T16:10:00Z', 'lead.reassigned', { to: 'beto' });
    const undone = [{ person: 'beto', at: '2024-07-02T16:10:00.000Z' }];
    happens('2024-08-02T16:30:00Z', 'lead.reassignment-reversed', { to: 'ana', undone });
    expect(july('beto').leads).toBe(1);
    expect(lastReassignedAt(world, ['2024-07'], 'beto')).toBe('2024-07-02T15:10:00.000Z');
  });

  it('a miss of a term nobody was told of is not counted, nor struck out', () => {
    happens('2024-07-02T15:10:00Z', 'deadline.missed', { what: 'first-contact', who: 'ana', told: true });
    happens('2024-07-02T15:20:00Z', 'deadline.missed', { what: 'first-contact', who: 'ana', told: false });
    happens('2024-07-02T15:20:00Z', 'deadline.missed', { what: 'notice', who: 'ana' });
    expect(missed()).toBe(1);
    happens('2024-07-02T15:30:00Z', 'miss.struck', {
      who: 'ana',
      missedAt: '2024-07-02T15:20:00.000Z',
      told: false,
    });
    expect(missed()).toBe(1);
    happens('2024-08-02T15:30:00Z', 'miss.struck', {
      who: 'ana',
      missedAt: '2024-07-02T15:10:00.000Z',
      told: true,
    });
    expect(missed()).toBe(0);
  });

  it.each<[name: string, entries: () => void, sales: number]>([
    ['nothing known: the figures given for last month', () => undefined, 9],
    [
      'figures stated for the month',
      () =>
        happens('2024-08-01T12:00:00Z', 'month.results', {
          month: '2024-07',
          person: 'ana',
          sales: 2,
          leads: 9,
          closings: 1,
        }),
      2,
    ],
    [
      'a closing of hers in the month',
      () => happens('2024-07-09T15:00:00Z', 'sale.closed', { by: 'ana' }),
      1,
    ],
    [
      'a closing of another’s: the month was lived',
      () => happens('2024-07-09T15:00:00Z', 'sale.closed', { by: 'beto' }),
      0,
    ],
    ['leads alone are no closing', () => happens('2024-07-09T15:00:00Z', 'lead.assigned', { to: 'ana' }), 9],
  ])('figures of a month: %s', (_name, entries, sales) => {
    happens('2024-06-01T12:00:00Z', 'month.results', {
      month: BASELINE,
      person: 'ana',
      sales: 9,
      leads: 90,
      closings: 9,
    });
    entries();
    expect(july('ana').sales).toBe(sales);
  });
});
