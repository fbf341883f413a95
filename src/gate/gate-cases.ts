/** What the gate's cases share: a person in Mexico whose lead Ana holds, and how one case is checked. Tests only. */
import { expect } from 'vitest';
import { atLocal } from '../calendar/index.ts';
import { instant } from '../platform/time.ts';
import { laws, mayContact } from './index.ts';
import type { ContactFacts, ContactRequest, GateRefusal, GateRules } from './index.ts';

export const MEXICO = 'America/Mexico_City';
export const BOGOTA = 'America/Bogota';

/** All the real-estate procedures in force, or those named. */
export const inForce = (...procedures: string[]): GateRules => ({
  cite: (procedure, clause) => (procedures.includes(procedure) ? `${procedure}#${clause}` : null),
});
export const all = inForce('lead-assignment', 'contact-center-policy', 'lead-reassignment');

export const mexican: ContactFacts = {
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
export const at = atLocal('2024-07-01T10:00', MEXICO); // a Monday
export const calling: ContactRequest = {
  by: { person: 'ana', role: 'advisor' },
  channel: 'call',
  purpose: 'requested',
  at,
};
export interface Case {
  name: string;
  request?: Partial<ContactRequest>;
  facts?: Partial<ContactFacts>;
  rules?: GateRules;
  why: GateRefusal | null;
  because: string;
}

export const consent = {
  channel: 'call',
  purpose: 'marketing',
  at: instant('2024-01-10T15:00:00Z'),
} as const;
export const registeredAt = (
  register: 'REPEP' | 'REUS' | 'RNE',
  at: string,
  channel: 'call' | 'all' = 'all',
) => ({
  registerEntries: [{ register, channel, at: instant(at) }],
});
export function check({ request, facts, rules = all, why, because }: Case, of: ContactFacts) {
  const answer = mayContact({ ...calling, ...request }, { ...of, ...facts }, rules, laws);
  expect(answer.answer === 'refused' ? answer.why : null).toBe(why);
  expect(answer.because).toContain(because);
}
