import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { arriving, openIdentityHouse, type IdentityHouse } from '../../tests/identity-house.ts';
import { keptCalls } from '../calls/index.ts';
import { keptHolds } from '../gate/index.ts';
import { contactsHeldBy, keptLeads, leadsOfPeople } from '../leads/index.ts';
import { keptMessages } from '../messages/index.ts';
import { errorCatalog } from '../platform/errors.ts';
import { createHttp, httpErrors, type Http } from '../platform/http.ts';
import { silentLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import type { SignedIn } from '../access/index.ts';
import { contactErrors, contactRoutes, keptContacts, keptJournal } from './index.ts';

let house: IdentityHouse;
let http: Http;
/** Whom the next request comes from. */
let asks: 'ada' | 'ana' | 'mar' = 'ada';
const ROLES = { ada: 'administrator', ana: 'advisor', mar: 'marketing' } as const;

function signedIn(): SignedIn {
  return {
    kind: 'user',
    user: { id: asks, email: `${asks}@example.com`, twoFactor: true },
    session: 's',
    person: { id: asks, name: asks, zone: null },
    role: ROLES[asks],
    roles: [ROLES[asks]],
    organization: {
      id: house.organization,
      name: 'Casa Ejemplo',
      country: 'MX',
      zone: 'America/Mexico_City',
      locale: 'es-MX',
    },
    language: null,
    secondFactorAsked: false,
    needsSecondFactor: false,
  };
}

beforeAll(async () => {
  house = await openIdentityHouse();
  http = await createHttp({
    log: silentLog,
    metrics: createMetrics({ processMetrics: false }),
    errors: errorCatalog({ http: httpErrors, contacts: contactErrors }),
    publicUrl: 'https://pauta.example.com',
    version: '1',
    health: [],
    admit: async () => {},
  });
  contactRoutes(http.app, {
    house: house.house,
    database: house.database,
    clock: { now: () => house.now() },
    signedIn,
    leadsOfPeople,
    contactsHeldBy,
    keptBy: [keptContacts, keptLeads, keptCalls, keptMessages, keptHolds, keptJournal],
  });
  await house.tell(
    'lead.received',
    arriving({
      lead: 'L1',
      name: 'Íñigo Peña Ruiz',
      phone: '55 1234 5678',
      email: 'inigo@example.com',
      message: '<b>hola</b>',
    }),
  );
  await house.tell('lead.placed', { lead: 'L1', by: 'ada', to: 'ana', reason: 'x' });
  await house.tell('note', { lead: 'L1', by: 'ana', text: 'prefiere la tarde' });
  await house.tell('lead.received', arriving({ lead: 'L2', name: 'Inigo Pena Ruiz', phone: '55 8765 4321' }));
  await house.tell('lead.placed', { lead: 'L2', by: 'ada', to: 'beto', reason: 'x' });
});
afterAll(async () => {
  await http.stop();
  await house.close();
});

async function ask(method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await http.app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
  const json = (answer.headers['content-type'] ?? '').startsWith('application/json');
  return { status: answer.statusCode, text: answer.body, body: json ? JSON.parse(answer.body) : null };
}

async function idOf(search: string): Promise<string> {
  const { body } = await ask('GET', `/api/contacts?search=${encodeURIComponent(search)}`);
  return body.contacts[0]?.contact;
}

describe('looking for people', () => {
  test.each([
    ['a name without its accents', 'inigo pena', 2],
    ['a name with them', 'ÍÑIGO', 2],
    ['part of a phone, as written', '55 1234', 1],
    ['the last digits', '4321', 1],
    ['an e-mail', 'inigo@exam', 1],
    ['words that a pattern would take for anything', '%_%@', 0],
    ['nobody', 'zzz', 0],
  ])('%s', async (_name, search, people) => {
    const { status, body } = await ask('GET', `/api/contacts?search=${encodeURIComponent(search)}`);
    expect([status, body.contacts.length]).toEqual([200, people]);
  });

  test('too little is refused in words', async () => {
    expect(await ask('GET', '/api/contacts?search=55')).toMatchObject({
      status: 400,
      body: { error: { code: 'search-too-short', field: 'search' } },
    });
  });

  test('within reach only; what is out of reach is as if it were not there', async () => {
    const other = await idOf('8765');
    asks = 'ana';
    expect((await ask('GET', '/api/contacts?search=ruiz')).body.contacts).toHaveLength(1);
    expect((await ask('GET', `/api/contacts/${other}`)).status).toBe(404);
    expect(
      (await ask('POST', `/api/contacts/${other}/opt-out`, { scope: 'all', origin: 'call', text: 'no' }))
        .status,
    ).toBe(404);
    asks = 'mar';
    const seen = await ask('GET', `/api/contacts/${other}`);
    expect(seen.status).toBe(200);
    expect(seen.text).not.toMatch(/8765|Inigo|Pena/u);
    expect((await ask('GET', '/api/contacts?search=8765')).body.contacts).toEqual([]);
    asks = 'ada';
  });
});

describe('the duplicates queue', () => {
  test('side by side, settled as one, undone', async () => {
    const queue = await ask('GET', '/api/duplicates');
    const [doubt] = queue.body.doubts;
    expect(queue.body.doubts).toHaveLength(1);
    expect(doubt.evidence).toContainEqual(
      expect.objectContaining({ kind: 'name', known: 'Inigo Pena Ruiz', incoming: 'Íñigo Peña Ruiz' }),
    );
    expect(doubt.people.map((p: { leads: { holder: string }[] }) => p.leads[0]?.holder)).toEqual([
      'beto',
      'ana',
    ]);
    const bad = await ask('POST', `/api/duplicates/${doubt.id}`, { outcome: 'same', keep: 'nobody' });
    expect(bad).toMatchObject({ status: 400, body: { error: { code: 'not-of-this-doubt' } } });
    const settled = await ask('POST', `/api/duplicates/${doubt.id}`, { outcome: 'same' });
    expect(settled.body).toMatchObject({ leads: [{ lead: 'L2', from: 'beto', to: 'ana' }] });
    expect((await ask('GET', '/api/duplicates')).body.doubts).toEqual([]);
    const again = await ask('POST', `/api/duplicates/${doubt.id}`, { outcome: 'same' });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'already-settled' } } });
    const person = await ask('GET', `/api/contacts/${settled.body.kept}`);
    expect(person.body.leads).toHaveLength(2);
    const absorbed = person.body.merged[0].contact;
    expect((await ask('POST', `/api/contacts/${absorbed}/unmerge`)).body).toMatchObject({ leads: ['L2'] });
    expect(await ask('POST', `/api/contacts/${absorbed}/unmerge`)).toMatchObject({ status: 409 });
  });
});

describe('consent, export and erasure', () => {
  test('no, then a later yes with its proof', async () => {
    const id = await idOf('1234');
    const no = { scope: 'messages', origin: 'whatsapp', text: 'BAJA' };
    expect((await ask('POST', `/api/contacts/${id}/opt-out`, no)).status).toBe(200);
    const early = { ...no, text: 'acepto', givenAt: '2020-01-01T00:00:00Z' };
    expect(await ask('POST', `/api/contacts/${id}/opt-in`, early)).toMatchObject({
      status: 409,
      body: { error: { code: 'consent-not-later' } },
    });
    expect(await ask('POST', `/api/contacts/${id}/opt-in`, { ...no, text: ' ' })).toMatchObject({
      status: 400,
    });
    await house.tell('contact.attempted', { lead: 'L1', by: 'ada', channel: 'call' });
    expect((await ask('POST', `/api/contacts/${id}/opt-in`, { ...no, text: 'sí, escriban' })).status).toBe(
      200,
    );
    const { body } = await ask('GET', `/api/contacts/${id}`);
    expect(body.consents.map(({ kind }: { kind: string }) => kind)).toEqual(['withdrawn', 'given']);
  });

  test('everything kept, for a program and to read; markup of others stays text', async () => {
    const id = await idOf('1234');
    const json = await ask('POST', `/api/contacts/${id}/export`, { format: 'json' });
    expect(json.text).toContain('prefiere la tarde');
    expect(json.text).toContain('55 1234 5678');
    expect(json.body.sections.map(({ section }: { section: string }) => section)).toEqual([
      'contacts',
      'leads',
      'calls',
      'messages',
      'holds',
      'journal',
    ]);
    const html = await ask('POST', `/api/contacts/${id}/export`, { format: 'html' });
    expect(html.text).toContain('contact-center-policy@');
    expect(html.text).toContain('&lt;b&gt;hola&lt;/b&gt;');
    expect(html.text).not.toContain('<b>');
    expect(json.body.sections.at(-1).rows.at(-1)).toMatchObject({ entry: 'contact.exported', actor: 'ada' });
  });

  test('erased: the terms are shown, and nobody finds them any more', async () => {
    const id = await idOf('1234');
    const requestedAt = '2024-07-01T18:00:00Z';
    const erased = await ask('POST', `/api/contacts/${id}/erase`, { reason: 'requested', requestedAt });
    expect(erased.body.terms).toMatchObject({
      answerBy: '2024-07-29T18:00:00.000Z',
      carryOutBy: '2024-08-19T18:00:00.000Z',
      extendedTo: null,
    });
    expect((await ask('GET', '/api/contacts?search=1234')).body.contacts).toEqual([]);
    expect((await ask('GET', `/api/contacts/${id}`)).body).toMatchObject({
      names: [],
      phones: [],
      consents: [],
    });
    expect(await ask('POST', `/api/contacts/${id}/export`, { format: 'json' })).toMatchObject({
      status: 410,
    });
  });
});
