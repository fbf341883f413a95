import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { asWritten, conditions, failing, rulesOn } from './index.ts';
import type { Adoption, Pack } from './index.ts';
import { readPacks } from './packs.store.ts';

let packs: readonly Pack[] = [];

beforeAll(async () => {
  const loaded = await readPacks(fileURLToPath(new URL('../../', import.meta.url)));
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  packs = loaded.packs;
});

const passes = {
  sales: 3,
  leads: 100,
  closings: 7,
  internal: true,
  documents: 'complete',
  grade: 'pass',
  signedAll: true,
  removedBySanction: false,
};

function failingWith(change: Partial<typeof passes>, adoption: Partial<Adoption> = {}): string[] {
  const adoptions = asWritten(packs, ['lead-assignment']).map((written) => ({ ...written, ...adoption }));
  return failing(rulesOn(packs, adoptions, '2024-07-01'), 'lead-assignment', {
    person: { ...passes, ...change },
  }).map((ref) => ref.slice(ref.indexOf('#')));
}

describe('the roster conditions, as the pack writes them', () => {
  const cases: {
    name: string;
    change: Partial<typeof passes>;
    adoption?: Partial<Adoption>;
    fails: string[];
  }[] = [
    { name: 'exactly three sales and exactly 7 % pass', change: {}, fails: [] },
    { name: 'two sales', change: { sales: 2 }, fails: ['#P2'] },
    { name: '6.99 %', change: { leads: 10_000, closings: 699 }, fails: ['#P3'] },
    {
      name: '7 % of 43 leads is more than three closings',
      change: { leads: 43, closings: 3 },
      fails: ['#P3'],
    },
    { name: 'no leads: not judged', change: { leads: 0, closings: 0 }, fails: [] },
    {
      name: 'fewer leads than the reading asks for',
      change: { leads: 9, closings: 0 },
      adoption: { readings: { 'conversion.minLeads': 10 } },
      fails: [],
    },
    {
      name: 'as many leads as the reading asks for',
      change: { leads: 10, closings: 0 },
      adoption: { readings: { 'conversion.minLeads': 10 } },
      fails: ['#P3'],
    },
    { name: 'no grade', change: { grade: 'none' }, fails: ['#P6'] },
    { name: 'from outside', change: { internal: false }, fails: ['#P7'] },
    { name: 'papers expired', change: { documents: 'expired' }, fails: ['#P7'] },
    { name: 'not signed', change: { signedAll: false }, fails: ['#P7'] },
    { name: 'signed, but a sanction stands', change: { removedBySanction: true }, fails: ['#P7'] },
    {
      name: 'policies not judged',
      change: { signedAll: false, removedBySanction: true },
      adoption: { readings: { 'policies.fulfilled': 'not-judged' } },
      fails: [],
    },
    {
      name: 'another figure for sales',
      change: { sales: 4 },
      adoption: { parameters: { P2: { salesMin: 5 } } },
      fails: ['#P2'],
    },
    {
      name: 'all at once',
      change: { sales: 0, closings: 0, grade: 'fail', internal: false },
      fails: ['#P2', '#P3', '#P6', '#P7'],
    },
  ];
  it.each(cases)('$name', ({ change, adoption, fails }) => {
    expect(failingWith(change, adoption)).toEqual(fails);
  });

  it('one clause alone, with its reference and its text', () => {
    const rules = rulesOn(packs, asWritten(packs), '2024-07-01');
    const condition = conditions(rules, 'lead-assignment', 'P2');
    expect(condition).toMatchObject({
      clause: 'lead-assignment@2021-07-13#P2',
      text: 'person.sales >= parameters.salesMin',
    });
    expect(condition?.holds({ person: passes })).toBe(true);
    expect(conditions(rules, 'lead-assignment', 'P8')).toBeNull();
  });

  it('nothing is judged before the procedure is in force', () => {
    const rules = rulesOn(packs, asWritten(packs), '2021-07-12');
    expect(conditions(rules, 'lead-assignment', 'P2')).toBeNull();
    expect(failing(rules, 'lead-assignment', { person: passes })).toEqual([]);
  });

  it('a fact left out is a bug, not a pass', () => {
    const rules = rulesOn(packs, asWritten(packs), '2024-07-01');
    expect(() => failing(rules, 'lead-assignment', { person: { grade: 'pass' } })).toThrow();
  });
});
