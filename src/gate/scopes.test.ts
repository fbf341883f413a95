import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { gateConsents, holdsOfScope, optedOutSince } from './scopes.ts';

const at = (day: number) => instant(Date.UTC(2024, 0, day));
const said = { text: 'x', origin: 'form' };
const given = { ...said, kind: 'given', scope: 'messages', at: at(1) } as const;

test('what each scope holds at the gate', () => {
  expect(holdsOfScope('all')).toEqual(['all']);
  expect(holdsOfScope('calls')).toEqual(['call']);
  expect(holdsOfScope('messages')).toEqual(['whatsapp', 'sms', 'telegram', 'push']);
  expect(holdsOfScope('email')).toEqual(['email']);
});

test('a consent holds by channel, for what was asked and for offers, until a no that covers the channel', () => {
  const withdrawn = { ...said, kind: 'withdrawn', scope: 'all', at: at(3) } as const;
  const consents = gateConsents([given, withdrawn, { ...given, scope: 'email', at: at(5) }]);
  expect(consents).toContainEqual({ channel: 'sms', purpose: 'marketing', at: at(1), until: at(3) });
  expect(consents).toContainEqual({ channel: 'email', purpose: 'requested', at: at(5) });
  expect(consents.some(({ channel }) => channel === 'call')).toBe(false);
  expect(consents.some(({ purpose }) => purpose === 'collections')).toBe(false);
});

test('a no about calls does not end a yes to messages', () => {
  const consents = gateConsents([given, { ...said, kind: 'withdrawn', scope: 'calls', at: at(2) }]);
  expect(consents.every(({ until }) => until === undefined)).toBe(true);
});

test.each([
  ['calls', [{ channel: 'call', at: at(2) }], at(2)],
  ['calls', [{ channel: 'email', at: at(2) }], null],
  ['calls', [{ channel: 'all', at: at(2) }], at(2)],
  [
    'all',
    [
      { channel: 'email', at: at(2) },
      { channel: 'call', at: at(4) },
    ],
    at(4),
  ],
] as const)('the latest no that a yes about %s lifts', (scope, optOuts, since) => {
  expect(optedOutSince({ freezes: [], optOuts }, scope)).toBe(since);
});
