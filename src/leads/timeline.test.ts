import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../journal/index.ts';
import { instant, plus, MINUTE, SECOND } from '../platform/time.ts';
import { timelineOf } from './timeline.ts';

const start = instant('2026-03-03T16:00:00.000Z');
const L4 = 'contact-center-policy@2023-03-01#L4';
const L3 = 'contact-center-policy@2023-03-01#L3';

/** The journal of one lead: entries a given time after its arrival. */
function journal(
  ...told: [after: number, entry: string, fields: object, more?: Partial<JournalEntry>][]
): JournalEntry[] {
  return told.map(([after, entry, fields, more], at) => ({
    id: at + 1,
    at: plus(start, after),
    entry,
    kind: 'fact',
    actor: 'clock',
    because: [],
    lead: 'L1',
    causedBy: null,
    commitment: null,
    fields: fields as JournalEntry['fields'],
    ...more,
  }));
}

const decided = (...because: string[]): Partial<JournalEntry> => ({ kind: 'decision', because });
const dueAt = plus(start, 10 * MINUTE);
const arrived = [
  [0, 'lead.received', { source: 'facebook', sentAt: plus(start, -SECOND) }],
  [
    0,
    'lead.assigned',
    {
      to: 'ana',
      by: 'turn',
      dueAt,
      noticeDueAt: plus(start, 5 * MINUTE),
      passedOver: [{ person: 'beto', why: 'absent' }],
    },
    decided(L3),
  ],
] as const satisfies Parameters<typeof journal>[number][];

function told(...more: Parameters<typeof journal>) {
  return timelineOf(journal(...arrived, ...more));
}

const evidence = (after: number) => ({
  kind: 'call',
  startedAt: plus(start, after),
  answered: true,
  talkSeconds: 80,
});

describe('what the journal says of a lead', () => {
  test('an assignment: its clause, its terms, who was passed over', () => {
    const [, assigned] = told();
    expect(assigned).toMatchObject({ said: 'assigned-turn', values: { to: 'ana', dueAt } });
    expect(assigned?.why).toMatchObject({ because: [L3], passedOver: [{ person: 'beto', why: 'absent' }] });
    expect(assigned?.why?.facts.map(({ fact }) => fact)).toEqual([
      'source-sent',
      'received',
      'notice-due',
      'due',
    ]);
  });

  test('nobody called: the miss and the next holder say so, with the end of the term', () => {
    const items = told(
      [10 * MINUTE, 'deadline.missed', { what: 'first-contact', who: 'ana', dueAt }, decided(L4)],
      [
        10 * MINUTE,
        'lead.reassigned',
        { from: 'ana', to: 'beto', by: 'best', dueAt: plus(dueAt, 10 * MINUTE) },
        decided(L4),
      ],
    );
    expect(items.map(({ said }) => said)).toEqual(['received', 'assigned-turn', 'missed', 'reassigned-best']);
    expect(items[2]?.why?.facts).toMatchObject([
      { fact: 'given', who: 'ana', at: start },
      { fact: 'no-call', who: 'ana', at: dueAt },
    ]);
    expect(items[3]?.why?.facts.map(({ fact }) => fact)).toEqual(['given', 'no-call', 'due']);
  });

  test('a call too short to count stands among the facts of the miss', () => {
    const items = told(
      [
        2 * MINUTE,
        'call.started',
        { call: 'c', by: 'ana', direction: 'out', startedAt: plus(start, 2 * MINUTE) },
      ],
      [
        2 * MINUTE + 4_000,
        'call.ended',
        { call: 'c', by: 'ana', answered: false, ringSeconds: 4, talkSeconds: null },
      ],
      [10 * MINUTE, 'deadline.missed', { what: 'first-contact', who: 'ana', dueAt }, decided(L4)],
    );
    expect(items.map(({ said }) => said)).toEqual([
      'received',
      'assigned-turn',
      'call-out-unanswered',
      'missed',
    ]);
    expect(items[2]?.values).toMatchObject({ by: 'ana', ringSeconds: 4 });
    expect(items[3]?.why?.facts.map(({ fact, seconds }) => [fact, seconds])).toEqual([
      ['given', null],
      ['call-unanswered', 4],
      ['due', null],
    ]);
  });

  test('contact tells how long after the assignment, and whether in time', () => {
    const inTime = told([
      3 * MINUTE,
      'lead.contacted',
      { by: 'ana', evidence: evidence(2 * MINUTE) },
      decided(L4),
    ]).at(-1);
    expect(inTime).toMatchObject({ said: 'contacted', values: { by: 'ana', seconds: 120 } });
    const late = told([
      12 * MINUTE,
      'lead.contacted',
      { by: 'ana', evidence: evidence(11 * MINUTE) },
      decided(L4),
    ]).at(-1);
    expect(late).toMatchObject({ said: 'contacted-late', values: { seconds: 660 } });
  });

  test('a notice and its receipts are one item, as far as it came', () => {
    const items = told(
      [1, 'told', { message: 'm', to: 'gil', channel: 'whatsapp', about: 'lead.missed' }, decided(L4)],
      [2, 'message.accepted', { message: 'm' }],
      [3, 'message.read', { message: 'm' }],
      [4, 'message.delivered', { message: 'm' }],
    );
    expect(items.slice(2)).toMatchObject([{ said: 'told', values: { to: 'gil', state: 'read' } }]);
  });

  test('a call asked of the PBX: allowed, asked and answered are one item', () => {
    const items = told(
      [1, 'contact.allowed', { by: 'ana', channel: 'call' }, decided('gate#nothing-forbids')],
      [1, 'call.intended', { intent: 'i', by: 'ana' }, decided('gate#nothing-forbids')],
      [2, 'call.dialed', { intent: 'i', by: 'ana', outcome: 'unknown' }],
    );
    expect(items.slice(2).map(({ said }) => said)).toEqual(['dial-unknown']);
  });

  test('the PBX’s event settles a call of which nobody knew', () => {
    const call = { call: 'o-1#1', by: 'ana', direction: 'out', answered: true, intent: 'i' };
    const items = told(
      [1, 'call.intended', { intent: 'i', by: 'ana' }, decided('gate#nothing-forbids')],
      [2, 'call.dialed', { intent: 'i', by: 'ana', outcome: 'unknown' }],
      [3, 'call.reported', call],
    );
    expect(items.slice(2).map(({ said }) => said)).toEqual(['dialing', 'call-out']);
  });

  test('a note carries what was written; erased, nothing', () => {
    const [, , note, erased] = told(
      [1, 'note', { by: 'ana' }, { personal: { text: 'Vuelve el martes' } }],
      [2, 'note', { by: 'ana' }],
    );
    expect(note).toMatchObject({ said: 'note', text: 'Vuelve el martes', why: null });
    expect(erased?.text).toBeNull();
  });

  test('what is not known yet is shown, never hidden', () => {
    expect(told([1, 'lead.blessed', {}]).at(-1)).toMatchObject({
      said: 'other',
      values: { entry: 'lead.blessed' },
    });
  });
});
