import { CloseButton } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words.ts';
import classes from './side-panel.module.css';
import { useKeys } from './use-keys.ts';

export interface SidePanelProps {
  title: ReactNode;
  /** Named for screen readers; the title where it is plain text. */
  label: string;
  close: () => void;
  actions?: ReactNode;
  children: ReactNode;
}

/** What a row opens, at its right; the whole screen on a phone. Esc or the cross returns to the list. */
export function SidePanel({ title, label, close, actions, children }: SidePanelProps): ReactNode {
  const t = useWords();
  const panel = useRef<HTMLElement>(null);
  useKeys([{ keys: 'Escape', label: t('kit.panel.back'), run: close, whileTyping: true }]);
  useEffect(() => {
    // On a phone the list is covered, so the focus goes along; beside a list it stays there, for ↑↓.
    if (window.matchMedia('(max-width: 62em)').matches) panel.current?.focus();
  }, []);
  return (
    <aside ref={panel} className={classes['panel']} aria-label={label} tabIndex={-1} data-panel>
      <header className={classes['head']}>
        <h2 className={classes['title']}>{title}</h2>
        {actions}
        <CloseButton onClick={close} aria-label={t('kit.panel.back')} />
      </header>
      {/* It scrolls, and may hold nothing else that takes the keyboard. */}
      <div className={classes['body']} tabIndex={0} role="group" aria-label={label}>
        {children}
      </div>
    </aside>
  );
}

/** A list and what its row opened, side by side. */
export function ListAndPanel({ list, panel }: { list: ReactNode; panel: ReactNode }): ReactNode {
  return (
    <div className={classes['split']} data-open={panel !== null && panel !== undefined}>
      <div className={classes['list']}>{list}</div>
      {panel}
    </div>
  );
}
