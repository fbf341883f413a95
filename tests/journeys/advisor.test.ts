import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { MINUTE, SECOND } from '../../src/platform/time.ts';
import { axeFaults, openJourney, PHONE, type Journey } from './program.ts';

let journey: Journey;
const dialed: string[] = [];

async function open(): Promise<void> {
  journey = await openJourney({
    settings: { pbx: { accessNumber: '+525550001000', clickToCall: true } },
    dialerOf: async () => ({
      dial: async (extension, number) => {
        dialed.push(`${extension} → ${number}`);
        return { dialing: { callId: null } };
      },
    }),
  });
}

/** What the two languages say; the Spanish is the floor's own. */
const WORDS = {
  'es-MX': {
    advisor: 'ana',
    extension: '101',
    calm: 'Sin leads nuevos por ahora',
    left: /^Te quedan (9:5\d|10:00)$/,
    call: 'Llamar',
    ringing: /Contesta tu extensión/,
    note: 'Anotar',
    noteField: 'Qué pasó o qué acordaron',
    noClock: 'Una nota no detiene el reloj; una llamada por la central sí.',
    noteSave: 'Guardar nota',
    grade: 'Calificar',
    reason: 'Por qué',
    contacted: 'Contactado',
    pass: 'Pasar',
    passReason: 'Por qué no puedes atenderlo',
    undo: 'Deshacer',
    open: 'Abrir ficha',
    why: '¿Por qué?',
    whyTurn: /Le tocaba a|El administrador decidió/,
    gone: /se acabaron los diez minutos/,
    went: /ya no está contigo/,
    missed: /se le acabaron los diez minutos/,
    noCall: /no hay llamada de/,
    back: 'Volver a la lista',
  },
  en: {
    advisor: 'ana',
    extension: '101',
    calm: 'No new leads right now',
    left: /^(9:5\d|10:00) left$/,
    call: 'Call',
    ringing: /Answer your extension/,
    note: 'Note',
    noteField: 'What happened or was agreed',
    noClock: 'A note does not stop the clock; a call through the PBX does.',
    noteSave: 'Save note',
    grade: 'Grade',
    reason: 'Why',
    contacted: 'Contacted',
    pass: 'Pass on',
    passReason: 'Why you cannot attend to it',
    undo: 'Undo',
    open: 'Open its page',
    why: 'Why?',
    whyTurn: /turn: of those on duty|The administrator decided/,
    gone: /the ten minutes ran out/,
    went: /is no longer yours/,
    missed: /ten minutes ran out/,
    noCall: /with no call by/,
    back: 'Back to the list',
  },
} as const;

type Language = keyof typeof WORDS;

/** A new lead whose turn it is made to be that person's. */
async function giveTo(advisor: string, lead: string, name: string, phone: string): Promise<void> {
  const { entries } = await journey.receive({ lead, name, phone, message: 'Dos recámaras' });
  const to = entries.find(({ entry }) => entry === 'lead.assigned')?.fields['to'];
  if (to !== advisor)
    await journey.submit({ fact: 'lead.placed', lead, by: 'administrator', to: advisor, reason: 'prueba' });
}

describe.each(['es-MX', 'en'] as const)('an advisor on a phone, in %s', (language: Language) => {
  const words = WORDS[language];
  const { advisor } = words;
  const lead = `lead-${language}`;
  let page: Page;
  const card = () => page.locator(`article[data-lead="${lead}"]`);
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  beforeAll(async () => {
    await open();
    page = await journey.signedIn(advisor, { ...PHONE, language });
  });
  afterAll(() => journey.stop());

  test('an empty day says what will happen', async () => {
    await page.getByText(words.calm).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('a lead arrives live, with its time left', async () => {
    await giveTo(advisor, lead, 'Carla Ruiz', language === 'en' ? '55 1234 5679' : '55 1234 5678');
    await card().waitFor();
    expect(await card().getByRole('timer').innerText()).toMatch(words.left);
    expect(await card().locator('h2').innerText()).toBe('Carla Ruiz');
    expect(await axeFaults(page)).toEqual([]);
  });

  test('a note says plainly that it does not stop the clock', async () => {
    await card().getByRole('button', { name: words.note }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words.noClock).waitFor();
    await dialog.getByLabel(words.noteField).fill('Prefiere por la tarde');
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: words.noteSave }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await card().getByRole('timer').count()).toBe(1);
  });

  test('one big button calls through the PBX; the call it reports is contact', async () => {
    const before = dialed.length;
    await card().getByRole('button', { name: words.call }).click();
    await page.getByText(words.ringing).first().waitFor();
    expect(dialed.slice(before)).toEqual([
      expect.stringMatching(new RegExp(`^${words.extension} → \\+5255`)),
    ]);
    const call = `call-${language}`;
    await journey.submit({ fact: 'call.started', actor: 'pbx', call, by: advisor, lead, direction: 'out' });
    journey.move(40 * SECOND);
    await journey.submit({
      fact: 'call.ended',
      actor: 'pbx',
      call,
      answered: true,
      talkSeconds: 31,
      ringSeconds: 8,
    });
    await page.locator(`li button[data-lead="${lead}"]`).getByText(words.contacted).waitFor();
  });

  test('opens it beside the list, grades it, and asks why', async () => {
    await page.locator(`li button[data-lead="${lead}"]`).click();
    const panel = page.locator('[data-panel]');
    await panel.getByRole('button', { name: words.grade }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('AA', { exact: true }).click();
    await dialog.getByLabel(words.reason).fill('Tiene crédito aprobado');
    await dialog.locator('button[type="submit"]').click();
    await dialog.waitFor({ state: 'detached' });
    await panel.getByText('Tiene crédito aprobado').waitFor();
    await panel.getByText('Prefiere por la tarde').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    // The oldest decisions are at the end: why the lead is theirs.
    const given = panel
      .locator('ol > li')
      .filter({ hasText: /Asignado|El administrador lo|Given to|The administrator/ });
    await given.first().getByRole('button', { name: words.why }).click();
    await page.getByRole('dialog').getByText(words.whyTurn).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  test('passes it on, takes that back within five seconds, and passes it after all', async () => {
    const pass = async (): Promise<void> => {
      await page.locator('[data-panel]').getByRole('button', { name: words.pass }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(words.passReason).fill('Salgo de viaje');
      await dialog.locator('button[type="submit"]').click();
      await dialog.waitFor({ state: 'detached' });
    };
    await pass();
    await button(words.undo).click();
    const held = async () => {
      const { entries } = await journey.submit({ fact: 'note', lead, by: 'administrator', text: 'x' });
      return entries.length;
    };
    expect(await held()).toBe(1);
    await page.locator('[data-panel]').getByRole('button', { name: words.pass }).waitFor();
    await pass();
    // Once it has gone its panel says so: another's lead is not to be seen.
    await page
      .locator('[data-panel]')
      .getByText(/no está contigo|is not yours/)
      .waitFor();
    await page.locator('[data-panel]').getByRole('button', { name: words.back }).click();
    await page.locator(`li button[data-lead="${lead}"]`).waitFor({ state: 'detached' });
  });

  test('loses one to the ten minutes, and is told', async () => {
    const lost = `lost-${language}`;
    await giveTo(advisor, lost, 'Diego Soto', language === 'en' ? '55 8765 4322' : '55 8765 4321');
    await page.locator(`article[data-lead="${lost}"]`).waitFor();
    journey.move(10 * MINUTE);
    await page.locator(`[data-lead="${lost}"]`).waitFor({ state: 'detached' });
    await page.getByText(words.went).filter({ hasText: 'Diego Soto' }).waitFor();
    await page.locator('li').getByText(words.gone).first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('the manager sees the miss, and the clause behind it', async () => {
    const manager = await journey.signedIn('gil', { language });
    await manager.goto(`${journey.address}/leads/lost-${language}`);
    const miss = manager.locator('ol > li').filter({ hasText: words.missed });
    await miss.getByRole('button', { name: words.why }).click();
    const why = manager.getByRole('dialog');
    await why.getByRole('link', { name: / L4$/ }).waitFor();
    await why.getByText(words.noCall).waitFor();
    expect(await axeFaults(manager)).toEqual([]);
    await manager.context().close();
  });
});

test('with a keyboard alone, in the Spanish of Colombia: a key for each act, Esc goes back', async () => {
  await open();
  await giveTo('caro', 'keys', 'Elena Mora', '55 2222 3333');
  const page = await journey.signedIn('caro', { language: 'es-CO' });
  const card = page.locator('article[data-lead="keys"]');
  await card.waitFor();
  expect(await card.getByRole('timer').innerText()).toMatch(/^Le quedan /);
  for (const [key, title] of [
    ['n', 'Anotar en Elena Mora'],
    ['c', 'Calificar a Elena Mora'],
    ['p', 'Pasar a Elena Mora'],
    ['r', 'Registrar a una persona'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog', { name: title }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.keyboard.press('Enter');
  await page.locator('[data-panel]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-panel]').waitFor({ state: 'detached' });
  const before = dialed.length;
  await page.keyboard.press('l');
  await expect.poll(() => dialed.length).toBe(before + 1);
  expect(await axeFaults(page)).toEqual([]);
  await journey.stop();
});
