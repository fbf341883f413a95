import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJourney, PHONE, type Journey } from './program.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney();
});
afterAll(() => journey.stop());

test('signs in', async () => {
  const page = await journey.signedIn('ana', PHONE);
  const outcome = await journey.receive({
    lead: 'L1',
    name: 'Carla Ruiz',
    phone: '55 1234 5678',
    email: 'carla@example.com',
  });
  console.log(outcome.entries.map((e) => [e.entry, JSON.stringify(e.fields).slice(0, 300)]));
  await page.screenshot({ path: '/tmp/shot.png' });
  expect(outcome.refused).toBe(null);
});
