import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { DAY } from '../../src/calendar/index.ts';
import { axeFaults, LAPTOP, openJourney, PHONE, type Journey } from './program.ts';

/** Tuesday 24 March 2026, ten in the morning: April's list closes tomorrow at six. */
const AT = '2026-03-24T10:00:00-06:00';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

let journey: Journey;
let dora: Page;
let saul: Page;
let ana: Page;
beforeAll(async () => {
  journey = await openJourney({ at: AT });
  await journey.submit({
    fact: 'procedure.adopted',
    adoption: {
      procedure: 'lead-assignment',
      version: '2021-07-13',
      effectiveOn: '2026-03-20',
      readings: { 'roster.exceptions': 'direction' },
      parameters: {},
    },
  });
  for (const [person, sales] of Object.entries({ ana: 5, beto: 2, caro: 4 }))
    await journey.submit({
      fact: 'month.results',
      person,
      month: '2026-03',
      sales,
      leads: 20,
      closings: sales,
    });
});
afterAll(() => journey?.stop());

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const panel = (page: Page) => page.locator('[data-panel]');

test('the director sees each condition with its figures, and hands in whom she proposes', async () => {
  dora = await journey.signedIn('dora', LAPTOP);
  await dora.goto(`${journey.address}/roster/proposal`);
  await row(dora, 'Beto Ríos').getByText('No entraría').waitFor();
  await dora.getByText('Sin entregar').waitFor();
  await row(dora, 'Beto Ríos').click();
  await panel(dora).getByText('2 ventas en mar 2026').waitFor();
  await panel(dora).getByText('La dirección puede dejarle pasar').waitFor();
  expect(await axeFaults(dora)).toEqual([]);
  await dora.getByLabel('Proponer a Beto Ríos').check();
  await dora.getByText('Hoy no entraría: Beto Ríos').waitFor();
  await dora.getByRole('button', { name: 'Entregar con 3 personas' }).click();
  await dora.getByText('Entregada', { exact: true }).waitFor();
});

test('the direction signs an exception with reasons, and it stands wherever the roster does', async () => {
  saul = await journey.signedIn('saul', LAPTOP);
  await saul.goto(`${journey.address}/roster`);
  await saul.getByRole('button', { name: 'abr 2026' }).click();
  await row(saul, 'Beto Ríos').click();
  await panel(saul)
    .getByLabel('Razones')
    .fill('Cerró dos más en la feria; se registran la semana que viene.');
  await panel(saul).getByLabel('Tu nombre completo, como firma').fill('Saúl Vera Ríos');
  await panel(saul).getByRole('button', { name: 'Firmar la excepción' }).click();
  await panel(saul).getByText('Cerró dos más en la feria').waitFor();
  expect(await axeFaults(saul)).toEqual([]);
  await dora.reload();
  await row(dora, 'Beto Ríos').getByText('Con excepción').waitFor();
});

test('guards are shared out evenly, what is missing shown before publishing, and published', async () => {
  await dora.goto(`${journey.address}/shifts?month=2026-04`);
  await dora.getByText('Falta gente en 30 horarios').waitFor();
  await dora.getByRole('button', { name: 'Repartir parejo' }).click();
  await dora.getByText('Todo el horario del mes queda cubierto.').waitFor();
  await dora.getByText('Libre', { exact: true }).click();
  await dora.getByRole('button', { name: /^Ana Torres, mié 1: 8–13/ }).click();
  await dora.getByText(/Falta gente en un horario: mié 1 08:00–13:00 con 0/).waitFor();
  expect(await axeFaults(dora)).toEqual([]);
  await dora.getByText(/^Mañana 8–13/).click();
  await dora.getByRole('button', { name: /^Ana Torres, mié 1: libre/ }).click();
  await dora.getByRole('button', { name: 'Publicar', exact: false }).click();
  await dora.getByText('Publicadas').waitFor();
});

test('an advisor asks on her phone to exchange a guard; the other accepts, the manager approves', async () => {
  ana = await journey.signedIn('ana', PHONE);
  await ana.goto(`${journey.address}/shifts?month=2026-04`);
  const guard = ana.getByRole('listitem').filter({ hasText: 'mié 1, 08:00–13:00' });
  await guard.getByRole('button', { name: 'Cambiar' }).click();
  await ana.getByLabel('Con quién').selectOption('caro');
  await ana.getByLabel('Por cuál de las suyas').selectOption({ index: 1 });
  await ana.getByLabel('Razón').fill('Cita médica');
  expect(await axeFaults(ana)).toEqual([]);
  await ana.getByRole('button', { name: 'Pedir el cambio' }).click();
  await guard.getByText('espera a Caro León').waitFor();

  const caro = await journey.signedIn('caro', PHONE);
  await caro.goto(`${journey.address}/shifts?month=2026-04`);
  await caro.getByRole('button', { name: 'Acepto' }).click();
  await caro.getByRole('button', { name: 'Acepto' }).waitFor({ state: 'detached' });

  const gil = await journey.signedIn('gil', LAPTOP);
  await gil.goto(`${journey.address}/shifts?month=2026-04`);
  await gil.getByText('Los dos están de acuerdo.').waitFor();
  await gil.getByRole('button', { name: 'Aprobar', exact: true }).click();
  await gil.getByText('Los dos están de acuerdo.').waitFor({ state: 'detached' });
  await caro.getByText('mié 1, 08:00–13:00').first().waitFor();
});

test('an absence is asked for, with what it would leave uncovered in front of who answers', async () => {
  await ana.getByRole('button', { name: 'Pedir ausencia' }).click();
  await ana.getByLabel('Primer día').fill('2026-04-14');
  await ana.getByLabel('Último día').fill('2026-04-15');
  await ana.getByRole('button', { name: 'Pedir ausencia' }).click();
  await ana.getByText('pedida', { exact: true }).waitFor();
  const gil = await journey.signedIn('gil', LAPTOP);
  await gil.goto(`${journey.address}/shifts?month=2026-04`);
  const request = gil.getByRole('article').filter({ hasText: 'Ana Torres pide ausentarse' });
  await request.getByText(/Quedaría sin gente suficiente/).waitFor();
  await request.getByRole('button', { name: 'No aprobar' }).click();
  await request.getByLabel('Razón').fill('No hay quien cubra');
  await request.getByRole('button', { name: 'No aprobar' }).click();
  await ana.getByText('no aprobada').waitFor();
  await ana.getByText(/No hay quien cubra/).waitFor();
});

test('papers and exams are asked for from a day on, filed with their scan, and what runs out is shown', async () => {
  const admin = await journey.signedIn('administrator', { ...LAPTOP, scheme: 'dark' });
  await admin.goto(`${journey.address}/papers`);
  await admin.getByRole('button', { name: 'Qué se pide' }).click();
  await panel(admin).getByLabel('Nuevo documento').fill('Identificación oficial');
  await panel(admin).getByLabel('Se pide desde').first().fill('2026-03-01');
  await panel(admin).getByRole('button', { name: 'Pedir documento' }).click();
  await panel(admin).getByText('avisa 30 días antes').waitFor();
  await panel(admin).getByLabel('Nuevo examen').fill('Manejo de leads');
  await panel(admin).getByLabel('Se pide desde').last().fill('2026-03-01');
  await panel(admin).getByRole('button', { name: 'Pedir examen' }).click();
  await panel(admin).getByText('se aprueba con 80 de 100').waitFor();
  await admin.keyboard.press('Escape');

  await row(admin, 'Ana Torres').click();
  await panel(admin).getByLabel('Sirve hasta').fill('2026-04-10');
  await panel(admin)
    .locator('input[type="file"]')
    .setInputFiles({ name: 'ine.pdf', mimeType: 'application/pdf', buffer: PDF });
  await panel(admin).getByRole('link', { name: 'ine.pdf' }).waitFor();
  await row(admin, 'Ana Torres').getByText('vence el 10 abr 2026').waitFor();
  await panel(admin).getByLabel('Calificación').fill('92');
  await panel(admin).getByRole('button', { name: 'Anotar resultado' }).click();
  await panel(admin).getByText('92: aprobado (mínimo 80)').waitFor();
  expect(await axeFaults(admin)).toEqual([]);
  const href = await panel(admin).getByRole('link', { name: 'ine.pdf' }).getAttribute('href');
  const file = await admin.request.get(`${journey.address}${href ?? ''}`);
  expect(Buffer.compare(await file.body(), PDF)).toBe(0);
  expect(file.headers()['content-security-policy']).toMatch(/sandbox/);
  await panel(admin).getByLabel('Sirve hasta').fill('2027-04-10');
  await panel(admin)
    .locator('input[type="file"]')
    .setInputFiles({ name: 'foto.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<script>') });
  await panel(admin).getByText('Sube un PDF o una imagen JPG, PNG o WebP.').waitFor();
  // Who lacks the paper gets no leads from now on: taken back, so that April begins as planned.
  await journey.submit({
    fact: 'document.kind-set',
    id: await kindId(admin),
    name: 'Identificación oficial',
    by: 'administrator',
    roles: [],
    expires: true,
    warnDays: 30,
    fromOn: '2026-03-01',
    ended: true,
  });
  await journey.submit({
    fact: 'exam.set',
    id: await examId(admin),
    name: 'Manejo de leads',
    by: 'administrator',
    roles: [],
    passingMark: 80,
    topMark: 100,
    fromOn: '2026-03-01',
    ended: true,
  });
});

async function asked(page: Page): Promise<{ kinds: { id: string }[]; exams: { id: string }[] }> {
  const answer = await page.request.get(`${journey.address}/api/papers`);
  return (await answer.json()) as { kinds: { id: string }[]; exams: { id: string }[] };
}
const kindId = async (page: Page): Promise<string> => (await asked(page)).kinds[0]?.id ?? '';
const examId = async (page: Page): Promise<string> => (await asked(page)).exams[0]?.id ?? '';

test('a version is read whole and signed with full name; who is missing is in sight of the direction', async () => {
  await journey.submit({
    fact: 'person.registered',
    person: 'dani',
    name: 'Dani Mora',
    role: 'advisor',
    zone: null,
    reportsTo: 'gil',
    email: null,
    phone: '+525512345678',
    extension: null,
    internal: true,
    documents: 'complete',
    grade: 'pass',
    signed: false,
  });
  const link = await journey.program.database.inOrganization(journey.organization, (tx) =>
    journey.program.access.signInLink(tx, journey.organization, 'dani', journey.now()),
  );
  const dani = await journey.open(new URL(link).pathname, PHONE);
  await dani.getByRole('heading', { name: 'Hola, Dani' }).waitFor();
  expect(await axeFaults(dani)).toEqual([]);
  await dani.getByLabel('Correo').fill('dani@example.com');
  await dani.locator('input[type="password"]').fill('otra frase larga y mía');
  await dani.getByRole('button', { name: 'Entrar' }).click();
  await dani.locator('#content').waitFor();

  await saul.goto(`${journey.address}/signatures`);
  await row(saul, 'Dani Mora').first().waitFor();
  await dani.goto(`${journey.address}/signatures`);
  await dani
    .getByRole('listitem')
    .filter({ hasText: 'Política del contact center' })
    .getByRole('button', { name: 'Leer y firmar' })
    .click();
  await dani.getByText('Cada quien firma la política con su nombre completo.').waitFor();
  expect(await axeFaults(dani)).toEqual([]);
  await dani.getByLabel('Leí la versión completa').check();
  await dani.getByLabel('Tu nombre completo').fill('Dani');
  expect(await dani.getByRole('button', { name: 'Firmar' }).isDisabled()).toBe(true);
  await dani.getByLabel('Tu nombre completo').fill('Daniela Mora Paz');
  await dani.getByRole('button', { name: 'Firmar' }).click();
  await dani.getByText(/Daniela Mora Paz,/).waitFor();
});

test('on the 1st each gets their own guards, and whoever does not answer is not active', async () => {
  // To the 2nd: on the 1st whoever was active in March still is, until the term ends.
  journey.move(9 * DAY);
  await dora.goto(`${journey.address}/roster`);
  await row(dora, 'Caro León').getByText('Falta que confirme').waitFor();
  await row(dora, 'Ana Torres').click();
  await panel(dora).getByRole('button', { name: 'Confirmar por esta persona' }).click();
  await row(dora, 'Ana Torres').getByText('Activo').waitFor();
  const notices = await ana.request.get(`${journey.address}/api/notices`);
  const { notices: all } = (await notices.json()) as { notices: { text: string }[] };
  const ofApril = all
    .map((each) => JSON.stringify(each))
    .find((each) => each.includes('rol de guardias de abril de 2026'));
  // Hers of the 1st went to Caro, whose of another day she has now.
  expect(ofApril).toMatch(/Tus guardias: .*sáb 4/);
  expect(ofApril).not.toMatch(/mié 1\D/);
});
