import { expect, test } from 'vitest';
import { atLocal, everyDay } from '../calendar/index.ts';
import { instant } from '../platform/time.ts';
import { gateRefusals, laws, mayContact } from './index.ts';
import type { ContactFacts, ContactRequest, GateRefusal, GateRules } from './index.ts';

const MEXICO = 'America/Mexico_City';
const BOGOTA = 'America/Bogota';

/** All the real-estate procedures in force, or those named. */
const inForce = (...procedures: string[]): GateRules => ({
  cite: (procedure, clause) => (procedures.includes(procedure) ? `${procedure}#${clause}` : null),
});
const all = inForce('lead-assignment', 'contact-center-policy', 'lead-reassignment');

const mexican: ContactFacts = {
  registered: true,
  erased: false,
  holder: 'ana',
  holderManagerChain: ['gil', 'dora'],
  frozen: null,
  optOuts: [],
  consents: [],
  registerEntries: [],
  directContacts: [],
  authorizedChannels: ['call', 'whatsapp', 'email'],
  agreedHours: null,
  recipientZone: MEXICO,
  country: 'MX',
  sector: 'general',
  viaPbx: true,
};
const at = atLocal('2024-07-01T10:00', MEXICO); // a Monday
const calling: ContactRequest = {
  by: { person: 'ana', role: 'advisor' },
  channel: 'call',
  purpose: 'requested',
  at,
};
const by = (person: string, role = 'advisor'): Partial<ContactRequest> => ({ by: { person, role } });
const freeze = { claim: 'C1', since: at };

interface Case {
  name: string;
  request?: Partial<ContactRequest>;
  facts?: Partial<ContactFacts>;
  rules?: GateRules;
  why: GateRefusal | null;
  because: string;
}

const procedureCases: Case[] = [
  { name: 'the holder calls through the PBX', why: null, because: 'lead-assignment#P10' },
  { name: 'the holder writes', request: { channel: 'whatsapp' }, why: null, because: 'lead-reassignment#L7' },
  { name: 'the manager', request: by('gil', 'manager'), why: null, because: 'lead-reassignment#L7' },
  {
    name: 'the administrator',
    request: by('sol', 'administrator'),
    why: null,
    because: 'lead-reassignment#L7',
  },
  { name: 'the product itself', request: { by: 'system' }, why: null, because: 'lead-reassignment#L1' },
  { name: 'another advisor', request: by('beto'), why: 'not-holder', because: 'lead-reassignment#L7' },
  {
    name: 'another manager',
    request: by('hugo', 'manager'),
    why: 'not-holder',
    because: 'lead-reassignment#L7',
  },
  {
    name: 'nobody holds it: the old chain has no say',
    request: by('gil', 'manager'),
    facts: { holder: null },
    why: 'not-holder',
    because: 'lead-reassignment#L7',
  },
  {
    name: 'nobody holds it: the administrator may',
    request: by('sol', 'administrator'),
    facts: { holder: null },
    why: null,
    because: 'lead-reassignment#L7',
  },
  {
    name: 'another advisor, before lead-reassignment came into force',
    request: by('beto'),
    rules: inForce('lead-assignment', 'contact-center-policy'),
    why: 'not-holder',
    because: 'contact-center-policy#P1',
  },
  {
    name: 'no procedure about holders: campaigns',
    request: by('beto', 'agent'),
    facts: { holder: null, authorizedChannels: null },
    rules: inForce(),
    why: null,
    because: 'gate#nothing-forbids',
  },
  {
    name: 'nobody registered the person',
    facts: { registered: false },
    why: 'not-registered',
    because: 'lead-reassignment#L1',
  },
  {
    name: 'data erased',
    facts: { erased: true },
    why: 'erased',
    because: 'MX-LFPDPPP-2010-ERASE@2010-07-06',
  },
  { name: 'frozen: the holder', facts: { frozen: freeze }, why: 'frozen', because: 'lead-reassignment#L4' },
  {
    name: 'frozen: another advisor is told of the freeze, not of the holder',
    request: by('beto'),
    facts: { frozen: freeze },
    why: 'frozen',
    because: 'lead-reassignment#L4',
  },
  {
    name: 'frozen, holder excepted, last instant',
    facts: { frozen: { ...freeze, exceptHolderUntil: at } },
    why: null,
    because: 'lead-reassignment#R6',
  },
  {
    name: 'frozen, holder excepted, past it',
    request: { at: instant(Date.parse(at) + 1) },
    facts: { frozen: { ...freeze, exceptHolderUntil: at } },
    why: 'frozen',
    because: 'lead-reassignment#L4',
  },
  {
    name: 'frozen, holder excepted: not the administrator',
    request: by('sol', 'administrator'),
    facts: { frozen: { ...freeze, exceptHolderUntil: at } },
    why: 'frozen',
    because: 'lead-reassignment#L4',
  },
  {
    name: 'opted out of calls after asking to be called',
    facts: { optOuts: [{ channel: 'call', at }] },
    why: 'opted-out',
    because: 'MX-LFPDPPP-2010@2010-07-06',
  },
  {
    name: 'opted out of calls: a message may go',
    request: { channel: 'whatsapp' },
    facts: { optOuts: [{ channel: 'call', at }] },
    why: null,
    because: 'lead-reassignment#L7',
  },
  {
    name: 'opted out under the law of 2025',
    request: { at: atLocal('2025-03-21T10:00', MEXICO) },
    facts: { optOuts: [{ channel: 'all', at }] },
    why: 'opted-out',
    because: 'MX-LFPDPPP-2025@2025-03-21',
  },
  {
    name: 'opted out where we know no law',
    facts: { optOuts: [{ channel: 'all', at }], country: 'PE' },
    why: 'opted-out',
    because: 'gate#opted-out',
  },
  {
    name: 'a channel nobody authorized',
    request: { channel: 'telegram' },
    why: 'channel-not-authorized',
    because: 'lead-assignment#P9',
  },
  {
    name: 'a call around the PBX',
    facts: { viaPbx: false },
    why: 'not-through-pbx',
    because: 'lead-assignment#P10',
  },
  {
    name: 'a message needs no PBX',
    request: { channel: 'email' },
    facts: { viaPbx: false },
    why: null,
    because: 'lead-assignment#P9',
  },
];

const consent = { channel: 'call', purpose: 'marketing', at: instant('2024-01-10T15:00:00Z') } as const;
const colombian: ContactFacts = {
  ...mexican,
  recipientZone: BOGOTA,
  country: 'CO',
  consents: [consent],
  authorizedChannels: null,
};
const marketing: Partial<ContactRequest> = { purpose: 'marketing', at: atLocal('2024-07-02T10:00', BOGOTA) };
const bogota = (text: string): Partial<ContactRequest> => ({ ...marketing, at: atLocal(text, BOGOTA) });
const registeredAt = (register: 'REPEP' | 'REUS' | 'RNE', at: string, channel: 'call' | 'all' = 'all') => ({
  registerEntries: [{ register, channel, at: instant(at) }],
});
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

const advertising: Partial<ContactRequest> = { purpose: 'marketing' };
const REPEP = 'MX-REPEP@2008-01-01';
const mexicanLawCases: Case[] = [
  {
    name: 'REPEP, 30th day',
    request: advertising,
    facts: registeredAt('REPEP', '2024-06-01T18:00:00Z'),
    why: 'on-register',
    because: REPEP,
  },
  {
    name: 'REPEP, 29th day',
    request: advertising,
    facts: registeredAt('REPEP', '2024-06-02T18:00:00Z'),
    why: null,
    because: REPEP,
  },
  {
    name: 'REPEP: an earlier express consent wins',
    request: advertising,
    facts: { ...registeredAt('REPEP', '2024-05-01T12:00:00Z'), consents: [consent] },
    why: null,
    because: REPEP,
  },
  {
    name: 'REPEP: a tacit one does not',
    request: advertising,
    facts: { ...registeredAt('REPEP', '2024-05-01T12:00:00Z'), consents: [{ ...consent, tacit: true }] },
    why: 'on-register',
    because: REPEP,
  },
  {
    name: 'REPEP does not bind a bank',
    request: advertising,
    facts: { ...registeredAt('REPEP', '2024-05-01T12:00:00Z'), sector: 'financial' },
    why: null,
    because: 'MX-REUS@2008-01-01',
  },
  {
    name: 'REPEP is about numbers, not e-mail',
    request: { ...advertising, channel: 'email' },
    facts: registeredAt('REPEP', '2024-05-01T12:00:00Z'),
    why: null,
    because: 'MX-POLICY-HOURS@2008-01-01',
  },
  {
    name: 'REUS for a bank, consent or not',
    request: advertising,
    facts: { ...registeredAt('REUS', '2024-01-01T12:00:00Z'), sector: 'financial', consents: [consent] },
    why: 'on-register',
    because: 'MX-REUS@2008-01-01',
  },
  {
    name: 'REUS lapses',
    request: advertising,
    facts: { ...registeredAt('REUS', '2022-05-01T12:00:00Z'), sector: 'financial' },
    why: null,
    because: 'MX-REUS@2008-01-01',
  },
  {
    name: 'REUS does not stop collection',
    request: { purpose: 'collections' },
    facts: { ...registeredAt('REUS', '2024-01-01T12:00:00Z'), sector: 'financial' },
    why: null,
    because: 'MX-COLLECT-HOURS@2014-10-08',
  },
  {
    name: 'advertising on a Sunday: our policy, no statute',
    request: { ...advertising, at: atLocal('2024-07-07T12:00', MEXICO) },
    why: 'outside-policy-hours',
    because: 'MX-POLICY-HOURS@2008-01-01',
  },
  {
    name: 'a lead that asked, on a Sunday at 08:00',
    request: { at: atLocal('2024-07-07T08:00', MEXICO) },
    why: null,
    because: 'lead-assignment#P10',
  },
  {
    name: 'the recipient’s own zone decides',
    request: { ...advertising, at: atLocal('2024-07-01T09:30', MEXICO) },
    facts: { recipientZone: 'America/Tijuana' },
    why: 'outside-policy-hours',
    because: 'MX-POLICY-HOURS@2008-01-01',
  },
  {
    name: 'outside the agreed hours',
    facts: { agreedHours: everyDay(MEXICO, '08:00', '10:00') },
    why: 'outside-agreed-hours',
    because: 'contact-center-policy#P3',
  },
];

function check({ request, facts, rules = all, why, because }: Case, of: ContactFacts) {
  const answer = mayContact({ ...calling, ...request }, { ...of, ...facts }, rules, laws);
  expect(answer.answer === 'refused' ? answer.why : null).toBe(why);
  expect(answer.because).toContain(because);
}

test.each(procedureCases)('$name', (given) => check(given, mexican));
test.each(mexicanLawCases)('Mexico: $name', (given) => check(given, mexican));
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

test('every refusal says, in both languages, what it is and what to do', () => {
  for (const text of Object.values(gateRefusals)) {
    for (const sentence of [text.es.says, text.es.todo, text.en.says, text.en.todo])
      expect(sentence).toMatch(/\.$/);
  }
});
