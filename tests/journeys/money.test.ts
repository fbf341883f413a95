import { inflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { HOUR, MINUTE } from '../../src/platform/time.ts';
import { axeFaults, LAPTOP, openJourney, PHONE, type Journey } from './program.ts';

/** A closing's money from the day it is recorded to what a correction, a sanction and an audit do to it. */
let journey: Journey;
let ana: Page;
let dora: Page;
let nora: Page;
const at = (page: Page, path: string) => page.goto(`${journey.address}${path}`);
const panel = (page: Page) => page.locator('[data-panel]');
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

beforeAll(async () => {
  journey = await openJourney();
  const nobody = { zone: null, reportsTo: null, phone: null, extension: null };
  const fit = { internal: true, documents: 'complete', grade: 'pass', signed: true };
  for (const [person, name] of [
    ['ines', 'Inés Mora'],
    ['raul', 'Raúl Cano'],
  ] as const)
    await journey.submit({
      fact: 'person.registered',
      person,
      name,
      role: 'support',
      email: `${person}@example.com`,
      ...nobody,
      ...fit,
    });
  await journey.receive({ lead: 'L1', name: 'Carla Ruiz', phone: '55 1234 5678' });
  await journey.submit({
    fact: 'call.reported',
    actor: 'pbx',
    call: 'call-1',
    by: 'ana',
    lead: 'L1',
    direction: 'out',
    startedAt: journey.now(),
    answered: true,
    talkSeconds: 95,
    ringSeconds: 6,
    recordings: ['https://recordings.example.com/call-1'],
  });
  await journey.receive({ lead: 'L2', name: 'Marco Lara', phone: '55 1234 5679' });
  await journey.receive({ lead: 'L3', name: 'Lía Campos', phone: '55 1234 5680' });
  await journey.submit({
    fact: 'sale.closed',
    by: 'ana',
    lead: 'L1',
    sale: 'S1',
    price: '2500000',
    advisorCommission: '100000',
    managerCommission: '33333.33',
  });
  ana = await journey.signedIn('ana', PHONE);
  dora = await journey.signedIn('dora', LAPTOP);
  nora = await journey.signedIn('administrator', LAPTOP);
});
afterAll(() => journey?.stop());

test('the advisor reads the month on a phone: what came, what came off, and which clause', async () => {
  await at(ana, '/statement');
  await ana.getByRole('heading', { level: 1, name: 'Mi estado de cuenta' }).waitFor();
  await ana.getByText('$99,500.00').first().waitFor();
  await ana.getByText('Para el equipo de soporte, 0.50 %').waitFor();
  await ana.getByText('Carla Ruiz').waitFor();
  await ana.getByRole('button', { name: '¿Por qué?' }).click();
  await ana.getByRole('link', { name: 'Política del contact center P6' }).waitFor();
  await ana.keyboard.press('Escape');
  expect(await axeFaults(ana)).toEqual([]);
});

test('the same month as a file: a PDF with its clause, a sheet that is one', async () => {
  const pdf = await ana.request.get(`${journey.address}/api/money/statement.pdf`);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  const bytes = await pdf.body();
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pagesOf(bytes)).toBeGreaterThan(0);
  const sheet = await ana.request.get(`${journey.address}/api/money/statement.xlsx`);
  expect((await sheet.body()).subarray(0, 2).toString()).toBe('PK');
  const others = await ana.request.get(`${journey.address}/api/money/statement.pdf?person=gil`);
  expect(others.status()).toBe(404);
});

/** Objects that draw something: a page whose content stream inflates. */
function pagesOf(bytes: Buffer): number {
  const text = bytes.toString('latin1');
  return [...text.matchAll(/stream\r?\n/g)].filter(({ index, 0: head }) => {
    try {
      return inflateSync(bytes.subarray(index + head.length))
        .toString('latin1')
        .includes('BT');
    } catch {
      return false;
    }
  }).length;
}

test('the zone director sees each person’s month, opens a closing and corrects it; the difference is shown', async () => {
  await at(dora, '/money');
  await row(dora, 'Ana Torres').getByText('$99,500.00').waitFor();
  await row(dora, 'Gil García').getByText('$33,283.33').waitFor();
  await row(dora, 'Ana Torres').click();
  await panel(dora).getByRole('button', { name: 'Carla Ruiz' }).click();
  await panel(dora).getByText('por el contact center').waitFor();
  expect(await axeFaults(dora)).toEqual([]);
  await panel(dora).getByRole('button', { name: 'Corregir', exact: true }).click();
  await panel(dora).getByLabel('Comisión del asesor').fill('110000');
  await panel(dora).getByLabel('Tus razones').fill('Faltó el bono de agosto');
  await panel(dora).getByRole('button', { name: 'Corregir', exact: true }).last().click();
  await panel(dora)
    .getByRole('heading', { name: /Cierre corregido/ })
    .waitFor();
  await panel(dora).getByText('$10,000.00').waitFor();
  await panel(dora).getByText('-$50.00').nth(1).waitFor();
  await dora.keyboard.press('Escape');
  await row(dora, 'Ana Torres').getByText('$109,450.00').waitFor();
});

test('a breach is reported, answered by the person, decided by another, and what it takes is on the statement', async () => {
  await at(nora, '/sanctions');
  await nora.getByText('Ningún caso').waitFor();
  await nora.keyboard.press('n');
  await panel(nora).getByLabel('Persona').selectOption('ana');
  await panel(nora).getByLabel('Cláusula que se faltó').selectOption('lead-assignment#P10');
  await panel(nora)
    .getByText(/conmutador en la nube/)
    .waitFor();
  await panel(nora).getByLabel('¿Qué pasó?').fill('Llamó desde su teléfono el 3 de marzo');
  expect(await axeFaults(nora)).toEqual([]);
  await panel(nora).getByRole('button', { name: 'Reportar una falta' }).click();
  await panel(nora).getByText('Nora Administradora reportó la falta').waitFor();
  await at(ana, '/my-day');
  await ana.getByRole('link', { name: 'Un caso espera tu respuesta' }).click();
  await panel(ana).getByLabel('Tu respuesta').fill('Se cayó el conmutador, y lo avisé');
  await panel(ana).getByRole('button', { name: 'Responder' }).click();
  await panel(ana).getByText('Ana Torres respondió').waitFor();
  expect(await axeFaults(ana)).toEqual([]);
  await at(dora, '/team');
  await dora.getByRole('link', { name: 'Un caso espera tu decisión' }).click();
  await panel(dora).getByText('Se cayó el conmutador, y lo avisé').waitFor();
  await panel(dora)
    .getByLabel(/Cuánto pierde/)
    .fill('10');
  await panel(dora).getByLabel('Tus razones').fill('Es la primera vez');
  await panel(dora).getByRole('button', { name: 'Decidir' }).click();
  await panel(dora).getByText('Dora Díaz decidió: pierde 10 %').waitFor();
  await panel(dora).getByText('$10,945.00').waitFor();
  expect(await axeFaults(dora)).toEqual([]);
  await at(ana, '/statement');
  await ana.getByText('$98,505.00').first().waitFor();
});

test('the week’s sample is drawn by the seal; bad care takes the advisor off at once', async () => {
  journey.move(7 * 24 * HOUR);
  await at(nora, '/audits');
  await nora.getByText(/nadie lo sabe antes/).waitFor();
  await row(nora, 'Carla Ruiz').first().click();
  await panel(nora)
    .getByRole('link', { name: /Grabación/ })
    .waitFor();
  await panel(nora).getByText('hablaron 1:35').waitFor();
  for (const item of await panel(nora).getByRole('radiogroup').all())
    await item
      .getByText('Sí', { exact: true })
      .click({ timeout: 1_000 })
      .catch(() => undefined);
  await panel(nora).getByText('Mala atención', { exact: true }).click();
  await panel(nora).getByLabel('Qué viste o escuchaste').fill('Minuto 1:20: le cuelga a media frase');
  await panel(nora)
    .getByText(/sale del rol en este momento/)
    .waitFor();
  expect(await axeFaults(nora)).toEqual([]);
  await panel(nora).getByRole('button', { name: 'Registrar y sacar del rol' }).click();
  await panel(nora).getByText('Nora Administradora encontró mala atención').waitFor();
  await at(nora, '/turn');
  await nora.getByText('De guardia: 2').waitFor();
});

test('she answers, and another person overturns it: she is back on the roster', async () => {
  await at(ana, '/audits');
  await ana.getByText('Mala atención: puede responder').first().click();
  await panel(ana).getByLabel('Tu respuesta').fill('Se cortó la línea; le llamé enseguida');
  await panel(ana).getByRole('button', { name: 'Responder' }).click();
  await panel(ana).getByText('Ana Torres respondió').waitFor();
  await at(dora, '/audits');
  await row(dora, 'Ana Torres').getByText('Mala atención: por decidir').waitFor();
  await row(dora, 'Ana Torres').click();
  await panel(dora).getByLabel('Tus razones').fill('La bitácora muestra la segunda llamada');
  await panel(dora).getByRole('button', { name: 'Dejar sin efecto' }).click();
  await panel(dora).getByText('Dora Díaz lo dejó sin efecto: regresa al rol').waitFor();
  expect(await axeFaults(dora)).toEqual([]);
  journey.move(MINUTE);
  await at(nora, '/turn');
  await nora.getByText('De guardia: 3').waitFor();
});
