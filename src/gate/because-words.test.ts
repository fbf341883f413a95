import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asWritten, readPacks, type Pack } from '../procedures/index.ts';
import { becauseWords } from './because-words.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const loaded = await readPacks(ROOT);
const packs: readonly Pack[] = 'packs' in loaded ? loaded.packs : [];
const policy = asWritten(packs, ['contact-center-policy'], '2026-03-01');
const version = policy[0]?.effectiveOn ?? '';

function words(ref: string, language: 'es' | 'en' = 'es', parameters = {}) {
  const adoptions = policy.map((adoption) => ({ ...adoption, parameters }));
  return becauseWords(ref, { packs, adoptions, language });
}

describe('what stands behind a decision, in words', () => {
  test('a clause: its procedure, its version, its figures filled in', () => {
    const found = words(`contact-center-policy@${version}#L4`);
    expect(found).toMatchObject({ kind: 'clause', clause: 'L4', version });
    expect(found.name).toBe(packs.find(({ name }) => name === 'contact-center-policy')?.title.es);
    expect(found.text).not.toMatch(/[{}]/);
  });

  test('a figure the organization set stands in the words of its clause', () => {
    const found = words(`contact-center-policy@${version}#L4`, 'es', { L4: { contactMinutes: 17 } });
    expect(found.text).toContain('17');
  });

  test('in both languages', () => {
    const ref = `contact-center-policy@${version}#L4`;
    expect(words(ref, 'en').text).not.toBe(words(ref, 'es').text);
  });

  test.each([
    ['house#passed-on', 'house', /pasa/],
    ['gate#frozen', 'house', /suspendido/],
    ['gate#nothing-forbids', 'house', /Ninguna regla/],
    ['MX-LFPDPPP-2025@2025-03-21', 'law', /LFPDPPP/],
    ['contact-center-policy@1999-01-01#L4', 'house', /1999/],
    ['what#ever', 'house', /what#ever/],
  ])('%s', (ref, kind, text) => {
    expect(words(ref).kind).toBe(kind);
    expect(words(ref).text).toMatch(text);
  });
});
