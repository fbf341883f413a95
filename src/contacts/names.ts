import { distance } from 'fastest-levenshtein';
import { isNickname, nameParts } from './name-parts.ts';
import { phoneticKey } from './phonetic.ts';

export { foldName } from './name-parts.ts';
export { phoneticKey } from './phonetic.ts';

export type NameMatch = 'same' | 'same-sound' | 'nickname' | 'one-letter' | 'initial';

export interface MatchedWords {
  readonly known: string;
  readonly incoming: string;
  readonly how: NameMatch;
}

export interface NameComparison {
  /** 0 nothing in common … 1 every word of the shorter name is in the other. */
  readonly score: number;
  /** Neither contradicts the other: one is missing, is one word of the other, or lacks a second surname. */
  readonly compatible: boolean;
  /** First name and two surnames, or more, on both sides and all of them agree. */
  readonly full: boolean;
  readonly matched: readonly MatchedWords[];
}

const WORTH: Readonly<Record<NameMatch, number>> = {
  same: 1,
  'same-sound': 0.95,
  nickname: 0.9,
  'one-letter': 0.85,
  initial: 0.7,
};
/** Shorter words that differ by one letter are different names (Ana, Eva). */
const ONE_LETTER_WORD_MIN = 5;
const FULL_NAME_WORDS_MIN = 3;
const LAST_VOWEL = /[aoe]$/u;

/**
 * Keys for finding candidates: each later word as it sounds with the first letter of the first, and the other way round, so that a name
 * with one surname, or written surnames first, shares a key with the full one.
 */
export function nameKeys(name: string): string[] {
  const [first, ...rest] = nameParts(name).words.map(phoneticKey);
  if (first === undefined) return [];
  if (rest.length === 0) return [`${first}:`];
  const keys = rest.flatMap((word) => [`${word}:${first.slice(0, 1)}`, `${first}:${word.slice(0, 1)}`]);
  return [...new Set(keys)].toSorted();
}

/** Takes two names as written. Symmetric. A missing name contradicts nothing and proves nothing. */
export function compareNames(known: string, incoming: string): NameComparison {
  const one = nameParts(known);
  const other = nameParts(incoming);
  const shorter = Math.min(one.words.length, other.words.length);
  if (shorter === 0) return { score: 0, compatible: true, full: false, matched: [] };
  const matched = matchWords(one.words, other.words);
  const worth = matched.reduce((sum, pair) => sum + WORTH[pair.how], 0);
  // A word without a partner on both sides is a contradiction: María Fernanda and María José Pérez López are sisters.
  const compatible = matched.length === shorter;
  const full =
    compatible &&
    !one.company &&
    !other.company &&
    matched.filter((pair) => pair.how !== 'initial').length >= FULL_NAME_WORDS_MIN;
  return { score: Math.round((worth / shorter) * 100) / 100, compatible, full, matched };
}

/** Best agreement first; equal ones in an order that does not depend on which name came first. */
function matchWords(one: readonly string[], other: readonly string[]): MatchedWords[] {
  const pairs = one.flatMap((known, at) =>
    other.flatMap((incoming, to) => {
      const how = howWordsAgree(known, incoming);
      return how === null
        ? []
        : [{ known, incoming, how, at, to, order: [known, incoming].toSorted().join(' ') }];
    }),
  );
  const ranked = pairs.toSorted(
    (a, b) => WORTH[b.how] - WORTH[a.how] || (a.order < b.order ? -1 : Number(a.order > b.order)),
  );
  const taken = { one: new Set<number>(), other: new Set<number>() };
  const matched: MatchedWords[] = [];
  for (const { known, incoming, how, at, to } of ranked) {
    if (taken.one.has(at) || taken.other.has(to)) continue;
    taken.one.add(at);
    taken.other.add(to);
    matched.push({ known, incoming, how });
  }
  return matched;
}

function howWordsAgree(one: string, other: string): NameMatch | null {
  if (one === other) return 'same';
  if (one.length === 1 || other.length === 1) return one[0] === other[0] ? 'initial' : null;
  if (phoneticKey(one) === phoneticKey(other)) return 'same-sound';
  if (isNickname(one, other)) return 'nickname';
  return isOneLetterOff(one, other) ? 'one-letter' : null;
}

function isOneLetterOff(one: string, other: string): boolean {
  if (Math.min(one.length, other.length) < ONE_LETTER_WORD_MIN || isOtherGender(one, other)) return false;
  return distance(one, other) === 1 || isSwapped(one, other);
}

/** Mario and María, Gabriel and Gabriela: one letter, two people. */
function isOtherGender(one: string, other: string): boolean {
  return one.replace(LAST_VOWEL, '') === other.replace(LAST_VOWEL, '');
}

/** Two neighbouring characters changed places. */
export function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  return one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
}
