/** An advisor talks with a client by WhatsApp: through the real webhook and outbox, with a Meta that is ours. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { startGraphServer, type GraphServer } from '../../simulator/fakes/graph-server.ts';
import { realTime } from '../../simulator/fakes/time.ts';
import {
  CLIENT_CATALOGS,
  CLIENT_TEMPLATES,
  clientTemplateName,
} from '../../src/messages/client-templates.ts';
import { saveChannel } from '../../src/messages/channels.store.ts';
import { placeholders } from '../../src/messages/templates.ts';
import { HOUR } from '../../src/platform/time.ts';
import { installationSecret, keyFor } from '../../src/platform/secret.ts';
import { axeFaults, LAPTOP, openJourney, PHONE, type Journey } from './program.ts';

let journey: Journey;
let graph: GraphServer;
const CLIENT = '525510000001';

beforeAll(async () => {
  graph = await startGraphServer({
    time: wallTime,
    token: 'T',
    appSecret: 'app secret',
    phoneNumberId: '1001',
    templates: CLIENT_TEMPLATES.map((template) => ({
      name: clientTemplateName(template),
      language: 'es_MX',
      variables: placeholders(CLIENT_CATALOGS['es-MX'].texts[template]).length,
    })),
    statusDelays: { sent: 50, delivered: 100, read: 200 },
    deliver: async (raw, headers) => {
      const url = `${journey.address}/hooks/whatsapp/${journey.organization}`;
      const answer = await fetch(url, { method: 'POST', body: new Uint8Array(raw), headers });
      return answer.status;
    },
  });
  journey = await openJourney({ outside: { whatsappBase: graph.base } });
  const { config, database } = journey.program;
  const key = keyFor(installationSecret({ given: config.secret, dataDir: config.dataDir }), 'channels');
  await database.inOrganization(journey.organization, (tx) =>
    saveChannel(tx, journey.organization, key, {
      kind: 'whatsapp',
      at: journey.now(),
      by: 'administrator',
      settings: {
        apiVersion: 'v24.0',
        phoneNumberId: '1001',
        token: 'T',
        appSecrets: ['app secret'],
        verifyToken: 'verify me',
        peopleADay: null,
      },
    }),
  );
  const { entries } = await journey.receive({ lead: 'talk', name: 'Carla Ruiz', phone: '55 1000 0001' });
  if (entries.find(({ entry }) => entry === 'lead.assigned')?.fields['to'] !== 'ana')
    await journey.submit({
      fact: 'lead.placed',
      lead: 'talk',
      by: 'administrator',
      to: 'ana',
      reason: 'prueba',
    });
  // Contacted in time, so that it stays with her.
  const call = { call: 'talk-1', by: 'ana', lead: 'talk', direction: 'out', answered: true };
  const lengths = { startedAt: journey.now(), talkSeconds: 30, ringSeconds: 5 };
  await journey.submit({ fact: 'call.reported', actor: 'pbx', ...call, ...lengths });
});
afterAll(async () => {
  await journey.stop();
  await graph.close();
});

/** Meta's clock is the floor's. */
const wallTime = { ...realTime(), now: () => journey.now() };

const bubble = (page: Page, words: string | RegExp) => page.locator('article').filter({ hasText: words });
const says = (body: string) => graph.inbound({ from: CLIENT, message: { type: 'text', text: { body } } });

describe('an advisor and a client by WhatsApp', () => {
  let page: Page;
  beforeAll(async () => {
    page = await journey.signedIn('ana', LAPTOP);
    await page.goto(`${journey.address}/leads/talk`);
  });

  test('before the client has written only a template goes, and the advisor sees what it says', async () => {
    await page.getByText('Conversación').click();
    await page.getByText('Todavía no hay mensajes').waitFor();
    await page.getByText('Pasaron 24 horas sin que escriba').waitFor();
    await page.getByRole('radio', { name: /Recibimos su solicitud/ }).click();
    await page.getByRole('button', { name: 'Enviar' }).click();
    await bubble(page, /Hola Carla, le saluda Ana Torres, de Inmobiliaria de Prueba/)
      .getByText('por salir')
      .waitFor();
    // Five seconds for thinking better of it.
    expect(graph.taken).toEqual([]);
    await bubble(page, /Hola Carla/)
      .getByText('leído')
      .waitFor({ timeout: 20_000 });
    expect(graph.taken.map(({ body }) => body.template?.name)).toEqual(['pauta_client_first_contact']);
  });

  test('what the client writes appears by itself, and can be answered in own words', async () => {
    await says('¿Sigue disponible el de dos recámaras?');
    await bubble(page, '¿Sigue disponible').waitFor();
    await page.getByText('Escribe libre hasta').waitFor();
    await page.getByPlaceholder('Escribe tu mensaje').fill('Sí, ¿quiere verlo el jueves?');
    await page.keyboard.press('Control+Enter');
    await bubble(page, 'quiere verlo el jueves').getByText('leído').waitFor({ timeout: 20_000 });
    expect(graph.taken.at(-1)?.body.text?.body).toBe('Sí, ¿quiere verlo el jueves?');
  });

  test('taken back within the five seconds it goes nowhere, and the words come back to the box', async () => {
    const before = graph.asked();
    await page.getByPlaceholder('Escribe tu mensaje').fill('Perdón, me equivoqué');
    await page.getByRole('button', { name: 'Enviar' }).click();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await bubble(page, 'me equivoqué').getByText('deshecho').waitFor();
    expect(await page.getByPlaceholder('Escribe tu mensaje').inputValue()).toBe('Perdón, me equivoqué');
    expect(graph.asked()).toBe(before);
    await page.getByPlaceholder('Escribe tu mensaje').fill('');
  });

  test('a photo is shown, with its hash', async () => {
    const id = graph.storeMedia(PIXEL, 'image/png');
    await graph.inbound({
      from: CLIENT,
      message: { type: 'image', image: { id, mime_type: 'image/png', caption: 'Mi sala' } },
    });
    const link = bubble(page, 'Mi sala').locator('a');
    await link.waitFor({ timeout: 20_000 });
    expect(await link.getAttribute('title')).toMatch(/^sha-256 [0-9a-f]{64}$/);
  });

  test('it reads well and is open to everybody', async () => {
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, 'talk-laptop');
    const phone = await journey.signedIn('ana', PHONE);
    await says('¿Hola?');
    await phone.goto(`${journey.address}/leads/talk`);
    await phone.getByText('Conversación').click();
    await bubble(phone, '¿Hola?').waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await shot(phone, 'talk-phone');
    const dark = await journey.signedIn('gil', { ...LAPTOP, scheme: 'dark', language: 'en' });
    await dark.goto(`${journey.address}/leads/talk`);
    await dark.getByText('Conversation').click();
    await bubble(dark, '¿Hola?').waitFor();
    await shot(dark, 'talk-dark');
  });

  test('a day later the box gives way to the templates again', async () => {
    journey.move(25 * HOUR);
    const page = await journey.signedIn('ana', LAPTOP);
    await page.goto(`${journey.address}/leads/talk`);
    await page.getByText('Conversación').click();
    await page.getByText('Pasaron 24 horas sin que escriba').waitFor();
  });
});

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['PAUTA_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
