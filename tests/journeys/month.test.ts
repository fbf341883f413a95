/** A whole month of the floor, screen by screen: the list, the guards, the leads, the report, the closing, the money. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { verifyCommand } from '../../cli/verify.ts';
import { features } from '../../src/features.ts';
import { MINUTE, SECOND } from '../../src/platform/time.ts';
import { axeFaults, LAPTOP, PHONE } from './program.ts';
import { openOutsideJourney, type Got, type OutsideJourney } from './outside.ts';

/** Tuesday 24 March 2026: April's list closes tomorrow at six. */
const AT = '2026-03-24T10:00:00-06:00';
const PHONES = {
  dora: '525510000001',
  gil: '525510000002',
  saul: '525510000003',
  administrator: '525510000004',
  ana: '525510000011',
  beto: '525510000012',
  caro: '525510000013',
  dani: '525510000014',
} as const;
type Who = keyof typeof PHONES;
/** Messages go out by real workers, a moment after the clock was moved. */
const SOON = { timeout: 20_000, interval: 100 };

const SUPPORT = { role: 'support', reportsTo: null, extension: null } as const;

let journey: OutsideJourney;
let key: string;
const pages = new Map<string, Page>();
const SHOTS = process.env['JOURNEY_SHOTS'];

beforeAll(async () => {
  journey = await openOutsideJourney({ at: AT, settings: { staffChannel: 'whatsapp' } });
  pages.set('administrator', journey.nora);
  const nobody = { role: 'advisor', zone: null, reportsTo: 'gil', email: null, extension: '104' };
  const fit = { internal: true, documents: 'complete', grade: 'pass', signed: true };
  await journey.submit({
    fact: 'person.registered',
    person: 'dani',
    name: 'Dani Mora',
    phone: null,
    ...nobody,
    ...fit,
  });
  for (const [person, name] of Object.entries({ ines: 'Inés Mora', raul: 'Raúl Cano' }))
    await journey.submit({
      fact: 'person.registered',
      person,
      name,
      phone: null,
      ...nobody,
      ...fit,
      ...SUPPORT,
    });
  for (const [person, phone] of Object.entries(PHONES))
    await journey.submit({ fact: 'person.changed', person, phone: `+${phone}` });
  for (const [person, sales] of Object.entries({ ana: 6, beto: 4, caro: 3, dani: 3 }))
    await journey.submit({
      fact: 'month.results',
      person,
      month: '2026-03',
      sales,
      leads: 40,
      closings: sales,
    });
  await journey.submit({
    fact: 'source.changed',
    source: 'web',
    kind: 'api',
    name: 'Sitio web',
    zone: null,
    settings: {},
    enabled: true,
    secrets: [],
    door: null,
  });
  const { organization } = journey;
  const made = { organization, name: 'web', scopes: ['leads.write'], by: 'administrator' } as const;
  ({ key } = await journey.program.access.createKey(made));
});
afterAll(() => journey?.stop());
afterEach(async ({ task }) => {
  if (SHOTS === undefined) return;
  for (const [who, page] of pages)
    await page.screenshot({
      path: join(SHOTS, `month-${task.name.slice(0, 20).replaceAll(' ', '-')}-${who}.png`),
    });
});

/** That person's own browser, at a screen. */
async function at(who: Who, path: string): Promise<Page> {
  const known = pages.get(who);
  const page = known ?? (await journey.signedIn(who, who === 'ana' ? PHONE : LAPTOP));
  pages.set(who, page);
  await page.goto(`${journey.address}${path}`);
  return page;
}

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const panel = (page: Page) => page.locator('[data-panel]');
/** The clock of the program jumps to that local time. */
const until = (local: string) => journey.move(Date.parse(`${local}-06:00`) - Date.parse(journey.now()));

/** The latest notice of a kind that has come to somebody's phone. */
async function notice(who: Who, template: string, words = ''): Promise<Got> {
  const of = () => journey.got(PHONES[who], template).findLast((got) => got.words.join(' ').includes(words));
  await expect.poll(of, { ...SOON, message: `${template} for ${who}` }).toBeDefined();
  const got = of();
  if (got === undefined) throw new Error(`${template} did not come to ${who}`);
  return got;
}

async function leadByApi(name: string, phone: string): Promise<string> {
  const answer = await fetch(`${journey.address}/api/leads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'web', name, phone, message: 'Quiero informes' }),
  });
  const told = (await answer.json()) as { lead: string; holder: { id: string } | null };
  expect(answer.status, JSON.stringify(told)).toBe(201);
  return told.lead;
}

test('the zone’s director sees who would be on the roster and why, and hands in her list in time', async () => {
  const dora = await at('dora', '/roster/proposal');
  await dora.getByText('Sin entregar').waitFor();
  await row(dora, 'Caro León').click();
  await panel(dora).getByText('3 ventas en mar 2026').waitFor();
  expect(await axeFaults(dora)).toEqual([]);
  await dora.getByRole('button', { name: 'Entregar con 4 personas' }).click();
  await dora.getByText('Entregada', { exact: true }).waitFor();
});

test('the administrator shares out the guards, two at a time, and publishes them', async () => {
  const nora = await at('administrator', '/shifts?month=2026-04');
  await nora.getByLabel(/^Mínimo/).fill('2');
  await nora.getByRole('button', { name: 'Repartir parejo' }).click();
  await nora.getByText('Todo el horario del mes queda cubierto.').waitFor();
  expect(await axeFaults(nora)).toEqual([]);
  await nora.getByRole('button', { name: 'Publicar', exact: false }).click();
  await nora.getByText(/^Publicadas/).waitFor();
});

test('on the 1st each gets the roster by WhatsApp: a button, words, and the one who does not answer', async () => {
  until('2026-04-01T08:00:01');
  const [ana, dani] = [await notice('ana', 'pauta_roster_month'), await notice('dani', 'pauta_roster_month')];
  expect(ana.words.join(' ')).toMatch(/abril de 2026 mié 1 a jue 30, 08:00–13:00/);
  await journey.press(PHONES.ana, ana);
  await journey.write(PHONES.dani, 'Sí, confirmo, gracias');
  await journey.press(PHONES.beto, await notice('beto', 'pauta_roster_month'));
  await notice('caro', 'pauta_roster_month');
  await Promise.all((['ana', 'beto', 'dani'] as const).map((who) => notice(who, 'pauta_roster_activated')));
  // To the 2nd: until the term ends whoever was active in March still is.
  until('2026-04-02T00:00:01');
  const told = await notice('gil', 'pauta_roster_unconfirmed');
  expect(told.words.join(' ')).toMatch(/Caro León/);
  const dora = await at('dora', '/roster?month=2026-04');
  await row(dora, 'Caro León').getByText('Falta que confirme').waitFor();
  await row(dora, 'Dani Mora').getByText('Activo').waitFor();
});

test('the link that came with the confirmation lets in once, and says so the second time', async () => {
  const { path } = await notice('dani', 'pauta_roster_activated');
  expect(path).toMatch(/^\/enter\/[\w-]{20,}$/);
  // Dani, who is new, has no account yet; a messenger that looks at the link first spends nothing.
  await fetch(`${journey.address}/api/sign-in-links/${path.slice('/enter/'.length)}`);
  const dani = await journey.open(path, PHONE);
  pages.set('dani', dani);
  await dani.getByRole('heading', { name: 'Hola, Dani' }).waitFor();
  await dani.getByLabel('Correo').fill('dani@example.com');
  await dani.locator('input[type="password"]').fill('otra frase larga y mía');
  await dani.getByRole('button', { name: 'Entrar' }).click();
  await dani.locator('#content').waitFor();
  await dani.getByRole('heading', { name: 'Mi día' }).waitFor();
  const again = await journey.open(path, PHONE);
  await again.getByText('Este enlace ya se usó: servía una sola vez.', { exact: false }).waitFor();
  expect(await axeFaults(again)).toEqual([]);
});

let carla: string;
test('leads come by the API to those on guard by turn; one is called in time, one goes on', async () => {
  until('2026-04-02T10:00:00');
  carla = await leadByApi('Carla Ruiz', '55 2000 0001');
  await leadByApi('Marco Lara', '55 2000 0002');
  const ana = await at('ana', '/my-day');
  await ana.getByText('Carla Ruiz').first().waitFor();
  await notice('beto', 'pauta_lead_assigned', 'Marco Lara');
  journey.move(2 * MINUTE);
  const call = { actor: 'pbx', call: 'carla-1', direction: 'out' };
  await journey.submit({ fact: 'call.started', ...call, by: 'ana', lead: carla });
  journey.move(40 * SECOND);
  await journey.submit({ fact: 'call.ended', ...call, answered: true, talkSeconds: 30, ringSeconds: 6 });
  journey.move(8 * MINUTE);
  await notice('beto', 'pauta_lead_taken_from_you', 'Marco Lara');
  await notice('ana', 'pauta_lead_reassigned_to_you', 'Marco Lara');
  await notice('gil', 'pauta_lead_taken_manager', 'Beto Ríos');
  const beto = await at('beto', '/my-day');
  expect(await beto.getByText('Marco Lara').count()).toBe(0);
});

test('follow-up on the phone: a visit that was held, an opportunity, a reservation', async () => {
  const ana = await at('ana', `/leads/${carla}`);
  const button = (name: string | RegExp) =>
    ana.getByRole('button', { name, exact: typeof name === 'string' });
  const dialog = ana.getByRole('dialog');
  await button(/^Agendar cita/).click();
  await dialog.getByLabel('Dónde').fill('Sala de ventas');
  await dialog.getByRole('button', { name: 'Agendar' }).click();
  await ana
    .getByText(/Sala de ventas/)
    .first()
    .waitFor();
  until('2026-04-04T12:00:00');
  await at('ana', '/agenda?day=2026-04-03');
  await button('Se hizo').click();
  await ana.getByText('Realizada').waitFor();
  await at('ana', `/leads/${carla}`);
  await button('Oportunidad').click();
  await button('Quitar oportunidad').waitFor();
  await button('Apartado').click();
  await dialog.getByLabel('Precio de venta').fill('1,850,000');
  await dialog.getByRole('button', { name: 'Registrar apartado' }).click();
  await ana.getByText('$1,850,000.00').first().waitFor();
});

test('the week’s report has written itself; one is sent with a word, those missing are in sight at the cut', async () => {
  until('2026-04-05T20:00:00');
  const ana = await at('ana', '/report');
  const figure = (name: string) => ana.locator(`[data-figure="${name}"] dd`).innerText();
  await ana.locator('[data-figure="received"] dd').waitFor();
  expect([await figure('received'), await figure('appointments'), await figure('reservations')]).toEqual([
    '2',
    '1',
    '1',
  ]);
  await ana.getByLabel('Comentario').fill('Carla aparta; falta su crédito');
  await ana.getByRole('button', { name: 'Enviar reporte' }).click();
  await ana
    .getByText(/^Enviado/)
    .first()
    .waitFor();
  until('2026-04-06T09:00:01');
  expect((await notice('gil', 'pauta_weekly_cut')).words.join(' ')).toMatch(/Beto Ríos/);
  for (const who of ['gil', 'saul'] as const) {
    const page = await at(who, '/cut?week=2026-03-30');
    await row(page, 'Beto Ríos').getByText('No se entregó a tiempo').waitFor();
    await row(page, 'Ana Torres')
      .getByText(/^Enviado/)
      .waitFor();
    await row(page, 'Ana Torres').click();
    await panel(page).getByText('Carla aparta; falta su crédito').waitFor();
  }
});

test('the closing, with its price and commissions, is told to the team and announced in the group', async () => {
  until('2026-04-10T11:00:00');
  const ana = await at('ana', `/leads/${carla}`);
  await ana.getByRole('button', { name: 'Registrar cierre' }).click();
  const dialog = ana.getByRole('dialog');
  await dialog.getByLabel('Precio de venta').fill('1850000');
  await dialog.getByLabel('Comisión del asesor').fill('37000');
  await dialog.getByLabel('Comisión del gerente').fill('9250');
  await dialog.getByRole('button', { name: 'Registrar cierre' }).click();
  // Only after the five seconds in which it can be taken back.
  await expect.poll(() => journey.telegram.posts.map(({ text }) => text), SOON).toHaveLength(1);
  expect(journey.telegram.posts[0]?.text).toMatch(/Ana Torres.*Sitio web/);
  expect(journey.telegram.posts[0]?.text).not.toContain('Carla');
  await notice('beto', 'pauta_sale_closed');
});

test('each statement adds up to the cent, and is taken along as a PDF', async () => {
  const ana = await at('ana', '/statement?month=2026-04');
  await ana.getByText('$37,000.00').first().waitFor();
  await ana.getByText('-$185.00').first().waitFor();
  await ana.getByText('$36,815.00').first().waitFor();
  const coming = ana.waitForEvent('download');
  await ana.getByRole('link', { name: 'PDF' }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await coming).createReadStream()) chunks.push(Buffer.from(chunk));
  const pdf = Buffer.concat(chunks).toString('latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
  const dora = await at('dora', '/money?month=2026-04');
  // 0.15 % of 9,250 is 13.875: rounded half up for the team, the manager keeps the rest.
  await row(dora, 'Gil García').getByText('$9,236.12').waitFor();
  expect(await axeFaults(dora)).toEqual([]);
});

test('the month’s results show the closing, and the journal gives the same tables again', async () => {
  const dora = await at('dora', '/reports?month=2026-04');
  await row(dora, 'Ana Torres')
    .getByText(/^50\s?%$/)
    .first()
    .waitFor();
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const code = await verifyCommand({
    arguments: ['--organization', journey.organization],
    config: journey.program.config,
    features,
    migrations: join(import.meta.dirname, '../../migrations'),
    clock: { now: journey.now },
    print,
    complain: print,
  });
  expect({ code, lines }).toMatchObject({ code: 0 });
});
