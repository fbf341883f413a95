/** What the top bar shows of the screens below: how much is due, and the person's own state. */
import type { Icon } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';
import type { Instant } from '../../src/platform/time.ts';
import type { Tone } from '../kit/tone.ts';

export interface Due {
  count: number;
  /** The nearest: drawn as a countdown. */
  next?: { from: Instant; until: Instant; label: string } | undefined;
  to: string;
}
export interface OwnState {
  tone: Tone;
  icon: Icon;
  word: string;
}
interface Shown {
  due?: Due | undefined;
  state?: OwnState | undefined;
}

let shown: Shown = {};
const watchers = new Set<() => void>();

function show(change: Shown): void {
  shown = { ...shown, ...change };
  for (const watcher of watchers) watcher();
}

/** Puts what is due into the top bar; stays while other screens are looked at. */
export function useShowDue(due: Due | undefined): void {
  useEffect(() => show({ due }), [due]);
}

/** Puts the person's own state («De guardia», «En pausa») into the top bar. */
export function useShowOwnState(state: OwnState | undefined): void {
  useEffect(() => show({ state }), [state]);
}

export function useShown(): Shown {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => shown,
  );
}
