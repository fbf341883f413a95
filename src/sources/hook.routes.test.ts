import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startCallpicker, type CallpickerServer } from '../../simulator/fakes/callpicker-server.ts';
import { startMetaLeads, type MetaLeadsServer } from '../../simulator/fakes/meta-leads-server.ts';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { FLOOR_START, openFloor, type IntakeFloor } from '../../tests/intake-floor.ts';
import { signatureOf } from '../platform/signed-body.ts';
import { HOUR, MINUTE, plus } from '../platform/time.ts';
import { takeInMessage } from './first-message.ts';
import { backfillDue, settleWaiting, watchForms } from './receipts.jobs.ts';

const TIMES = 5;
let test: TestDatabase;
let floor: IntakeFloor;
let graph: MetaLeadsServer;
let pbx: CallpickerServer;
let hooks: { meta: string; google: string; pbx: string };

beforeAll(async () => {
  test = await testDatabase();
  graph = await startMetaLeads({ appSecret: 'app secret', pageToken: 'page token' });
  pbx = await startCallpicker({
    clientId: 'c',
    clientSecret: 's',
    zone: 'America/Mexico_City',
    companyLine: '525555000111',
    nowMs: () => Date.parse(floor.now),
  });
  floor = await openFloor(test.url, { graphUrl: graph.url });
  hooks = {
    meta: await floor.source('facebook', {
      kind: 'meta',
      secrets: { 'app-secret': 'app secret', 'verify-token': 'verify me', 'page-token': 'page token' },
    }),
    google: await floor.source('google', { kind: 'google', secrets: { key: 'google key' } }),
    pbx: await floor.source('central', { kind: 'pbx', settings: { companyLines: ['+525555000111'] } }),
  };
  await floor.source('portal', { kind: 'api' });
});
afterAll(async () => {
  await floor.close();
  await graph.close();
  await pbx.close();
  await test.drop();
});

const send = (url: string, body: string, headers: Record<string, string> = {}) =>
  floor.http.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
const notified = (leads: Parameters<MetaLeadsServer['notification']>[0]) => {
  const { body, headers } = graph.notification(leads);
  return send(hooks.meta, body, headers);
};
/** Everything that waits is fetched and decided. */
const settleAll = async () => {
  while ((await settleWaiting(floor.parts)).taken > 0);
};
const nowMs = () => Date.parse(floor.now);
let phones = 5_544_330_000;
const phone = () => String((phones += 1));
const leadsOf = (source: string, where = 'true') => floor.count('leads', `source = '${source}' and ${where}`);

const googleBody = (more: Record<string, unknown> = {}) =>
  JSON.stringify({
    lead_id: `g-${phones}`,
    user_column_data: [
      { column_id: 'FULL_NAME', string_value: 'Gloria Paz' },
      { column_id: 'PHONE_NUMBER', string_value: `+52${phone()}` },
      { column_id: 'CITY', string_value: '' },
    ],
    api_version: '1.0',
    form_id: 40,
    campaign_id: 1,
    google_key: 'google key',
    ...more,
  }).replace('"campaign_id":1', '"campaign_id":9007199254740993123');

const call = (more: Record<string, unknown> = {}) => ({
  direction: 'out' as const,
  startedAt: nowMs(),
  ringSeconds: 5,
  talkSeconds: 60,
  otherParty: phone(),
  advisor: 'Ana Ruiz',
  ...more,
});
const heard = async (
  told: Parameters<CallpickerServer['event']>[0],
  shape: Parameters<CallpickerServer['event']>[1],
) => {
  const { body, contentType } = pbx.event(told, shape);
  return send(hooks.pbx, body, { 'content-type': contentType });
};

describe('Meta', () => {
  it('shakes hands with the token of the source, and no other', async () => {
    const ask = (token: string) =>
      floor.http.app.inject({
        method: 'GET',
        url: `${hooks.meta}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=4711`,
      });
    expect((await ask('verify%20me')).body).toBe('4711');
    expect((await ask('wrong')).statusCode).toBe(403);
    expect((await floor.http.app.inject({ method: 'GET', url: '/hooks/meta/unknown' })).statusCode).toBe(404);
  });

  it('unsigned: 401, and nothing is kept', async () => {
    const before = await floor.count('receipts');
    const body = graph.notification([]).body;
    for (const headers of [
      {},
      { 'x-hub-signature-256': signatureOf(body, 'another') },
      { 'x-hub-signature-256': '' },
    ])
      expect((await send(hooks.meta, body, headers as Record<string, string>)).statusCode).toBe(401);
    expect(await floor.count('receipts')).toBe(before);
  });

  it('a notification five times and out of order is one lead each, fetched with ids whole', async () => {
    const leads = Array.from({ length: 3 }, (_, i) =>
      graph.addLead('77', nowMs() - i * MINUTE, {
        full_name: `Meta ${i}`,
        phone_number: phone(),
        nothing: [],
      }),
    );
    const [one, two, three] = leads;
    if (one === undefined || two === undefined || three === undefined) throw new Error('three leads');
    for (let i = 0; i < TIMES; i += 1) {
      expect((await notified([three, one])).statusCode).toBe(200);
      if (i === 1) await settleAll();
      expect((await notified([two])).statusCode).toBe(200);
    }
    await settleAll();
    expect(await leadsOf('facebook')).toBe(3);
    for (const lead of leads) expect(await leadsOf('facebook', `source_id = '${lead.id}'`)).toBe(1);
    const [first] = await floor.rows<{ sentAt: string }>(
      `select sent_at from leads where source_id = '${two.id}'`,
    );
    expect(first?.sentAt).toBe(plus(floor.now, -MINUTE));
  });

  it('a test lead reaches no turn', async () => {
    const lead = graph.addTestLead('77', nowMs());
    await notified([lead]);
    await settleAll();
    expect(await leadsOf('facebook', `source_id = '${lead.id}' and stage = 'refused'`)).toBe(1);
  });

  it('limited or broken: fetched later', async () => {
    const lead = graph.addLead('77', nowMs(), { full_name: 'Luego', phone_number: phone() });
    graph.trouble('server-error', 'page-rate-limited');
    await notified([lead]);
    await settleAll();
    expect(await leadsOf('facebook', `source_id = '${lead.id}'`)).toBe(0);
    for (let i = 0; i < 3; i += 1) {
      floor.advance(HOUR);
      await settleAll();
    }
    expect(await leadsOf('facebook', `source_id = '${lead.id}'`)).toBe(1);
  });

  it('a token withdrawn is shown with its remedy, and all is fetched once it is repaired', async () => {
    const lead = graph.addLead('77', nowMs(), { full_name: 'Sin acceso', phone_number: phone() });
    graph.trouble('token-expired');
    await notified([lead]);
    await settleAll();
    const [state] = await floor.rows<{ trouble: { code: string; remedy: { es: string } } }>(
      `select trouble from source_states where source = 'facebook'`,
    );
    expect(state?.trouble.code).toBe('token-invalid');
    expect(state?.trouble.remedy.es).toMatch(/conectar la página/);
    const [kept] = await floor.rows<{ fault: unknown }>(
      `select fault from receipts where source_id = '${lead.id}'`,
    );
    expect(JSON.stringify(kept?.fault)).not.toContain('EAAfake');
    graph.trouble('token-expired');
    const asked = await send('/api/sources/facebook/test', '{"form":"77"}');
    expect(asked.json()).toMatchObject({ works: false, why: 'token-invalid' });
    expect((await send('/api/sources/facebook/test', '{"form":"77"}')).json()).toEqual({ works: true });
    floor.advance(HOUR);
    await settleAll();
    expect(await leadsOf('facebook', `source_id = '${lead.id}'`)).toBe(1);
    expect(await floor.count('source_states', `source = 'facebook' and trouble is null`)).toBe(1);
  });

  it('what no notification told of is found by reading the form, page by page, once', async () => {
    const before = await leadsOf('facebook');
    for (let i = 0; i < 120; i += 1)
      graph.addLead('88', nowMs() - i * MINUTE, { full_name: `Atrás ${i}`, phone_number: phone() });
    await watchForms(floor.parts, floor.organization, 'facebook', ['88']);
    expect(await backfillDue(floor.parts)).toBe(1);
    expect(await leadsOf('facebook')).toBe(before + 120);
    expect(await backfillDue(floor.parts)).toBe(0);
    floor.advance(2 * HOUR);
    expect(await backfillDue(floor.parts)).toBe(1);
    expect(await leadsOf('facebook')).toBe(before + 120);
    const [read] = await floor.rows<{ watermark: string }>(`select watermark from meta_watermarks`);
    expect(read?.watermark).toBe(plus(floor.now, -2 * HOUR));
  });
});

describe('Google', () => {
  it('another key: 403, and nothing is kept', async () => {
    const before = await floor.count('receipts');
    expect((await send(hooks.google, googleBody({ google_key: 'guess' }))).statusCode).toBe(403);
    expect((await send(hooks.google, '{')).statusCode).toBe(400);
    expect(await floor.count('receipts')).toBe(before);
  });

  it('five times is one lead, its ids whole', async () => {
    const told = googleBody({ lead_id: 'g-five' });
    for (let i = 0; i < TIMES; i += 1) expect((await send(hooks.google, told)).statusCode).toBe(200);
    expect(await leadsOf('google', `source_id = 'g-five'`)).toBe(1);
    const [intake] = await floor.rows<{ campaign: { campaignId: string } }>(
      `select campaign from lead_intakes i join leads l on l.id = i.lead where l.source_id = 'g-five'`,
    );
    expect(intake?.campaign.campaignId).toBe('9007199254740993123');
  });

  it('a test lead reaches no turn; one without any way to reach is kept with its fault', async () => {
    await send(hooks.google, googleBody({ lead_id: 'g-test', is_test: true }));
    expect(await leadsOf('google', `source_id = 'g-test' and stage = 'refused'`)).toBe(1);
    const nobody = googleBody({ lead_id: 'g-nobody', user_column_data: [] });
    expect((await send(hooks.google, nobody)).statusCode).toBe(200);
    expect(await floor.count('receipts', `source = 'google' and state = 'faulty'`)).toBe(1);
  });

  it('two keys live while one is changed', async () => {
    await floor.source('google', { kind: 'google', secrets: { key: 'new key' }, keepOldSecrets: true });
    expect((await send(hooks.google, googleBody({ lead_id: 'g-a' }))).statusCode).toBe(200);
    expect((await send(hooks.google, googleBody({ lead_id: 'g-b', google_key: 'new key' }))).statusCode).toBe(
      200,
    );
    await floor.source('google', { kind: 'google', secrets: { key: 'newest' } });
    expect((await send(hooks.google, googleBody({ lead_id: 'g-c' }))).statusCode).toBe(403);
    const secrets = await floor.rows<{ sealed: string }>(`select sealed from source_secrets`);
    expect(JSON.stringify(secrets)).not.toContain('key');
    expect(await floor.count('journal', `fields::text like '%new key%'`)).toBe(0);
  });
});

describe('the PBX', () => {
  it('maps an extension and a name to a person, from a day on', async () => {
    const from = plus(FLOOR_START, -HOUR);
    for (const mapped of [
      { person: 'ana', name: 'Ana Ruiz', from },
      { person: 'beto', extension: '102', from },
    ]) {
      const answer = await send('/api/sources/central/extensions', JSON.stringify(mapped));
      expect(answer.statusCode).toBe(200);
    }
  });

  for (const shape of ['v2-json', 'v2-form', 'old-json', 'old-form'] as const) {
    it(`${shape}: five times is one call, with its lead and advisor`, async () => {
      const number = phone();
      const made = await send(
        '/api/leads',
        JSON.stringify({ source: 'portal', name: 'Con Llamada', phone: number }),
      );
      const { lead } = made.json<{ lead: string }>();
      floor.advance(MINUTE);
      const told = call({ callId: `o-${shape}`, otherParty: number });
      for (let i = 0; i < TIMES; i += 1) expect((await heard(told, shape)).statusCode).toBe(200);
      const calls = await floor.rows<{ lead: string; by: string }>(
        `select lead, by from calls where id like 'o-${shape}#%'`,
      );
      expect(calls).toEqual([{ lead, by: 'ana' }]);
    });
  }

  it('an inbound call from a number of nobody makes a lead, once', async () => {
    const before = await leadsOf('central');
    const told = call({ direction: 'in', callId: 'i-new', talkSeconds: 0, status: 'No Answer' });
    for (let i = 0; i < TIMES; i += 1) await heard(told, 'v2-json');
    expect(await leadsOf('central')).toBe(before + 1);
    expect(await floor.count('calls', `id = 'i-new#1' and lead is not null`)).toBe(1);
  });

  it('an advisor nobody knows is shown, and counts once the extension is mapped', async () => {
    const number = phone();
    await send('/api/leads', JSON.stringify({ source: 'portal', name: 'Otra', phone: number }));
    floor.advance(MINUTE);
    await heard(call({ callId: 'o-who', otherParty: number, advisor: 'Nadie Conocido' }), 'v2-json');
    const [kept] = await floor.rows<{ id: string; fault: { code: string } }>(
      `select id, fault from receipts where source_id = 'o-who#1' and state = 'done'`,
    );
    expect(kept?.fault.code).toBe('unknown-advisor');
    const mapped = { person: 'carla', name: 'Nadie Conocido', from: plus(FLOOR_START, -HOUR) };
    await send('/api/sources/central/extensions', JSON.stringify(mapped));
    await send(`/api/receipts/${kept?.id}/process`, '');
    expect(await floor.rows(`select by from calls where id = 'o-who#1'`)).toEqual([{ by: 'carla' }]);
    expect(await floor.count('receipts', `source_id = 'o-who#1' and fault is null`)).toBe(1);
  });

  it('a body with a fault is answered 4xx and kept', async () => {
    const before = await floor.count('receipts', `source = 'central' and state = 'faulty'`);
    expect((await send(hooks.pbx, '{"call_id":""}')).statusCode).toBe(422);
    expect(await floor.count('receipts', `source = 'central' and state = 'faulty'`)).toBe(before + 1);
  });
});

it('a first WhatsApp message makes a lead, once; the next ones of that person do not', async () => {
  await floor.source('whatsapp', { kind: 'whatsapp' });
  const message = {
    kind: 'inbound',
    id: 'wamid.1',
    from: `+521${phone()}`,
    profileName: 'Wendy',
    at: floor.now,
    type: 'text',
    text: 'Hola',
  } as const;
  for (let i = 0; i < TIMES; i += 1) await takeInMessage(floor.parts, floor.organization, message);
  await takeInMessage(floor.parts, floor.organization, { ...message, id: 'wamid.2', text: 'Sigo aquí' });
  expect(await leadsOf('whatsapp')).toBe(1);
  expect(await floor.count('receipts', `source = 'whatsapp' and state = 'done'`)).toBe(2);
});

it('a source changed is in the journal without its secrets', async () => {
  const entries = await floor.rows<{ fields: { source: string; secretsSet: string[] } }>(
    `select fields from journal where entry = 'source.changed' and fields->>'source' = 'facebook'`,
  );
  expect(entries[0]?.fields.secretsSet).toEqual(['app-secret', 'verify-token', 'page-token']);
  expect(JSON.stringify(entries)).not.toContain('page token');
});
