/** Figures as elements: what the organization writes, with the exact value behind a hover. */
import type { ReactNode } from 'react';
import type { Instant } from '../../src/platform/time.ts';
import { phoneText } from '../figures.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';

const RELATIVE_EVERY_SECONDS = 20;

/** How long ago or until («hace 5 minutos»), or the moment itself («hoy, 10:04 a.m.»); the exact instant on hover or focus. */
export function When({
  at,
  as = 'relative',
}: {
  at: Instant;
  as?: 'relative' | 'moment' | 'time' | 'date';
}): ReactNode {
  const now = useServerNow(RELATIVE_EVERY_SECONDS);
  const figures = useFigures();
  const text = as === 'relative' || as === 'moment' ? figures[as](at, now) : figures[as](at);
  return (
    <time dateTime={at} title={figures.exact(at)}>
      {text}
    </time>
  );
}

/** `amount`: decimal text, as money travels everywhere in the product. */
export function Money({ amount, currency }: { amount: string; currency: 'MXN' | 'COP' }): ReactNode {
  return <span>{useFigures().money(amount, currency)}</span>;
}

/** `number`: E.164. A link only where dialing it is the way to call (the PBX's access number): `href`. */
export function Phone({ number, href }: { number: string; href?: string | undefined }): ReactNode {
  const text = phoneText(number, useFigures().place.figures);
  return (
    <span translate="no" style={{ whiteSpace: 'nowrap' }}>
      {href === undefined ? text : <a href={href}>{text}</a>}
    </span>
  );
}

export function Num({ value, decimals }: { value: number; decimals?: number }): ReactNode {
  return <span>{useFigures().number(value, decimals)}</span>;
}
