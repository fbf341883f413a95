import { afterAll, beforeAll, expect, it } from 'vitest';

import { emailOf, openFloor, PASSWORD, type Floor } from '../../tests/journeys/floor.ts';
import { openBrowser, type Browser } from '../access/access-cases.ts';
import { DAY } from '../calendar/index.ts';
import type { BecauseWords } from './because-words.ts';

let floor: Floor;
let ana: Browser;
beforeAll(async () => {
  floor = await openFloor();
  ana = openBrowser(floor.program.http, '203.0.113.7');
  await ana.signIn(emailOf('ana'), PASSWORD);
});
afterAll(() => floor.stop());

const clauses = async (path: string) => (await ana.get(path)).body['clauses'] as BecauseWords[];
const textOf = async (ref: string) =>
  (await clauses(`/api/because?refs=${encodeURIComponent(ref)}`))[0]?.text;
const citable = async (ref: string) => (await clauses('/api/clauses')).find((each) => each.ref === ref);

it('a clause says the same in the list of all and behind a decision, under its name in addresses', async () => {
  const L4 = await citable('contact-center-policy#L4');
  expect(L4).toMatchObject({ kind: 'clause', procedure: 'contact-center-policy', clause: 'L4' });
  expect(L4?.text).toContain('10 minutos');
  expect(await textOf(`contact-center-policy@${L4?.version}#L4`)).toBe(L4?.text);
  expect((await citable('house#identity'))?.text).toBe(await textOf('house#identity'));
});

it('with another figure in force the list says the new one, and an older decision keeps its own', async () => {
  const before = (await citable('contact-center-policy#L4'))?.version;
  const adoption = {
    procedure: 'contact-center-policy',
    version: '2023-03-01',
    effectiveOn: '2026-03-04',
    readings: {},
    parameters: { L4: { contactMinutes: 25 } },
  };
  expect((await floor.submit({ fact: 'procedure.adopted', adoption })).refused).toBeNull();
  expect((await citable('contact-center-policy#L4'))?.text).toContain('10 minutos');
  floor.move(DAY);
  expect((await citable('contact-center-policy#L4'))?.text).toContain('25 minutos');
  expect(await textOf(`contact-center-policy@${before}#L4`)).toContain('10 minutos');
});

it('is nobody’s who is not signed in', async () => {
  const stranger = openBrowser(floor.program.http, '203.0.113.8');
  expect((await stranger.get('/api/clauses')).status).toBe(401);
  expect((await stranger.get('/api/because?refs=house%23identity')).status).toBe(401);
});
