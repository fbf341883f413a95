import { expect, test } from 'vitest';
import { wayToCall, type CallAsked } from './way-to-call.ts';

const asked: CallAsked = {
  phone: '+525512345678',
  pbx: { accessNumber: '+525550001000', clickToCall: true },
  extension: '101',
  canDial: true,
  country: 'MX',
};
const number = '+525512345678';

// lead-assignment P10: calls go through the company's PBX, never around it.
test.each<[string, Partial<CallAsked>, object]>([
  ['the PBX can dial', {}, { way: 'pbx', extension: '101', number }],
  [
    'it cannot: its access number, ours after it',
    { canDial: false },
    { way: 'tel', href: 'tel:+525550001000,5512345678', number },
  ],
  [
    'no extension of their own',
    { extension: null },
    { way: 'tel', href: 'tel:+525550001000,5512345678', number },
  ],
  [
    'a phone abroad is dialed with its country',
    { canDial: false, phone: '+573001234567' },
    { way: 'tel', href: 'tel:+525550001000,00573001234567', number: '+573001234567' },
  ],
  [
    'at home in Colombia',
    { canDial: false, country: 'CO', phone: '+573001234567' },
    { way: 'tel', href: 'tel:+525550001000,3001234567', number: '+573001234567' },
  ],
  [
    'neither: by hand on the extension, never a link to the prospect',
    { canDial: false, pbx: { accessNumber: null, clickToCall: false } },
    { way: 'extension', extension: '101', number },
  ],
  ['no phone', { phone: null }, { way: 'none' }],
])('%s', (_name, change, way) => {
  expect(wayToCall({ ...asked, ...change })).toEqual(way);
});
