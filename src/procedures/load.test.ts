import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultLine } from './faults.ts';
import { clauseIds, procedureNames } from './known.ts';
import { loadPacks } from './load.ts';
import { clauseText } from './pack.ts';
import { readingSchemas } from './readings.ts';

const root = new URL('../../procedures/', import.meta.url);
const files = procedureNames.map((name) => ({
  file: `procedures/${name}.yaml`,
  text: readFileSync(new URL(`${name}.yaml`, root), 'utf8'),
}));

/** All five packs with one of them changed: `from` is replaced once by `to`. */
function withChange(pack: string, from: string, to: string) {
  const changed = files.map(({ file, text }) => {
    if (file !== `procedures/${pack}.yaml`) return { file, text };
    expect(text).toContain(from);
    return { file, text: text.replace(from, to) };
  });
  const loaded = loadPacks(changed);
  return {
    faults: 'faults' in loaded ? loaded.faults : [],
    text: changed.find(({ file }) => file.includes(pack))?.text,
  };
}

function lineOf(text: string | undefined, part: string): number {
  const lines = (text ?? '').slice(0, (text ?? '').indexOf(part)).split('\n');
  return lines.length;
}

describe('the five packs', () => {
  const loaded = loadPacks(files);
  const packs = 'packs' in loaded ? loaded.packs : [];

  it('load without a fault', () => {
    expect('faults' in loaded ? loaded.faults : []).toEqual([]);
    expect(packs.map(({ name, version }) => [name, version])).toEqual([
      ['lead-assignment', '2021-07-13'],
      ['contact-center-policy', '2023-03-01'],
      ['lead-reassignment', '2024-06-12'],
      ['proactive-contact', null],
      ['telecom-outbound', '2021-12-07'],
    ]);
  });

  it('carry every clause and every reading, in both languages, with its figures in place', () => {
    for (const pack of packs) {
      expect(pack.clauses.map(({ id }) => id)).toEqual(clauseIds[pack.name]);
      expect(pack.readings.map(({ token }) => token).toSorted()).toEqual(
        Object.keys(readingSchemas[pack.name]).toSorted(),
      );
      for (const clause of pack.clauses) {
        expect(clauseText(clause, 'es')).not.toMatch(/[{}]/);
        expect(clauseText(clause, 'en')).not.toMatch(/[{}]/);
      }
    }
  });

  it('cannot be changed by who reads them', () => {
    expect(Object.isFrozen(packs[0]?.clauses[0]?.parameters)).toBe(true);
  });
});

describe('a fault is named with file, line, clause and field', () => {
  const P2 = 'condition: person.sales >= parameters.salesMin';
  const cases = [
    {
      name: 'a kind nobody knows',
      from: 'kind: watched',
      to: 'kind: wished',
      at: 'kind: wished',
      clause: 'O1',
      field: 'kind',
    },
    {
      name: 'a missing language',
      from: '      en: Keeps who signed this version and when.\n',
      to: '',
      at: '    effect:\n      es: Guarda quién',
      clause: 'P5',
      field: 'effect.en',
    },
    {
      name: 'a field nobody knows',
      from: '    topics: [training]',
      to: '    topics: [training]\n    colour: red',
      at: 'colour',
      clause: 'P5',
      field: 'colour',
    },
    {
      name: 'a topic nobody knows',
      from: '[training]',
      to: '[gardening]',
      at: '[gardening]',
      clause: 'P5',
      field: 'topics.0',
    },
    {
      name: 'a clause nobody knows',
      from: '- id: P15',
      to: '- id: P16',
      at: '- id: P16',
      clause: 'P16',
      field: 'id',
    },
    {
      name: 'a clause twice',
      from: '- id: P15',
      to: '- id: P14',
      at: '- id: P14\n    kind: enforced\n    who: [advisor, manager]',
      clause: 'P14',
      field: 'id',
    },
    {
      name: 'a clause left out',
      from: '- id: P15',
      to: '- id: P14',
      at: 'clauses:\n',
      clause: 'P15',
      field: 'clauses',
    },
    {
      name: 'a figure of another type',
      from: '{ salesMin: 3 }',
      to: '{ salesMin: three }',
      at: '{ salesMin: three }',
      clause: 'P2',
      field: 'parameters.salesMin',
    },
    {
      name: 'a figure left out',
      from: '{ noticeMinutes: 5 }',
      to: '{}',
      at: 'parameters: {}',
      clause: 'P8',
      field: 'parameters.noticeMinutes',
    },
    {
      name: 'money as a float',
      from: '"0.20"',
      to: '0.20',
      at: '{ retentionPercent: 0.20 }',
      clause: 'P12',
      field: 'parameters.retentionPercent',
    },
    {
      name: 'a place in the text without a figure',
      from: 'at least {salesMin} sales',
      to: 'at least {sales} sales',
      at: 'en: Getting on the roster',
      clause: 'P2',
      field: 'text.en',
    },
    {
      name: 'a reading nobody knows',
      from: 'token: notified.from',
      to: 'token: notified.since',
      at: 'token: notified.since',
      clause: 'P8',
      field: 'readings.notified.since.token',
    },
    {
      name: 'a reading left out',
      from: 'token: notified.from',
      to: 'token: notified.since',
      at: 'readings:\n',
      clause: null,
      field: 'readings.notified.from',
    },
    {
      name: 'a default outside the alternatives',
      from: 'default: signed',
      to: 'default: sworn',
      at: 'default: sworn',
      clause: 'P7',
      field: 'readings.policies.fulfilled.default',
    },
    {
      name: 'an alternative left out',
      from: '      - value: receipt\n        label: { es: "Desde que lo recibimos", en: "From when we received it" }\n',
      to: '',
      at: 'alternatives:\n      - value: source',
      clause: 'P8',
      field: 'readings.notified.from.alternatives',
    },
    {
      name: 'a control that does not fit',
      from: 'type: moment',
      to: 'type: choice',
      at: 'type: choice\n    default: 25T18:00',
      clause: 'P1',
      field: 'readings.roster.dueOn.type',
    },
    {
      name: 'a moment that is none',
      from: '25T18:00',
      to: '32T18:00',
      at: 'default: 32T18:00',
      clause: 'P1',
      field: 'readings.roster.dueOn.default',
    },
    {
      name: 'a reading of no clause',
      from: 'clauses: [P2, P3, P6]',
      to: 'clauses: [P2, Z9, P6]',
      at: 'clauses: [P2, Z9',
      clause: 'P2',
      field: 'readings.roster.exceptions.clauses.1',
    },
    {
      name: 'a condition on an unknown fact',
      from: P2,
      to: 'condition: person.sold >= parameters.salesMin',
      at: 'condition: person.sold',
      clause: 'P2',
      field: 'condition',
    },
    {
      name: 'a condition on unlike types',
      from: P2,
      to: 'condition: person.grade >= parameters.salesMin',
      at: 'condition: person.grade',
      clause: 'P2',
      field: 'condition',
    },
    {
      name: 'a condition that is no question',
      from: P2,
      to: 'condition: person.sales',
      at: 'condition: person.sales\n',
      clause: 'P2',
      field: 'condition',
    },
    {
      name: 'a condition that breaks off',
      from: P2,
      to: 'condition: person.sales >=',
      at: 'condition: person.sales >=\n',
      clause: 'P2',
      field: 'condition',
    },
    {
      name: 'a date that is none',
      from: 'version: 2021-07-13',
      to: 'version: 2021-13-07',
      at: 'version: 2021-13-07',
      clause: null,
      field: 'version',
    },
    {
      name: 'a zone that is none',
      from: 'America/Mexico_City',
      to: 'America/Guadalupe',
      at: 'zone: America/Guadalupe',
      clause: null,
      field: 'zone',
    },
    {
      name: 'a bracket not closed',
      from: 'who: [director]',
      to: 'who: [director',
      at: '    text:\n      es: Cada director',
      clause: null,
      field: '',
    },
  ];

  it.each(cases)('$name', ({ from, to, at, clause, field }) => {
    const { faults, text } = withChange('lead-assignment', from, to);
    const found = faults.find((fault) => fault.field === field && fault.clause === clause);
    expect(found, JSON.stringify(faults, null, 1)).toBeDefined();
    expect(found?.file).toBe('procedures/lead-assignment.yaml');
    expect(found?.line).toBe(lineOf(text, at));
    expect(found?.expected.es).not.toBe('');
    expect(found?.expected.en).not.toBe('');
  });

  it('two clauses of one pack cannot set the same topic', () => {
    const { faults } = withChange('contact-center-policy', 'topics: [channels]', 'topics: [assignment]');
    expect(faults.map(({ clause, field }) => [clause, field])).toEqual([['P3', 'topics']]);
  });

  it('a clause can stand beside another only by a reading of its own', () => {
    const { faults } = withChange(
      'contact-center-policy',
      'beside: { reading: commission.p12',
      'beside: { reading: best.top',
    );
    expect(faults.map(({ clause, field }) => [clause, field])).toEqual([['P6', 'beside.reading']]);
  });

  it('all faults are told, of all files', () => {
    const broken = files.map(({ file, text }) => ({
      file,
      text: text.replaceAll('kind: watched', 'kind: wished'),
    }));
    const loaded = loadPacks(broken);
    const faults = 'faults' in loaded ? loaded.faults.filter(({ field }) => field === 'kind') : [];
    expect(new Set(faults.map(({ file }) => file)).size).toBe(4);
    expect(faults.length).toBe(files.flatMap(({ text }) => text.match(/kind: watched/g) ?? []).length);
  });

  it('a pack that is not there, and one that is there twice', () => {
    const missing = loadPacks(files.slice(1));
    expect('faults' in missing && missing.faults.map(({ file }) => file)).toEqual([
      'procedures/lead-assignment.yaml',
    ]);
    const twice = loadPacks([...files, { file: 'procedures/copy.yaml', text: files[0]?.text ?? '' }]);
    expect('faults' in twice && twice.faults.map(({ file, field }) => [file, field])).toEqual([
      ['procedures/copy.yaml', 'version'],
    ]);
  });

  it.each(['', 'null', '[]', 'name: lead-assignment', '- 1\n- 2', 'clauses: 3\nreadings: x'])(
    '%j is a fault, never a throw',
    (text) => {
      const loaded = loadPacks([{ file: 'procedures/x.yaml', text }]);
      expect('faults' in loaded && loaded.faults.length).toBeGreaterThan(0);
    },
  );

  it('reads as one line in either language', () => {
    const { faults } = withChange('lead-assignment', 'kind: watched', 'kind: wished');
    const [fault] = faults;
    if (fault === undefined) throw new Error('no fault');
    expect(faultLine(fault, 'es')).toBe(
      `procedures/lead-assignment.yaml:${fault.line} O1 kind: se esperaba uno de: enforced, watched, agreed`,
    );
    expect(faultLine(fault, 'en')).toContain('O1 kind: expected one of: enforced');
  });
});
