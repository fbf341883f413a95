import { useEffect, useRef, useSyncExternalStore } from 'react';
import { singleKeysOn } from '../preferences.ts';
import { makeKeyRegistry, type KeyAct } from './keys.ts';

export const keyRegistry = makeKeyRegistry();

/** Puts these keys in force while the caller is on screen. */
export function useKeys(acts: readonly KeyAct[]): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  // Registered again only when keys or words change; what they do is always the latest.
  const shape = acts
    .map(({ keys, label, whileTyping, hidden }) => [keys, label, whileTyping, hidden].join('\u0000'))
    .join('\u0001');
  // `shape` stands for the acts, which are new objects at every drawing.
  useEffect(
    () =>
      keyRegistry.register(
        latest.current.map((act, index) => ({
          ...act,
          run: () => latest.current[index]?.run(),
          when: () => latest.current[index]?.when?.() !== false,
        })),
      ),
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
    [shape],
  );
}

export function useKeysInForce(): KeyAct[] {
  return useSyncExternalStore(keyRegistry.watch, keyRegistry.inForce);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
    !(target instanceof HTMLInputElement && ['checkbox', 'radio', 'button', 'submit'].includes(target.type))
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const { target } = event;
  const within = target instanceof Element ? target : undefined;
  if (within?.closest('[role="dialog"],[role="menu"],[role="listbox"]')) return;
  if (event.key === 'Enter' && within?.closest('button,a,summary')) return;
  const act = keyRegistry.find(event, { typing: isTyping(target), singleKeysOn: singleKeysOn() });
  if (act === undefined) return;
  event.preventDefault();
  act.run();
}

/** The one listener of the page. A dialog, menu or button keeps its own keys. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
