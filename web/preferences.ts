/** What a person chose on this device: language and single-letter keys (the color scheme is Mantine's to keep). */
import { useSyncExternalStore } from 'react';
import { isLanguage, type Language } from './words.ts';

const LANGUAGE = 'pauta.language';
const SINGLE_KEYS = 'pauta.single-keys';
export const SCHEME = 'pauta.scheme';

const watchers = new Set<() => void>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing: the choice holds until the page is closed.
  }
  for (const watcher of watchers) watcher();
}

export function chosenLanguage(): Language | undefined {
  const kept = read(LANGUAGE);
  return isLanguage(kept) ? kept : undefined;
}

export function chooseLanguage(language: Language): void {
  write(LANGUAGE, language);
}

/** WCAG 2.1.4: keys of one letter can be switched off. */
export function singleKeysOn(): boolean {
  return read(SINGLE_KEYS) !== 'off';
}

export function switchSingleKeys(on: boolean): void {
  write(SINGLE_KEYS, on ? 'on' : 'off');
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, singleKeysOn);
}
