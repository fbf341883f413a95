import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { MINUTE, SECOND } from '../../src/platform/time.ts';
import { axeFaults, LAPTOP, openJourney, PHONE, type Journey } from './program.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney();
  // L1 is called in its eighth minute, the only lead of the month.
  await journey.receive({ lead: 'L1', name: 'Carla Ruiz', phone: '55 1234 5678', source: 'landing' });
  journey.move(8 * MINUTE);
  const call = { actor: 'pbx', call: 'c1' };
  await journey.submit({ fact: 'call.started', ...call, by: 'ana', lead: 'L1', direction: 'out' });
  journey.move(40 * SECOND);
  const how = { answered: true, talkSeconds: 30, ringSeconds: 10 };
  await journey.submit({ fact: 'call.ended', ...call, ...how });
});
afterAll(() => journey.stop());

const at = (page: Page, path: string) => page.goto(`${journey.address}${path}`);

it('shows what five minutes would have made of the month, proposes them, and another publishes them', async () => {
  const admin = await journey.signedIn('administrator', LAPTOP);
  await at(admin, '/procedures?procedure=contact-center-policy&clause=L4');
  await admin.getByRole('button', { name: 'Cambiar' }).click();
  const form = admin.getByRole('form', { name: 'Cambiar' });
  const whatIf = form.getByRole('region', { name: '¿Qué habría pasado?' });
  expect(await whatIf.getByRole('button', { name: 'Probar con ese mes' }).isDisabled()).toBe(true);
  await form.getByLabel('Minutos para contactar').fill('5');
  await whatIf.getByRole('button', { name: 'Probar con ese mes' }).click();
  await whatIf
    .getByText('En marzo de 2026: 1 primeros contactos fuera de plazo en lugar de 0', { exact: false })
    .waitFor({ timeout: 60_000 });
  const ana = whatIf.getByRole('row').filter({ hasText: 'Ana' });
  expect((await ana.textContent())?.includes('−1')).toBe(true);
  await whatIf.getByText('Sin cambios', { exact: false }).waitFor();
  await whatIf.getByRole('link', { name: 'Lead 1' }).waitFor();
  expect(await axeFaults(admin)).toEqual([]);
  await form.getByRole('button', { name: /^Proponer para el 4 mar 2026/ }).click();
  await admin.getByText('Versión propuesta').waitFor();
  const card = admin.getByRole('region', { name: 'Versiones por revisar' });
  await card.getByText('Es tu propuesta', { exact: false }).waitFor();
  expect(await card.getByRole('button', { name: /^Publicar/ }).count()).toBe(0);

  const saul = await journey.signedIn('saul', PHONE);
  await at(saul, '/procedures');
  const toSee = saul.getByRole('region', { name: 'Versiones por revisar' });
  await toSee.getByText('Minutos para contactar: 10 → 5', { exact: false }).waitFor();
  await toSee.getByRole('button', { name: 'Ver qué habría pasado' }).click();
  // The run is of this version, whoever asked for it.
  await toSee.getByText('en lugar de 0', { exact: false }).waitFor();
  expect(await axeFaults(saul)).toEqual([]);
  await toSee.getByRole('button', { name: /^Publicar para el 4 mar 2026/ }).click();
  await toSee.waitFor({ state: 'detached' });
  await at(saul, '/procedures?procedure=contact-center-policy&clause=L4');
  await saul.getByText(/^La propuso .* y la publicó Saúl/).waitFor();
});

it('says no with reasons, which who proposed it reads', async () => {
  const admin = await journey.signedIn('administrator', LAPTOP);
  await at(admin, '/procedures?procedure=contact-center-policy&clause=L3');
  await admin.getByRole('button', { name: 'Cambiar' }).click();
  const form = admin.getByRole('form', { name: 'Cambiar' });
  await form.getByLabel('Cierra').fill('19:00');
  await form.getByRole('button', { name: /^Proponer/ }).click();
  await admin.getByText('Versión propuesta').waitFor();
  const saul = await journey.signedIn('saul', LAPTOP);
  await at(saul, '/procedures');
  const card = saul.getByRole('region', { name: 'Versiones por revisar' });
  await card.getByRole('button', { name: 'Rechazar' }).click();
  await card.getByLabel('Por qué no').fill('Falta verlo con las zonas');
  await card.getByRole('button', { name: 'Rechazar' }).click();
  await saul.getByText('Propuesta rechazada').waitFor();
  await card.waitFor({ state: 'detached' });
});
