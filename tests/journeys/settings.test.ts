import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { HOUR } from '../../src/platform/time.ts';
import { axeFaults, LAPTOP, openJourney, type Journey } from './program.ts';

let journey: Journey;
beforeAll(async () => {
  // No PBX answers there.
  journey = await openJourney({ outside: { callpickerBase: 'http://127.0.0.1:9' } });
});
afterAll(() => journey.stop());

const at = (page: Page, path: string) => page.goto(`${journey.address}${path}`);

it('proposes a reading for tomorrow and shows what changes; published, the version is listed', async () => {
  const page = await journey.signedIn('administrator', LAPTOP);
  await at(page, '/procedures?procedure=contact-center-policy&clause=L3');
  await page.getByRole('button', { name: 'Cambiar' }).click();
  const form = page.getByRole('form', { name: 'Cambiar' });
  expect(await form.getByRole('button', { name: /^Proponer/ }).isDisabled()).toBe(true);
  await form.getByText('Se asigna de todos modos').click();
  await form.getByLabel('Cierra').fill('19:00');
  expect(await form.getByText('18:00', { exact: true }).isVisible()).toBe(true);
  await form.getByRole('button', { name: /^Proponer para el 4 mar 2026/ }).click();
  await page.getByText('Versión propuesta').waitFor();
  const other = await journey.signedIn('saul', LAPTOP);
  await at(other, '/procedures');
  await other.getByRole('button', { name: /^Publicar para el 4 mar 2026/ }).click();
  await other.getByText('Versión publicada').waitFor();
  await at(page, '/procedures?procedure=contact-center-policy&clause=L3');
  const coming = page.getByRole('listitem').filter({ hasText: 'Por venir' });
  await coming.getByText('L3 · Cierra: 19:00').waitFor();
  // Today it is still read as before.
  await page
    .getByRole('listitem')
    .filter({ hasText: 'así se lee hoy' })
    .filter({ hasText: 'Espera y se asigna al abrir' })
    .waitFor();
  expect(await axeFaults(page)).toEqual([]);
});

it('says of a clause that is enforced that nothing else can happen', async () => {
  const page = await journey.signedIn('administrator', LAPTOP);
  const clause = page.getByRole('article');
  await at(page, '/procedures?procedure=contact-center-policy&clause=L4');
  await clause.getByText('no deja que ocurra otra cosa', { exact: false }).waitFor();
  await clause.getByRole('heading', { name: 'Qué hace aquí' }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
});

it('names the field of a version that cannot be', async () => {
  const page = await journey.signedIn('administrator', LAPTOP);
  await at(page, '/procedures?procedure=contact-center-policy&clause=L4');
  await page.getByRole('button', { name: 'Cambiar' }).click();
  await page.getByLabel('Minutos para contactar').fill('0');
  await page.getByRole('button', { name: /^Proponer/ }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('Minutos para contactar').getAttribute('aria-invalid')).toBe('true');
});

it('makes a web form, which brings a lead from its own page', async () => {
  const page = await journey.signedIn('mara', LAPTOP);
  await page.getByRole('heading', { name: 'Fuentes', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Agregar fuente' }).first().click();
  await page.getByRole('button', { name: /^Formulario web/ }).click();
  await page.locator('[data-panel]').getByLabel('Nombre', { exact: false }).first().fill('Landing de verano');
  await page.getByLabel('Zona de sus leads').selectOption('norte');
  await page.getByLabel('Segundos para llenarlo, al menos').fill('20');
  await page.getByRole('button', { name: 'Crear fuente' }).click();
  const address = await page.getByLabel('Dirección del formulario').textContent();
  expect(await page.getByLabel('Código para tu página').textContent()).toContain('<iframe');
  expect(await axeFaults(page)).toEqual([]);

  const visitor = await journey.open(new URL(address ?? '').pathname, LAPTOP);
  journey.move(30_000);
  await visitor.getByLabel('Nombre').fill('Rosa Gil');
  await visitor.getByLabel('Teléfono').fill('55 2222 1111');
  await visitor.getByRole('checkbox').check();
  await visitor.getByRole('button', { name: 'Enviar' }).click();
  await visitor.getByText('Gracias').waitFor();

  const row = page.getByRole('row').filter({ hasText: 'Landing de verano' });
  await row.getByText('1', { exact: true }).waitFor();
  await page.reload();
  await page.locator('[data-panel]').getByRole('listitem').filter({ hasText: 'Leído' }).waitFor();
  // Marketing sees that it came, not who it is.
  expect(await page.locator('body').textContent()).not.toContain('Rosa');
  const lead = await journey.program.database.inOrganization(journey.organization, (tx) =>
    sql<{
      zone: string;
    }>`select l.zone from leads l join lead_intakes i on i.lead = l.id where i.name = 'Rosa Gil'`.execute(tx),
  );
  expect(lead.rows).toEqual([{ zone: 'norte' }]);

  // Sooner than its twenty seconds only a program is done: nothing of it comes in.
  const hurried = await journey.open(new URL(address ?? '').pathname, LAPTOP);
  journey.move(10_000);
  await hurried.getByLabel('Nombre').fill('Robot Uno');
  await hurried.getByLabel('Teléfono').fill('55 2222 3333');
  await hurried.getByRole('checkbox').check();
  await hurried.getByRole('button', { name: 'Enviar' }).click();
  await hurried.getByText('Gracias').waitFor();
  const robots = await journey.program.database.inOrganization(journey.organization, (tx) =>
    sql`select from lead_intakes where name = 'Robot Uno'`.execute(tx),
  );
  expect(robots.rows).toEqual([]);
});

it('opens the leads behind a bar of the chart, by key, and behind an hour of the week', async () => {
  await journey.receive({ lead: 'H1', name: 'Hugo Paz', phone: '55 7000 0001' });
  journey.move(HOUR);
  await journey.receive({ lead: 'H2', name: 'Inés Luz', phone: '55 7000 0002', source: 'portal' });
  const page = await journey.signedIn('saul', LAPTOP);
  await at(page, '/sources');
  const bars = page.getByRole('link', { name: /^1\d:00/ });
  await bars.nth(1).waitFor();
  await bars.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await row('Inés Luz').waitFor();
  expect(await row('Hugo Paz').count()).toBe(0);
  expect(new URL(page.url()).search).toBe('?day=2026-03-03&hour=11');
  await page.getByText('Llegaron: 3 mar 2026, de 11:00 a 12:00').waitFor();
  await page.getByLabel('Hora en que llegaron').selectOption('10');
  await row('Hugo Paz').waitFor();
  await page.getByLabel('Fuente', { exact: true }).selectOption({ label: 'Landing de verano' });
  await row('Hugo Paz').waitFor({ state: 'detached' });
  await row('Rosa Gil').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  // An hour at which nothing came.
  await page.getByLabel('Hora en que llegaron').selectOption('3');
  await page.getByText('Ningún lead con estos filtros').waitFor();
  await page.getByRole('button', { name: 'Quitar filtro' }).click();
  await row('Rosa Gil').waitFor();

  await at(page, '/sources');
  await page.getByText('7 días').click();
  const cell = page.getByRole('cell').getByRole('link').first();
  await cell.waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await cell.click();
  await row('Hugo Paz').waitFor();
});

it('imports a file with two faulty rows and gives them back to be corrected', async () => {
  const page = await journey.signedIn('administrator', LAPTOP);
  await at(page, '/import');
  const rows = [
    'Nombre;Teléfono;Ciudad',
    'Eva Sol;55 3333 1111;Puebla',
    'Sin Nada;;León',
    'Luis Paz;5.512E+09;Toluca',
    'Ivo Rey;55 3333 2222;',
  ];
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'feria.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  await page.getByLabel('Qué es la columna «Teléfono»').waitFor();
  expect(await page.getByLabel('Qué es la columna «Teléfono»').inputValue()).toBe('phone');
  expect(await page.getByText('No se puede usar').count()).toBe(2);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByLabel('Qué es la columna «Ciudad»').selectOption('message');
  await page.getByRole('row').filter({ hasText: 'Eva Sol' }).waitFor();
  await page.getByRole('button', { name: 'Importar los leads' }).click();
  await page.getByText('Terminada').waitFor();
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Descargar las filas por corregir' }).click();
  const path = await (await waiting).path();
  const errors = await readFile(path, 'utf8');
  expect(errors).toContain('Sin Nada');
  expect(errors).toContain('Luis Paz');
  expect(errors).not.toContain('Eva Sol');
  expect(await axeFaults(page)).toEqual([]);

  // The next file of these columns is offered as this one was confirmed.
  await at(page, '/import');
  await page.locator('input[type="file"]').setInputFiles({
    name: 'feria-2.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Nombre;Ciudad;Teléfono\nIda Mar;Toluca;55 3333 4444\n'),
  });
  await page.getByText('se confirmaron la última vez en esta fuente: Nombre').waitFor();
  expect(await page.getByLabel('Qué es la columna «Ciudad»').inputValue()).toBe('message');
  // Marketing, who sees no personal data, finds how it comes and not who stands in it.
  const marketing = await journey.signedIn('mara', LAPTOP);
  await at(marketing, new URL(page.url()).pathname + new URL(page.url()).search);
  await marketing.getByText('Otra persona subió este archivo').waitFor();
  expect(await marketing.locator('#content').textContent()).not.toMatch(/Ida|Toluca|3333/);
  expect(await axeFaults(marketing)).toEqual([]);
});

it('shows a key once, and revokes it', async () => {
  const page = await journey.signedIn('administrator', LAPTOP);
  await at(page, '/settings/keys');
  await page.getByRole('button', { name: 'Crear llave' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nombre').fill('Sitio de ventas');
  await dialog.getByRole('button', { name: 'Crear llave' }).click();
  const key = (await dialog.getByLabel('Llave', { exact: true }).textContent()) ?? '';
  expect(key).toMatch(/^pauta_/);
  await dialog.getByRole('button', { name: 'Ya la copié' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Sitio de ventas' });
  await row.getByText('Vigente').waitFor();
  expect(await page.locator('body').textContent()).not.toContain(key);
  const lead = () =>
    fetch(`${journey.address}/api/receipts/none`, { headers: { authorization: `Bearer ${key}` } });
  expect((await lead()).status).toBe(404);
  await row.getByRole('button', { name: 'Revocar Sitio de ventas' }).click();
  await row.getByRole('button', { name: 'Revocar para siempre' }).click();
  await row.getByText('Revocada').waitFor();
  expect((await lead()).status).toBe(401);
});

it('tells whoever runs it how the installation is', async () => {
  const page = await journey.signedIn('administrator', { ...LAPTOP, language: 'en', scheme: 'dark' });
  await at(page, '/state');
  await page.getByRole('cell', { name: 'Deadlines (clock)' }).waitFor();
  await page.getByText('Run “npm run verify” on the server').waitFor();
  expect(await axeFaults(page)).toEqual([]);
});

it('sets up click to call, says what the PBX thinks of it, and how long refused leads are kept', async () => {
  const page = await journey.signedIn('administrator', LAPTOP);
  await at(page, '/settings/channels');
  await page.getByLabel('CLIENT ID').fill('id-1');
  await page.getByLabel('CLIENT SECRET').fill('un secreto del conmutador');
  const card = page.locator('form').filter({ has: page.getByLabel('CLIENT ID') });
  await card.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('button', { name: 'Probar la conexión' }).click();
  await page.getByText('La conexión no funcionó').waitFor();
  expect(await page.content()).not.toContain('un secreto del conmutador');
  expect(await axeFaults(page)).toEqual([]);
  await at(page, '/settings');
  await page.getByLabel('Días que se conserva').fill('30');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('Guardado').first().waitFor();
  await page.reload();
  expect(await page.getByLabel('Días que se conserva').inputValue()).toBe('30');
  expect(await axeFaults(page)).toEqual([]);
});
