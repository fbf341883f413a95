import { describe, expect, it } from 'vitest';

import type { NewEntry } from '../journal/index.ts';
import { instant } from '../platform/time.ts';
import { evolveLead, type Lead } from './lead.ts';
import { currentTenure, holdersSoFar, isClockOpen } from './tenure.ts';

const at = (minute: number) => instant(Date.parse('2024-07-02T15:00:00Z') + minute * 60_000);
const entry = (minute: number, name: string, fields: object = {}): NewEntry => ({
  at: at(minute),
  entry: name,
  kind: 'fact',
  actor: 'test',
  because: [],
  lead: 'L1',
  fields: fields as NewEntry['fields'],
});
const received = entry(0, 'lead.received', { number: 1, source: 'web' });
const toAna = entry(0, 'lead.assigned', {
  to: 'ana',
  by: 'turn',
  clock: true,
  dueAt: at(10),
  rotation: 'direct',
});
const missedByAna = entry(10, 'deadline.missed', { what: 'first-contact', who: 'ana' });
const toBeto = entry(10, 'lead.reassigned', {
  from: 'ana',
  to: 'beto',
  by: 'best',
  clock: true,
  dueAt: at(20),
  rotation: 'best',
});
const anaReached = (minute: number) => entry(minute, 'lead.contacted', { by: 'ana', since: at(0) });
const back = entry(18, 'lead.reassignment-reversed', { from: 'beto', to: 'ana', since: at(0), undone: [] });

function live(...entries: readonly NewEntry[]): Lead {
  let lead: Lead | undefined;
  for (const one of entries) lead = evolveLead(lead, one);
  if (lead === undefined) throw new Error('no lead');
  return lead;
}

describe('the life of a lead (contact-center-policy L3, L4)', () => {
  it.each<[name: string, entries: readonly NewEntry[], state: object]>([
    ['received', [received], { stage: 'received', holder: null, queue: null, status: 'new' }],
    [
      'refused',
      [received, entry(0, 'lead.refused', { why: 'a test lead' })],
      { stage: 'refused', holder: null, status: 'refused' },
    ],
    [
      'held',
      [received, entry(0, 'lead.held', { until: at(60), goesOn: 'turn' })],
      { stage: 'held', holder: null, heldUntil: at(60), heldThen: 'turn' },
    ],
    ['assigned', [received, toAna], { stage: 'assigned', holder: 'ana', queue: null, dueAt: at(10) }],
    [
      'held, then assigned',
      [received, entry(0, 'lead.held', { until: at(60), goesOn: 'turn' }), { ...toAna, at: at(60) }],
      { stage: 'assigned', holder: 'ana', heldUntil: null, heldThen: null },
    ],
    [
      'contacted: the clock stops',
      [received, toAna, anaReached(5)],
      { dueAt: null, contactedAt: at(5), status: 'contacted' },
    ],
    [
      'missed: the clock stops, the holder stays until it goes on',
      [received, toAna, missedByAna],
      { dueAt: null, holder: 'ana', stage: 'assigned' },
    ],
    [
      'passed to another',
      [received, toAna, missedByAna, toBeto],
      { stage: 'assigned', holder: 'beto', dueAt: at(20), contactedAt: null },
    ],
    [
      'missed after closing',
      [received, toAna, missedByAna, entry(10, 'lead.held', { until: at(600), goesOn: 'best', from: 'ana' })],
      { stage: 'held', holder: null, takenFrom: 'ana', heldThen: 'best' },
    ],
    [
      'nobody left',
      [
        received,
        toAna,
        missedByAna,
        entry(10, 'lead.waiting', { queue: 'administrator', why: 'nobody left', from: 'ana' }),
      ],
      { stage: 'waiting', holder: null, queue: 'administrator', takenFrom: 'ana' },
    ],
    [
      'reversed',
      [received, toAna, missedByAna, toBeto, anaReached(18), back],
      { stage: 'assigned', holder: 'ana', contactedAt: at(18), status: 'contacted', dueAt: null },
    ],
    [
      'reversed out of the queue',
      [
        received,
        toAna,
        missedByAna,
        entry(10, 'lead.waiting', { queue: 'administrator' }),
        anaReached(18),
        back,
      ],
      { stage: 'assigned', holder: 'ana', queue: null, why: null },
    ],
    [
      'reversed out of the night',
      [
        received,
        toAna,
        missedByAna,
        entry(10, 'lead.held', { until: at(600), goesOn: 'best', from: 'ana' }),
        anaReached(18),
        back,
      ],
      { stage: 'assigned', holder: 'ana', heldUntil: null, takenFrom: null },
    ],
    [
      'on the phone at the deadline',
      [received, toAna, entry(10, 'lead.clock-waits', { call: 'c1', until: at(130) })],
      { waitsForCall: 'c1', waitEndsAt: at(130), dueAt: at(10) },
    ],
    [
      'told: the ten minutes may begin',
      [
        received,
        { ...toAna, fields: { ...toAna.fields, dueAt: null } },
        entry(2, 'lead.notified', { to: 'ana', dueAt: at(12) }),
      ],
      { notifiedAt: at(2), dueAt: at(12) },
    ],
    [
      'on the audit list',
      [received, toAna, missedByAna, entry(10, 'lead.audit-listed')],
      { holder: 'ana', auditListedAt: at(10) },
    ],
    [
      'contact after the miss leaves it on the list',
      [received, toAna, missedByAna, entry(10, 'lead.audit-listed'), anaReached(15)],
      { contactedAt: at(15), auditListedAt: at(10) },
    ],
    [
      'a miss struck out takes it off',
      [
        received,
        toAna,
        missedByAna,
        entry(10, 'lead.audit-listed'),
        entry(15, 'miss.struck', { who: 'ana', missedAt: at(10) }),
      ],
      { auditListedAt: null },
    ],
    [
      'the administrator leaves it with its holder',
      [received, toAna, missedByAna, entry(10, 'lead.audit-listed'), entry(15, 'lead.placed', { to: 'ana' })],
      { holder: 'ana', auditListedAt: null },
    ],
    ['closed', [received, toAna, entry(90, 'sale.closed')], { status: 'closed', holder: 'ana' }],
  ])('%s', (_name, entries, state) => {
    expect(live(...entries)).toMatchObject(state);
  });

  it.each<[name: string, entry: NewEntry]>([
    ['a notice to somebody else', entry(1, 'lead.notified', { to: 'beto', dueAt: at(30) })],
    [
      'a reversal to one who never had it',
      entry(1, 'lead.reassignment-reversed', { to: 'caro', since: at(0) }),
    ],
    ['a miss of another clause', entry(1, 'deadline.missed', { what: 'notice', who: 'ana' })],
    ['an entry of no concern', entry(1, 'roster.sent', { to: 'ana' })],
  ])('%s changes nothing', (_name, one) => {
    const before = live(received, toAna);
    expect(evolveLead(before, one)).toEqual(before);
  });

  it('nothing comes of an entry about a lead that is not there', () => {
    expect(evolveLead(undefined, toAna)).toBeUndefined();
  });

  it('remembers who held it, and forgets what was given in error', () => {
    const passed = live(received, toAna, missedByAna, toBeto);
    expect([...holdersSoFar(passed)]).toEqual(['ana', 'beto']);
    const reversed = live(received, toAna, missedByAna, toBeto, anaReached(18), back);
    expect([...holdersSoFar(reversed)]).toEqual(['ana']);
    expect(currentTenure(reversed)?.person).toBe('ana');
    expect(reversed.tenures.filter((t) => t.until === null)).toHaveLength(1);
  });

  it('strikes out the one miss that is meant, not another of the same person', () => {
    const again = entry(30, 'lead.reassigned', {
      from: 'beto',
      to: 'ana',
      by: 'administrator',
      clock: true,
      dueAt: at(40),
    });
    const twice = [received, toAna, missedByAna, toBeto, again, { ...missedByAna, at: at(40) }];
    const struck = live(...twice, entry(50, 'miss.struck', { who: 'ana', missedAt: at(10) }));
    expect(struck.tenures.map((t) => t.struckAt)).toEqual([at(50), null, null]);
  });

  it.each<[name: string, entries: readonly NewEntry[], open: boolean]>([
    ['given with a clock', [received, toAna], true],
    ['contacted', [received, toAna, anaReached(3)], false],
    ['missed', [received, toAna, missedByAna], false],
    [
      'an own prospect',
      [received, entry(0, 'lead.assigned', { to: 'ana', by: 'registered', clock: false })],
      false,
    ],
    ['a duplicate', [received, entry(0, 'lead.given', { to: 'ana', by: 'duplicate' })], false],
  ])('the clock is open: %s', (_name, entries, open) => {
    expect(isClockOpen(live(...entries))).toBe(open);
  });
});
