import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { MINUTE, SECOND } from '../../src/platform/time.ts';
import { openFresh, seriousFaults, type Fresh } from './fresh.ts';

const LIVE_MILLISECONDS_MAX = 1_000;
const PASSWORD = 'una frase larga y mía';

let fresh: Fresh;
let page: Page;
beforeAll(async () => {
  // A Tuesday, ten in the morning: leads are assigned at once.
  fresh = await openFresh('2026-03-03T10:00:00-06:00');
  page = await fresh.open('/');
});
afterAll(() => fresh?.stop());

const row = (text: string) => page.getByRole('row').filter({ hasText: text });
const go = async (name: string, heading = name) => {
  await page.getByRole('link', { name, exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
};

test('the first run opens the organization and leads to an empty board that teaches what comes', async () => {
  await page.getByLabel('Nombre de la organización').fill('Casa Norte');
  await page.locator('fieldset').nth(1).getByRole('textbox').nth(0).fill('Nora Peña');
  await page.locator('input[type="email"]').fill('nora@example.com');
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.locator('button[type="submit"]').click();
  await page.locator('a[href="/"]').click();
  await page.getByRole('heading', { level: 1, name: 'Ahora' }).waitFor();
  await page.getByText('Nada pide atención').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

test('people are added by key, invited by a link, and their figures noted', async () => {
  await go('Personas');
  await add('Dora Díaz', { role: 'director', zone: 'norte' });
  for (const name of ['Ana Torres', 'Beto Ríos']) await add(name, { reportsTo: 'dora-diaz' });
  await page.keyboard.press('i');
  await page.getByText(`${fresh.program.address}/invitations/`).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('button', { name: /Anotar cifras/ }).click();
  await page.getByRole('spinbutton', { name: 'Ventas' }).fill('5');
  await page.getByRole('spinbutton', { name: 'Leads' }).fill('40');
  await page.getByRole('spinbutton', { name: 'Cierres' }).fill('4');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('cell', { name: '10%' }).waitFor();
  await fresh.submit({
    fact: 'month.results',
    person: 'ana-torres',
    month: '2026-02',
    sales: 4,
    leads: 30,
    closings: 3,
  });
});

async function add(name: string, more: { role?: string; zone?: string; reportsTo?: string }): Promise<void> {
  await page.getByRole('button', { name: 'Agregar persona' }).first().click();
  const panel = page.locator('[data-panel]');
  await panel.getByLabel('Nombre').fill(name);
  if (more.role !== undefined) await panel.getByLabel('Puesto').selectOption(more.role);
  if (more.zone !== undefined) await panel.getByLabel('Zona').fill(more.zone);
  if (more.reportsTo !== undefined) await panel.getByLabel('Reporta a').selectOption(more.reportsTo);
  await panel.getByLabel('Correo').fill(`${name.split(' ')[0]?.toLowerCase() ?? ''}@example.com`);
  await panel.getByLabel('Documentos').selectOption('complete');
  await panel.getByLabel('Calificación').selectOption('pass');
  await panel.getByLabel('Ya firmó').check();
  await panel.getByRole('button', { name: 'Agregar persona' }).click();
  await panel.getByRole('heading', { name, level: 2 }).waitFor();
}

test('the month’s list is handed in: each condition is shown, and who meets them is active', async () => {
  await page.getByRole('link', { name: 'Rol de guardias' }).click();
  await page.getByRole('heading', { level: 1, name: 'Rol de guardias' }).waitFor();
  await page.getByRole('button', { name: 'Entregar lista' }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('button', { name: 'Entregar con 2 personas' }).click();
  await row('Ana Torres').getByText('Activo').waitFor();
  await row('Beto Ríos').click();
  await page.getByText(/5 ventas en feb/).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await go('Turno y guardias');
  await page.getByText('De guardia: 2').waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

test('a lead arrives live with its countdown, and says why it went where it went', async () => {
  await go('Ahora');
  await page.getByText('Nada pide atención').waitFor();
  await fresh.receive('L1', 'Carla Ruiz', '55 1234 5678');
  const decidedAt = performance.now();
  await row('Carla Ruiz').waitFor();
  expect(performance.now() - decidedAt).toBeLessThan(LIVE_MILLISECONDS_MAX);
  await row('Carla Ruiz').getByText('Ana Torres').waitFor();
  await row('Carla Ruiz').click();
  // The same panel as beside every list of leads, with the administrator's own acts.
  const panel = page.locator('[data-panel]');
  await panel.getByText('Asignado a Ana Torres por turno').waitFor();
  await panel.getByRole('button', { name: /Dar a/ }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await panel.getByRole('listitem').filter({ hasText: 'por turno' }).getByText('¿Por qué?').click();
  const why = page.getByRole('dialog', { name: '¿Por qué?' });
  await why.getByText(/Le tocaba a Ana Torres/).waitFor();
  await why.getByRole('link', { name: 'Política del contact center P1' }).waitFor();
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

test('the ten minutes run out, the lead moves on, and the number leads to it', async () => {
  fresh.move(10 * MINUTE + SECOND);
  await row('Carla Ruiz').getByText('Beto Ríos').waitFor();
  await page.getByRole('button', { name: /^Perdidos/ }).click();
  const panel = page.locator('[data-panel]');
  await panel.getByRole('button', { name: /Carla Ruiz/ }).click();
  await panel.getByText('Pasa de Ana Torres a Beto Ríos').waitFor();
  await page.keyboard.press('Escape');
});

test('a lead that nobody can take waits, and is given to a person with a reason', async () => {
  for (const person of ['ana-torres', 'beto-rios'])
    await fresh.submit({ fact: 'person.changed', person, absent: true });
  await fresh.receive('L2', 'Marco Lara', '55 8765 4321');
  await row('Marco Lara').getByText('nadie de guardia lo puede tomar').waitFor();
  await row('Marco Lara').getByRole('button', { name: /Dar a/ }).click();
  await page.getByLabel('Ana Torres').check();
  await page
    .getByLabel(/Por qué/)
    .last()
    .fill('Ya viene de regreso');
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Dar a…' }).click();
  await row('Marco Lara').getByText('Ana Torres').waitFor();
});

test('the journal is narrowed to a clause and shows the seal of each entry', async () => {
  // Not one of the seven in the rail: Ctrl+K and its address lead there.
  await page.goto(`${fresh.program.address}/journal`);
  await page.getByRole('heading', { level: 1, name: 'Bitácora' }).waitFor();
  await page.getByLabel('Cláusula').selectOption('contact-center-policy#L4');
  await row('Plazo vencido').first().waitFor();
  await row('Plazo vencido').first().click();
  const panel = page.locator('[data-panel]');
  await panel.getByText('Sello').waitFor();
  await panel.locator('code').waitFor();
  expect(await row('Llegó un lead').count()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
  // No name that only programs know: neither in the list nor among the choices.
  await page.keyboard.press('Escape');
  await page.getByLabel('Cláusula').selectOption('');
  await row('Llegó un lead').first().waitFor();
  const kinds = await page.getByLabel('Qué', { exact: true }).locator('option').allTextContents();
  expect(kinds.filter((kind) => /^[a-z-]+\.[a-z-]+$/.test(kind))).toEqual([]);
  expect(kinds).toContain('Todo: leads');
});

/** Of two leads: whose they are, which person's, and whether one repeats the other. */
const leadsNow = async (...ids: string[]) => {
  const leads = ids.map(async (id) => {
    const answer = await page.request.get(`${fresh.program.address}/api/leads/${id}`);
    return ((await answer.json()) as { lead: { contact: string; holder: string; duplicateOf: string } }).lead;
  });
  return Promise.all(leads);
};
const merged = () => page.getByRole('region', { name: 'Unidas hace poco' });
const doubt = () => page.getByRole('article', { name: 'Comparación' });

test('two who may be one are settled as the same; within five seconds it is taken back', async () => {
  for (const person of ['ana-torres', 'beto-rios'])
    await fresh.submit({ fact: 'person.changed', person, absent: false });
  await go('Duplicados');
  await page.getByText('No hay dudas pendientes').waitFor();
  await fresh.receive('D1', 'Irma Solís Vega', '55 2000 0101');
  await fresh.receive('D2', 'Irma Solís Vega', '55 2999 0202');
  await doubt().getByRole('region', { name: 'Irma Solís Vega' }).nth(1).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('1');
  await page.getByText('No hay dudas pendientes').waitFor();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await doubt().waitFor();
  const [one, other] = await leadsNow('D1', 'D2');
  expect(one?.contact).not.toBe(other?.contact);

  await doubt().getByRole('button', { name: 'Es la misma persona' }).click();
  await merged().getByText('Irma Solís Vega').waitFor();
  const [first, second] = await leadsNow('D1', 'D2');
  expect(second).toMatchObject({ contact: first?.contact, holder: first?.holder, duplicateOf: 'D1' });
  expect(await seriousFaults(page)).toEqual([]);
});

test('whoever was taken for another is parted again, and a merge undone elsewhere leaves the screen by itself', async () => {
  await merged().getByRole('button', { name: 'Separar' }).click();
  await page.getByText('Vuelven a ser dos personas.').waitFor();
  await merged().waitFor({ state: 'detached' });
  const [one, other] = await leadsNow('D1', 'D2');
  expect(one?.contact).not.toBe(other?.contact);
  expect(other?.duplicateOf).toBeNull();
  // What was settled once is not asked again.
  expect(await doubt().count()).toBe(0);

  await fresh.submit({
    fact: 'doubt.settled',
    doubt: null,
    lead: 'D1',
    of: 'D2',
    by: 'administrator',
    outcome: 'same',
  });
  await merged().waitFor();
  await fresh.submit({ fact: 'contact.unmerged', contact: null, lead: 'D2', by: 'administrator' });
  await merged().waitFor({ state: 'detached' });
});

test('two who are not one are kept apart; leaving the page decides at once', async () => {
  await fresh.receive('D3', 'Olga Peña Ríos', '55 2000 0303');
  await fresh.receive('D4', 'Olga Peña Ríos', '55 2999 0404');
  await doubt().waitFor();
  await page.keyboard.press('2');
  await page.getByText('Quedan como personas distintas.').waitFor();
  await go('Personas');
  await page.getByText('Quedan como personas distintas.').waitFor({ state: 'detached' });
  await go('Duplicados');
  await page.getByText('No hay dudas pendientes').waitFor();
  expect(await merged().count()).toBe(0);
});

test.each([
  ['en', { now: 'Now', turn: 'Turn and duty', people: 'People', roster: 'Duty roster', journal: 'Journal' }],
  [
    'es-CO',
    {
      now: 'Ahora',
      turn: 'Turno y guardias',
      people: 'Personas',
      roster: 'Rol de guardias',
      journal: 'Bitácora',
    },
  ],
])('the same in %s', async (language, titles) => {
  await page.evaluate(`localStorage.setItem('pauta.language', '${language}')`);
  for (const [path, title] of Object.entries(titles)) {
    await page.goto(`${fresh.program.address}/${path}`);
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    await page.getByRole('row').or(page.getByRole('listitem')).first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  }
});
