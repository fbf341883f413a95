import { describe, expect, it } from 'vitest';

import { instant } from '../platform/time.ts';
import { judgeCall, type CallFacts, type EvidenceReadings, type Judgement } from './first-contact.ts';

const FROM = instant('2024-07-02T15:00:00Z');
const DUE = instant('2024-07-02T15:10:00Z');
const READINGS: EvidenceReadings = { evidence: 'attempted', ringSecondsMin: 15, talkSecondsMin: 0 };
const ANSWERED: CallFacts = {
  by: 'ana',
  direction: 'out',
  startedAt: instant('2024-07-02T15:05:00Z'),
  endedAt: instant('2024-07-02T15:06:00Z'),
  answered: true,
  ringSeconds: 4,
  talkSeconds: 50,
};
const UNANSWERED = { ...ANSWERED, answered: false, ringSeconds: 15, talkSeconds: 0 };
const started = (text: string) => ({ startedAt: instant(text) });

describe('what proves first contact (contact-center-policy L4, reading contact.evidence)', () => {
  it.each<[name: string, call: CallFacts, readings: Partial<EvidenceReadings>, judgement: Judgement]>([
    ['answered', ANSWERED, {}, 'proves'],
    ['begun at the assignment', { ...ANSWERED, startedAt: FROM }, {}, 'proves'],
    ['begun before it', { ...ANSWERED, ...started('2024-07-02T14:59:59.999Z') }, {}, 'proves-nothing'],
    ['begun on the last instant', { ...ANSWERED, startedAt: DUE }, {}, 'proves'],
    [
      'begun a millisecond later',
      { ...ANSWERED, ...started('2024-07-02T15:10:00.001Z') },
      {},
      'proves-nothing',
    ],
    ['by another', { ...ANSWERED, by: 'beto' }, {}, 'proves-nothing'],
    ['by nobody known', { ...ANSWERED, by: null }, {}, 'proves-nothing'],
    ['not ended yet', { ...ANSWERED, endedAt: null, answered: null }, {}, 'in-progress'],
    [
      'not ended, and begun too late',
      { ...ANSWERED, ...started('2024-07-02T15:11:00Z'), endedAt: null },
      {},
      'proves-nothing',
    ],
    ['rung fifteen seconds', UNANSWERED, {}, 'proves'],
    ['rung fourteen', { ...UNANSWERED, ringSeconds: 14 }, {}, 'proves-nothing'],
    ['rung as long as asked', { ...UNANSWERED, ringSeconds: 30 }, { ringSecondsMin: 30 }, 'proves'],
    ['rung, nobody says how long', { ...UNANSWERED, ringSeconds: null }, {}, 'unclear'],
    [
      'rung, where an answer is asked for',
      { ...UNANSWERED, ringSeconds: 90 },
      { evidence: 'answered' },
      'proves-nothing',
    ],
    [
      'no ring time, where an answer is asked for',
      { ...UNANSWERED, ringSeconds: null },
      { evidence: 'answered' },
      'proves-nothing',
    ],
    [
      'answered and hung up, where an answer is asked for',
      { ...ANSWERED, talkSeconds: 0 },
      { evidence: 'answered' },
      'proves',
    ],
    [
      'talked long enough',
      { ...ANSWERED, talkSeconds: 20 },
      { evidence: 'answered', talkSecondsMin: 20 },
      'proves',
    ],
    [
      'talked too little',
      { ...ANSWERED, talkSeconds: 19 },
      { evidence: 'answered', talkSecondsMin: 20 },
      'proves-nothing',
    ],
    [
      'talked, nobody says how long',
      { ...ANSWERED, talkSeconds: null },
      { evidence: 'answered', talkSecondsMin: 1 },
      'proves-nothing',
    ],
    [
      'talk is not asked for by an attempt',
      { ...ANSWERED, talkSeconds: 0 },
      { talkSecondsMin: 20 },
      'proves',
    ],
    ['incoming and answered', { ...ANSWERED, direction: 'in' }, {}, 'proves'],
    ['incoming and missed', { ...UNANSWERED, direction: 'in', ringSeconds: 60 }, {}, 'proves-nothing'],
    ['the call half of pbx-and-crm', UNANSWERED, { evidence: 'pbx-and-crm' }, 'proves'],
  ])('%s', (_name, call, readings, judgement) => {
    expect(judgeCall(call, { holder: 'ana', from: FROM, dueAt: DUE }, { ...READINGS, ...readings })).toBe(
      judgement,
    );
  });

  it('without a term, any time after the assignment', () => {
    const late = { ...ANSWERED, ...started('2024-08-02T15:11:00Z') };
    expect(judgeCall(late, { holder: 'ana', from: FROM, dueAt: null }, READINGS)).toBe('proves');
  });
});
