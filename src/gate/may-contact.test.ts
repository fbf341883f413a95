import { expect, test } from 'vitest';
import { atLocal } from '../calendar/index.ts';
import { instant } from '../platform/time.ts';
import { at, check, inForce, mexican, MEXICO, type Case } from './gate-cases.ts';
import { gateRefusals } from './index.ts';
import type { ContactRequest } from './index.ts';

const by = (person: string, role = 'advisor'): Partial<ContactRequest> => ({ by: { person, role } });
const freeze = { claim: 'C1', since: at };

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

test.each(procedureCases)('$name', (given) => check(given, mexican));

test('every refusal says, in both languages, what it is and what to do', () => {
  for (const text of Object.values(gateRefusals)) {
    for (const sentence of [text.es.says, text.es.todo, text.en.says, text.en.todo])
      expect(sentence).toMatch(/\.$/);
  }
});
