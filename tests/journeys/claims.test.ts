import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DAY } from '../../src/calendar/index.ts';
import { tinyPng } from '../png.ts';
import { addControlArea } from './control-area.ts';
import { axeFaults, openJourney, PHONE, type Journey } from './program.ts';

let journey: Journey;
let requester: Page;
let holder: Page;
let control: Page;
const PNG = { name: 'chat.png', mimeType: 'image/png', buffer: tinyPng() };

beforeAll(async () => {
  journey = await openJourney();
  await addControlArea(journey);
  await journey.receive({
    lead: 'A1',
    name: 'Carla Ruiz',
    phone: '55 1234 5678',
    email: 'carla@example.com',
  });
  await journey.submit({
    fact: 'call.reported',
    actor: 'pbx',
    call: 'k1',
    by: 'ana',
    lead: 'A1',
    direction: 'out',
    startedAt: journey.now(),
    answered: true,
    talkSeconds: 60,
    ringSeconds: 5,
  });
  journey.move(3 * DAY);
  [requester, holder, control] = await Promise.all([
    journey.signedIn('beto'),
    journey.signedIn('ana', PHONE),
    journey.signedIn('cora'),
  ]);
});
afterAll(() => journey?.stop());

const titled = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

test('the control area begins its day at its desk, which teaches what will come', async () => {
  await titled(control, 'Casos');
  await control.getByText('No hay casos abiertos').waitFor();
  expect(await axeFaults(control)).toEqual([]);
});

test('the advisor corrects a phone on the lead’s page, told in the field what is wrong with it; the change stays in sight', async () => {
  await holder.goto(`${journey.address}/leads/A1`);
  await holder.getByRole('button', { name: 'Corregir datos' }).click();
  const form = holder.getByRole('dialog');
  await form.getByText('Ahora dice: +525512345678').waitFor();
  await form.getByRole('button', { name: 'Guardar cambio' }).click();
  await form.getByText('Escribe cómo debe quedar').waitFor();
  await form.getByLabel('Teléfono correcto').fill('12');
  await holder.keyboard.press('Enter');
  await form.getByText(/Ese teléfono no se entiende: escríbelo con sus diez dígitos/).waitFor();
  expect(await axeFaults(holder)).toEqual([]);
  await form.getByLabel('Teléfono correcto').fill('55 8765 4321');
  await holder.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  await holder.getByText('Cambios a los datos (1)').click();
  expect(await holder.locator('del').innerText()).toBe('+525512345678');
  expect(await holder.locator('ins').innerText()).toBe('55 8765 4321');
  await holder
    .getByRole('link', { name: '55 8765 4321' })
    .or(holder.getByText('55 8765 4321'))
    .first()
    .waitFor();
  expect(await holder.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  journey.move(2 * DAY);
});

test('the requester is told what is missing before it is sent, and sends it whole', async () => {
  await requester.goto(`${journey.address}/claims`);
  await requester.getByText('No tienes solicitudes abiertas').waitFor();
  await requester.keyboard.press('n');
  await titled(requester, 'Pedir un lead');
  await requester.getByText(/Todavía falta: nombre del cliente, teléfono/).waitFor();
  const send = requester.getByRole('button', { name: 'Enviar solicitud' });
  expect(await send.isDisabled()).toBe(true);
  await requester.getByLabel('Nombre del cliente').fill('Carla Ruiz');
  await requester.getByLabel('Teléfono').fill('55 1234 5678');
  await requester.getByLabel('Correo').fill('carla@example.com');
  await requester.getByLabel('Origen').fill('Feria de marzo');
  await requester.locator('input[type="file"]').setInputFiles(PNG);
  await requester.getByText(/se guarda sin cambios/).waitFor();
  await requester.getByLabel('Fecha en la imagen', { exact: true }).fill('2026-03-01');
  await requester.getByLabel('Leí esa fecha en la imagen').check();
  await requester.getByLabel('La imagen muestra desde el primer contacto').check();
  expect(await axeFaults(requester)).toEqual([]);
  await send.click();
  await titled(requester, 'Carla Ruiz');
  await requester.getByText('Por pedir estatus').first().waitFor();
});

test('the control area asks for the status, by one key; nobody contacts from then on', async () => {
  const row = control.getByRole('row').filter({ hasText: 'Carla Ruiz' });
  await row.waitFor();
  await row.click();
  await control
    .locator('[data-panel]')
    .getByRole('button', { name: /Pedir estatus/ })
    .waitFor();
  await control.keyboard.press('e');
  await control.locator('[data-panel]').getByText('Nadie contacta').waitFor();
  // The phone was changed two days before the claim: the control area sees it, with what it said.
  const edits = control.locator('[data-panel]').locator('[data-flagged=true]');
  await edits.getByText('poco antes de la solicitud').waitFor();
  expect(await edits.innerText()).toContain('+525512345678 → 55 8765 4321');
  expect(await axeFaults(control)).toEqual([]);
});

test('the holder sees on the phone what counts already, and sends what is missing', async () => {
  await holder.goto(`${journey.address}/claims`);
  await holder.getByText('Carla Ruiz').first().click();
  await holder.getByText('registrado por Pauta').waitFor();
  await holder.getByRole('button', { name: 'Mandar pruebas' }).click();
  const form = holder.getByRole('dialog');
  await form.locator('input[type="file"]').setInputFiles(PNG);
  await form.getByText(/se guarda sin cambios/).waitFor();
  await form.getByLabel('Fecha y hora que se leen').fill('2026-03-06T11:30');
  await form.getByLabel('El cliente contestó').check();
  await form.getByLabel('Es todo: no mandaré más').check();
  expect(await axeFaults(holder)).toEqual([]);
  await form.getByRole('button', { name: 'Mandar y terminar' }).click();
  await form.waitFor({ state: 'detached' });
  await holder.getByText('enviado por el titular').waitFor();
  await holder.getByText('Se queda con su titular').first().waitFor();
});

test('the control area sees the terms on one line of time, and confirms', async () => {
  await control.locator('[data-panel]').getByRole('button', { name: 'Abrir en su página' }).click();
  await titled(control, 'Carla Ruiz');
  await control.getByRole('figure', { name: 'El caso en el tiempo' }).waitFor();
  await control.getByText('Cuentan 2 de 2.').waitFor();
  await control.getByText('el seguimiento cumple').first().waitFor();
  expect(await axeFaults(control)).toEqual([]);
  await control.keyboard.press('r');
  const form = control.getByRole('dialog');
  await form.getByText('Pasa a quien lo pidió').click();
  expect(await form.getByRole('button', { name: 'Resolver distinto' }).isDisabled()).toBe(true);
  await form.getByText('Se queda con su titular').click();
  await form.getByRole('button', { name: 'Confirmar' }).click();
  await form.waitFor({ state: 'detached' });
  await control.getByText(/Resolvió Cora Luna/).waitFor();
});

test('both parties see the ruling, and the one who asked may appeal once', async () => {
  await holder.getByText(/Resolvió Cora Luna/).waitFor();
  await requester.getByText(/Resolvió Cora Luna/).waitFor();
  await requester.getByText('¿Por qué?').first().click();
  await requester.getByRole('dialog').getByText(/L11/).first().waitFor();
  await requester.keyboard.press('Escape');
  await requester.getByRole('button', { name: 'Apelar' }).click();
  const form = requester.getByRole('dialog');
  await form.getByLabel('Razones').fill('Hablé antes con ella.');
  await form.getByRole('button', { name: 'Apelar' }).click();
  await form.waitFor({ state: 'detached' });
  await requester.getByText(/Apeló Beto Ríos/).waitFor();
});

test('what was ruled is drawn by reason', async () => {
  await control.goto(`${journey.address}/cases`);
  await control.getByText('Resueltos').click();
  await control.getByText('Resoluciones por razón, 90 días').waitFor();
  await control
    .getByText(/Se queda con su titular · el seguimiento cumple/)
    .first()
    .waitFor();
});
