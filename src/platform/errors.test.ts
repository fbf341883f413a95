import { describe, expect, it } from 'vitest';
import { errorCatalog } from './errors.ts';

const entry = { code: 'outside-hours', status: 409, es: 'Fuera de horario.', en: 'Outside hours.' };

describe('errorCatalog', () => {
  it('gathers the entries of every feature', () => {
    const catalog = errorCatalog({ gate: [entry], leads: [{ ...entry, code: 'no-turn' }] });
    expect([...catalog.keys()]).toEqual(['outside-hours', 'no-turn']);
    expect(catalog.get('outside-hours')).toEqual(entry);
  });

  it('refuses one code used twice, naming both features', () => {
    expect(() => errorCatalog({ gate: [entry], leads: [entry] })).toThrow('used by both gate and leads');
  });

  const broken = [
    { name: 'no Spanish', change: { es: '' } },
    { name: 'a status that is no refusal', change: { status: 200 } },
    { name: 'a code that is no name', change: { code: 'Outside Hours' } },
  ];
  it.each(broken)('refuses an entry with $name', ({ change }) => {
    expect(() => errorCatalog({ gate: [{ ...entry, ...change }] })).toThrow('is not whole');
  });
});
