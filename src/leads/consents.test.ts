import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  arriving,
  openIdentityHouse,
  type Arriving,
  type IdentityHouse,
} from '../../tests/identity-house.ts';
import { optOutFrom } from '../contacts/index.ts';
import { plus, HOUR } from '../platform/time.ts';

let house: IdentityHouse;
const carla: Arriving = { lead: 'L1', name: 'Carla Ruiz Soto', phone: '55 1234 5678' };

beforeAll(async () => {
  house = await openIdentityHouse();
  await house.tell('lead.received', arriving(carla));
  const no = optOutFrom('Por favor, no me llamen');
  expect(no).toEqual({ scope: 'calls', text: 'Por favor, no me llamen', asksErasure: false });
  await house.tell('contact.opted-out', { contact: null, lead: 'L1', by: null, origin: 'whatsapp', ...no });
});
afterAll(() => house.close());

async function mayCall(): Promise<boolean> {
  const asked = { lead: 'L1', by: 'ada', channel: 'call' };
  const { entries } = await house.tell('contact.attempted', asked);
  return entries.some(({ entry }) => entry === 'contact.allowed');
}

test('the person comes back: what they accept with it lifts their no, what they do not say lifts nothing', async () => {
  expect(await mayCall()).toBe(false);
  await house.tell('lead.received', arriving({ ...carla, lead: 'L2' }));
  expect(await mayCall()).toBe(false);
  const consent = { kind: 'given', scope: 'calls', text: 'Acepto que me llamen', origin: 'form' } as const;
  const before = { ...consent, at: plus(house.now(), -24 * HOUR) };
  await house.tell('lead.received', arriving({ ...carla, lead: 'L3', consent: before }));
  expect(await mayCall()).toBe(false);
  const mute = { ...consent, text: ' ', at: house.now() };
  await house.tell('lead.received', arriving({ ...carla, lead: 'L4', consent: mute }));
  expect(await mayCall()).toBe(false);
  await house.tell(
    'lead.received',
    arriving({ ...carla, lead: 'L5', consent: { ...consent, at: house.now() } }),
  );
  expect(await mayCall()).toBe(true);
});

test('a message that forbids nothing places nothing', () => {
  expect(optOutFrom('¿Me llaman mañana?')).toBeNull();
  expect(optOutFrom('borren mis datos')).toMatchObject({ scope: 'all', asksErasure: true });
});
