/** What stands behind decisions, in words: the one source of every «¿Por qué?». */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { z } from 'zod';
import { ask } from './api.ts';
import type { InWords } from './kit/why.tsx';
import { useLanguage, useWords, type Say } from './words.ts';

export const clauseWords = z.object({
  ref: z.string(),
  kind: z.enum(['clause', 'law', 'house']),
  name: z.string().nullable(),
  procedure: z.string().nullable(),
  clause: z.string(),
  version: z.string().nullable(),
  text: z.string(),
});
export type ClauseWords = z.infer<typeof clauseWords>;
const answerSchema = z.object({ clauses: z.array(clauseWords) });

/** By their references. `language`: they come in words, so another language is another answer. */
const wordsQuery = (refs: readonly string[], language: string) =>
  queryOptions({
    queryKey: ['settings', 'because', refs.join(), language],
    queryFn: ({ signal }) =>
      ask(`/api/because?refs=${encodeURIComponent(refs.join())}`, answerSchema, { signal }),
    enabled: refs.length > 0,
    staleTime: Infinity,
  });

/** All that a decision of today may cite. */
export const citableQuery = (language: string) =>
  queryOptions({
    queryKey: ['settings', 'clauses', language],
    queryFn: ({ signal }) => ask('/api/clauses', answerSchema, { signal }),
    staleTime: Infinity,
  });

/** «Política del contact center L4»; the product's own rules stand in no procedure. */
export function clauseName(t: Say, { name, clause }: Pick<ClauseWords, 'name' | 'clause'>): string {
  return name === null ? t('kit.why.house') : `${name} ${clause}`.trim();
}

/** Of clauses that have come with an answer. */
export function inWordsOf(t: Say, clauses: readonly ClauseWords[]): InWords {
  return (ref) => {
    const found = clauses.find((each) => each.ref === ref);
    if (found === undefined) return undefined;
    const { procedure, clause, version, text } = found;
    return {
      name: clauseName(t, found),
      version,
      text,
      href: procedure === null ? undefined : `/procedures?procedure=${procedure}&clause=${clause}`,
    };
  };
}

/** Asked for by their references, as they are shown; undefined until they are here. */
export function useInWords(refs: readonly string[]): InWords | undefined {
  const t = useWords();
  const { data } = useQuery(wordsQuery(refs, useLanguage()));
  const inWords = useCallback<InWords>((ref) => inWordsOf(t, data?.clauses ?? [])(ref), [t, data]);
  return data === undefined && refs.length > 0 ? undefined : inWords;
}
