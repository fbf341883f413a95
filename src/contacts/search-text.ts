import type { HeldFacts } from './held.ts';
import { foldName } from './names.ts';

/** A longer search is no search of a person. */
const WORDS_MAX = 8;
/** Fewer digits would find everybody. */
const DIGITS_MIN = 3;

/** Everything a person is looked for by, folded: words without accents, phones as digits, e-mails in small letters. */
export function searchText(facts: HeldFacts): string {
  const parts = [
    ...facts.names.map(({ value }) => foldName(value)),
    ...facts.phones.map(({ value }) => value.replace(/\D/gu, '')),
    ...facts.emails.flatMap(({ value, raw }) => [value, raw.trim().toLowerCase()]),
  ];
  return [...new Set(parts)].join('\n');
}

/** What each part of a search must be found as; null when there is nothing to look for. "55 1234" is one number. */
export function searchParts(typed: string): string[] | null {
  const text = typed.trim().toLowerCase();
  if (/^[\d\s+().-]+$/u.test(text)) {
    const digits = text.replace(/\D/gu, '');
    return digits.length < DIGITS_MIN ? null : [digits];
  }
  const words = text
    .split(/\s+/u)
    .flatMap((word) => (word.includes('@') ? [word] : foldName(word).split(' ')))
    .filter((word) => word !== '');
  return words.length === 0 ? null : words.slice(0, WORDS_MAX);
}

/** As a pattern for `like`, with what is typed taken by the letter. */
export function containing(part: string): string {
  return `%${part.replace(/[\\%_]/gu, String.raw`\$&`)}%`;
}
