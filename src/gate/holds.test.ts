import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, plus } from '../platform/time.ts';
import { applyHold, contactChannels, decideHold, freezeInForce, noHolds } from './index.ts';
import type { Hold, HoldCommand, Holds } from './index.ts';

const now = instant('2024-07-01T16:00:00Z');
const place = (hold: Hold, reason = 'asked'): HoldCommand => ({ act: 'place', contact: 'P1', hold, reason });
const lift = (hold: Hold, reason = 'asked'): HoldCommand => ({ act: 'lift', contact: 'P1', hold, reason });
const freeze = (claim: string): Hold => ({ hold: 'freeze', claim });
const optOut = (channel: (typeof contactChannels)[number] | 'all'): Hold => ({ hold: 'opt-out', channel });

/** Acts one after the other; a refused one changes nothing. */
function after(...commands: HoldCommand[]): Holds {
  return commands.reduce((holds, command, n) => {
    const decided = decideHold(holds, command, plus(now, n));
    return 'entry' in decided ? applyHold(holds, decided.entry) : holds;
  }, noHolds);
}

test('the entries', () => {
  expect(decideHold(noHolds, place(freeze('C1'), 'claim C1'), now)).toEqual({
    entry: {
      at: now,
      entry: 'gate.held',
      contact: 'P1',
      hold: 'freeze',
      channel: 'all',
      reason: 'claim C1',
      claim: 'C1',
    },
  });
  expect(decideHold(after(place(optOut('sms'))), lift(optOut('sms'), 'new consent'), now)).toEqual({
    entry: {
      at: now,
      entry: 'gate.lifted',
      contact: 'P1',
      hold: 'opt-out',
      channel: 'sms',
      reason: 'new consent',
    },
  });
});

test.each([
  ['placed twice', after(place(optOut('call'))), place(optOut('call')), 'already-held'],
  ['covered by all', after(place(optOut('all'))), place(optOut('call')), 'already-held'],
  ['frozen twice for one claim', after(place(freeze('C1'))), place(freeze('C1')), 'already-held'],
  ['lifted without being held', noHolds, lift(optOut('call')), 'not-held'],
  ['lifted for another claim', after(place(freeze('C1'))), lift(freeze('C2')), 'not-held'],
  ['without a reason', noHolds, place(optOut('call'), '  '), 'reason-missing'],
] as const)('refused: %s', (_, holds, command, refused) => {
  expect(decideHold(holds, command, now)).toEqual({ refused });
});

test('a freeze of one claim stays when another claim’s is lifted', () => {
  const both = after(place(freeze('C1')), place(freeze('C2')));
  expect(freezeInForce(both)?.claim).toBe('C1');
  const one = after(place(freeze('C1')), place(freeze('C2')), lift(freeze('C1')));
  expect(freezeInForce(one)?.claim).toBe('C2');
  expect(freezeInForce(after(place(freeze('C1')), lift(freeze('C1'))))).toBeNull();
});

test('of two freezes the one without exception binds', () => {
  const excepting: Hold = { hold: 'freeze', claim: 'C1', exceptHolderUntil: plus(now, 36 * 3_600_000) };
  expect(freezeInForce(after(place(excepting)))?.exceptHolderUntil).toBe(plus(now, 36 * 3_600_000));
  expect(freezeInForce(after(place(excepting), place(freeze('C2'))))?.claim).toBe('C2');
});

test('one channel lifted from under all leaves the others held', () => {
  const { optOuts } = after(place(optOut('all')), lift(optOut('whatsapp')));
  expect(optOuts.map((o) => o.channel)).toEqual(contactChannels.filter((c) => c !== 'whatsapp'));
  expect(after(place(optOut('all')), lift(optOut('all'))).optOuts).toEqual([]);
});

test('whatever the acts: what was placed last is held, what was lifted last is not', () => {
  const aHold = fc.oneof(
    fc.constantFrom('C1', 'C2').map(freeze),
    fc.constantFrom(...contactChannels, 'all' as const).map(optOut),
  );
  const anAct = fc.record({
    act: fc.constantFrom('place', 'lift'),
    contact: fc.constant('P1'),
    hold: aHold,
    reason: fc.constant('asked'),
  });
  fc.assert(
    fc.property(fc.array(anAct, { maxLength: 12 }), anAct, (acts, last) => {
      const again = decideHold(after(...acts, last), last, now);
      expect(again).toEqual({ refused: last.act === 'place' ? 'already-held' : 'not-held' });
    }),
  );
});
