import { describe, expect, test } from 'vitest';

import { dateIn, joined, ownWords, readRequest, type RequestReader } from './read-request.ts';

const reader: RequestReader = {
  country: 'MX',
  ours: new Set(['+525550000004', 'ana@example.com']),
  today: '2024-07-10',
};
const nothing = {
  name: null,
  phone: null,
  email: null,
  source: null,
  imageDatedOn: null,
  firstContact: false,
};

describe('what a mail says of the client', () => {
  test.each([
    [
      'one datum a line',
      'Nombre: Carla Ruiz\nTeléfono: 55 1000 0001',
      { name: 'Carla Ruiz', phone: '+525510000001' },
    ],
    [
      'with bullets and bold',
      '- *Cliente:* Carla Ruiz\n• Tel. 55 1000 0001',
      { name: 'Carla Ruiz', phone: '+525510000001' },
    ],
    ['the value below its word', 'Nombre del cliente\nCarla Ruiz', { name: 'Carla Ruiz' }],
    ['an e-mail anywhere, if there is one', 'Es carla@example.net, gracias', { email: 'carla@example.net' }],
    ['not one of two', 'carla@example.net o carlos@example.net', {}],
    ['not the writer’s own phone below', 'Cel: 55 5000 0004\nAna', {}],
    ['nor the writer’s own e-mail', 'Ana Prueba\nana@example.com', {}],
    ['the source', 'Fuente de prospección: Expo Casa', { source: 'Expo Casa' }],
    ['no datum', 'Fuente: N/A\nNombre: -', {}],
    ['the date in the image', 'Fecha de la imagen: 1 de julio de 2024', { imageDatedOn: '2024-07-01' }],
    ['a first contact in words', 'Primer contacto: el lunes por WhatsApp', { firstContact: true }],
    ['a word that only begins so', 'Telefonía: sin datos\nNombres varios', {}],
    [
      'what is quoted is somebody else’s',
      'Gracias\n> Nombre: Otra Persona\nEl lun 1 jul 2024 a las 10:00, Pauta escribió:\nFuente: Otra',
      {},
    ],
    ['what stands below the signature', 'Hola\n-- \nNombre: Ana Prueba', {}],
  ] as const)('%s', (_name, text, read) => {
    expect(readRequest(text, reader)).toEqual({ ...nothing, ...read });
  });

  test('a later mail adds what was missing and takes nothing away', () => {
    const first = { ...nothing, name: 'Carla', firstContact: true };
    expect(joined(first, { ...nothing, phone: '+525510000001' })).toEqual({
      ...first,
      phone: '+525510000001',
    });
  });

  test.each([
    ['2024-07-01', '2024-07-01'],
    ['01/07/2024', '2024-07-01'],
    ['1-7-24', '2024-07-01'],
    ['1 jul 2024', '2024-07-01'],
    ['el 1 de julio del 2024', '2024-07-01'],
    ['10/07/2024', '2024-07-10'],
    ['11/07/2024', null],
    ['31/02/2024', null],
    ['07/13/2024', null],
    ['ayer', null],
  ])('the date «%s»: %s', (text, date) => {
    expect(dateIn(text, reader.today)).toBe(date);
  });

  test('a long mail is read no further than a person would', () => {
    expect(ownWords('x\n'.repeat(10_000)).length).toBeLessThanOrEqual(401);
  });
});
