/** What the clauses behind decisions say: asked once, for every «¿Por qué?» there is. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { z } from 'zod';
import { ask } from './api.ts';
import type { ClauseReference } from './kit/clause.ts';
import type { WhyProps } from './kit/why.tsx';
import { useLanguage, useWords } from './words.ts';

const saying = z.object({ es: z.string(), en: z.string() });
const answerSchema = z.object({
  clauses: z.array(z.object({ clause: z.string(), title: saying.nullable(), text: saying })),
});

const clausesQuery = queryOptions({
  queryKey: ['settings', 'clauses'],
  queryFn: () => ask('/api/clauses', answerSchema),
  staleTime: Infinity,
});

type Known = Pick<Required<WhyProps>, 'procedureName' | 'clauseText' | 'clauseHref'>;

/** For `<Why {...useClauses()}>`: the procedures' names and the clauses' words in the user's language. */
export function useClauses(): Known & {
  readonly all: readonly { clause: string; name: string; text: string }[];
} {
  const { data } = useQuery(clausesQuery);
  const language = useLanguage() === 'en' ? 'en' : 'es';
  const t = useWords();
  return useMemo(() => {
    const house = t('kit.why.house');
    const all = (data?.clauses ?? []).map(({ clause, title, text }) => ({
      clause,
      name: title?.[language] ?? house,
      text: text[language],
    }));
    const texts = new Map(all.map(({ clause, text }) => [clause, text]));
    const names = new Map(all.map(({ clause, name }) => [clause.split('#')[0] ?? '', name]));
    return {
      all,
      procedureName: (procedure: string) => names.get(procedure),
      clauseText: ({ procedure, clause }: Pick<ClauseReference, 'procedure' | 'clause'>) =>
        texts.get(`${procedure}#${clause}`),
      // The product's own rules stand in no procedure.
      clauseHref: ({ procedure, clause }: Pick<ClauseReference, 'procedure' | 'clause'>) =>
        procedure === 'house' ? undefined : `/procedures?procedure=${procedure}&clause=${clause}`,
    };
  }, [data, language, t]);
}
