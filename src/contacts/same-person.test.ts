import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { findSame } from './find-same.ts';
import { compare, type Comparison, type PersonFacts } from './same-person.ts';

const PHONE = '+525512345678';
const EMAIL = 'carla@example.com';

function person(facts: Partial<PersonFacts>): PersonFacts {
  return { names: [], phones: [], emails: [], documents: [], whatsappIds: [], ...facts };
}

const CASES: ReadonlyArray<readonly [name: string, verdict: string, known: Partial<PersonFacts>, incoming: Partial<PersonFacts>]> = [
  ['same WhatsApp id', 'certain', { whatsappIds: ['MX.13'] }, { whatsappIds: ['MX.13'] }],
  ['same WhatsApp id, other name', 'certain', { whatsappIds: ['MX.13'], names: ['Carla Ruiz'] }, { whatsappIds: ['MX.13'], names: ['Luis Mena'] }],
  ['same document', 'certain', { documents: ['CC:1020345678'] }, { documents: ['CC:1020345678'] }],
  ['same phone and name', 'certain', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: [PHONE], names: ['CARLA RUIZ'] }],
  ['same phone, one name missing', 'certain', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: [PHONE] }],
  ['same phone, one word of the name', 'certain', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: [PHONE], names: ['Carla'] }],
  ['same phone, clearly other name', 'doubtful', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: [PHONE], names: ['Luis Mena'] }],
  ['same phone, spouse', 'doubtful', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: [PHONE], names: ['Jorge Ruiz'] }],
  ['same e-mail and name', 'certain', { emails: [EMAIL], names: ['Carla Ruiz'] }, { emails: [EMAIL], names: ['Carla Ruiz Mena'] }],
  ['same e-mail, other name', 'doubtful', { emails: [EMAIL], names: ['Carla Ruiz'] }, { emails: [EMAIL], names: ['Luis Mena'] }],
  ['phone and e-mail, other name', 'doubtful', { phones: [PHONE], emails: [EMAIL], names: ['Carla Ruiz'] }, { phones: [PHONE], emails: [EMAIL], names: ['Luis Mena'] }],
  ['info@ and the same name', 'doubtful', { emails: ['info@example.com'], names: ['Carla Ruiz'] }, { emails: ['info@example.com'], names: ['Carla Ruiz'] }],
  ['info@, other name', 'different', { emails: ['info@example.com'], names: ['Carla Ruiz'] }, { emails: ['info@example.com'], names: ['Luis Mena'] }],
  ['same full name only', 'doubtful', { names: ['Carla Ruiz Mena'] }, { names: ['Mena Ruiz Carla'] }],
  ['same short name only', 'different', { names: ['Carla Ruiz'] }, { names: ['Carla Ruiz'] }],
  ['phone one digit off, same name', 'doubtful', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: ['+525512345679'], names: ['Carla Ruiz'] }],
  ['phone with two digits swapped, same name', 'doubtful', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: ['+525512345687'], names: ['Carla Ruiz'] }],
  ['phone one digit off, other name', 'different', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: ['+525512345679'], names: ['Luis Mena'] }],
  ['phone one digit off, no name', 'different', { phones: [PHONE] }, { phones: ['+525512345679'] }],
  ['nothing known of either', 'different', {}, {}],
  ['same phone, a name that says nothing', 'certain', { phones: [PHONE], names: ['Carla Ruiz'] }, { phones: [PHONE], names: ['SIN DATO'] }],
  ['blank names', 'different', { names: [''] }, { names: [' '] }],
  ['same phone and name, other document', 'doubtful', { phones: [PHONE], names: ['Carla Ruiz'], documents: ['CURP:A'] }, { phones: [PHONE], names: ['Carla Ruiz'], documents: ['CURP:B'] }],
  ['documents of different kinds say nothing', 'certain', { phones: [PHONE], documents: ['CURP:A'] }, { phones: [PHONE], documents: ['RFC:B'] }],
  ['same full name, other document', 'different', { names: ['Carla Ruiz Mena'], documents: ['CC:1'] }, { names: ['Carla Ruiz Mena'], documents: ['CC:2'] }],
]; // prettier-ignore

describe('the same person?', () => {
  test.each(CASES)('%s: %s', (_name, verdict, known, incoming) => {
    expect(compare(person(known), person(incoming)).verdict).toBe(verdict);
  });
  test('a phone on many people proves little', () => {
    const sharedBy = new Map([[PHONE, 4]]);
    const carla = person({ phones: [PHONE], names: ['Carla Ruiz'] });
    expect(compare(carla, carla, { sharedBy }).verdict).toBe('doubtful');
    expect(compare(carla, person({ phones: [PHONE], names: ['Luis Mena'] }), { sharedBy }).verdict).toBe(
      'different',
    );
    expect(compare(carla, carla, { sharedBy: new Map([[PHONE, 3]]) }).verdict).toBe('certain');
  });
  test('the evidence adds up to the score and says what was compared', () => {
    const known = person({ phones: [PHONE], emails: [EMAIL], names: ['Carla Ruiz'] });
    const incoming = person({ phones: [PHONE], names: ['Luis Mena'] });
    expect(compare(known, incoming)).toEqual({
      verdict: 'doubtful',
      score: 35,
      evidence: [
        { kind: 'phone', known: PHONE, incoming: PHONE, points: 80 },
        { kind: 'conflict', known: 'Carla Ruiz', incoming: 'Luis Mena', points: -45 },
      ],
    });
  });
});

const facts = fc.record({
  names: fc.array(fc.constantFrom('Carla Ruiz', 'Carla Ruiz Mena', 'Luis Mena', 'Carla', ''), {
    maxLength: 3,
  }),
  phones: fc.array(fc.constantFrom(PHONE, '+525512345679', '+525512345687', '+573001234567'), {
    maxLength: 3,
  }),
  emails: fc.array(fc.constantFrom(EMAIL, 'info@example.com', 'luis@example.com'), { maxLength: 2 }),
  documents: fc.array(fc.constantFrom('CURP:A', 'CURP:B', 'RFC:A', 'X'), { maxLength: 2 }),
  whatsappIds: fc.array(fc.constantFrom('MX.1', 'MX.2'), { maxLength: 1 }),
});

function turned(comparison: Comparison): Comparison {
  return {
    ...comparison,
    evidence: comparison.evidence.map((each) => ({ ...each, known: each.incoming, incoming: each.known })),
  };
}

test('symmetric, and the order of facts does not matter', () => {
  fc.assert(
    fc.property(facts, facts, (one, other) => {
      const there = compare(one, other);
      expect(turned(compare(other, one))).toEqual(there);
      const shuffled = {
        ...one,
        names: one.names.toReversed(),
        phones: one.phones.toReversed(),
        emails: one.emails.toReversed(),
      };
      expect(compare(shuffled, other)).toEqual(there);
      expect(there.score).toBeGreaterThanOrEqual(0);
      expect(there.score).toBeLessThanOrEqual(100);
    }),
    { numRuns: 1000 },
  );
});

describe('among candidates', () => {
  const base = person({ phones: [PHONE], names: ['Carla Ruiz'] });
  const candidates = [
    { ...base, id: 'c', firstContactAt: null, createdAt: instant('2024-01-01T00:00Z') },
    {
      ...base,
      id: 'b',
      firstContactAt: instant('2024-03-02T00:00Z'),
      createdAt: instant('2024-02-01T00:00Z'),
    },
    {
      ...base,
      id: 'a',
      firstContactAt: instant('2024-03-01T00:00Z'),
      createdAt: instant('2024-02-02T00:00Z'),
    },
    {
      ...base,
      names: ['Luis Mena'],
      id: 'd',
      firstContactAt: instant('2023-01-01T00:00Z'),
      createdAt: instant('2023-01-01T00:00Z'),
    },
    { ...person({}), id: 'e', firstContactAt: null, createdAt: instant('2022-01-01T00:00Z') },
  ];
  test('the earliest first contact is the one (contact-center-policy L9), whatever the order given', () => {
    for (const list of [candidates, candidates.toReversed()]) {
      const found = findSame(list, base);
      expect(found.certain?.candidate.id).toBe('a');
      expect(found.alsoCertain.map((each) => each.candidate.id)).toEqual(['b', 'c']);
      expect(found.doubtful.map((each) => each.candidate.id)).toEqual(['d']);
    }
  });
  test('nobody contacted: the oldest, then the lowest id', () => {
    const fresh = ['z', 'y'].map((id) => ({
      ...base,
      id,
      firstContactAt: null,
      createdAt: instant('2024-01-01T00:00Z'),
    }));
    expect(findSame(fresh, base).certain?.candidate.id).toBe('y');
  });
  test('nobody alike', () => {
    expect(findSame([], base)).toEqual({ certain: null, alsoCertain: [], doubtful: [] });
  });
});
