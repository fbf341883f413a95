import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { instant } from '../platform/time.ts';
import { asWritten, checkAdoption, inForce, localDay, matchesClause, rulesOf, rulesOn } from './index.ts';
import type { Adoption, Pack, Procedure, RulesData } from './index.ts';
import { procedureNames } from './known.ts';
import { readPacks } from './packs.store.ts';

const MX = 'America/Mexico_City';
let packs: readonly Pack[] = [];

beforeAll(async () => {
  const loaded = await readPacks(fileURLToPath(new URL('../../', import.meta.url)));
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  packs = loaded.packs;
});

const policy = (effectiveOn: string, readings: Record<string, unknown> = {}): Adoption => ({
  procedure: 'contact-center-policy',
  version: '2023-03-01',
  effectiveOn,
  readings,
});
const assignment: Adoption = {
  procedure: 'lead-assignment',
  version: '2021-07-13',
  effectiveOn: '2021-07-13',
};

describe('a version holds from midnight of its day, local to the organization', () => {
  const cases = [
    { name: 'the last millisecond before midnight', zone: MX, at: '2023-03-01T05:59:59.999Z', cites: null },
    {
      name: 'midnight',
      zone: MX,
      at: '2023-03-01T06:00:00.000Z',
      cites: 'contact-center-policy@2023-03-01#L4',
    },
    {
      name: 'midnight elsewhere is not midnight here',
      zone: MX,
      at: '2023-03-01T00:00:00.000Z',
      cites: null,
    },
    {
      name: 'an hour earlier in Bogotá',
      zone: 'America/Bogota',
      at: '2023-03-01T05:00:00.000Z',
      cites: 'contact-center-policy@2023-03-01#L4',
    },
    {
      name: 'and not a millisecond before',
      zone: 'America/Bogota',
      at: '2023-03-01T04:59:59.999Z',
      cites: null,
    },
  ];
  it.each(cases)('$name', ({ zone, at, cites }) => {
    expect(inForce(packs, asWritten(packs), zone, instant(at)).cite('contact-center-policy', 'L4')).toBe(
      cites,
    );
  });

  it('on a day whose midnight the clocks skip, from its first instant', () => {
    // Santiago went from 2024-09-07T23:59:59.999 to 2024-09-08T01:00.
    const skipped = [policy('2024-09-08')];
    const before = inForce(packs, skipped, 'America/Santiago', instant('2024-09-08T03:59:59.999Z'));
    const first = inForce(packs, skipped, 'America/Santiago', instant('2024-09-08T04:00:00.000Z'));
    expect(before.cite('contact-center-policy', 'L4')).toBeNull();
    expect(first.cite('contact-center-policy', 'L4')).toBe('contact-center-policy@2024-09-08#L4');
  });

  it('an undated procedure holds from the day the organization sets', () => {
    const set = asWritten(packs, ['proactive-contact'], '2025-02-03');
    expect(asWritten(packs, ['proactive-contact'])).toEqual([]);
    expect(rulesOn(packs, set, '2025-02-02').cite('proactive-contact', 'A3')).toBeNull();
    expect(rulesOn(packs, set, '2025-02-03').cite('proactive-contact', 'A3')).toBe(
      'proactive-contact@2025-02-03#A3',
    );
  });
});

describe('changed readings are a version of their own', () => {
  const adoptions = [
    policy('2023-03-01'),
    policy('2026-11-01', { 'best.top': 1, 'hours.outside': 'assign' }),
  ];

  it('the day before, the pack as written; from the day, the change', () => {
    const before = rulesOn(packs, adoptions, '2026-10-31');
    const after = rulesOn(packs, adoptions, '2026-11-01');
    expect([
      before.reading('contact-center-policy', 'best.top'),
      before.cite('contact-center-policy', 'L4'),
    ]).toEqual([3, 'contact-center-policy@2023-03-01#L4']);
    expect([
      after.reading('contact-center-policy', 'best.top'),
      after.cite('contact-center-policy', 'L4'),
    ]).toEqual([1, 'contact-center-policy@2026-11-01#L4']);
    expect(after.reading('contact-center-policy', 'hours.outside')).toBe('assign');
    expect(after.data.procedures['contact-center-policy']).toMatchObject({
      version: '2026-11-01',
      base: '2023-03-01',
    });
  });

  it('a correction for the same day, later in the list, holds', () => {
    const rules = rulesOn(packs, [...adoptions, policy('2026-11-01', { 'best.top': 5 })], '2026-11-01');
    expect(rules.reading('contact-center-policy', 'best.top')).toBe(5);
    expect(rules.reading('contact-center-policy', 'hours.outside')).toBe('hold');
  });

  it('a figure can change by a version too', () => {
    const changed = { ...policy('2026-11-01'), parameters: { L4: { contactMinutes: 15 } } };
    const rules = rulesOn(packs, [policy('2023-03-01'), changed], '2026-11-01');
    expect(rules.parameter('contact-center-policy', 'L4', 'contactMinutes')).toBe(15);
    expect(
      rulesOn(packs, [policy('2023-03-01'), changed], '2026-10-31').parameter(
        'contact-center-policy',
        'L4',
        'contactMinutes',
      ),
    ).toBe(10);
  });

  it('what is set once for both procedures holds for both, wherever it was set', () => {
    const inPolicy = rulesOn(
      packs,
      [assignment, policy('2023-03-01', { 'commission.scope': 'all' })],
      '2024-01-01',
    );
    expect(inPolicy.reading('lead-assignment', 'commission.scope')).toBe('all');
    const inAssignment = rulesOn(
      packs,
      [{ ...assignment, readings: { 'commission.scope': 'all' } }, policy('2023-03-01')],
      '2024-01-01',
    );
    expect(inAssignment.reading('contact-center-policy', 'commission.scope')).toBe('all');
  });
});

describe('a procedure that is not in force', () => {
  it('is not cited, answers its readings with the defaults, and has no figures', () => {
    const rules = rulesOn(packs, [assignment], '2022-05-01');
    expect(rules.cite('contact-center-policy', 'L3')).toBeNull();
    expect(rules.reading('contact-center-policy', 'turn.pool')).toBe('organization');
    expect(() => rules.parameter('contact-center-policy', 'L4', 'contactMinutes')).toThrow(RangeError);
  });

  it('does not lend its later readings to an earlier day', () => {
    const rules = rulesOn(packs, [assignment, policy('2023-03-01', { 'turn.pool': 'zone' })], '2022-05-01');
    expect(rules.reading('contact-center-policy', 'turn.pool')).toBe('organization');
  });
});

const all = (readings: Record<string, unknown> = {}) => [
  ...asWritten(packs, ['lead-assignment', 'lead-reassignment']),
  policy('2023-03-01', readings),
];

describe('where two clauses set the same thing, the later effective date wins', () => {
  const cases = [
    {
      name: 'assignment, alone',
      on: '2023-02-28',
      topic: 'assignment',
      clause: 'lead-assignment@2021-07-13#P8',
      over: [],
      beside: [],
    },
    {
      name: 'assignment, both',
      on: '2023-03-01',
      topic: 'assignment',
      clause: 'contact-center-policy@2023-03-01#P1',
      over: ['lead-assignment@2021-07-13#P8'],
      beside: [],
    },
    {
      name: 'commission',
      on: '2023-03-01',
      topic: 'commission.share',
      clause: 'contact-center-policy@2023-03-01#P6',
      over: ['lead-assignment@2021-07-13#P12'],
      beside: [],
    },
    {
      name: 'duplicates that arrive',
      on: '2025-01-01',
      topic: 'duplicates',
      clause: 'contact-center-policy@2023-03-01#L9',
      over: ['lead-assignment@2021-07-13#P14'],
      beside: [],
    },
    {
      name: 'disputes before there is a procedure for them',
      on: '2024-06-11',
      topic: 'disputes',
      clause: 'lead-assignment@2021-07-13#P14',
      over: [],
      beside: [],
    },
    {
      name: 'disputes',
      on: '2024-06-12',
      topic: 'disputes',
      clause: 'lead-reassignment@2024-06-12#L2',
      over: ['lead-assignment@2021-07-13#P14'],
      beside: [],
    },
    {
      name: 'training',
      on: '2024-06-12',
      topic: 'training',
      clause: 'contact-center-policy@2023-03-01#P4',
      over: ['lead-assignment@2021-07-13#P5'],
      beside: [],
    },
  ] as const;
  it.each(cases)('$name', ({ on, topic, clause, over, beside }) => {
    expect(rulesOn(packs, all(), on).governing(topic)).toEqual({ clause, over, beside });
  });

  it('the commission reading lets both deductions stand', () => {
    const rules = rulesOn(packs, all({ 'commission.p12': 'added' }), '2023-03-01');
    expect(rules.governing('commission.share')).toEqual({
      clause: 'contact-center-policy@2023-03-01#P6',
      beside: ['lead-assignment@2021-07-13#P12'],
      over: [],
    });
  });

  it('by the day it took effect here, not by the age of the document', () => {
    const later = { ...assignment, effectiveOn: '2025-01-01' };
    const rules = rulesOn(packs, [policy('2023-03-01'), later], '2025-01-01');
    expect(rules.governing('assignment')?.clause).toBe('lead-assignment@2025-01-01#P8');
  });

  it('taken up on one day, the later document wins in whatever order they are listed', () => {
    const one = [{ ...assignment, effectiveOn: '2026-01-01' }, policy('2026-01-01')];
    for (const adoptions of [one, one.toReversed()]) {
      expect(rulesOn(packs, adoptions, '2026-01-01').governing('assignment')?.clause).toBe(
        'contact-center-policy@2026-01-01#P1',
      );
    }
  });

  it('nobody sets it', () => {
    expect(
      rulesOn(packs, asWritten(packs, ['telecom-outbound']), '2024-01-01').governing('assignment'),
    ).toBeNull();
  });
});

describe('laws', () => {
  const day = fc
    .integer({ min: 0, max: 3_000 })
    .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));
  const adoption = fc
    .record({ procedure: fc.constantFrom(...procedureNames), effectiveOn: day })
    .map(({ procedure, effectiveOn }): Adoption => ({
      procedure,
      version: packs.find((pack) => pack.name === procedure)?.version ?? null,
      effectiveOn,
    }));
  const anyInstant = fc
    .integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2030, 0, 1) })
    .map((ms) => instant(ms));

  it('at any instant exactly one version of each procedure taken up by then, the latest, and none of the others', () => {
    fc.assert(
      fc.property(fc.array(adoption, { maxLength: 12 }), anyInstant, (adoptions, at) => {
        const rules = inForce(packs, adoptions, MX, at);
        const today = localDay(at, MX);
        for (const procedure of procedureNames) {
          const due = adoptions
            .filter((one) => one.procedure === procedure && one.effectiveOn <= today)
            .map((one) => one.effectiveOn);
          expect(rules.data.procedures[procedure]?.version ?? null).toBe(due.toSorted().at(-1) ?? null);
        }
      }),
    );
  });

  it('every clause that sets a topic governs, stands beside or lost, once', () => {
    fc.assert(
      fc.property(fc.array(adoption, { maxLength: 8 }), day, fc.boolean(), (adoptions, on, added) => {
        const read = adoptions.map((one) =>
          one.procedure === 'contact-center-policy' && added
            ? { ...one, readings: { 'commission.p12': 'added' } }
            : one,
        );
        const rules = rulesOn(packs, read, on);
        const setters = packs.filter(
          ({ name, clauses }) =>
            rules.data.procedures[name] !== undefined &&
            clauses.some(({ topics }) => topics.includes('commission.share')),
        );
        const governing = rules.governing('commission.share');
        const named = governing === null ? [] : [governing.clause, ...governing.beside, ...governing.over];
        expect(named.length).toBe(setters.length);
        expect(new Set(named).size).toBe(named.length);
      }),
    );
  });

  it('rules read back from JSON answer the same', () => {
    fc.assert(
      fc.property(fc.array(adoption, { maxLength: 6 }), day, (adoptions, on) => {
        const rules = rulesOn(packs, adoptions, on);
        const back = rulesOf(JSON.parse(JSON.stringify(rules.data)) as RulesData);
        expect(back.data).toEqual(rules.data);
        expect(back.cite('lead-assignment', 'P8')).toBe(rules.cite('lead-assignment', 'P8'));
        expect(Object.isFrozen(rules) && Object.isFrozen(rules.data.readings['lead-assignment'])).toBe(true);
      }),
    );
  });
});

describe('an adoption is checked before it is stored', () => {
  const cases: { name: string; adoption: Adoption; fields: string[] }[] = [
    { name: 'as written', adoption: policy('2023-03-01'), fields: [] },
    {
      name: 'weights for support',
      adoption: policy('2023-03-01', { 'support.split': { ines: 2, raul: 1 } }),
      fields: [],
    },
    {
      name: 'a pack nobody has',
      adoption: { ...policy('2023-03-01'), version: '2020-01-01' },
      fields: ['version'],
    },
    { name: 'no date', adoption: policy('tomorrow'), fields: ['effectiveOn'] },
    {
      name: 'unknown reading and wrong values',
      adoption: policy('2023-03-01', { 'best.bottom': 1, 'best.top': 0, 'hours.outside': 'maybe' }),
      fields: ['readings.best.bottom', 'readings.best.top', 'readings.hours.outside'],
    },
    {
      name: 'a line that is no ruling',
      adoption: {
        procedure: 'lead-reassignment',
        version: '2024-06-12',
        effectiveOn: '2024-06-12',
        readings: { 'ruling.automatic': [2, 6] },
      },
      fields: ['readings.ruling.automatic'],
    },
    {
      name: 'figures',
      adoption: {
        ...policy('2023-03-01'),
        parameters: { Z9: {}, L4: { contactMinutes: -1, hours: 2 }, P1: { x: 1 } },
      },
      fields: ['parameters.Z9', 'parameters.L4.contactMinutes', 'parameters.L4.hours', 'parameters.P1.x'],
    },
  ];
  it.each(cases)('$name', ({ adoption, fields }) => {
    expect(checkAdoption(packs, adoption).map(({ field }) => field)).toEqual(fields);
  });
});

describe('because', () => {
  it('matches with or without the version', () => {
    const ref = rulesOn(packs, [policy('2023-03-01')], '2024-01-01').cite('contact-center-policy', 'L4');
    if (ref === null) throw new Error('not in force');
    expect(matchesClause(ref, 'contact-center-policy#L4')).toBe(true);
    expect(matchesClause(ref, 'contact-center-policy@2023-03-01#L4')).toBe(true);
    const others = [
      'contact-center-policy@2023-04-01#L4',
      'contact-center-policy#L40',
      'contact-center-policy#L',
      'lead-reassignment#L4',
      '#L4',
      '',
    ];
    for (const other of others) expect(matchesClause(ref, other)).toBe(false);
  });

  it('signing covers the clauses that are agreed', () => {
    const rules = rulesOn(packs, asWritten(packs), '2024-07-01');
    const agreed = (
      ['contact-center-policy', 'lead-assignment', 'proactive-contact'] satisfies Procedure[]
    ).map((name) => rules.agreed(name));
    expect(agreed).toEqual([
      ['contact-center-policy@2023-03-01#P4', 'contact-center-policy@2023-03-01#S1'],
      ['lead-assignment@2021-07-13#P5'],
      [],
    ]);
  });
});
