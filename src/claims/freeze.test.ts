import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { addControlArea } from '../../tests/journeys/control-area.ts';
import { emailOf, openFloor, PASSWORD, type Floor } from '../../tests/journeys/floor.ts';
import { openBrowser } from '../access/access-cases.ts';
import { keyScopes } from '../access/index.ts';
import type { Fact } from '../decisions/index.ts';
import { contactChannels, contactPurposes, type ContactAnswer } from '../gate/index.ts';
import { askGate, type GateQuestion } from '../leads/index.ts';
import { plus, SECOND } from '../platform/time.ts';

const PEOPLE = ['ana', 'beto', 'caro', 'gil', 'dora', 'saul', 'cora', 'administrator', 'system'];
const LEADS = ['A1', 'A2', 'A3'];
const carla = { name: 'Carla Ruiz', phone: '55 1234 5678' };
let floor: Floor;
let dialed = 0;

const told = (fact: Omit<Fact, 'actor'> & { readonly [field: string]: unknown }) =>
  floor.submit({ actor: 'system', ...fact });

/** As whoever dials or sends asks it, with everything read afresh. */
function gate(question: Omit<GateQuestion, 'at'>, seconds: number): Promise<ContactAnswer> {
  const about = { fact: 'contact.attempted', actor: 'system', lead: question.lead } as Fact;
  return floor.program.house.look(floor.organization, [about], ({ world, rulesAt, now }) =>
    askGate(world, rulesAt(now), { ...question, at: plus(now, seconds * SECOND) }),
  );
}

beforeAll(async () => {
  floor = await openFloor({
    settings: { pbx: { accessNumber: '+525550001000', clickToCall: true } },
    dialerOf: async () => ({
      dial: async () => {
        dialed += 1;
        return { dialing: { callId: null } };
      },
    }),
  });
  await addControlArea(floor);
  await floor.receive({ lead: 'A1', ...carla });
  await floor.receive({ lead: 'A2', ...carla, source: 'web' });
  expect(await gate({ lead: 'A1', by: 'ana', channel: 'call' }, 0)).toMatchObject({ answer: 'allowed' });
  const whole = { email: 'carla@example.com', phone: '55 1234 5678', name: 'Carla', source: 'feria' };
  const shown = { sourceImageDatedOn: '2026-03-01', firstContactShown: true };
  await told({ fact: 'claim.requested', claim: 'C1', lead: 'A1', by: 'beto', ...whole, ...shown });
  await told({ fact: 'claim.statusAsked', claim: 'C1', by: 'cora' });
  // One more comes in for the same person, while nobody may contact them.
  await floor.receive({ lead: 'A3', ...carla, source: 'portal' });
});
afterAll(() => floor?.stop());

test('whoever asks, by whatever channel, for whatever purpose, on whichever lead of the person: no', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PEOPLE),
      fc.constantFrom(...LEADS),
      fc.constantFrom(...contactChannels),
      fc.constantFrom(...contactPurposes),
      fc.nat({ max: 40 * 24 * 3_600 }),
      async (by, lead, channel, purpose, seconds) => {
        const answer = await gate({ lead, by, channel, purpose }, seconds);
        expect(answer).toMatchObject({ answer: 'refused', why: 'frozen' });
      },
    ),
    { numRuns: 150 },
  );
});

test('nor by the screen or its calls: nothing is asked of the PBX, and nothing is written', async () => {
  const ana = openBrowser(floor.program.http, '203.0.113.9');
  await ana.signIn(emailOf('ana'), PASSWORD);
  for (const lead of LEADS) {
    expect(await ana.post(`/api/leads/${lead}/call`, {})).toMatchObject({ status: 409, code: 'frozen' });
    const words = { message: randomUUID(), channel: 'whatsapp', text: 'Hola' };
    expect(await ana.post(`/api/leads/${lead}/messages`, words)).toMatchObject({
      status: 409,
      code: 'frozen',
    });
  }
  expect(dialed).toBe(0);
});

test('nor by a key of the API, whatever it may do', async () => {
  const nora = openBrowser(floor.program.http, '203.0.113.11');
  await nora.signIn(emailOf('administrator'), PASSWORD);
  const made = await nora.post('/api/keys', { name: 'Marcador', scopes: keyScopes });
  const headers = { authorization: `Bearer ${String(made.body['key'])}` };
  for (const url of ['/api/leads/A1/call', '/api/leads/A1/messages']) {
    const payload = { message: randomUUID(), channel: 'whatsapp', text: 'Hola' };
    const sent = await floor.program.http.app.inject({ method: 'POST', url, headers, payload });
    expect([401, 403]).toContain(sent.statusCode);
  }
  expect(dialed).toBe(0);
});

test('with the ruling it ends for the one who holds the person, on every lead of theirs', async () => {
  await told({
    fact: 'claim.confirmed',
    claim: 'C1',
    by: 'cora',
    outcome: 'reassign',
    reasons: 'La clienta lo pidió.',
  });
  for (const lead of LEADS) {
    expect(await gate({ lead, by: 'beto', channel: 'call' }, 0)).toMatchObject({ answer: 'allowed' });
    expect(await gate({ lead, by: 'ana', channel: 'call' }, 0)).toMatchObject({
      answer: 'refused',
      why: 'not-holder',
    });
  }
});
