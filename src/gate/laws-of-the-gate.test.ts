/** What must hold of the gate for any request and any facts. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyDay, type HolidayCountry } from '../calendar/index.ts';
import { instant } from '../platform/time.ts';
import { contactChannels, contactPurposes, laws, mayContact } from './index.ts';
import type { ContactFacts, ContactRequest, GateRules } from './index.ts';

const START = Date.parse('2023-06-01T00:00:00Z');
const minutes = (days: number) => days * 24 * 60;
const anInstant = fc.integer({ min: 0, max: minutes(900) }).map((m) => instant(START + m * 60_000));
const aChannel = fc.constantFrom(...contactChannels);
const aScope = fc.constantFrom(...contactChannels, 'all' as const);
const aPerson = fc.constantFrom('ana', 'beto', 'gil', 'sol');
const aRole = fc.constantFrom('advisor', 'manager', 'agent', 'administrator', 'direction');

const request: fc.Arbitrary<ContactRequest> = fc.record({
  by: fc.oneof(fc.constant('system' as const), fc.record({ person: aPerson, role: aRole })),
  channel: aChannel,
  purpose: fc.constantFrom(...contactPurposes),
  at: anInstant,
});

const optOut = fc.record({ channel: aScope, at: anInstant });
const freeze = fc.record({ claim: fc.constant('C1'), since: anInstant });
const place = fc.constantFrom<[HolidayCountry | 'PE', string]>(
  ['MX', 'America/Mexico_City'],
  ['MX', 'America/Tijuana'],
  ['CO', 'America/Bogota'],
  ['PE', 'America/Lima'],
);

/** Kind to the asker, so that many requests are allowed and the laws say something. */
const facts: fc.Arbitrary<ContactFacts> = fc
  .record({
    registered: fc.boolean(),
    erased: fc.constantFrom(false, false, false, true),
    holder: fc.option(aPerson),
    holderManagerChain: fc.subarray(['gil', 'sol']),
    frozen: fc.option(freeze, { freq: 1 }),
    optOuts: fc.array(optOut, { maxLength: 1 }),
    consents: fc.array(
      fc.record({
        channel: aScope,
        purpose: fc.constantFrom(...contactPurposes, 'all' as const),
        at: anInstant,
      }),
      { maxLength: 3 },
    ),
    registerEntries: fc.array(
      fc.record({ register: fc.constantFrom('REPEP', 'REUS', 'RNE'), channel: aScope, at: anInstant }),
      { maxLength: 1 },
    ),
    directContacts: fc.array(fc.record({ at: anInstant, channel: aChannel }), { maxLength: 3 }),
    authorizedChannels: fc.option(fc.subarray([...contactChannels]), { freq: 1 }),
    agreedHours: fc.option(fc.constant(everyDay('America/Bogota', '08:00', '18:00')), { freq: 1 }),
    place,
    sector: fc.constantFrom('financial', 'general'),
    viaPbx: fc.boolean(),
  })
  .map(({ place: [country, recipientZone], ...rest }) => ({ ...rest, country, recipientZone }));

const rules: fc.Arbitrary<GateRules> = fc
  .subarray(['lead-assignment', 'contact-center-policy', 'lead-reassignment'])
  .map((held) => ({
    cite: (procedure, clause) => (held.includes(procedure) ? `${procedure}#${clause}` : null),
  }));

const runs = { numRuns: 3_000 };

test('no answer without a ground', () => {
  const seen = { allowed: 0, refused: 0 };
  fc.assert(
    fc.property(request, facts, rules, (r, f, cite) => {
      const answer = mayContact(r, f, cite, laws);
      seen[answer.answer] += 1;
      expect(answer.because.length).toBeGreaterThan(0);
      expect(answer.because.every((b) => /^[\w-]+(@[\d-]+)?(#[\w-]+)?$/.test(b))).toBe(true);
      expect(new Set(answer.because).size).toBe(answer.because.length);
    }),
    runs,
  );
  // The other laws mean nothing if the world is all no.
  expect(seen.allowed).toBeGreaterThan(100);
  expect(seen.refused).toBeGreaterThan(100);
});

test('a freeze refuses everyone, on every channel, the administrator and the product included', () => {
  fc.assert(
    fc.property(request, facts, rules, freeze, (r, f, cite, frozen) => {
      expect(mayContact(r, { ...f, frozen }, cite, laws).answer).toBe('refused');
    }),
    runs,
  );
});

test('an opt-out refuses everyone on the channels it covers', () => {
  fc.assert(
    fc.property(request, facts, rules, anInstant, fc.boolean(), (r, f, cite, at, whole) => {
      const optOuts = [...f.optOuts, { channel: whole ? ('all' as const) : r.channel, at }];
      expect(mayContact(r, { ...f, optOuts }, cite, laws).answer).toBe('refused');
    }),
    runs,
  );
});

test('adding an opt-out, a freeze, a register entry or a direct contact never opens what was closed', () => {
  fc.assert(
    fc.property(request, facts, rules, optOut, freeze, anInstant, (r, f, cite, o, frozen, at) => {
      if (mayContact(r, f, cite, laws).answer === 'allowed') return;
      const worse: ContactFacts[] = [
        { ...f, optOuts: [...f.optOuts, o] },
        { ...f, frozen: f.frozen ?? frozen },
        { ...f, registerEntries: [...f.registerEntries, { register: 'RNE', channel: 'all', at }] },
        { ...f, directContacts: [...f.directContacts, { at, channel: r.channel }] },
      ];
      for (const facts of worse) expect(mayContact(r, facts, cite, laws).answer).toBe('refused');
    }),
    runs,
  );
});

test('waiting until `until` helps: the same request is allowed then', () => {
  let deferred = 0;
  fc.assert(
    fc.property(request, facts, rules, (r, f, cite) => {
      const answer = mayContact(r, f, cite, laws);
      if (answer.answer === 'allowed' || answer.until === undefined) return;
      deferred += 1;
      expect(answer.until > r.at).toBe(true);
      expect(mayContact({ ...r, at: answer.until }, f, cite, laws).answer).toBe('allowed');
    }),
    runs,
  );
  expect(deferred).toBeGreaterThan(20);
});

test('fewer laws never refuse more; without laws or procedures only the person’s own standing does', () => {
  fc.assert(
    fc.property(request, facts, rules, (r, f, cite) => {
      if (mayContact(r, f, cite, laws).answer === 'allowed') {
        expect(mayContact(r, f, cite, []).answer).toBe('allowed');
      }
    }),
    runs,
  );
});
