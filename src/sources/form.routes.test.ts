import { afterAll, beforeAll, expect, it } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openFloor, type IntakeFloor } from '../../tests/intake-floor.ts';
import { MINUTE } from '../platform/time.ts';
import { FORM_POSTS_A_MINUTE } from './caller.ts';

let test: TestDatabase;
let floor: IntakeFloor;
let form: string;
beforeAll(async () => {
  test = await testDatabase();
  floor = await openFloor(test.url);
  form = await floor.source('pagina', {
    kind: 'web-form',
    settings: {
      form: {
        language: 'es-MX',
        title: 'Quiero saber más',
        submit: 'Enviar',
        fields: [
          { name: 'nombre', target: 'name', label: 'Nombre', kind: 'text', required: true },
          { name: 'telefono', target: 'phone', label: 'Teléfono', kind: 'tel', required: true },
        ],
        consent: { current: 'v1', texts: { v1: 'Acepto el aviso de privacidad' }, required: true },
        thanks: { text: 'Le llamamos pronto' },
        fillSecondsMin: 3,
      },
    },
  });
});
afterAll(async () => {
  await floor.close();
  await test.drop();
});

const page = async () => floor.http.app.inject({ method: 'GET', url: `${form}?utm_campaign=verano` });
const post = (fields: Record<string, string>, remoteAddress = '203.0.113.7') =>
  floor.http.app.inject({
    method: 'POST',
    url: `${form}?utm_campaign=verano`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://casa.example.com' },
    payload: new URLSearchParams(fields).toString(),
    remoteAddress,
  });
const shown = async () => /name="stamp" value="([^"]+)"/.exec((await page()).body)?.[1] ?? '';
const filled = async (more: Record<string, string> = {}) => {
  const stamp = await shown();
  floor.advance(MINUTE);
  return { nombre: 'Lía Sol', telefono: '5547770001', consent: 'v1', stamp, ...more };
};

it('stands in a frame of another page, without a script', async () => {
  const answer = await page();
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['x-frame-options']).toBeUndefined();
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  const listed = (await floor.http.app.inject('/api/sources')).json<{ sources: { snippet: string }[] }>();
  expect(listed.sources[0]?.snippet).toContain(`<iframe src="https://pauta.example.com${form}"`);
});

it('makes a lead with the consent as it was read, once however often it is sent', async () => {
  const fields = await filled();
  for (let i = 0; i < 5; i += 1) expect((await post(fields)).body).toContain('Le llamamos pronto');
  expect(await floor.count('leads', `source = 'pagina'`)).toBe(1);
  const [kept] = await floor.rows<{
    consent: { text: string; at: string };
    campaign: Record<string, string>;
  }>(`select consent, campaign from lead_intakes where name = 'Lía Sol'`);
  expect(kept?.consent).toMatchObject({ text: 'Acepto el aviso de privacidad', at: floor.now });
  expect(kept?.campaign).toMatchObject({ campaignName: 'verano' });
});

it('a program is thanked like anybody; its body is kept and makes no lead', async () => {
  const before = await floor.count('leads');
  const answer = await post(await filled({ website: 'https://spam.example.com' }));
  expect(answer.body).toContain('Le llamamos pronto');
  const { stamp: _, ...unstamped } = await filled();
  await post(unstamped);
  await post({ ...(await filled()), stamp: await shown() });
  expect(await floor.count('leads')).toBe(before);
  expect(await floor.count('receipts', `state = 'faulty' and fault->>'code' = 'written-by-a-program'`)).toBe(
    3,
  );
});

it("a person's slip is shown with what was written, and nothing of it is kept", async () => {
  const before = await floor.count('receipts');
  const answer = await post(await filled({ telefono: '', nombre: '<b>Lía' }));
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('value="&lt;b&gt;Lía"');
  expect(await floor.count('receipts')).toBe(before);
});

it('one address may post so often a minute and no more', async () => {
  const fields = await filled();
  const statuses = [];
  for (let i = 0; i <= FORM_POSTS_A_MINUTE; i += 1)
    statuses.push((await post(fields, '2001:db8::7')).statusCode);
  expect(statuses.at(-1)).toBe(429);
  expect(statuses.at(-2)).toBe(200);
  expect((await post(fields, '2001:db8:0:0:1::9')).statusCode).toBe(429);
  expect((await post(fields, '198.51.100.1')).statusCode).toBe(200);
});
