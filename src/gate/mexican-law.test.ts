import { test } from 'vitest';
import { atLocal, everyDay } from '../calendar/index.ts';
import { check, consent, mexican, MEXICO, registeredAt, type Case } from './gate-cases.ts';
import type { ContactRequest } from './index.ts';

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

test.each(mexicanLawCases)('Mexico: $name', (given) => check(given, mexican));
