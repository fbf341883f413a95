import { foldName } from './name-parts.ts';

/**
 * How a Spanish word sounds, for finding names written by ear: Vázquez and Basques, Hernández and Ernandes, Yáñez and Llanes. Double
 * Metaphone is English and gives these different codes. Twelve rules, in order; `#` stands for ch while h is dropped.
 */
const RULES: ReadonlyArray<readonly [RegExp, string]> = [
  [/ch/gu, '#'],
  [/ph/gu, 'f'],
  [/h/gu, ''],
  [/ll/gu, 'y'],
  [/qu(?=[ei])|q/gu, 'k'],
  [/g(?=[ei])/gu, 'j'],
  [/gu(?=[ei])/gu, 'g'],
  [/c(?=[ei])|[zx]/gu, 's'],
  [/c/gu, 'k'],
  [/[vw]/gu, 'b'],
  [/y(?![aeiou])/gu, 'i'],
  [/(.)\1+/gu, '$1'],
];

/** First names and surnames are few: a file of a hundred thousand people has some thousands. */
const WORDS_REMEMBERED_MAX = 50_000;
const remembered = new Map<string, string>();

export function phoneticKey(word: string): string {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const key = RULES.reduce(
    (text, [pattern, sound]) => text.replace(pattern, sound),
    foldName(word).replaceAll(' ', ''),
  );
  if (remembered.size >= WORDS_REMEMBERED_MAX) remembered.clear();
  remembered.set(word, key);
  return key;
}
