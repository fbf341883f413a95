import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { floorPacks } from '../../tests/floor.ts';
import { asWritten, rulesOn, type Pack, type Procedure, type Rules } from '../procedures/index.ts';
import { minusAmount, plusAmounts, readAmount, splitAmount } from './amounts.ts';
import {
  bearsDeductions,
  deductionsOf,
  shareCommission,
  splitShare,
  supportWeights,
} from './share-commission.ts';

/** Six seconds alone; on a machine at work at other things, longer. */
const PROPERTY_MILLISECONDS_MAX = 180_000;

let packs: readonly Pack[];
beforeAll(async () => {
  packs = await floorPacks();
});

type Readings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function rules(on: string, procedures: readonly Procedure[], readings: Readings = {}): Rules {
  const adopted = asWritten(packs, procedures).map((each) => ({
    ...each,
    readings: readings[each.procedure] ?? {},
  }));
  return rulesOn(packs, adopted, on);
}

const LA: Procedure = 'lead-assignment';
const CCP: Procedure = 'contact-center-policy';

describe('what is taken of a commission', () => {
  it.each<[name: string, on: string, procedures: readonly Procedure[], readings: Readings, taken: string]>([
    ['lead-assignment P12 alone', '2024-07-01', [LA], {}, 'retention advisor 0.20'],
    ['contact-center-policy P6 alone', '2024-07-01', [CCP], {}, 'support advisor 0.50, support manager 0.15'],
    ['the last day before P6', '2023-02-28', [LA, CCP], {}, 'retention advisor 0.20'],
    ['the first day of P6', '2023-03-01', [LA, CCP], {}, 'support advisor 0.50, support manager 0.15'],
    [
      'both, where the organization says so (commission.p12)',
      '2024-07-01',
      [LA, CCP],
      { [CCP]: { 'commission.p12': 'added' } },
      'retention advisor 0.20, support advisor 0.50, support manager 0.15',
    ],
    ['nothing, with neither in force', '2021-07-12', [LA, CCP], {}, ''],
  ])('%s', (_name, on, procedures, readings, taken) => {
    const found = deductionsOf(rules(on, procedures, readings));
    expect(found.map(({ kind, role, percent }) => `${kind} ${role} ${percent}`).join(', ')).toBe(taken);
  });

  it('names the clause that lost to it', () => {
    const [first] = deductionsOf(rules('2024-07-01', [LA, CCP]));
    expect(first?.over).toEqual(['lead-assignment@2021-07-13#P12']);
    const added = rules('2024-07-01', [LA, CCP], { [CCP]: { 'commission.p12': 'added' } });
    expect(deductionsOf(added).flatMap(({ over }) => over)).toEqual([]);
  });

  it('also when assignment is the later of the two, both with commission.p12: added', () => {
    const [la, ccp] = [LA, CCP].map((each) => asWritten(packs, [each])[0]);
    if (la === undefined || ccp === undefined) throw new Error('two procedures');
    const later = { ...la, effectiveOn: '2024-01-01', readings: {} };
    const kinds = (readings: object): string =>
      deductionsOf(rulesOn(packs, [{ ...ccp, readings: { ...readings } }, later], '2024-07-01'))
        .map(({ kind, role }) => `${kind} ${role}`)
        .join(', ');
    expect(kinds({})).toBe('retention advisor');
    expect(kinds({ 'commission.p12': 'added' })).toBe('retention advisor, support advisor, support manager');
  });

  it.each([
    ['contact-center', true, true],
    ['contact-center', false, false],
    ['all', false, true],
  ])('commission.scope %s, through the center %s: bears %s', (scope, throughCenter, bears) => {
    for (const procedures of [[LA], [CCP], [LA, CCP]] as const) {
      const readings = Object.fromEntries(procedures.map((each) => [each, { 'commission.scope': scope }]));
      expect(bearsDeductions(rules('2024-07-01', procedures, readings), throughCenter)).toBe(bears);
    }
  });

  it.each<[name: string, price: string | null, advisor: string | null, readings: Readings, amounts: string]>([
    ['half a cent rounds up', null, '101.00', {}, '0.51'],
    ['less than half a cent rounds down', null, '100.90', {}, '0.50'],
    ['of a commission of nothing, nothing', null, '0.00', {}, '0.00'],
    ['of a commission nobody has told, none', '1000000.00', null, {}, ''],
    ['of the price', '1000000.00', '80000.00', { [CCP]: { 'commission.basis': 'sale-price' } }, '5000.00'],
    [
      'of the price, never more than the commission',
      '1000000.00',
      '4999.99',
      { [CCP]: { 'commission.basis': 'sale-price' } },
      '4999.99',
    ],
    [
      'of a price nobody has told, none',
      null,
      '80000.00',
      { [CCP]: { 'commission.basis': 'sale-price' } },
      '',
    ],
  ])('%s', (_name, price, advisor, readings, amounts) => {
    const closing = { price, commissions: { advisor, manager: null }, throughCenter: true };
    const shares = shareCommission(closing, deductionsOf(rules('2024-07-01', [LA, CCP], readings)));
    expect(shares.map(({ amount }) => amount).join(' ')).toBe(amounts);
  });
});

describe('the parts of a share (contact-center-policy P6)', () => {
  it.each<[name: string, amount: string, weights: Readonly<Record<string, number>>, parts: string]>([
    [
      'the cents left over go to the first of the staff',
      '500.00',
      { a: 1, b: 1, c: 1 },
      'a 166.67, b 166.67, c 166.66',
    ],
    [
      'to whoever lost most of a cent, by weights',
      '100.00',
      { a: 1, b: 2, c: 4 },
      'a 14.29, b 28.57, c 57.14',
    ],
    ['a weight with decimals', '10.00', { a: 0.5, b: 1.5 }, 'a 2.50, b 7.50'],
    ['nobody gets an empty part', '0.02', { a: 1, b: 1, c: 1 }, 'a 0.01, b 0.01'],
    ['one gets all', '33.33', { a: 3 }, 'a 33.33'],
    ['nobody, none', '33.33', {}, ''],
  ])('%s', (_name, amount, weights, parts) => {
    const among = Object.entries(weights).map(([person, weight]) => ({ person, weight }));
    expect(
      splitShare(amount, among)
        .map((part) => `${part.person} ${part.amount}`)
        .join(', '),
    ).toBe(parts);
  });

  it('by stated weights only who has one', () => {
    const weighed = rules('2024-07-01', [CCP], { [CCP]: { 'support.split': { ines: 2, ana: 9 } } });
    expect(supportWeights(weighed, ['raul', 'ines'])).toEqual([{ person: 'ines', weight: 2 }]);
  });
});

describe('a hundred thousand closings (lead-assignment P12, contact-center-policy P6)', () => {
  const amount = integer({ min: 0, max: 2_000_000_000_00 }).map(
    (cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
  );
  const readings = record({
    p12: constantFrom('replaced', 'added'),
    basis: constantFrom('commission', 'sale-price'),
    retention: constantFrom('commission', 'sale-price'),
  });
  const closings = record({
    price: option(amount),
    advisor: amount,
    manager: option(amount),
    readings,
    day: constantFrom('2022-05-05', '2024-07-01'),
    weights: array(integer({ min: 1, max: 1_000 }), { maxLength: 9 }),
  });

  it(
    'shares and what is kept are the commission to the cent; the parts of a share are the share',
    () => {
      const cache = new Map<string, Rules>();
      assert(
        property(closings, ({ price, advisor, manager, readings: read, day, weights }) => {
          const key = JSON.stringify([read, day]);
          const held =
            cache.get(key) ??
            rules(day, [LA, CCP], {
              [LA]: { 'commission.retention.basis': read.retention },
              [CCP]: { 'commission.basis': read.basis, 'commission.p12': read.p12 },
            });
          cache.set(key, held);
          const closing = { price, commissions: { advisor, manager }, throughCenter: true };
          const shares = shareCommission(closing, deductionsOf(held));
          for (const role of ['advisor', 'manager'] as const) {
            const commission = closing.commissions[role];
            const own = shares
              .filter(({ deduction }) => deduction.role === role)
              .map((share) => share.amount);
            if (commission === null) return own.length === 0;
            const kept = minusAmount(commission, plusAmounts(own));
            if (kept.startsWith('-') || plusAmounts([kept, ...own]) !== commission) return false;
          }
          const among = weights.map((weight, place) => ({ person: `p${place}`, weight }));
          return shares
            .filter(() => among.length > 0)
            .every((share) => {
              const parts = splitAmount(share.amount, among).map((part) => part.amount);
              return plusAmounts(parts) === share.amount && parts.every((part) => !part.startsWith('-'));
            });
        }),
        { numRuns: 100_000 },
      );
    },
    PROPERTY_MILLISECONDS_MAX,
  );
});

describe('money as people write it', () => {
  it.each([
    ['80000', '80000.00'],
    ['80000.5', '80000.50'],
    ['0.005', '0.01'],
    [' 12.34 ', '12.34'],
    ['-1', null],
    ['1,000', null],
    ['1e6', null],
    ['', null],
    ['ochenta', null],
  ])('%s is %s', (text, expected) => expect(readAmount(text)).toBe(expected));
});
