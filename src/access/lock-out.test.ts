import { describe, expect, it } from 'vitest';

import { instant, MINUTE, plus, SECOND } from '../platform/time.ts';
import { begin, FORGOTTEN_AFTER, networkOf, waitAfter } from './lock-out.ts';
import { isCommonPassword } from './passwords.ts';

const now = instant('2024-07-01T15:00:00Z');

describe('how long the next try waits', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 5 * SECOND],
    [6, 10 * SECOND],
    [7, 20 * SECOND],
    [12, 640 * SECOND],
    [13, 15 * MINUTE],
    [1_000_000, 15 * MINUTE],
  ])('after %i failures of an account: %i ms', (failures, wait) => {
    expect(waitAfter(failures, 'account')).toBe(wait);
  });

  it('an address has more of them free', () => {
    expect([waitAfter(30, 'address'), waitAfter(31, 'address')]).toEqual([0, 5 * SECOND]);
  });
});

describe('a try', () => {
  const before = { failures: 9, lastFailedAt: now, waitUntil: plus(now, MINUTE) };
  it('is refused before its time, counts no further, and goes on at the instant', () => {
    expect(begin(before, 'account', plus(now, MINUTE - 1))).toEqual({ refusedUntil: before.waitUntil });
    expect(begin(before, 'account', plus(now, MINUTE))).toMatchObject({ counted: { failures: 10 } });
  });
  it('is forgotten after half a day', () => {
    expect(begin(before, 'account', plus(now, FORGOTTEN_AFTER))).toEqual({
      counted: {
        failures: 1,
        lastFailedAt: plus(now, FORGOTTEN_AFTER),
        waitUntil: plus(now, FORGOTTEN_AFTER),
      },
    });
  });
});

describe('the address failures count under', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s: %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('passwords anyone would try', () => {
  it.each([
    ['password1234', true],
    ['Contraseña123', true],
    ['aaaaaaaaaaaaaaaa', true],
    ['pautapautapauta', true],
    ['abcabcabcabc12', true],
    ['laura.mendez@example.com', true],
    ['laura.mendez', true],
    ['una frase larga y mía', false],
    ['tr0ub4dor&3xyz', false],
  ])('%s: %s', (password, common) => {
    expect(isCommonPassword(password, 'laura.mendez@example.com')).toBe(common);
  });
});
