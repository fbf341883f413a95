import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { DAY } from '../../src/calendar/index.ts';
import { HOUR, plus, SECOND } from '../../src/platform/time.ts';
import { axeFaults, LAPTOP, openJourney, PHONE, type Journey } from './program.ts';

let journey: Journey;
let page: Page;
const SHOTS = process.env['JOURNEY_SHOTS'];

/** Pictures for whoever wants to look at what the test saw. */
async function shot(of: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await of.screenshot({ path: join(SHOTS, `follow-up-${name}.png`) });
}

/** A lead of ana's that was called: the follow-up begins. */
async function contacted(lead: string, name: string, phone: string): Promise<void> {
  await journey.receive({ lead, name, phone });
  await journey.submit({ fact: 'lead.placed', lead, by: 'administrator', to: 'ana', reason: 'prueba' });
  journey.move(40 * SECOND);
  const call = {
    fact: 'call.reported',
    actor: 'pbx',
    call: `call-${lead}`,
    by: 'ana',
    lead,
    direction: 'out',
  };
  await journey.submit({
    ...call,
    startedAt: plus(journey.now(), -30 * SECOND),
    answered: true,
    talkSeconds: 25,
    ringSeconds: 5,
  });
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

beforeAll(async () => {
  journey = await openJourney();
  await contacted('L1', 'Carla Ruiz', '55 1234 5678');
  await contacted('L2', 'Diego Sol', '55 1234 5679');
  page = await journey.signedIn('ana', PHONE);
});
afterAll(() => journey.stop());
afterEach(({ task }) => shot(page, `after-${task.name.slice(0, 24).replaceAll(' ', '-')}`));

describe('an advisor follows up on a phone', () => {
  test('the day says which leads are not up to date, and why', async () => {
    const behind = page.getByRole('region', { name: 'Por actualizar' });
    await behind.getByText('Carla Ruiz').waitFor();
    expect(await behind.innerText()).toContain('Sin siguiente acción con fecha');
    await shot(page, 'day');
    expect(await axeFaults(page)).toEqual([]);
  });

  test('what comes next is noted with its date, and can be taken back', async () => {
    await page.goto(`${journey.address}/leads/L1`);
    await button(/^Siguiente acción/).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Detalle').fill('Mandar la ficha de dos recámaras');
    await shot(page, 'next');
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    const steps = page.getByRole('region', { name: 'Seguimiento' });
    await steps.getByText(/Mandar la ficha de dos recámaras/).waitFor();
    await button('Deshacer').click();
    await button(/^Siguiente acción/).waitFor();
  });

  test('a meeting is booked, and another at the same hour is not', async () => {
    const book = async (): Promise<void> => {
      await button(/^Agendar cita/).click();
      await page.getByRole('dialog').getByLabel('Dónde').fill('Sala de ventas');
      await page.getByRole('dialog').getByRole('button', { name: 'Agendar' }).click();
    };
    await book();
    const steps = page.getByRole('region', { name: 'Seguimiento' });
    await steps.getByText(/Sala de ventas/).waitFor();
    await steps.getByText('Cita', { exact: true }).first().waitFor();
    await shot(page, 'lead');
    await page.goto(`${journey.address}/leads/L2`);
    await book();
    await page.getByText(/A esa hora ya hay otra cita/).waitFor();
    await shot(page, 'clash');
    await page.keyboard.press('Escape');
  });

  test('the agenda shows it, and afterwards how it went', async () => {
    await page.goto(`${journey.address}/agenda`);
    await page.getByText('Sala de ventas').waitFor();
    await shot(page, 'agenda');
    expect(await axeFaults(page)).toEqual([]);
    journey.move(DAY + 3 * HOUR);
    await page.goto(`${journey.address}/agenda`);
    await page.getByText('Falta anotar cómo quedó').waitFor();
    await button('Se hizo').click();
    await page.getByText('Realizada').waitFor();
    await shot(page, 'agenda-held');
  });

  test('opportunity, reservation with its price, and the closing that waits five seconds', async () => {
    await page.goto(`${journey.address}/leads/L1`);
    await button('Oportunidad').click();
    await button('Quitar oportunidad').waitFor();
    await button('Apartado').click();
    await page.getByRole('dialog').getByLabel('Precio de venta').fill('1,850,000.50');
    await page.getByRole('dialog').getByRole('button', { name: 'Registrar apartado' }).click();
    const steps = page.getByRole('region', { name: 'Seguimiento' });
    await steps.getByText('$1,850,000.50').waitFor();
    await shot(page, 'reserved');
    await button('Registrar cierre').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Precio de venta').fill('1850000.50');
    await dialog.getByLabel('Comisión del asesor').fill('mucho');
    await dialog.getByRole('button', { name: 'Registrar cierre' }).click();
    await dialog.getByText(/solo números/).waitFor();
    await dialog.getByLabel('Comisión del asesor').fill('37000');
    await shot(page, 'close');
    await dialog.getByRole('button', { name: 'Registrar cierre' }).click();
    await steps.getByText('Cerrado').waitFor();
    await shot(page, 'closed');
  });

  test('a lost lead says why, and is reopened', async () => {
    await page.goto(`${journey.address}/leads/L2`);
    await button('Perdido').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Marcar perdido' }).click();
    await dialog.getByText('Falta el motivo').waitFor();
    await dialog.getByLabel('Motivo').selectOption('no-budget');
    await dialog.getByRole('button', { name: 'Marcar perdido' }).click();
    const steps = page.getByRole('region', { name: 'Seguimiento' });
    await steps.getByText('Sin presupuesto').waitFor();
    await shot(page, 'lost');
    await button('Reabrir').click();
    await button('Perdido').waitFor();
  });

  test('the week’s report has written itself and is sent', async () => {
    await page.goto(`${journey.address}/report`);
    await page.locator('[data-figure="appointments"] dd').waitFor();
    const figure = (name: string) => page.locator(`[data-figure="${name}"] dd`).innerText();
    expect(await figure('received')).toBe('2');
    expect(await figure('appointments')).toBe('1');
    expect(await figure('reservations')).toBe('1');
    await page.getByLabel('Comentario').fill('Buena semana');
    await shot(page, 'report');
    expect(await axeFaults(page)).toEqual([]);
    await button('Enviar reporte').click();
    await page
      .getByText(/^Enviado/)
      .first()
      .waitFor();
    await shot(page, 'report-sent');
  });
});

describe('the manager at the cut', () => {
  test('sees who sent, who is missing and what is behind', async () => {
    journey.move(6 * DAY);
    // The clock of the program sees the cut a moment later.
    await expect.poll(() => cutIs(), { timeout: 20_000, interval: 250 }).toBe(true);
    const gil = await journey.signedIn('gil', LAPTOP);
    await gil.goto(`${journey.address}/team`);
    await gil.getByRole('button', { name: 'Corte semanal' }).click();
    await gil.getByText('Ana Torres').waitFor();
    await gil.goto(`${journey.address}/cut?week=2026-03-02`);
    await gil.getByText('No se entregó a tiempo').first().waitFor();
    await gil
      .getByText(/^Enviado/)
      .first()
      .waitFor();
    await gil.getByText('Ana Torres').click();
    await gil.getByText('Buena semana').waitFor();
    await shot(gil, 'cut');
    expect(await axeFaults(gil)).toEqual([]);
    await gil.goto(`${journey.address}/team`);
    await gil.getByText('Por actualizar').first().waitFor();
    await shot(gil, 'team');
  });
});

function cutIs(): Promise<boolean> {
  return journey.program.database.inOrganization(journey.organization, async (tx) => {
    const found = await sql<{ cut: boolean }>`select cut from weeks where week = '2026-03-02'`.execute(tx);
    return found.rows[0]?.cut ?? false;
  });
}
