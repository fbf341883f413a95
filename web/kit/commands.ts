/** What Ctrl+K can do now: screens register their commands while they are shown. */
import type { Icon } from '@tabler/icons-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Command {
  id: string;
  label: string;
  /** The heading it stands under. */
  group: string;
  icon?: Icon;
  /** Smaller, beside the label: a phone number, a path. */
  detail?: string;
  /** Other words people look for it by. */
  also?: string;
  keys?: string;
  run: () => void;
}

/** Looks things up on the server while typing: leads, people. */
export type SearchSource = (query: string, signal: AbortSignal) => Promise<Command[]>;

interface Offered {
  commands: readonly Command[];
  sources: readonly SearchSource[];
}

let offered: readonly { commands: readonly Command[]; source?: SearchSource }[] = [];
let flat: Offered = { commands: [], sources: [] };
const watchers = new Set<() => void>();

function change(next: typeof offered): void {
  offered = next;
  flat = {
    commands: next.flatMap(({ commands }) => commands),
    sources: next.flatMap(({ source }) => (source ? [source] : [])),
  };
  for (const watcher of watchers) watcher();
}

function offer(one: (typeof offered)[number]): () => void {
  change([...offered, one]);
  return () => change(offered.filter((other) => other !== one));
}

/** Offers these commands in Ctrl+K while the caller is on screen. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shape = commands
    .map(({ id, label, group, detail, keys }) => [id, label, group, detail, keys].join('\u0000'))
    .join('\u0001');
  // `shape` stands for the acts, which are new objects at every drawing.
  useEffect(
    () =>
      offer({
        commands: latest.current.map((command, index) => ({
          ...command,
          run: () => latest.current[index]?.run(),
        })),
      }),
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
    [shape],
  );
}

/** Adds a search on the server; `source` must be stable (declared outside of the component). */
export function useSearchSource(source: SearchSource): void {
  useEffect(() => offer({ commands: [], source }), [source]);
}

export function useOffered(): Offered {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => flat,
  );
}
