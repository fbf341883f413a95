import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { emailOf, openFloor, PASSWORD, type Floor } from '../../tests/journeys/floor.ts';
import { openBrowser, type Answer, type Browser } from '../access/access-cases.ts';
import type { DialOutcome } from '../switchboard/index.ts';

let floor: Floor;
const dialed: string[] = [];
let pbxSays: DialOutcome = { dialing: { callId: '1' } };
const seats = new Map<string, Browser>();

async function as(person: string): Promise<Browser> {
  const known = seats.get(person);
  if (known !== undefined) return known;
  const browser = openBrowser(floor.program.http, '203.0.113.9');
  expect((await browser.signIn(emailOf(person), PASSWORD)).status).toBe(200);
  seats.set(person, browser);
  return browser;
}

function rowsOf(answer: Answer): Record<string, unknown>[] {
  return answer.body['rows'] as Record<string, unknown>[];
}

beforeAll(async () => {
  floor = await openFloor({
    settings: { pbx: { accessNumber: '+525550001000', clickToCall: true } },
    dialerOf: async () => ({
      dial: async (extension, number) => {
        dialed.push(`${extension} ${number}`);
        return pbxSays;
      },
    }),
  });
  const carla = {
    name: 'Carla Ruiz',
    phone: '55 1234 5678',
    email: 'carla@example.com',
    message: 'Dos recámaras',
  };
  await floor.receive({ lead: 'A1', ...carla });
  await floor.receive({ lead: 'B1', name: 'Diego Soto', phone: '55 8765 4321' });
});
afterAll(() => floor.stop());

describe('whose leads one sees', () => {
  test('an advisor has their own day', async () => {
    const { body } = await (await as('ana')).get('/api/my-day');
    expect(body['leads']).toMatchObject([
      { id: 'A1', name: 'Carla Ruiz', givenBy: 'turn', holderName: 'Ana Torres' },
    ]);
    expect(body['turn']).toMatchObject({ onDuty: true, after: 1, because: [] });
    expect(body['week']).toMatchObject({ received: 1, missed: 0 });
  });

  test.each(['/api/leads/B1', '/api/leads/B1/timeline'])(
    'another’s lead does not exist: %s',
    async (path) => {
      const answer = await (await as('ana')).get(path);
      expect(answer).toMatchObject({ status: 404, code: 'no-such-lead' });
    },
  );

  test('nor can it be acted on', async () => {
    const ana = await as('ana');
    for (const [act, body] of [
      ['notes', { text: 'x' }],
      ['grade', { grade: 'A', reason: 'x' }],
      ['pass', { reason: 'x' }],
      ['call', {}],
    ] as const)
      expect(await ana.post(`/api/leads/B1/${act}`, body)).toMatchObject({
        status: 404,
        code: 'no-such-lead',
      });
  });

  test.each(['gil', 'dora', 'saul', 'administrator'])('%s sees those of the line below', async (person) => {
    const answer = await (await as(person)).get('/api/leads');
    expect(rowsOf(answer).map(({ id }) => id)).toEqual(['B1', 'A1']);
  });

  test('marketing sees no personal data, in the list, on the page or in the timeline', async () => {
    const mara = await as('mara');
    const list = rowsOf(await mara.get('/api/leads'));
    expect(list).toMatchObject([
      { name: 'D…', phone: '•••• 4321' },
      { name: 'C…', phone: '•••• 5678', email: '…' },
    ]);
    // What a search finds would tell what the mask hides, digit by digit.
    for (const personal of ['5678', 'carla'])
      expect(rowsOf(await mara.get(`/api/leads?search=${personal}`))).toEqual([]);
    expect(rowsOf(await (await as('ana')).get('/api/leads?search=5678'))).toHaveLength(1);
    expect(rowsOf(await mara.get('/api/leads?search=%231'))).toHaveLength(1);
    const page = await mara.get('/api/leads/A1');
    expect(page.body).toMatchObject({ received: null, person: null });
    await (await as('ana')).post('/api/leads/A1/notes', { text: 'Quiere ver el departamento el sábado' });
    const timeline = JSON.stringify((await mara.get('/api/leads/A1/timeline')).body);
    expect(timeline).not.toMatch(/Carla|departamento|carla@|12345678/);
  });

  test('keeps figures to whom they belong', async () => {
    const from = encodeURIComponent('2026-03-01T00:00:00.000Z');
    const ana = await as('ana');
    expect(rowsOf(await ana.get(`/api/leads?who=ana&did=received&from=${from}`))).toHaveLength(1);
    expect(await ana.get(`/api/leads?who=beto&did=received&from=${from}`)).toMatchObject({
      code: 'no-such-person',
    });
    expect((await ana.get('/api/team')).status).toBe(403);
  });
});

describe('why', () => {
  test('an assignment names its clause in the organization’s words, its facts and its terms', async () => {
    const { body } = await (await as('ana')).get('/api/leads/A1/timeline');
    const items = body['items'] as {
      said: string;
      why: { because: string[]; facts: { fact: string }[] } | null;
    }[];
    const assigned = items.find(({ said }) => said === 'assigned-turn');
    expect(assigned?.why?.facts.map(({ fact }) => fact)).toEqual([
      'source-sent',
      'received',
      'notice-due',
      'due',
    ]);
    const clauses = body['clauses'] as { ref: string; text: string; clause: string }[];
    const words = clauses.filter(({ ref }) => assigned?.why?.because.includes(ref));
    expect(words.map(({ clause }) => clause)).toContain('L3');
    expect(words.every(({ text }) => text.length > 20)).toBe(true);
  });

  test('in the language asked for', async () => {
    const ana = await as('ana');
    const ask = async (language: string): Promise<string> => {
      const { body } = await ana.get('/api/leads/A1/timeline', { 'accept-language': language });
      return JSON.stringify(body['clauses']);
    };
    expect(await ask('en')).not.toBe(await ask('es'));
  });
});

describe('calling', () => {
  test('the PBX rings the extension, then the prospect; the same press twice rings once', async () => {
    const ana = await as('ana');
    const first = await ana.post('/api/leads/A1/call', { intent: 'press-1' });
    expect(first.body).toMatchObject({ way: 'pbx', state: 'dialing' });
    const again = await ana.post('/api/leads/A1/call', { intent: 'press-1' });
    expect(again.body).toMatchObject({ way: 'pbx', state: 'dialing' });
    expect(dialed).toEqual(['101 +525512345678']);
  });

  test('while a phone may be ringing no other press rings', async () => {
    const answer = await (
      await as('ana')
    ).post('/api/leads/A1/call', { intent: 'press-2' }, { 'accept-language': 'en' });
    expect(answer).toMatchObject({ status: 409, code: 'call-in-hand' });
    expect(answer.message).toMatch(/^The PBX/);
    expect(dialed).toHaveLength(1);
  });

  test('an unknown answer is told, kept, and never asked again', async () => {
    floor.move(120_000);
    pbxSays = { unknown: 'no-answer', remedy: { es: 'Espere.', en: 'Wait.' } };
    const ana = await as('ana');
    expect((await ana.post('/api/leads/A1/call', { intent: 'press-3' })).body).toMatchObject({
      state: 'unknown',
      remedy: 'Espere.',
    });
    expect((await ana.post('/api/leads/A1/call', { intent: 'press-3' })).body).toMatchObject({
      state: 'unknown',
    });
    expect(dialed).toHaveLength(2);
    pbxSays = { dialing: { callId: '2' } };
  });

  test('the gate’s no comes with its clause, in both languages, and before the PBX is asked', async () => {
    const agreed = { opens: '06:00', closes: '07:00', weekdays: [1, 2, 3, 4, 5] };
    await floor.submit({ fact: 'organization.changed', settings: { agreedHours: agreed } });
    floor.move(120_000);
    const ana = await as('ana');
    const asked = dialed.length;
    for (const [language, words] of [
      ['es', /^Fuera del horario acordado/],
      ['en', /^Outside the agreed hours/],
    ] as const) {
      const no = await ana.post('/api/leads/A1/call', {}, { 'accept-language': language });
      expect(no).toMatchObject({ status: 409, code: 'outside-agreed-hours' });
      expect(no.message).toMatch(words);
      expect(no.body['error']).toMatchObject({
        detail: {
          because: [expect.stringMatching(/^contact-center-policy@.*#P3$/)],
          until: expect.any(String),
        },
      });
    }
    expect((await ana.get('/api/leads/A1')).body['acts']).toMatchObject({
      call: { refused: 'outside-agreed-hours' },
    });
    expect(dialed).toHaveLength(asked);
    await floor.submit({ fact: 'organization.changed', settings: { agreedHours: null } });
  });

  test('a manager calls for their own leads alone', async () => {
    const gil = await as('gil');
    const page = await gil.get('/api/leads/A1');
    // The lead of an advisor is there to see, not to call.
    expect(page.body['acts']).toMatchObject({ call: null, pass: { refused: 'not-holder' } });
    expect(await gil.post('/api/leads/A1/call', {})).toMatchObject({ status: 404 });
  });
});

describe('by hand', () => {
  const person = { name: 'Elena Mora', phone: '55 2222 1111', source: 'walk-in' };

  test('a walk-in is of whoever registers it', async () => {
    const ana = await as('ana');
    expect((await ana.post('/api/leads/register', { ...person, lead: 'W1' })).body).toMatchObject({
      lead: 'W1',
      outcome: 'yours',
    });
    expect((await ana.get('/api/leads/W1')).status).toBe(200);
    // A second press of the button, or an answer that was lost on the way.
    expect(await ana.post('/api/leads/register', { ...person, lead: 'W1' })).toMatchObject({
      status: 409,
      code: 'lead-exists',
    });
    const walkIns = rowsOf(await ana.get('/api/leads?source=walk-in'));
    expect(walkIns.map(({ id }) => id)).toEqual(['W1']);
  });

  test('one who is there already is of another: no contact, and the way', async () => {
    const beto = await as('beto');
    const answer = await beto.post('/api/leads/register', { ...person, name: 'Elena Mora', lead: 'W2' });
    expect(answer.body).toMatchObject({ outcome: 'of-another', holder: 'Ana Torres', way: 'claim' });
    expect(answer.body['because']).toEqual([expect.stringMatching(/^lead-reassignment@.*#L2$/)]);
    expect((await beto.get('/api/leads/W2')).status).toBe(404);
  });

  test.each([
    [{ phone: 'no tiene' }, 'phone-not-understood'],
    [{ phone: '', email: 'elena@' }, 'email-not-understood'],
    [{ phone: '' }, 'phone-or-email-needed'],
  ])('%o', async (change, code) => {
    const answer = await (await as('ana')).post('/api/leads/register', { ...person, ...change });
    expect(answer).toMatchObject({ status: 422, code });
  });
});

describe('the team', () => {
  test('a miss counts where it happened, is drawn, and opens its leads', async () => {
    floor.move(12 * 60_000);
    const gil = await as('gil');
    await expect
      .poll(async () => rowsOf(await gil.get('/api/team')).find(({ id }) => id === 'beto'))
      .toMatchObject({ today: { missed: 1, passed: 1 }, week: { received: 2, missed: 1 } });
    const answer = await gil.get('/api/team');
    const beto = rowsOf(answer).find(({ id }) => id === 'beto');
    expect(beto?.['missedByDay']).toEqual([0, 0, 0, 0, 0, 0, 1]);
    const from = encodeURIComponent(String(answer.body['weekFrom']));
    const missed = rowsOf(await gil.get(`/api/leads?who=beto&did=missed&from=${from}`));
    expect(missed.map(({ id }) => id)).toEqual(['B1']);
    // It is no longer Beto's to see; that it went is told, without its person.
    const day = await (await as('beto')).get('/api/my-day');
    expect(day.body['gone']).toMatchObject([{ id: 'B1', missed: true }]);
    expect(JSON.stringify(day.body)).not.toContain('Diego');
  });
});

describe('the leads behind a figure of the report', () => {
  test('are those that came in on that day at that hour, by source, and as many as it counts', async () => {
    const saul = await as('saul');
    const report = (await saul.get('/api/sources/report?days=30')).body as {
      from: string;
      to: string;
      hours: { source: string; day: string; hour: number; leads: number }[];
    };
    expect(report.hours.length).toBeGreaterThan(0);
    for (const { source, day, hour, leads } of report.hours) {
      const found = await saul.get(`/api/leads?source=${source}&day=${day}&hour=${hour}&limit=200`);
      expect(rowsOf(found)).toHaveLength(leads);
      const other = await saul.get(`/api/leads?source=${source}&day=${day}&hour=${(hour + 1) % 24}`);
      expect(rowsOf(other).map(({ id }) => id)).not.toContain(rowsOf(found)[0]?.['id']);
    }
    const all = report.hours.reduce((sum, { leads }) => sum + leads, 0);
    const days = `day=${report.from}&until=${report.to}&limit=200`;
    expect(rowsOf(await saul.get(`/api/leads?${days}`))).toHaveLength(all);
    // 3 March 2026 was a Tuesday.
    expect(rowsOf(await saul.get(`/api/leads?${days}&weekday=2`)).length).toBeGreaterThan(0);
    expect(rowsOf(await saul.get(`/api/leads?${days}&weekday=5`))).toHaveLength(0);
    expect(rowsOf(await saul.get('/api/leads?day=2026-03-02'))).toHaveLength(0);
    expect((await saul.get('/api/leads?day=2026-02-30')).status).toBe(400);
  });

  test('marketing finds them without who they are; an advisor finds their own', async () => {
    await floor.submit({
      fact: 'source.changed',
      source: 'feria',
      kind: 'file',
      name: 'Feria',
      zone: null,
      settings: {},
      enabled: true,
      secrets: [],
      door: null,
    });
    const mara = await as('mara');
    const rows = rowsOf(await mara.get('/api/leads?day=2026-03-03'));
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/Carla|Elena/);
    expect((await mara.get('/api/leads/sources')).body).toEqual({
      sources: [{ key: 'feria', name: 'Feria' }],
    });
    const own = rowsOf(await (await as('ana')).get('/api/leads?day=2026-03-03'));
    expect(new Set(own.map(({ holder }) => holder))).toEqual(new Set(['ana']));
  });
});
