import { afterAll, beforeAll, expect, it } from 'vitest';

import { axeFaults, LAPTOP, openJourney, PHONE, type Journey } from './program.ts';

/** A center in Bogotá: its own words (usted), numbers (1.234), phones and clauses; nothing of Mexico shows through. */
let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ country: 'CO' });
});
afterAll(() => journey.stop());

/** What only somebody who says «tú» would read. */
const TU = /(?<!\p{L})(?:tú|te|ti|tus?|tienes|puedes|quieres)(?!\p{L})/iu;

it('sets up a form in the words of the country, which brings a lead with a Colombian phone', async () => {
  const page = await journey.signedIn('mara', LAPTOP);
  await page.getByText('Agregue la página, el anuncio o el programa').waitFor();
  await page.getByRole('button', { name: 'Agregar fuente' }).first().click();
  await page.getByRole('button', { name: /^Formulario web/ }).click();
  const panel = page.locator('[data-panel]');
  await panel.getByLabel('Nombre', { exact: false }).first().fill('Feria de Bogotá');
  expect(await panel.getByLabel('Autorización de datos personales').inputValue()).toContain('Autorizo a');
  await panel.getByLabel('Zona de sus leads').selectOption('norte');
  expect(await panel.textContent()).not.toMatch(TU);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Crear fuente' }).click();
  const address = await page.getByLabel('Dirección del formulario').textContent();
  const visitor = await journey.open(new URL(address ?? '').pathname, LAPTOP);
  await visitor.getByText('Déjenos sus datos').waitFor();
  expect(await visitor.locator('body').textContent()).not.toMatch(TU);
  journey.move(30_000);
  await visitor.getByLabel('Nombre').fill('Luz Mery Rojas');
  await visitor.getByLabel('Teléfono').fill('300 123 4567');
  await visitor.getByRole('checkbox').check();
  await visitor.getByRole('button', { name: 'Enviar' }).click();
  await visitor.getByText('Gracias. Lo contactamos en unos minutos.').waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: 'Feria de Bogotá' })
    .getByText('1', { exact: true })
    .waitFor();
});

it('opens the lead behind the bar with its number as it is written there, and says usted throughout', async () => {
  const page = await journey.signedIn('saul', LAPTOP);
  await page.goto(`${journey.address}/sources`);
  await page
    .getByRole('link', { name: /^1\d:00/ })
    .first()
    .click();
  const row = page.getByRole('row').filter({ hasText: 'Luz Mery Rojas' });
  await row.getByText('300 123 4567').waitFor();
  await row.click();
  const panel = page.locator('[data-panel]');
  await panel.getByText('Asignado a Ana Torres por turno').waitFor();
  await page.goto(`${journey.address}/procedures`);
  await page.getByRole('heading', { name: 'Procedimientos', level: 1 }).waitFor();
  await page.getByRole('article').waitFor();
  for (const path of ['/now', '/leads', '/procedures', '/journal']) {
    await page.goto(`${journey.address}${path}`);
    await page.getByRole('row').or(page.getByRole('article')).first().waitFor();
    expect(await page.locator('#content').textContent(), path).not.toMatch(TU);
    expect(await axeFaults(page), path).toEqual([]);
  }
});

it('says of a clause nothing is built for that it is kept outside the system', async () => {
  const page = await journey.signedIn('administrator', LAPTOP);
  await page.goto(`${journey.address}/procedures?procedure=telecom-outbound&clause=D1`);
  const clause = page.getByRole('article');
  await clause.getByText('Todavía no', { exact: true }).waitFor();
  await clause.getByText('Se cumple fuera del sistema', { exact: false }).waitFor();
  await clause.getByRole('heading', { name: 'Qué hará aquí' }).waitFor();
  expect(await clause.getByText('no deja que ocurra otra cosa', { exact: false }).count()).toBe(0);
});

it('keeps commissions, cases and audits in pesos of the country, and says usted there too', async () => {
  await journey.receive({ lead: 'L9', name: 'Rosa Pardo', phone: '300 123 4599' });
  const amounts = { price: '450000000', advisorCommission: '9000000', managerCommission: '1500000' };
  await journey.submit({ fact: 'sale.closed', by: 'ana', lead: 'L9', sale: 'S9', ...amounts });
  const saul = await journey.signedIn('saul', LAPTOP);
  await saul.goto(`${journey.address}/money`);
  await saul.getByRole('row').filter({ hasText: 'Ana Torres' }).getByText('$ 9.000.000').first().waitFor();
  const ana = await journey.signedIn('ana', PHONE);
  for (const [page, path, words] of [
    [saul, '/money', 'Comisiones'],
    [saul, '/sanctions', 'Casos de sanción'],
    [saul, '/audits', 'Auditorías'],
    [ana, '/statement', 'Mi estado de cuenta'],
    [ana, '/sanctions', 'Casos de sanción'],
    [ana, '/audits', 'Auditorías'],
  ] as const) {
    await page.goto(`${journey.address}${path}`);
    await page.getByRole('heading', { level: 1, name: words }).waitFor();
    await page
      .getByRole('row')
      .or(page.getByRole('heading', { level: 2 }))
      .or(page.getByText('Queda'))
      .first()
      .waitFor();
    expect(await page.locator('#content').textContent(), path).not.toMatch(TU);
    expect(await axeFaults(page), path).toEqual([]);
  }
});
