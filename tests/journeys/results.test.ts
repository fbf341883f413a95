import { afterAll, beforeAll, expect, it } from 'vitest';

import { MINUTE, SECOND } from '../../src/platform/time.ts';
import { axeFaults, LAPTOP, openJourney, PHONE, type Journey } from './program.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney();
  // Four leads: Ana, Beto and Caro in turn, then Ana again; Ana closes one, Beto is not heard of.
  for (const [place, source] of ['landing', 'feria', 'landing', 'landing'].entries()) {
    const lead = `L${place + 1}`;
    await journey.receive({ lead, name: `Persona ${place}`, phone: `55 1234 567${place}`, source });
    journey.move(MINUTE);
  }
  for (const [lead, by] of [
    ['L1', 'ana'],
    ['L4', 'ana'],
    ['L3', 'caro'],
  ] as const) {
    const call = { actor: 'pbx', call: `c-${lead}` };
    await journey.submit({ fact: 'call.started', ...call, by, lead, direction: 'out' });
    journey.move(5 * SECOND);
    await journey.submit({ fact: 'call.ended', ...call, answered: true, talkSeconds: 3, ringSeconds: 2 });
  }
  await journey.submit({
    fact: 'sale.closed',
    actor: 'ana',
    by: 'ana',
    lead: 'L1',
    sale: 's1',
    price: '1000000',
    advisorCommission: '20000',
    managerCommission: null,
  });
});
afterAll(() => journey.stop());

it('puts conversion beside the aim, opens the leads behind a figure, and goes by source', async () => {
  const page = await journey.signedIn('dora', LAPTOP);
  await page.goto(`${journey.address}/reports`);
  await page.getByRole('heading', { name: 'Resultados', level: 1 }).waitFor();
  const ana = page.getByRole('row').filter({ hasText: 'Ana' });
  await ana.getByText('50 %').or(ana.getByText('50%')).waitFor();
  const caro = page.getByRole('row').filter({ hasText: 'Caro' });
  await caro.getByText('Abajo de la meta').waitFor();
  await page.locator('figure canvas').first().waitFor();
  await ana.getByRole('button', { name: '2', exact: true }).click();
  const panel = page.getByRole('complementary');
  await panel.getByRole('link', { name: 'Lead 1' }).waitFor();
  await panel.getByRole('link', { name: 'Lead 4' }).waitFor();
  expect(await panel.getByRole('listitem').count()).toBe(2);
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await page.getByText('Fuente', { exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'feria' }).waitFor();
  const { SHOTS } = process.env;
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/results.png` });
});

it('is taken along as a spreadsheet and on paper', async () => {
  const page = await journey.signedIn('dora', LAPTOP);
  await page.goto(`${journey.address}/reports`);
  for (const [name, signature] of [
    ['Excel', 'PK'],
    ['PDF', '%PDF'],
  ] as const) {
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    const stream = await (await coming).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).subarray(0, signature.length).toString('latin1')).toBe(signature);
  }
});

it('reads on a phone', async () => {
  const page = await journey.signedIn('gil', PHONE);
  await page.goto(`${journey.address}/reports`);
  await page.getByRole('row').filter({ hasText: 'Ana' }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  const { SHOTS } = process.env;
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/results-phone.png` });
});
