import { clauseIds, procedureNames } from './known.ts';
import type { Pack, Saying } from './pack.ts';

/**
 * The table clause → rule → test, read from the source text itself: there is no list to keep, so it cannot say that
 * something exists which does not. A rule cites its clause in code (`rules.cite('contact-center-policy', 'L4')`, or any
 * call with that pair of words, or more clauses after it, or the literal 'contact-center-policy#L4'); a test names it in a string, a scenario in
 * its title or in a `because`. Comments and skipped tests do not count.
 */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

export interface CoverageRow {
  readonly procedure: string;
  readonly clause: string;
  readonly kind: string;
  /** Every place, `file:symbol`, in the order of the files. */
  readonly rules: readonly string[];
  readonly tests: readonly string[];
  /** What is not built yet, in words; null when nothing is known to be missing. */
  readonly pending: Saying | null;
}

/**
 * What the product does for a clause now: `held` as its kind says, shown by a test; `unproven`, a rule that no test
 * covers; `outside`, nothing: people keep it without the product.
 */
export type Standing = 'held' | 'unproven' | 'outside';

export function standingOf({ rules, tests }: Pick<CoverageRow, 'rules' | 'tests'>): Standing {
  if (rules.length === 0) return 'outside';
  return tests.length === 0 ? 'unproven' : 'held';
}

export function coverage(
  packs: readonly Pack[],
  sources: { readonly rules: readonly SourceText[]; readonly tests: readonly SourceText[] },
): CoverageRow[] {
  const rules = placesByClause(sources.rules, (source) => [
    ...citedInCode(source),
    ...citedByCondition(source, packs),
    ...citedByTopic(source, packs),
    ...citedBySignature(source, packs),
  ]);
  const tests = placesByClause(sources.tests, citedInTest);
  return packs
    .toSorted((a, b) => procedureNames.indexOf(a.name) - procedureNames.indexOf(b.name))
    .flatMap((pack) =>
      pack.clauses.map(({ id, kind, pending }) => ({
        procedure: pack.name,
        clause: id,
        kind,
        rules: rules.get(`${pack.name}#${id}`) ?? [],
        tests: tests.get(`${pack.name}#${id}`) ?? [],
        pending: pending ?? null,
      })),
    );
}

interface Citation {
  /** `procedure#clause` */
  readonly clause: string;
  readonly place: string;
}

function placesByClause(
  sources: readonly SourceText[],
  find: (source: SourceText) => Citation[],
): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const source of sources) {
    for (const { clause, place } of find(source)) {
      const known = places.get(clause) ?? [];
      if (!known.includes(place)) places.set(clause, [...known, place]);
    }
  }
  return places;
}

const PACKS = procedureNames.join('|');
const PAIR = new RegExp(`(['"])(${PACKS})\\1((?:\\s*,\\s*(['"])[A-Z]\\d{1,2}[a-z]?\\4)+)`, 'g');
const REF = new RegExp(`(?<![\\w-])(${PACKS})(?:@[\\d-]+)?(?:#| )([A-Z]\\d{1,2}[a-z]?)\\b`, 'g');
const CODE_REF = new RegExp(`(['"\`])(${PACKS})(?:@[\\d-]+)?#([A-Z]\\d{1,2}[a-z]?)\\1`, 'g');

function citedInCode(source: SourceText): Citation[] {
  const code = withoutComments(source.text);
  const pairs = [...code.matchAll(PAIR)].flatMap((match) =>
    [...(match[3] ?? '').matchAll(/[A-Z]\d{1,2}[a-z]?/g)].map(([clause]) => ({
      match,
      procedure: match[2],
      clause,
    })),
  );
  const refs = [...code.matchAll(CODE_REF)].map((match) => ({
    match,
    procedure: match[2],
    clause: match[3],
  }));
  return [...pairs, ...refs]
    .filter(({ procedure, clause }) => isClause(procedure, clause))
    .map(({ match, procedure, clause }) => ({
      clause: `${procedure}#${clause}`,
      place: placeOf(source, code, match.index),
    }));
}

/** `failing(rules, 'lead-assignment', facts)` judges every clause of the pack whose condition is data. */
function citedByCondition(source: SourceText, packs: readonly Pack[]): Citation[] {
  const code = withoutComments(source.text);
  return [...code.matchAll(/\bfailing\(\s*[\w.]+\s*,\s*['"]([a-z-]+)['"]/g)].flatMap((match) =>
    packs
      .filter(({ name }) => name === match[1])
      .flatMap((pack) =>
        pack.clauses.filter(({ condition }) => condition !== undefined).map(({ id }) => `${pack.name}#${id}`),
      )
      .map((clause) => ({ clause, place: placeOf(source, code, match.index) })),
  );
}

/** `rules.governing('assignment')` cites whichever clause sets the topic; a clause of two topics needs both asked. */
function citedByTopic(source: SourceText, packs: readonly Pack[]): Citation[] {
  const code = withoutComments(source.text);
  const asked = new Map(
    [...code.matchAll(/\bgoverning\(\s*['"]([a-z.]+)['"]/g)].map((match) => [match[1], match.index]),
  );
  return packs.flatMap((pack) =>
    pack.clauses.flatMap(({ id, topics }) => {
      const at = topics.map((topic) => asked.get(topic)).filter((index) => index !== undefined);
      const first = at[0];
      if (first === undefined || at.length < topics.length) return [];
      return [{ clause: `${pack.name}#${id}`, place: placeOf(source, code, first) }];
    }),
  );
}

/** `rules.agreed(procedure)` is what a signature covers: the clauses that are read and signed. */
function citedBySignature(source: SourceText, packs: readonly Pack[]): Citation[] {
  const code = withoutComments(source.text);
  const match = /\.agreed\(/.exec(code);
  if (match === null) return [];
  return packs.flatMap((pack) =>
    pack.clauses
      .filter(({ kind }) => kind === 'agreed')
      .map(({ id }) => ({ clause: `${pack.name}#${id}`, place: placeOf(source, code, match.index) })),
  );
}

function citedInTest(source: SourceText): Citation[] {
  const said = source.file.endsWith('.ts')
    ? [...withoutSkipped(withoutComments(source.text)).matchAll(STRING)].map(([text]) => text).join('\n')
    : source.text.replaceAll(/(^|\s)#.*$/gm, '$1');
  return [...said.matchAll(REF)]
    .filter(([, procedure, clause]) => isClause(procedure, clause))
    .map(([, procedure, clause]) => ({ clause: `${procedure}#${clause}`, place: source.file }));
}

function isClause(procedure: string | undefined, clause: string | undefined): boolean {
  const known: Readonly<Record<string, readonly string[]>> = clauseIds;
  return procedure !== undefined && clause !== undefined && (known[procedure] ?? []).includes(clause);
}

const STRING = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
const STRING_OR_COMMENT = new RegExp(`(${STRING.source})|//[^\\n]*|/\\*[\\s\\S]*?\\*/`, 'g');

/** Comments become blanks of the same length, so that positions still fit. */
function withoutComments(text: string): string {
  return text.replace(
    STRING_OR_COMMENT,
    (found, string: string | undefined) => string ?? found.replaceAll(/[^\n]/g, ' '),
  );
}

function withoutSkipped(code: string): string {
  const skipped = new RegExp(`\\b(?:it|test|describe)\\.(?:skip|todo)\\(\\s*(?:${STRING.source})`, 'g');
  return code.replaceAll(skipped, '');
}

/** `file:symbol`, the symbol being the declaration at the margin above the citation. */
function placeOf({ file }: SourceText, code: string, index: number): string {
  const above = code.slice(0, index).matchAll(/^(?:export )?(?:async )?(?:function|const|class) (\w+)/gm);
  const symbol = [...above].at(-1)?.[1];
  return symbol === undefined ? file : `${file}:${symbol}`;
}
