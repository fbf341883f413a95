import { folded } from '../figures.ts';

/**
 * How well `text` answers `query`: 0 not at all, higher is better. Every word of the query must occur, in any order,
 * accents and case aside; a beginning of a word beats a middle, letters merely in order (`mdi` → «Mi día») come last.
 */
export function match(query: string, text: string): number {
  const wanted = folded(query).trim();
  if (wanted === '') return 1;
  const given = folded(text);
  let score = 0;
  for (const word of wanted.split(/\s+/)) {
    const at = given.indexOf(word);
    if (at < 0) return inOrder(wanted.replaceAll(/\s+/g, ''), given) ? 1 : 0;
    score += at === 0 ? 40 : /\W/.test(given.charAt(at - 1)) ? 30 : 10;
  }
  return score + (given === wanted ? 50 : 0);
}

function inOrder(letters: string, text: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return letters.length > 1;
}

/** The items that answer, best first; equals stay in their order. */
export function ranked<Item>(query: string, items: readonly Item[], text: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, score: match(query, text(item)) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ item }) => item);
}
