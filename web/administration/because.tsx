import type { ReactNode } from 'react';
import { useInWords } from '../clauses.ts';
import { RowsShape, Why, WhyBody, type Reasons } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { whyText } from './floor-words.ts';

/** «¿Por qué?» with the clauses' own words and the reasons of those passed over. `open`: without its button. */
export function Because({
  open = false,
  compact = false,
  ...reasons
}: Reasons & { open?: boolean; compact?: boolean }): ReactNode {
  const body = <Worded {...reasons} />;
  return open ? body : <Why compact={compact}>{body}</Why>;
}

function Worded({ passedOver = [], ...reasons }: Reasons): ReactNode {
  const t = useWords();
  const inWords = useInWords(reasons.because);
  if (inWords === undefined) return <RowsShape rows={2} />;
  return (
    <WhyBody
      {...reasons}
      inWords={inWords}
      passedOver={passedOver.map(({ person, why }) => ({ person, why: whyText(t, why) }))}
    />
  );
}
