import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { arriving, floorPacks, openFloor, type Floor } from '../../tests/floor.ts';
import { instant, MINUTE, plus, SECOND, type Instant } from '../platform/time.ts';
import type { Pack } from '../procedures/index.ts';
import { person } from '../staff/index.ts';
import type { Lead } from './lead.ts';
import { currentTenure } from './tenure.ts';
import { lead as leadOf, leadsSlice } from './leads-slice.ts';

let packs: readonly Pack[];
beforeAll(async () => {
  packs = await floorPacks();
});

const START = instant('2024-07-02T15:00:00Z');
const ADVISORS = ['ana', 'beto', 'caro', 'dani'] as const;
const advisor = fc.constantFrom(...ADVISORS);
const leadNumber = fc.nat(3);

/** What may happen next, and how many seconds after the step before. */
const step = fc.record({
  after: fc.integer({ min: 0, max: 400 }),
  what: fc.oneof(
    { arbitrary: fc.constant({ kind: 'arrives' as const }), weight: 3 },
    fc.record({ kind: fc.constant('starts' as const), by: advisor, lead: leadNumber }),
    fc.record({
      kind: fc.constant('ends' as const),
      call: fc.nat(30),
      answered: fc.boolean(),
      ring: fc.nat(30),
    }),
    // By one who holds or held the lead, of a call some seconds into that time: what a PBX tells late.
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('reported' as const),
        lead: leadNumber,
        tenure: fc.nat(3),
        into: fc.nat(700),
        answered: fc.boolean(),
      }),
    },
    fc.record({ kind: fc.constant('absent' as const), person: advisor, absent: fc.boolean() }),
    fc.record({ kind: fc.constant('passes' as const), by: advisor, lead: leadNumber }),
    fc.record({ kind: fc.constant('placed' as const), to: fc.option(advisor), lead: leadNumber }),
    fc.record({ kind: fc.constant('leaves' as const), lead: leadNumber, tenure: fc.nat(3) }),
  ),
});
const steps = fc.array(step, { minLength: 10, maxLength: 60, size: 'max' });
const readings = fc.record({
  'reassign.by': fc.constantFrom('clock', 'administrator'),
  'tenMinutes.from': fc.constantFrom('assigned', 'notified'),
  'contact.evidence': fc.constantFrom('attempted', 'answered', 'pbx-and-crm'),
  'held.release': fc.constantFrom('all', 'paced'),
  'hours.outside': fc.constantFrom('hold', 'assign'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const id = (lead: number): string => `L${lead}`;

function happen(floor: Floor, at: Instant, { what }: Step, place: number, began: Set<string>): void {
  switch (what.kind) {
    case 'arrives':
      floor.tell(at, arriving(id(floor.world.get(leadsSlice).lastNumber), place));
      return;
    case 'starts':
      if (leadOf(floor.world, id(what.lead)) !== undefined) began.add(`c${place}`);
      floor.tell(at, {
        fact: 'call.started',
        call: `c${place}`,
        by: what.by,
        lead: id(what.lead),
        direction: 'out',
      });
      return;
    case 'ends': {
      const call = [...began][what.call % Math.max(1, began.size)];
      const { answered, ring } = what;
      if (call !== undefined)
        floor.tell(at, { fact: 'call.ended', call, answered, ringSeconds: ring, talkSeconds: 9 });
      return;
    }
    case 'reported': {
      const tenure = leadOf(floor.world, id(what.lead))?.tenures[what.tenure];
      const startedAt = tenure === undefined ? at : plus(tenure.since, what.into * SECOND);
      if (tenure === undefined || startedAt > at) return;
      const fact = { fact: 'call.reported', call: `r${place}`, by: tenure.person, lead: id(what.lead) };
      const { answered } = what;
      floor.tell(at, { ...fact, startedAt, answered, direction: 'out', ringSeconds: 20, talkSeconds: 9 });
      return;
    }
    case 'absent':
      floor.tell(at, { fact: 'person.changed', person: what.person, absent: what.absent });
      return;
    case 'leaves': {
      const tenure = leadOf(floor.world, id(what.lead))?.tenures[what.tenure];
      // One stays, so that there is a floor.
      if (tenure === undefined || tenure.person === 'dani') return;
      floor.tell(at, { fact: 'person.changed', person: tenure.person, left: true });
      return;
    }
    case 'passes':
      floor.tell(at, { fact: 'lead.passed', by: what.by, lead: id(what.lead), reason: 'x' });
      return;
    case 'placed':
      floor.tell(at, { fact: 'lead.placed', by: 'adela', to: what.to, lead: id(what.lead), reason: 'x' });
      return;
    default:
      what satisfies never;
  }
}

/** DESIGN.md, invariant 1. */
function checkPlace(floor: Floor, lead: Lead): void {
  const open = lead.tenures.filter((t) => t.until === null);
  const said = JSON.stringify(lead);
  expect(['held', 'assigned', 'waiting', 'refused'], said).toContain(lead.stage);
  expect(lead.holder !== null, said).toBe(lead.stage === 'assigned');
  expect(lead.queue !== null, said).toBe(lead.stage === 'waiting');
  expect(open.length, said).toBe(lead.stage === 'assigned' ? 1 : 0);
  if (lead.holder === null) return;
  expect(currentTenure(lead)?.person).toBe(lead.holder);
  expect(person(floor.world, lead.holder)?.leftAt, said).toBeNull();
}

function run(script: readonly Step[], set: Readonly<Record<string, unknown>>, from: Instant = START): Floor {
  const floor = openFloor({ packs, advisors: ADVISORS, readings: { 'contact-center-policy': set } });
  const began = new Set<string>();
  let at = from;
  script.forEach((each, place) => {
    at = plus(at, each.after * SECOND);
    happen(floor, at, each, place, began);
    for (const lead of floor.world.get(leadsSlice).leads.values()) checkPlace(floor, lead);
  });
  floor.until(plus(at, 40 * MINUTE));
  for (const lead of floor.world.get(leadsSlice).leads.values()) checkPlace(floor, lead);
  return floor;
}

const playedAgain = (script: readonly Step[], set: Readonly<Record<string, unknown>>) => {
  expect(run(script, set).entries).toEqual(run(script, set).entries);
};

const strikesMatchMisses = (script: readonly Step[], set: Readonly<Record<string, unknown>>) => {
  const floor = run(script, set);
  const owed = new Map<string, number>();
  for (const { entry, fields } of floor.entries) {
    const who = JSON.stringify(fields['who'] ?? null);
    if (entry === 'deadline.missed' && fields['what'] === 'first-contact')
      owed.set(who, (owed.get(who) ?? 0) + 1);
    if (entry === 'miss.struck') owed.set(who, (owed.get(who) ?? 0) - 1);
  }
  expect(Math.min(0, ...owed.values())).toBe(0);
};

describe('whatever calls, deadlines, absences and people do (contact-center-policy L4)', () => {
  it('a lead has one holder or one queue, never both, never neither, and no holder who has left', () => {
    fc.assert(
      fc.property(steps, readings, (script, set) => void run(script, set)),
      { numRuns: 30 },
    );
  });

  it('so too around closing time and over the night', () => {
    const evening = instant('2024-07-02T23:40:00Z');
    const overNight = (script: readonly Step[], set: Readonly<Record<string, unknown>>) => {
      const floor = run(script, set, evening);
      floor.until('2024-07-03T14:30:00Z');
      for (const lead of floor.world.get(leadsSlice).leads.values()) checkPlace(floor, lead);
    };
    fc.assert(fc.property(steps, readings, overNight), { numRuns: 20 });
  });

  it('the same history gives the same entries', () => {
    fc.assert(fc.property(steps, readings, playedAgain), { numRuns: 8 });
  });

  it('no person misses or is given a turn more than the entries say', () => {
    fc.assert(fc.property(steps, readings, strikesMatchMisses), { numRuns: 20 });
  });
});

/** Calls that prove nothing, told at some time by whoever held the lead. */
const noise = fc.array(fc.record({ by: advisor, at: fc.integer({ min: 1, max: 1700 }) }), { maxLength: 6 });

/** ana calls after `called` seconds; the PBX tells of it at `told`. Returns the floor at the end. */
function history(called: number, told: number, calls: readonly { by: string; at: number }[]): Floor {
  const floor = openFloor({ packs, advisors: ADVISORS });
  floor.tell(START, arriving('L0', 1));
  const report = { fact: 'call.reported', lead: 'L0', direction: 'out', talkSeconds: 0 };
  const facts = [
    {
      at: told,
      fact: {
        ...report,
        call: 'proof',
        by: 'ana',
        startedAt: plus(START, called * SECOND),
        answered: true,
        ringSeconds: 4,
      },
    },
    ...calls.map(({ by, at }, n) => ({
      at,
      fact: {
        ...report,
        call: `n${n}`,
        by,
        startedAt: plus(START, (at - 1) * SECOND),
        answered: false,
        ringSeconds: 1,
      },
    })),
  ].toSorted((a, b) => a.at - b.at);
  for (const { at, fact } of facts) floor.tell(plus(START, at * SECOND), fact);
  floor.until(plus(START, 60 * MINUTE));
  return floor;
}

const shares = (floor: Floor) =>
  ADVISORS.map((who) => {
    const held = floor.entries.filter((e) => e.entry === 'lead.reassigned' && e.fields['to'] === who).length;
    const back = floor.entries.filter(
      (e) => e.entry === 'turn.returned' && e.fields['person'] === who,
    ).length;
    return held - back;
  });
const missed = (floor: Floor) =>
  floor.entries.filter((e) => e.entry === 'deadline.missed' && e.fields['what'] === 'first-contact').length -
  floor.entries.filter((e) => e.entry === 'miss.struck').length;

describe('late evidence, when nobody else reached the prospect (contact-center-policy L4)', () => {
  it('comes to the same holder and the same counters as evidence in time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 601, max: 1790 }),
        noise,
        (called, told, calls) => {
          const inTime = history(called, called, calls);
          const late = history(called, told, calls);
          for (const floor of [inTime, late]) {
            expect(leadOf(floor.world, 'L0')?.holder).toBe('ana');
            expect(leadOf(floor.world, 'L0')?.status).toBe(leadOf(inTime.world, 'L0')?.status);
            expect(leadOf(floor.world, 'L0')?.status).not.toBe('new');
            expect(shares(floor)).toEqual([0, 0, 0, 0]);
            expect(missed(floor)).toBe(0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
