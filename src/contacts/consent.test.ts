import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { consentInForce, readOptOut, type ConsentRecord } from './consent.ts';

test.each([
  ['BAJA', 'all'],
  ['baja', 'all'],
  ['Baja por favor', 'all'],
  ['Hola, baja, gracias', 'all'],
  ['BAJA. Gracias', 'all'],
  ['stop', 'all'],
  ['STOP!!', 'all'],
  ['Stop. No insistan', 'all'],
  ['Alto', 'all'],
  ['unsubscribe', 'all'],
  ['ya no quiero', 'all'],
  ['Ya no quiero, gracias', 'all'],
  ['Ya no quiero nada', 'all'],
  ['No me llamen', 'calls'],
  ['por favor no me vuelvan a llamar', 'calls'],
  ['ya no me marquen', 'calls'],
  ['Dejen de llamarme', 'calls'],
  ['no quiero que me llamen más', 'calls'],
  ['no quiero más llamadas', 'calls'],
  ['Ya no quiero recibir mensajes', 'messages'],
  ['no me manden más', 'messages'],
  ['No me escriban', 'messages'],
  ['dejen de mandar mensajes', 'messages'],
  ['no quiero recibir más correos', 'email'],
  ['No me molesten', 'all'],
  ['no me contacten por favor', 'all'],
  ['Quiero darme de baja', 'all'],
  ['quiero que me den de baja', 'all'],
  ['Solicito mi baja de su lista', 'all'],
  ['quítenme de su lista', 'all'],
  ['Borren mi número', 'all'],
  ['No autorizo', 'all'],
  ['Revoco mi consentimiento', 'all'],
  ["don't call me", 'calls'],
  ['Stop calling me', 'calls'],
  ['Please stop texting', 'messages'],
  ['remove me from this list', 'all'],
  ['Hola. ¿Quién es? No me llamen.', 'calls'],
  ['¿Quién es? BAJA', 'all'],
  ['¿Me pueden dar de baja?', 'all'],
  ['¿Pueden dejar de llamarme?', 'calls'],
])('%j forbids %s', (text, scope) => {
  expect(readOptOut(text)).toMatchObject({ scope });
});

test('asking for the data to be removed is also an erasure request', () => {
  expect(readOptOut('Eliminen mis datos')).toMatchObject({ scope: 'all', erasure: true });
});

test.each([
  '',
  'Hola',
  'baja el precio?',
  '¿Baja?',
  'Baja el precio y lo compro',
  '¿Cuándo baja la tasa?',
  'planta baja',
  'Busco casa de planta baja',
  'Cancelar',
  'cancelar mi cita',
  'Quiero dar de baja mi servicio',
  'quiero darme de baja del plan anterior',
  'ya no quiero el de dos recámaras, quiero el de tres',
  'no me llamen antes de las 5',
  'No me llamen hoy, mañana sí',
  '¿Por qué no me llaman?',
  'no me han llamado',
  'no me llama la atención',
  '¿Por qué no me llamen?',
  'no me manden el plano todavía',
  'Quiero que me llamen',
  'non-stop',
  "don't call me before 5",
  'stop by tomorrow',
  'Sí me interesa, gracias',
  'No, gracias',
  'ya no',
  'no quiero el departamento chico',
])('%j is no refusal', (text) => {
  expect(readOptOut(text)).toBeNull();
});

test('any text gets an answer', () => {
  fc.assert(fc.property(fc.string(), (text) => readOptOut(text) === null || readOptOut(text) !== undefined));
});

function say(kind: ConsentRecord['kind'], scope: ConsentRecord['scope'], minute: number): ConsentRecord {
  return { kind, scope, at: instant(`2024-07-01T15:0${minute}:00Z`), text: 'Acepto', origin: 'form' };
}

test('the latest statement that covers the scope holds; in one instant the refusal does', () => {
  const given = say('given', 'all', 1);
  const calls = say('withdrawn', 'calls', 2);
  const again = say('given', 'calls', 3);
  expect(consentInForce([], 'calls')).toBeNull();
  expect(consentInForce([given, calls], 'calls')).toBe(calls);
  expect(consentInForce([calls, given], 'messages')).toBe(given);
  expect(consentInForce([again, calls, given], 'calls')).toBe(again);
  const refused = say('withdrawn', 'all', 3);
  expect(consentInForce([again, refused], 'calls')).toBe(refused);
});
