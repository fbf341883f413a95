import type { ReactNode } from 'react';
import { useClauses } from '../clauses.ts';
import { Why, WhyBody, type WhyProps } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { whyText } from './floor-words.ts';

/** «¿Por qué?» with the clauses' own words and the reasons of those passed over. */
export function Because({
  open = false,
  passedOver = [],
  ...reasons
}: WhyProps & { open?: boolean }): ReactNode {
  const { procedureName, clauseText } = useClauses();
  const t = useWords();
  const told = {
    ...reasons,
    procedureName,
    clauseText,
    passedOver: passedOver.map(({ person, why }) => ({ person, why: whyText(t, why) })),
  };
  return open ? <WhyBody {...told} /> : <Why {...told} />;
}
