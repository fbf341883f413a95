import { Button, Kbd, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSingleKeys } from '../preferences.ts';
import { isSingle } from './keys.ts';
import classes from './shortcut.module.css';
import { useKeys } from './use-keys.ts';

const SHOWN: Record<string, string> = {
  mod: 'Ctrl',
  shift: '⇧',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Enter: '↵',
};

/** The key beside what it does; nothing when keys of one letter are switched off, nor on a phone. */
export function Shortcut({ keys }: { keys: string }): ReactNode {
  const singleKeys = useSingleKeys();
  if (isSingle(keys) && !singleKeys) return null;
  return (
    <span className={classes['keys']} aria-hidden>
      {keys.split('+').map((part) => (
        <Kbd key={part} size="xs">
          {SHOWN[part] ?? part.toUpperCase()}
        </Kbd>
      ))}
    </span>
  );
}

export interface ActProps extends ButtonProps {
  keys: string;
  label: string;
  run: () => void;
}

/** A button with its key: pressing either does the same. */
export function Act({ keys, label, run, disabled, ...button }: ActProps): ReactNode {
  useKeys([{ keys, label, run, when: () => disabled !== true }]);
  return (
    <Button {...button} disabled={disabled ?? false} onClick={run} rightSection={<Shortcut keys={keys} />}>
      {label}
    </Button>
  );
}
