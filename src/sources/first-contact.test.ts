import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { leadFromCall, leadFromMessage } from './first-contact.ts';

const at = instant('2026-07-15T15:59:00Z');
const door = { source: 'whatsapp', zone: 'America/Mexico_City', now: at };

test('a first message, from an advertisement', () => {
  const message = {
    messageId: 'wamid.1',
    at,
    phone: '5215512345678',
    profileName: 'Ana',
    text: 'Hola',
    referral: { adId: '120200000000000254' },
  };
  expect(leadFromMessage(message, door)).toMatchObject({
    intake: {
      sourceId: 'wamid.1',
      sentAt: at,
      phones: ['5215512345678'],
      message: 'Hola',
      campaign: { adId: '120200000000000254' },
    },
  });
});

test('somebody who shows no phone is reached by the WhatsApp id', () => {
  expect(leadFromMessage({ messageId: 'wamid.2', at, userId: 'MX.13abc' }, door)).toMatchObject({
    intake: { phones: [], whatsappUserId: 'MX.13abc' },
  });
});

test('nobody at all', () => {
  expect(leadFromMessage({ messageId: 'wamid.3', at, userId: '' }, door)).toMatchObject({
    fault: { code: 'no-way-to-reach' },
  });
});

test.each([
  [
    'an unknown caller',
    '9991234567',
    { intake: { sourceId: 'i-1', phones: ['9991234567'], fields: { companyLine: '525511112222' } } },
  ],
  ['a withheld number', null, { fault: { code: 'no-way-to-reach' } }],
  ['a word for a number', 'anonymous', { fault: { code: 'no-way-to-reach' } }],
])('%s', (_name, otherParty, expected) => {
  const call = { callId: 'i-1', startedAt: at, otherParty, companyLine: '525511112222' };
  expect(leadFromCall(call, door)).toMatchObject(expected);
});
