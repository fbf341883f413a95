import { useEffect, useRef, type ReactNode } from 'react';
import classes from './page-tabs.module.css';

/** Sides of one room, each with its address: links within, the one that is open marked `aria-current="page"`. */
export function PageTabs({ label, children }: { label: string; children: ReactNode }): ReactNode {
  const strip = useRef<HTMLElement>(null);
  // On a phone the strip is wider than the screen.
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  });
  return (
    <nav ref={strip} className={classes['tabs']} aria-label={label}>
      {children}
    </nav>
  );
}
