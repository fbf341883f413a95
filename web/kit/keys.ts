/**
 * Keys of the screen. Screens register what a key does and in which words; the newest registration wins (a panel over
 * its list), `?` lists what is in force. Keys of one letter can be switched off (WCAG 2.1.4) and never fire while typing.
 */

export interface KeyAct {
  /** "c", "?", "Enter", "ArrowDown", "mod+k" (Ctrl, on Macs ⌘), "shift+p". */
  keys: string;
  label: string;
  run: () => void;
  /** Fires also while a field has the focus; for combinations only. */
  whileTyping?: boolean;
  /** Not listed by `?`: the arrows of a list need no teaching twice. */
  hidden?: boolean;
  /** Asked at the press; false leaves the key to whatever else takes it. */
  when?: () => boolean;
}

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export interface KeyRegistry {
  /** Gives the way to take them back. */
  register: (acts: readonly KeyAct[]) => () => void;
  /** What this press does now, if anything. */
  find: (press: Press, where: { typing: boolean; singleKeysOn: boolean }) => KeyAct | undefined;
  /** In force now, newest first, each key once. */
  inForce: () => KeyAct[];
  watch: (watcher: () => void) => () => void;
}

/** One letter, digit or sign without a modifier. */
export function isSingle(keys: string): boolean {
  return keys.length === 1;
}

/** The press in the notation of `keys`. Shift is named only with letters: `?` is `?` on every keyboard. */
export function notation(press: Press): string {
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) parts.push('mod');
  if (press.altKey) parts.push('alt');
  const single = press.key.length === 1;
  const letter = single && press.key.toLowerCase() !== press.key.toUpperCase();
  if (press.shiftKey && (!single || letter)) parts.push('shift');
  parts.push(single ? press.key.toLowerCase() : press.key);
  return parts.join('+');
}

export function makeKeyRegistry(): KeyRegistry {
  let groups: (readonly KeyAct[])[] = [];
  let listed: KeyAct[] | undefined;
  const watchers = new Set<() => void>();
  const change = (next: (readonly KeyAct[])[]): void => {
    groups = next;
    listed = undefined;
    for (const watcher of watchers) watcher();
  };
  const inForce = (): KeyAct[] => {
    if (listed) return listed;
    const seen = new Set<string>();
    listed = groups.toReversed().flatMap((group) =>
      group.filter(({ keys }) => {
        const first = !seen.has(keys);
        seen.add(keys);
        return first;
      }),
    );
    return listed;
  };
  return {
    register: (acts) => {
      change([...groups, acts]);
      return () => change(groups.filter((group) => group !== acts));
    },
    find: (press, { typing, singleKeysOn }) => {
      const pressed = notation(press);
      const act = inForce().find(({ keys }) => keys === pressed);
      if (act === undefined) return undefined;
      if (typing && act.whileTyping !== true) return undefined;
      if (isSingle(act.keys) && !singleKeysOn) return undefined;
      if (act.when?.() === false) return undefined;
      return act;
    },
    inForce,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
