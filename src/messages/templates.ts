/**
 * A notice in words, for every channel at once. Pure: the same kind, values and language give the same text.
 * The WhatsApp template is the catalog's own body with its values numbered, so text and template cannot drift apart.
 */
import type { EmailContent, PushContent, TemplateButton, TemplateContent } from './channel.ts';
import { layOutEmail } from './email-layout.ts';
import { en } from './notices.en.ts';
import { esCO } from './notices.es-CO.ts';
import { esMX } from './notices.es-MX.ts';
import type { NoticeCatalog, NoticeKind, NoticeLanguage, NoticeValues, WentTo } from './notices.ts';

export const NOTICE_CATALOGS: Readonly<Record<NoticeLanguage, NoticeCatalog>> = {
  'es-MX': esMX,
  'es-CO': esCO,
  en,
};

/** As Meta names them. */
export const WHATSAPP_LANGUAGES: Readonly<Record<NoticeLanguage, string>> = {
  'es-MX': 'es_MX',
  'es-CO': 'es_CO',
  en: 'en',
};

/** Inside a phrase that is itself a value. */
const NAME_CHARACTERS_MAX = 80;
/** Longer values are cut, so that a filled body never passes Meta's 1,024 characters. */
export const VALUE_CHARACTERS_MAX = 120;
/** A month of shifts is long, and its body has little else. */
const LONGER_VALUES: Readonly<Record<string, number>> = { shifts: 600, lacks: 400, reason: 400 };

export function valueCharactersMax(name: string): number {
  return LONGER_VALUES[name] ?? VALUE_CHARACTERS_MAX;
}

export interface RenderedNotice {
  readonly whatsappTemplate: {
    readonly name: string;
    readonly language: string;
    readonly variables: readonly string[];
    readonly buttons: readonly TemplateButton[];
  };
  /** The body and the address, for a plain message. */
  readonly text: string;
  readonly subject: string;
  readonly body: string;
  readonly button: { readonly label: string; readonly url: string };
  readonly pushTitle: string;
  readonly pushBody: string;
  readonly url: string;
}

export function renderNotice<K extends NoticeKind>(
  kind: K,
  values: NoticeValues[K],
  language: NoticeLanguage,
): RenderedNotice {
  const catalog = NOTICE_CATALOGS[language];
  const words = catalog.notices[kind];
  const fillings = fillingsOf(values, catalog);
  const body = fill(words.body, fillings);
  return {
    whatsappTemplate: {
      name: templateName(kind),
      language: WHATSAPP_LANGUAGES[language],
      variables: placeholders(words.body).map((name) => fillings[name] ?? ''),
      buttons: buttonsOf(values),
    },
    text: `${body}\n${values.url}`,
    subject: fill(words.subject, fillings),
    body,
    button: { label: words.button, url: values.url },
    pushTitle: fill(words.pushTitle, fillings),
    pushBody: fill(words.pushBody, fillings),
    url: values.url,
  };
}

export function templateName(kind: NoticeKind): string {
  return `pauta_${kind.replaceAll('-', '_')}`;
}

/** The values a pattern asks for, in order of appearance; one that stands twice is two variables. */
export function placeholders(pattern: string): string[] {
  return [...pattern.matchAll(/\{(\w+)\}/g)].flatMap((match) => match[1] ?? []);
}

/** A notice as WhatsApp content: the template, with its words for the thread. */
export function whatsappNotice(notice: RenderedNotice): TemplateContent {
  return { kind: 'template', ...notice.whatsappTemplate, fallbackText: notice.text };
}

export function emailNotice(
  notice: RenderedNotice,
  organization: string,
  language: NoticeLanguage,
): EmailContent {
  const letter = layOutEmail({
    organization,
    language,
    title: notice.subject,
    text: notice.body,
    button: notice.button,
  });
  return { kind: 'email', subject: notice.subject, ...letter };
}

export function pushNotice(notice: RenderedNotice, tag: string, ttlSeconds: number): PushContent {
  return { kind: 'push', title: notice.pushTitle, body: notice.pushBody, url: notice.url, tag, ttlSeconds };
}

type Fillings = Readonly<Record<string, string>>;

function fillingsOf(values: object, catalog: NoticeCatalog): Fillings {
  const fillings: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (name === 'wentTo') fillings[name] = wentToPhrase(value as WentTo, catalog);
    else fillings[name] = tidy(String(value), valueCharactersMax(name));
  }
  return { ...firstNames(fillings), ...fillings };
}

/** `leadName` → `leadFirst`, `advisor` → `advisorFirst`: all that a lock screen may show of a person. */
function firstNames(fillings: Fillings): Fillings {
  const people = Object.entries(fillings).filter(([name]) => PEOPLE.has(name));
  return Object.fromEntries(
    people.map(([name, value]) => [`${name.replace(/Name$/, '')}First`, value.split(' ')[0] ?? value]),
  );
}

/** The values that name a person. */
export const PEOPLE: ReadonlySet<string> = new Set(['leadName', 'advisor', 'holder']);

function wentToPhrase(wentTo: WentTo, catalog: NoticeCatalog): string {
  if (wentTo === 'next-opening') return catalog.wentTo.nextOpening;
  if (wentTo === 'administrator') return catalog.wentTo.administrator;
  return fill(catalog.wentTo.person, { person: tidy(wentTo.person, NAME_CHARACTERS_MAX) });
}

/** Once over the pattern: braces inside a value stay what they are. */
function fill(pattern: string, fillings: Fillings): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => fillings[name] ?? '');
}

/** A name from a stranger's form: one line, no control characters, not endless, never empty. */
function tidy(value: string, charactersMax: number): string {
  const line = value.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const letters = Array.from(line);
  return letters.length <= charactersMax ? line || '-' : `${letters.slice(0, charactersMax - 1).join('')}…`;
}

/** In the order of the template's definition: the confirmation first, then the link. */
function buttonsOf(values: { readonly url: string; readonly confirmPayload?: string }): TemplateButton[] {
  const address = new URL(values.url);
  const link = `${address.pathname.slice(1)}${address.search}${address.hash}`;
  const confirm = values.confirmPayload;
  return confirm === undefined
    ? [{ index: 0, kind: 'link', payload: link }]
    : [
        { index: 0, kind: 'reply', payload: confirm },
        { index: 1, kind: 'link', payload: link },
      ];
}
