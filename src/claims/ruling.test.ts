import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { atLocal } from '../calendar/index.ts';
import { HOUR, plus, type Instant } from '../platform/time.ts';
import { rule, rulingLines, type RulingCase } from './ruling.ts';
import type { Interaction } from './what-counts.ts';

const ZONE = 'America/Mexico_City';
const at = (text: string): Instant => atLocal(text, ZONE);
/** A Monday. */
const REGISTERED = at('2024-07-01T09:00');

let made = 0;
function interaction(text: string | null, over: Partial<Interaction> = {}): Interaction {
  made += 1;
  return {
    id: `i${made}`,
    at: text === null ? null : at(text),
    by: 'ana',
    direction: 'out',
    channel: 'call',
    answered: true,
    verifiable: true,
    recorded: true,
    ...over,
  };
}
const silent = (text: string): Interaction => interaction(text, { answered: false });
const fromClient = (text: string): Interaction =>
  interaction(text, { by: null, direction: 'in', channel: 'whatsapp', answered: null });

const base: RulingCase = {
  zone: ZONE,
  business: {
    zone: ZONE,
    weekdays: [1, 2, 3, 4, 5],
    holidays: () => false,
    hours: { opens: '08:00', closes: '18:00' },
  },
  readings: { 'extension.from': 'first-contact', 'clock.72h': 'calendar', 'firstContact.needs': 'contact' },
  figures: { firstContactHours: 72, extensionHours: 36, betweenDaysMax: 30, sinceDaysMax: 30 },
  holder: 'ana',
  holderCurrent: true,
  heldFrom: REGISTERED,
  notifiedAt: at('2024-07-20T10:00'),
  agreed: null,
  incubations: [],
  interactions: [],
  frozen: [],
};
const FIRST = '2024-07-01T10:00';

interface Named {
  readonly name: string;
  readonly over: Partial<RulingCase>;
  readonly line: number;
  readonly outcome: 'keep' | 'reassign';
}
const reading = (over: Partial<RulingCase['readings']>): Pick<RulingCase, 'readings'> => ({
  readings: { ...base.readings, ...over },
});
const promise = (nextContactOn: string, evidence = true, on = '2024-07-03T10:00') => ({
  incubations: [{ at: at(on), nextContactOn, evidence }],
});

const cases: Named[] = [
  { name: 'the holder left', over: { holderCurrent: false }, line: 2, outcome: 'reassign' },
  { name: 'signed to the holder', over: { agreed: 'keep' }, line: 3, outcome: 'keep' },
  { name: 'signed to the requester', over: { agreed: 'reassign' }, line: 3, outcome: 'reassign' },
  { name: 'exactly 72 hours', over: { notifiedAt: at('2024-07-04T09:00:00') }, line: 4, outcome: 'keep' },
  {
    name: 'a second past 72 hours',
    over: { notifiedAt: at('2024-07-04T09:00:01') },
    line: 7,
    outcome: 'reassign',
  },
  {
    name: '72 business hours run over a week and more',
    over: { ...reading({ 'clock.72h': 'business' }), notifiedAt: at('2024-07-10T11:00') },
    line: 4,
    outcome: 'keep',
  },
  {
    name: 'and end',
    over: { ...reading({ 'clock.72h': 'business' }), notifiedAt: at('2024-07-10T11:00:01') },
    line: 7,
    outcome: 'reassign',
  },
  { name: 'an incubator date today', over: promise('2024-07-20'), line: 5, outcome: 'keep' },
  { name: 'an incubator date of yesterday', over: promise('2024-07-19'), line: 7, outcome: 'reassign' },
  { name: 'a date without evidence', over: promise('2024-07-25', false), line: 7, outcome: 'reassign' },
  {
    name: 'a date promised after the notification',
    over: promise('2024-07-25', true, '2024-07-20T10:00'),
    line: 7,
    outcome: 'reassign',
  },
  {
    name: 'undated evidence',
    over: { interactions: [interaction(null)] },
    line: 7,
    outcome: 'reassign',
  },
  {
    name: 'what cannot be verified',
    over: { interactions: [interaction(FIRST, { verifiable: false })] },
    line: 7,
    outcome: 'reassign',
  },
  {
    name: 'contact at the very instant of the notification',
    over: { interactions: [interaction('2024-07-20T10:00')] },
    line: 7,
    outcome: 'reassign',
  },
  {
    name: 'somebody else’s contact',
    over: { interactions: [interaction(FIRST, { by: 'gil' })] },
    line: 7,
    outcome: 'reassign',
  },
  {
    name: 'contact before the lead was registered',
    over: { interactions: [interaction('2024-07-01T08:59:59')] },
    line: 7,
    outcome: 'reassign',
  },
  {
    name: 'only the client wrote',
    over: { interactions: [fromClient(FIRST)] },
    line: 8,
    outcome: 'reassign',
  },
  {
    name: 'first contact a second late',
    over: { interactions: [interaction('2024-07-04T09:00:01'), interaction('2024-07-10T09:00')] },
    line: 8,
    outcome: 'reassign',
  },
  {
    name: 'first contact in the last second',
    over: { interactions: [interaction('2024-07-04T09:00:00'), interaction('2024-07-10T09:00')] },
    line: 12,
    outcome: 'keep',
  },
  {
    name: 'the client answered, but not within the term (two-way)',
    over: {
      ...reading({ 'firstContact.needs': 'two-way' }),
      interactions: [silent(FIRST), interaction('2024-07-10T09:00')],
    },
    line: 8,
    outcome: 'reassign',
  },
  {
    name: 'the client answered within the term (two-way)',
    over: {
      ...reading({ 'firstContact.needs': 'two-way' }),
      interactions: [silent(FIRST), fromClient('2024-07-04T09:00'), silent('2024-07-10T09:00')],
    },
    line: 12,
    outcome: 'keep',
  },
  {
    name: 'only the first contact, 36 hours before',
    over: { interactions: [interaction('2024-07-03T10:00')], notifiedAt: at('2024-07-04T22:00:00') },
    line: 9,
    outcome: 'keep',
  },
  {
    name: 'only the first contact, 36 hours and a second before',
    over: { interactions: [interaction('2024-07-03T10:00')], notifiedAt: at('2024-07-04T22:00:01') },
    line: 9,
    outcome: 'reassign',
  },
  {
    name: '36 hours after the 72',
    over: {
      ...reading({ 'extension.from': 'term' }),
      interactions: [interaction(FIRST)],
      notifiedAt: at('2024-07-05T21:00:00'),
    },
    line: 9,
    outcome: 'keep',
  },
  {
    name: '36 hours after the 72, and a second',
    over: {
      ...reading({ 'extension.from': 'term' }),
      interactions: [interaction(FIRST)],
      notifiedAt: at('2024-07-05T21:00:01'),
    },
    line: 9,
    outcome: 'reassign',
  },
  {
    name: 'no follow-up in the 36 hours after the notification',
    over: { ...reading({ 'extension.from': 'notification' }), interactions: [interaction(FIRST)] },
    line: 9,
    outcome: 'reassign',
  },
  {
    name: 'a follow-up in the last second of them',
    over: {
      ...reading({ 'extension.from': 'notification' }),
      interactions: [interaction(FIRST), interaction('2024-07-21T22:00:00')],
    },
    line: 12,
    outcome: 'keep',
  },
  {
    name: 'a follow-up a second late',
    over: {
      ...reading({ 'extension.from': 'notification' }),
      interactions: [interaction(FIRST), interaction('2024-07-21T22:00:01')],
    },
    line: 9,
    outcome: 'reassign',
  },
  {
    name: 'the client never answered',
    over: { interactions: [silent(FIRST), silent('2024-07-10T09:00')] },
    line: 10,
    outcome: 'reassign',
  },
  {
    name: 'a missed call of the client is no answer',
    over: {
      interactions: [
        silent(FIRST),
        silent('2024-07-10T09:00'),
        interaction('2024-07-11T09:00', { by: null, direction: 'in', answered: false }),
      ],
    },
    line: 10,
    outcome: 'reassign',
  },
  {
    name: 'the client’s own message is one',
    over: { interactions: [silent(FIRST), silent('2024-07-10T09:00'), fromClient('2024-07-11T09:00')] },
    line: 12,
    outcome: 'keep',
  },
  {
    name: '30 days from the last follow-up',
    over: {
      interactions: [interaction(FIRST), interaction('2024-07-10T08:00')],
      notifiedAt: at('2024-08-09T23:00'),
    },
    line: 12,
    outcome: 'keep',
  },
  {
    name: '31 days from the last follow-up',
    over: {
      interactions: [interaction(FIRST), interaction('2024-07-10T23:00')],
      notifiedAt: at('2024-08-10T08:00'),
    },
    line: 11,
    outcome: 'reassign',
  },
  {
    name: '31 days between two follow-ups',
    over: {
      interactions: [interaction(FIRST), interaction('2024-08-01T10:00'), interaction('2024-08-05T10:00')],
      notifiedAt: at('2024-08-10T08:00'),
    },
    line: 11,
    outcome: 'reassign',
  },
  {
    name: '31 days, one of them frozen by an earlier claim',
    over: {
      interactions: [interaction(FIRST), interaction('2024-07-10T23:00')],
      notifiedAt: at('2024-08-10T08:00'),
      frozen: [{ from: at('2024-07-20T10:00'), to: at('2024-07-21T09:00') }],
    },
    line: 12,
    outcome: 'keep',
  },
  {
    name: '45 days to the very date the client had set, and contact on it',
    over: {
      interactions: [interaction(FIRST), interaction('2024-08-15T10:00')],
      notifiedAt: at('2024-08-20T08:00'),
      ...promise('2024-08-15'),
    },
    line: 12,
    outcome: 'keep',
  },
  {
    name: 'that date passed without contact',
    over: {
      interactions: [interaction(FIRST), interaction('2024-08-16T10:00')],
      notifiedAt: at('2024-08-20T08:00'),
      ...promise('2024-08-15'),
    },
    line: 11,
    outcome: 'reassign',
  },
];

describe('the ruling', () => {
  it.each(cases)('$name: line $line, $outcome', ({ over, line, outcome }) => {
    const ruled = rule({ ...base, ...over });
    expect({ line: ruled.line, outcome: ruled.outcome }).toEqual({ line, outcome });
  });

  it('has a case for every line', () => {
    expect([...new Set(cases.map(({ line }) => line))].toSorted((a, b) => a - b)).toEqual(rulingLines);
  });

  it('names every requirement that fails, not only the first', () => {
    const ruled = rule({
      ...base,
      interactions: [silent('2024-07-10T10:00')],
      notifiedAt: at('2024-09-01T10:00'),
    });
    expect(ruled.unmet).toEqual(['R4', 'R6', 'L5b', 'R5', 'R7']);
  });

  it('draws the term that an earlier freeze stretched', () => {
    const ruled = rule({
      ...base,
      frozen: [{ from: at('2024-07-02T09:00'), to: at('2024-07-03T09:00') }],
    });
    expect(ruled.terms.firstContactDueAt).toBe(at('2024-07-05T09:00'));
  });
});

const minutes = fc.integer({ min: -500, max: 120 * 24 * 60 });
const someInteraction: fc.Arbitrary<Interaction> = fc.record({
  id: fc.uuid(),
  at: fc.option(
    minutes.map((m) => plus(REGISTERED, m * 60_000)),
    { freq: 20 },
  ),
  by: fc.constantFrom('ana', 'ana', 'gil', null),
  direction: fc.constantFrom('out', 'in'),
  channel: fc.constantFrom('call', 'whatsapp', 'email', 'appointment'),
  answered: fc.option(fc.boolean()),
  verifiable: fc.constantFrom(true, true, true, false),
  recorded: fc.boolean(),
});
const someCase: fc.Arbitrary<RulingCase> = fc.record({
  zone: fc.constant(ZONE),
  business: fc.constant(base.business),
  readings: fc.record({
    'extension.from': fc.constantFrom('first-contact', 'term', 'notification'),
    'clock.72h': fc.constantFrom('calendar', 'business'),
    'firstContact.needs': fc.constantFrom('contact', 'two-way'),
  }),
  figures: fc.constant(base.figures),
  holder: fc.constant('ana'),
  holderCurrent: fc.constantFrom(true, true, true, false),
  heldFrom: fc.constant(REGISTERED),
  notifiedAt: minutes.map((m) => plus(REGISTERED, Math.abs(m) * 60_000)),
  agreed: fc.constantFrom(null, null, null, 'keep', 'reassign'),
  incubations: fc.array(
    fc.record({
      at: minutes.map((m) => plus(REGISTERED, Math.abs(m) * 60_000)),
      nextContactOn: fc
        .integer({ min: 1, max: 130 })
        .map((d) => plus(REGISTERED, d * 24 * HOUR).slice(0, 10)),
      evidence: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  interactions: fc.array(someInteraction, { maxLength: 8 }),
  frozen: fc.array(
    fc.tuple(minutes, fc.integer({ min: 1, max: 5_000 })).map(([from, length]) => ({
      from: plus(REGISTERED, from * 60_000),
      to: plus(REGISTERED, (from + length) * 60_000),
    })),
    { maxLength: 2 },
  ),
});

describe('for any history and any request', () => {
  it('exactly one line decides, with clauses, and a loss names what is not met', () => {
    fc.assert(
      fc.property(someCase, (given) => {
        const ruled = rule(given);
        expect(rulingLines).toContain(ruled.line);
        expect(ruled.clauses.length).toBeGreaterThan(0);
        expect(ruled.unmet.length > 0).toBe(ruled.outcome === 'reassign');
        expect(rule(given)).toEqual(ruled);
      }),
      { numRuns: 3_000 },
    );
  });

  it('a further two-way follow-up that counts never turns keep into reassign', () => {
    fc.assert(
      fc.property(someCase, fc.nat(), (given, place) => {
        const before = rule(given);
        const from = Date.parse(given.heldFrom);
        const span = Date.parse(given.notifiedAt) - from;
        fc.pre(span > 0 && before.outcome === 'keep');
        const more = interaction(null, { at: plus(given.heldFrom, place % span) });
        expect(rule({ ...given, interactions: [...given.interactions, more] }).outcome).toBe('keep');
      }),
      { numRuns: 3_000 },
    );
  });

  it('what does not count changes nothing', () => {
    fc.assert(
      fc.property(someCase, (given) => {
        const before = rule(given);
        const counting = before.judged.filter((j) => j.counts).map((j) => j.interaction);
        const after = rule({ ...given, interactions: counting });
        expect([after.line, after.outcome]).toEqual([before.line, before.outcome]);
      }),
      { numRuns: 1_000 },
    );
  });
});
