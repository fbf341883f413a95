import { expect, test } from 'vitest';
import { atLocal, everyDay } from '../calendar/index.ts';
import { instant } from '../platform/time.ts';
import { all, at, BOGOTA, calling, check, consent, mexican, registeredAt, type Case } from './gate-cases.ts';
import { laws, mayContact } from './index.ts';
import type { ContactFacts, ContactRequest } from './index.ts';

const colombian: ContactFacts = {
  ...mexican,
  recipientZone: BOGOTA,
  country: 'CO',
  consents: [consent],
  authorizedChannels: null,
};
const marketing: Partial<ContactRequest> = { purpose: 'marketing', at: atLocal('2024-07-02T10:00', BOGOTA) };
const bogota = (text: string): Partial<ContactRequest> => ({ ...marketing, at: atLocal(text, BOGOTA) });
const reached = (text: string, channel: 'call' | 'whatsapp') => ({
  directContacts: [{ at: atLocal(text, BOGOTA), channel }],
});
const HOURS = 'CO-2300-HOURS@2023-10-10';

const colombianCases: Case[] = [
  { name: '07:00:00', request: bogota('2024-07-02T07:00'), why: null, because: HOURS },
  {
    name: '06:59:59.999',
    request: bogota('2024-07-02T06:59:59.999'),
    why: 'outside-legal-hours',
    because: HOURS,
  },
  { name: '18:59:59.999', request: bogota('2024-07-02T18:59:59.999'), why: null, because: HOURS },
  { name: '19:00:00', request: bogota('2024-07-02T19:00'), why: 'outside-legal-hours', because: HOURS },
  { name: 'Saturday 08:00', request: bogota('2024-07-06T08:00'), why: null, because: HOURS },
  { name: 'Saturday 15:00', request: bogota('2024-07-06T15:00'), why: 'outside-legal-hours', because: HOURS },
  { name: 'Sunday', request: bogota('2024-07-07T10:00'), why: 'outside-legal-hours', because: HOURS },
  {
    name: 'a holiday Monday',
    request: bogota('2024-07-01T10:00'),
    why: 'outside-legal-hours',
    because: HOURS,
  },
  { name: '13 July 2026', request: bogota('2026-07-13T10:00'), why: 'outside-legal-hours', because: HOURS },
  {
    name: 'before the law',
    request: bogota('2023-10-09T22:00'),
    facts: { consents: [{ ...consent, at: instant(0) }] },
    why: null,
    because: 'CO-1581@2012-10-18',
  },
  {
    name: 'on a Sunday, because they asked',
    request: { ...bogota('2024-07-07T10:00'), purpose: 'requested' },
    why: null,
    because: 'lead-reassignment#L7',
  },
  {
    name: 'on a Sunday, at hours they asked for in writing',
    request: bogota('2024-07-07T10:00'),
    facts: { ownHours: everyDay(BOGOTA, '09:00', '12:00') },
    why: null,
    because: HOURS,
  },
  {
    name: 'no consent',
    request: marketing,
    facts: { consents: [] },
    why: 'no-consent',
    because: 'CO-1581@2012-10-18',
  },
  {
    name: 'consent on another channel',
    request: { ...marketing, channel: 'sms' },
    why: 'no-consent',
    because: 'CO-1581@2012-10-18',
  },
  {
    name: 'consent for another purpose',
    request: { ...marketing, purpose: 'collections' },
    why: 'no-consent',
    because: 'CO-1581@2012-10-18',
  },
  {
    name: 'consent to marketing covers our following up',
    request: { ...marketing, purpose: 'follow-up' },
    why: null,
    because: 'CO-1581@2012-10-18',
  },
  {
    name: 'consent ended',
    request: marketing,
    facts: { consents: [{ ...consent, until: atLocal('2024-07-02T10:00', BOGOTA) }] },
    why: 'no-consent',
    because: 'CO-1581@2012-10-18',
  },
  {
    name: 'RNE after the consent',
    request: marketing,
    facts: registeredAt('RNE', '2024-05-01T12:00:00Z'),
    why: 'on-register',
    because: 'CO-RNE@2024-04-10',
  },
  {
    name: 'RNE, the very instant of the consent',
    request: marketing,
    facts: registeredAt('RNE', consent.at),
    why: 'on-register',
    because: 'CO-RNE@2024-04-10',
  },
  {
    name: 'RNE before the consent',
    request: marketing,
    facts: registeredAt('RNE', '2024-01-10T14:59:59.999Z'),
    why: null,
    because: 'CO-RNE@2024-04-10',
  },
  {
    name: 'RNE for calls only: a message',
    request: { ...marketing, channel: 'whatsapp' },
    facts: {
      ...registeredAt('RNE', '2024-05-01T12:00:00Z', 'call'),
      consents: [{ ...consent, channel: 'all' }],
    },
    why: null,
    because: 'CO-RNE@2024-04-10',
  },
  {
    name: 'RNE, they asked',
    request: { ...marketing, purpose: 'requested' },
    facts: registeredAt('RNE', '2024-05-01T12:00:00Z'),
    why: null,
    because: 'lead-reassignment#L7',
  },
  {
    name: 'RNE checked a day ago',
    request: marketing,
    facts: { registerChecks: [{ register: 'RNE', at: atLocal('2024-07-01T10:00', BOGOTA) }] },
    why: null,
    because: 'CO-RNE@2024-04-10',
  },
  {
    name: 'RNE checked more than a day ago',
    request: marketing,
    facts: { registerChecks: [{ register: 'RNE', at: atLocal('2024-07-01T09:59:59.999', BOGOTA) }] },
    why: 'register-not-checked',
    because: 'CO-RNE@2024-04-10',
  },
  {
    name: 'reached today',
    request: marketing,
    facts: reached('2024-07-02T00:00', 'call'),
    why: 'contacted-today',
    because: 'CO-2300-DAY@2023-10-10',
  },
  {
    name: 'reached yesterday, same channel',
    request: marketing,
    facts: reached('2024-07-01T23:59:59', 'call'),
    why: null,
    because: 'CO-2300-DAY@2023-10-10',
  },
  {
    name: 'reached yesterday, other channel',
    request: marketing,
    facts: reached('2024-07-01T12:00', 'whatsapp'),
    why: 'other-channel-this-week',
    because: 'CO-2300-WEEK@2023-10-10',
  },
  {
    name: 'other channel last Friday: seven days not over',
    request: marketing,
    facts: reached('2024-06-28T12:00', 'whatsapp'),
    why: 'other-channel-this-week',
    because: 'CO-2300-WEEK@2023-10-10',
  },
  {
    name: 'other channel exactly seven days ago, in the week before',
    request: marketing,
    facts: reached('2024-06-25T10:00', 'whatsapp'),
    why: null,
    because: 'CO-2300-WEEK@2023-10-10',
  },
  {
    name: 'a debt is not claimed at the door',
    request: { ...marketing, purpose: 'collections', channel: 'visit' },
    why: 'channel-forbidden',
    because: 'CO-2300-VISIT@2023-10-10',
  },
];

test.each(colombianCases)('Colombia: $name', (given) => check(given, colombian));

test.each<[string, Partial<ContactRequest>, Partial<ContactFacts>, string | undefined]>([
  ['before opening', bogota('2024-07-02T05:00'), {}, '2024-07-02T07:00'],
  ['Friday evening: Saturday 08:00', bogota('2024-07-05T19:00'), {}, '2024-07-06T08:00'],
  ['before a holiday Monday: Tuesday', bogota('2024-06-29T15:00'), {}, '2024-07-02T07:00'],
  ['over New Year', bogota('2024-12-31T19:00'), {}, '2025-01-02T07:00'],
  [
    'reached today: tomorrow, when the hours open',
    marketing,
    reached('2024-07-02T08:00', 'call'),
    '2024-07-03T07:00',
  ],
  [
    'reached on another channel: seven days on, later than Monday',
    marketing,
    reached('2024-07-01T12:00', 'whatsapp'),
    '2024-07-08T12:00',
  ],
  [
    'agreed hours narrower than the law',
    bogota('2024-07-02T05:00'),
    { agreedHours: everyDay(BOGOTA, '09:00', '17:00') },
    '2024-07-02T09:00',
  ],
  [
    'agreed hours that never meet the law',
    bogota('2024-07-02T05:00'),
    { agreedHours: everyDay(BOGOTA, '20:00', '21:00') },
    undefined,
  ],
  [
    'consent that ends before the hours open',
    bogota('2024-07-02T05:00'),
    { consents: [{ ...consent, until: atLocal('2024-07-02T06:00', BOGOTA) }] },
    undefined,
  ],
  ['waiting does not help', marketing, { optOuts: [{ channel: 'all', at }] }, undefined],
])('until: %s', (_, request, facts, until) => {
  const answer = mayContact({ ...calling, ...request }, { ...colombian, ...facts }, all, laws);
  expect(answer).toMatchObject({ answer: 'refused' });
  expect('until' in answer ? answer.until : undefined).toBe(
    until === undefined ? undefined : atLocal(until, BOGOTA),
  );
});
