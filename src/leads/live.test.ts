import { expect, it } from 'vitest';

import type { NewEntry } from '../journal/index.ts';
import { instant } from '../platform/time.ts';
import { liveEvents } from './live.ts';

const entry = (about: Partial<NewEntry> & Pick<NewEntry, 'entry'>): NewEntry => ({
  at: instant('2026-03-03T16:00:00Z'),
  kind: 'fact',
  actor: 'administrator',
  because: [],
  fields: {},
  ...about,
});
const topics = (about: Parameters<typeof entry>[0]) =>
  new Set(liveEvents([entry(about)]).map(({ topic }) => topic));

it.each([
  ['contact.doubt-raised', 'duplicates'],
  ['contact.doubt-settled', 'duplicates'],
  ['contact.merged', 'duplicates'],
  ['contact.unmerged', 'duplicates'],
  ['contact.erased', 'duplicates'],
  ['roster.confirmed', 'roster'],
  ['person.changed', 'staff'],
  ['source.changed', 'sources'],
  ['procedure.adopted', 'settings'],
  ['anything', 'journal'],
] as const)('%s is told to the screens of %s', (name, topic) => {
  expect(topics({ entry: name })).toContain(topic);
});

it('a contact that is noted concerns no queue of duplicates', () => {
  expect(topics({ entry: 'contact.opted-out' })).not.toContain('duplicates');
});

it('a lead that moves concerns both the one who had it and the one who has it', () => {
  const moved = liveEvents([
    entry({ entry: 'lead.reassigned', lead: 'L1', person: 'beto', fields: { from: 'ana', to: 'beto' } }),
  ]);
  const people = moved.flatMap(({ topic, person }) => (topic === 'leads' ? [person] : []));
  expect(new Set(people)).toEqual(new Set(['ana', 'beto']));
});
