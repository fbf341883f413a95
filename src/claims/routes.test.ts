import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { addControlArea } from '../../tests/journeys/control-area.ts';
import { emailOf, openFloor, PASSWORD, type Floor } from '../../tests/journeys/floor.ts';
import { tinyPng } from '../../tests/png.ts';
import { openBrowser, type Answer, type Browser } from '../access/access-cases.ts';
import { DAY } from '../calendar/index.ts';
import { MINUTE } from '../platform/time.ts';

let floor: Floor;
const seats = new Map<string, Browser>();

async function as(person: string): Promise<Browser> {
  const known = seats.get(person);
  if (known !== undefined) return known;
  const browser = openBrowser(floor.program.http, '203.0.113.9');
  expect((await browser.signIn(emailOf(person), PASSWORD)).status).toBe(200);
  seats.set(person, browser);
  return browser;
}

async function bytes(person: string, url: string) {
  const cookie = [...(await as(person)).cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return floor.program.http.app.inject({ method: 'GET', url, headers: { cookie } });
}

const IMAGE = tinyPng();
const whole = {
  name: 'Carla Ruiz',
  phone: '55 1234 5678',
  email: 'carla@example.com',
  source: 'Feria de marzo',
  imageDatedOn: '2026-03-01',
  firstContactShown: true,
};

async function upload(person: string): Promise<string> {
  const sent = await (
    await as(person)
  ).post('/api/claims/images?name=chat.png', IMAGE, {
    'content-type': 'application/octet-stream',
  });
  expect(sent).toMatchObject({
    status: 201,
    body: { mediaType: 'image/png', sha256: createHash('sha256').update(IMAGE).digest('hex') },
  });
  return String(sent.body['id']);
}

/** That many days ago, as one reads it on a wall in Mexico. */
const day = (days: number): string =>
  new Date(Date.parse(floor.now()) - days * DAY - 6 * 60 * MINUTE).toISOString().slice(0, 16);

const acts = ({ body }: Answer): unknown => body['acts'];

beforeAll(async () => {
  floor = await openFloor();
  await addControlArea(floor);
  await floor.receive({ lead: 'A1', name: 'Carla Ruiz', phone: '55 1234 5678', email: 'carla@example.com' });
  await floor.submit({
    fact: 'call.reported',
    actor: 'pbx',
    call: 'k1',
    by: 'ana',
    lead: 'A1',
    direction: 'out',
    startedAt: floor.now(),
    answered: true,
    talkSeconds: 60,
    ringSeconds: 5,
  });
  floor.move(5 * DAY);
});
afterAll(() => floor.stop());

test('a lead says how it is protected: the clock that runs, and how a claim of now would be ruled', async () => {
  const { body } = await (await as('ana')).get('/api/leads/A1/protection');
  expect(body).toMatchObject({
    term: 'R5',
    frozen: null,
    ruling: { outcome: 'reassign', line: 9, clauses: ['R6'] },
  });
  expect(await (await as('beto')).get('/api/leads/A1/protection')).toMatchObject({ status: 404 });
});

describe('a claim from the screen', () => {
  let claim = '';

  test('what is no image is not kept as one', async () => {
    const sent = await (
      await as('beto')
    ).post('/api/claims/images', Buffer.from('hola'), {
      'content-type': 'application/octet-stream',
    });
    expect(sent).toMatchObject({ status: 422, code: 'not-an-image' });
  });

  test('of a person nobody has: to be registered, not claimed', async () => {
    const sent = await (await as('beto')).post('/api/claims', { ...whole, phone: '55 9999 9999', email: '' });
    expect(sent).toMatchObject({ status: 404, code: 'nobody-has-them' });
  });

  test('without its image it comes back with what is missing, and nothing is frozen', async () => {
    const beto = await as('beto');
    const sent = await beto.post('/api/claims', whole);
    expect(sent).toMatchObject({ status: 201, body: { missing: ['sourceImage'] } });
    claim = String(sent.body['claim']);
    expect(await beto.get(`/api/claims/${claim}`)).toMatchObject({
      body: {
        claim: { state: 'returned', missing: ['sourceImage'] },
        acts: { resend: true, withdraw: false },
      },
    });
    // Whoever holds the lead does not hear of a claim that was none.
    expect(await (await as('ana')).get(`/api/claims/${claim}`)).toMatchObject({ status: 404 });
  });

  test('sent again whole, the person found by phone alone, it opens; others’ claims are seen by nobody else', async () => {
    const beto = await as('beto');
    const image = await upload('beto');
    expect(await beto.post(`/api/claims/${claim}/request`, { ...whole, image })).toMatchObject({
      body: { missing: [] },
    });
    const shown = await bytes('beto', `/api/claims/${claim}/images/${image}`);
    expect(shown.statusCode).toBe(200);
    expect(shown.rawPayload.equals(IMAGE)).toBe(true);
    expect(await (await as('caro')).get(`/api/claims/${claim}`)).toMatchObject({ status: 404 });
    expect((await bytes('caro', `/api/claims/${claim}/images/${image}`)).statusCode).toBe(404);
    expect(await (await as('mara')).get('/api/claims')).toMatchObject({ status: 403 });
  });

  test('only the control area asks for the status; from then on nobody calls, and the page says why', async () => {
    const [ana, cora] = [await as('ana'), await as('cora')];
    expect(await (await as('beto')).post(`/api/claims/${claim}/status`)).toMatchObject({ status: 403 });
    expect(await ana.post('/api/leads/A1/call', {})).toMatchObject({ status: 200 });
    expect(await cora.post(`/api/claims/${claim}/status`)).toMatchObject({ status: 200 });
    expect(await ana.post('/api/leads/A1/call', {})).toMatchObject({ status: 409, code: 'frozen' });
    expect((await ana.get('/api/leads/A1')).body['acts']).toMatchObject({ call: { refused: 'frozen' } });
    expect((await ana.get('/api/leads/A1/protection')).body).toMatchObject({
      frozen: { claim },
      claims: [claim],
    });
    expect(await ana.post('/api/leads/A1/pass', { reason: 'x' })).toMatchObject({ code: 'lead-under-claim' });
    expect(acts(await ana.get(`/api/claims/${claim}`))).toMatchObject({
      showEvidence: true,
      sign: true,
      confirm: false,
    });
  });

  test('the holder shows what the product does not have; what counts and what not is told with its clause', async () => {
    const ana = await as('ana');
    const image = await upload('ana');
    const shown = { direction: 'out', channel: 'whatsapp', answered: true, image };
    expect(
      await ana.post(`/api/claims/${claim}/evidence`, {
        interactions: [{ ...shown, at: '2026-02-30T10:00' }],
      }),
    ).toMatchObject({ status: 422, code: 'bad-date' });
    await ana.post(`/api/claims/${claim}/evidence`, {
      interactions: [
        { ...shown, at: day(2) },
        { ...shown, at: null },
      ],
    });
    const { body } = await ana.get(`/api/claims/${claim}`);
    expect(body['judged']).toMatchObject([
      { counts: false, whyNot: 'undated', clauses: ['L5c'] },
      { counts: true, followUp: true, interaction: { recorded: true, channel: 'call' } },
      { counts: true, followUp: true, interaction: { recorded: false } },
    ]);
    // Who asked sees the other's follow-up only once it is ruled on.
    expect((await (await as('beto')).get(`/api/claims/${claim}`)).body['judged']).toEqual([]);
    expect(await (await as('beto')).post(`/api/claims/${claim}/evidence`, { complete: true })).toMatchObject({
      code: 'not-holder',
    });
    expect(await ana.post(`/api/claims/${claim}/evidence`, { complete: true })).toMatchObject({
      status: 200,
    });
  });

  test('the control area decides otherwise only with reasons; the lead is where it was ruled to be', async () => {
    const cora = await as('cora');
    expect((await cora.get('/api/claims')).body['rows']).toMatchObject([
      { id: claim, state: 'proposed', outcome: 'keep', line: 12, name: 'Carla Ruiz' },
    ]);
    expect(await cora.post(`/api/claims/${claim}/confirm`, { outcome: 'reassign' })).toMatchObject({
      code: 'reasons-missing',
    });
    const said = { outcome: 'reassign', reasons: 'La clienta lo pidió por escrito.' };
    expect(await cora.post(`/api/claims/${claim}/confirm`, said)).toMatchObject({ status: 200 });
    expect((await (await as('beto')).get('/api/leads/A1')).body['lead']).toMatchObject({ holder: 'beto' });
    expect(await (await as('ana')).get('/api/leads/A1')).toMatchObject({ status: 404 });
    expect(await (await as('beto')).post('/api/leads/A1/call', {})).toMatchObject({ status: 200 });
    // The new holder's own calls and tenure are no part of what was ruled on.
    expect((await (await as('beto')).get(`/api/claims/${claim}`)).body['judged']).toMatchObject([
      { counts: false, whyNot: 'undated' },
      { counts: true, followUp: true },
      { counts: true, followUp: true },
    ]);
  });

  test('one file holds all of it, for each party, with the seals of the journal', async () => {
    for (const person of ['ana', 'beto', 'cora']) {
      const file = await bytes(person, `/api/claims/${claim}/file.pdf`);
      expect(file.headers['content-type']).toBe('application/pdf');
      expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
      expect(file.rawPayload.length).toBeGreaterThan(10_000);
    }
  });

  test('one appeal, heard by a higher rank', async () => {
    const ana = await as('ana');
    expect(
      await ana.post(`/api/claims/${claim}/appeal`, { reasons: 'Tengo el chat completo.' }),
    ).toMatchObject({
      status: 200,
    });
    expect(await ana.post(`/api/claims/${claim}/appeal`, { reasons: 'Otra vez.' })).toMatchObject({
      code: 'already-appealed',
    });
    const ruled = { outcome: 'keep', reasons: 'El chat es claro.' };
    expect(await (await as('cora')).post(`/api/claims/${claim}/appeal-ruling`, ruled)).toMatchObject({
      status: 403,
    });
    expect(await (await as('dora')).post(`/api/claims/${claim}/appeal-ruling`, ruled)).toMatchObject({
      status: 200,
    });
    expect((await ana.get('/api/leads/A1')).body['lead']).toMatchObject({ holder: 'ana' });
  });
});

describe('the data of a lead', () => {
  test('are changed by who has it; what was received stays', async () => {
    const ana = await as('ana');
    expect(await (await as('beto')).post('/api/leads/A1/data', { field: 'name', value: 'X' })).toMatchObject({
      code: 'not-holder',
    });
    expect(await ana.post('/api/leads/A1/data', { field: 'phone', value: '12' })).toMatchObject({
      status: 422,
    });
    await ana.post('/api/leads/A1/data', { field: 'name', value: 'Carla Ruiz Vega' });
    expect((await ana.get('/api/leads/A1')).body).toMatchObject({
      lead: { name: 'Carla Ruiz Vega' },
      received: { name: 'Carla Ruiz' },
    });
    expect(await ana.post('/api/leads/A1/data', { field: 'name', value: 'Carla Ruiz Vega' })).toMatchObject({
      status: 422,
      code: 'same-datum',
    });
  });

  test('are shown with every change, what stood and what stands, to who may see the lead', async () => {
    const ana = await as('ana');
    await ana.post('/api/leads/A1/data', { field: 'source', value: 'walk-in' });
    await ana.post('/api/leads/A1/data', { field: 'source', value: 'referral' });
    expect((await ana.get('/api/leads/A1/data')).body).toMatchObject({
      may: true,
      values: { name: 'Carla Ruiz Vega', source: 'referral', email: 'carla@example.com' },
      edits: [
        { field: 'source', before: 'walk-in', after: 'referral', by: 'ana', flags: ['source'] },
        { field: 'source', before: 'facebook', after: 'walk-in' },
        { field: 'name', before: 'Carla Ruiz', after: 'Carla Ruiz Vega', flags: [] },
      ],
    });
    expect((await (await as('gil')).get('/api/leads/A1/data')).body['may']).toBe(true);
    expect((await (await as('saul')).get('/api/leads/A1/data')).body).toMatchObject({
      may: false,
      values: {},
    });
    expect((await (await as('mara')).get('/api/leads/A1/data')).body['edits']).toMatchObject([
      { before: null, after: null },
      {},
      {},
    ]);
    expect(await (await as('beto')).get('/api/leads/A1/data')).toMatchObject({ status: 404 });
    const { items } = (await ana.get('/api/leads/A1/timeline')).body as {
      items: { said: string; text: string }[];
    };
    expect(items.find(({ said }) => said === 'edited')).toMatchObject({ text: 'walk-in → referral' });
  });
});
