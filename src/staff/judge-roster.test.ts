import { beforeAll, describe, expect, it } from 'vitest';

import { floorPacks } from '../../tests/floor.ts';
import { instant } from '../platform/time.ts';
import { asWritten, rulesOn, type Pack } from '../procedures/index.ts';
import type { ExceptedClause } from './exceptions.ts';
import { judgePlace } from './judge-roster.ts';
import type { Person } from './person.ts';
import type { Results } from './results.ts';
import type { RosterPlace } from './roster.ts';

let packs: readonly Pack[];
beforeAll(async () => {
  packs = await floorPacks();
});

const ana: Person = {
  id: 'ana',
  place: 1,
  name: 'Ana',
  role: 'advisor',
  zone: null,
  reportsTo: null,
  email: null,
  phone: null,
  extension: null,
  internal: true,
  documents: 'complete',
  grade: 'pass',
  signed: true,
  signatures: [],
  absent: false,
  leftAt: null,
  papers: {},
  marks: {},
};
const place: RosterPlace = {
  month: '2024-07',
  person: 'ana',
  zone: 'norte',
  submittedAt: instant('2024-06-20T00:00:00Z'),
  submittedBy: 'dora',
  late: false,
  decision: null,
  failing: [],
  sentAt: null,
  confirmedAt: null,
  activatedAt: null,
  removedAt: null,
  withdrawnAt: null,
};
const figures = (sales: number, leads: number, closings: number): Results => ({
  sales,
  leads,
  closings,
  conversion: leads === 0 ? null : closings / leads,
});
const GOOD = figures(3, 100, 7);
const SIGNED = [
  'lead-assignment@2021-07-13',
  'contact-center-policy@2023-03-01',
  'lead-reassignment@2024-06-12',
];

interface Case {
  readonly person?: Partial<Person>;
  readonly place?: Partial<RosterPlace>;
  readonly results?: Results;
  readonly readings?: object;
  readonly excepted?: readonly ExceptedClause[];
}

describe('who may be on a month’s roster (lead-assignment P1, P2, P3, P6, P7)', () => {
  it.each<[name: string, given: Case, failing: string]>([
    ['three sales and seven percent exactly', {}, ''],
    ['two sales (P2)', { results: figures(2, 20, 2) }, 'P2'],
    ['under seven percent (P3)', { results: figures(7, 101, 7) }, 'P3'],
    ['no lead at all: not judged (P3)', { results: figures(3, 0, 0) }, ''],
    [
      'fewer leads than are judged (P3, conversion.minLeads)',
      { results: figures(3, 19, 0), readings: { 'conversion.minLeads': 20 } },
      '',
    ],
    [
      'as many leads as are judged (P3, conversion.minLeads)',
      { results: figures(3, 20, 0), readings: { 'conversion.minLeads': 20 } },
      'P3',
    ],
    ['a failing grade (P6)', { person: { grade: 'fail' } }, 'P6'],
    ['no grade (P6)', { person: { grade: 'none' } }, 'P6'],
    ['from outside (P7)', { person: { internal: false } }, 'P7'],
    ['incomplete documents (P7)', { person: { documents: 'incomplete' } }, 'P7'],
    ['expired documents (P7)', { person: { documents: 'expired' } }, 'P7'],
    ['nothing signed (P7)', { person: { signed: false } }, 'P7'],
    ['one of them not signed (P7)', { person: { signed: false, signatures: SIGNED.slice(1) } }, 'P7'],
    [
      'an older version signed (P7)',
      { person: { signed: false, signatures: [...SIGNED.slice(1), 'lead-assignment@2020-01-01'] } },
      'P7',
    ],
    ['all signed one by one (P7)', { person: { signed: false, signatures: SIGNED } }, ''],
    [
      'signatures not looked at (P7, policies.fulfilled)',
      { person: { signed: false }, readings: { 'policies.fulfilled': 'not-judged' } },
      '',
    ],
    ['has left (P7)', { person: { leftAt: instant('2024-06-30T00:00:00Z') } }, 'P7'],
    ['handed in late (P1)', { place: { late: true } }, 'P1'],
    ['one sale, signed for by the direction (P2)', { results: figures(1, 10, 1), excepted: ['P2'] }, ''],
    [
      'signed for in one clause, failing in another (P2, P3)',
      { results: figures(1, 100, 1), excepted: ['P2'] },
      'P3',
    ],
    ['a signature lets nobody pass P7', { person: { internal: false }, excepted: ['P2', 'P3', 'P6'] }, 'P7'],
    [
      'everything at once',
      { place: { late: true }, person: { grade: 'none', internal: false }, results: figures(0, 10, 0) },
      'P1 P2 P3 P6 P7',
    ],
  ])('%s', (_name, given, failing) => {
    const adoptions = asWritten(packs, ['lead-assignment', 'contact-center-policy', 'lead-reassignment']).map(
      (a) => (a.procedure === 'lead-assignment' ? { ...a, readings: { ...given.readings } } : a),
    );
    const rules = rulesOn(packs, adoptions, '2024-07-01');
    const judged = judgePlace(
      { ...place, ...given.place },
      { ...ana, ...given.person },
      given.results ?? GOOD,
      rules,
      given.excepted,
    );
    const expected = failing === '' ? [] : failing.split(' ').map((clause) => `lead-assignment#${clause}`);
    expect(judged.failing).toEqual(expected);
    expect(judged.decision).toBe(failing === '' ? 'included' : 'excluded');
    for (const clause of judged.failing)
      expect(judged.because.join(' ')).toContain(clause.replace('#', '@2021-07-13#'));
  });

  it('judges nobody where the procedure is not in force', () => {
    const rules = rulesOn(packs, asWritten(packs, ['contact-center-policy']), '2024-07-01');
    const poor = { ...ana, grade: 'none' as const, internal: false };
    expect(judgePlace(place, poor, figures(0, 50, 0), rules)).toEqual({
      decision: 'included',
      failing: [],
      excepted: [],
      because: [],
    });
  });
});
