/**
 * The words on screen. Spanish of Mexico is the base (tú); Spanish of Colombia says only what differs there (usted);
 * English says everything. Words live in `locales/<locale>/<file>.json`, one file a seat; ids begin with the file's name.
 * Built by catalogs.ts into compiled messages: nothing is parsed here.
 */
import { i18n, type Messages } from '@lingui/core';
import { Trans, useLingui } from '@lingui/react';
import { createElement, useCallback, type ReactElement, type ReactNode } from 'react';
import type { WordId } from './locales/ids.ts';

export type { WordId } from './locales/ids.ts';

export const LANGUAGES = ['es-MX', 'es-CO', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Figures are given as text already formatted (figures.ts), except the number a plural chooses by. */
export type Values = Record<string, string | number>;
export type Say = (id: WordId, values?: Values) => string;

const files = import.meta.glob<Messages>('./locales/*/*.json', { query: '?words', import: 'default' });

/** What the first screen needs; a seat's file comes with the seat. */
const loaded = new Set(['kit', 'shell']);

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

async function load(language: Language, file: string): Promise<void> {
  const own = files[`./locales/${language}/${file}.json`];
  const base = language === 'es-CO' ? files[`./locales/es-MX/${file}.json`] : undefined;
  const [whole, special] = await Promise.all([base?.(), own?.()]);
  i18n.load(language, { ...whole, ...special });
}

/**
 * Speaks `language` from now on. `figures`: the organization's locale, by which the numbers inside messages are
 * written (English words in Colombia still say 1.234), never the browser's.
 */
export async function speak(language: Language, figures: string = language): Promise<void> {
  await Promise.all([...loaded].map((file) => load(language, file)));
  i18n.activate(language, figures);
  document.documentElement.lang = language;
}

/** Brings one seat's words, before its first screen is drawn. */
export async function loadWords(file: string): Promise<void> {
  if (loaded.has(file)) return;
  loaded.add(file);
  if (isLanguage(i18n.locale)) await load(i18n.locale, file);
}

/** For text outside of React; inside use `useWords`, which follows a change of language. */
export const say: Say = (id, values) => i18n._(id, values);

/** Whether there are words for it: ids made of the server's tokens, of which there may be new ones. */
export function isWord(id: string): id is WordId {
  return id in i18n.messages;
}

export function useWords(): Say {
  const { i18n: current } = useLingui();
  return useCallback<Say>((id, values) => current._(id, values), [current]);
}

export function useLanguage(): Language {
  const { i18n: current } = useLingui();
  return isLanguage(current.locale) ? current.locale : 'es-MX';
}

/** A sentence with elements inside: `<Words id="…" parts={[<b />]} />` for "Hola <0>Ana</0>". */
export function Words({
  id,
  values,
  parts,
}: {
  id: WordId;
  values?: Values;
  parts?: ReactElement[];
}): ReactNode {
  return createElement(Trans, {
    id,
    ...(values ? { values } : {}),
    components: Object.fromEntries((parts ?? []).map((part, index) => [String(index), part])),
  });
}
