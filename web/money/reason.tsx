import type { ReactNode } from 'react';
import { useInWords } from '../clauses.ts';
import { RowsShape, Why, WhyBody, type Reasons } from '../kit/index.ts';

/** «¿Por qué?» beside an amount or a decision, with the clauses' own words. */
export function Reason({ compact = false, ...reasons }: Reasons & { compact?: boolean }): ReactNode {
  if (reasons.because.length === 0) return null;
  return (
    <Why compact={compact}>
      <Body {...reasons} />
    </Why>
  );
}

function Body(reasons: Reasons): ReactNode {
  const inWords = useInWords(reasons.because);
  return inWords === undefined ? <RowsShape rows={2} /> : <WhyBody {...reasons} inWords={inWords} />;
}
