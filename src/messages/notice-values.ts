import type { About } from '../decisions/index.ts';
import { localDateTime, localTime, type OpeningHours } from '../calendar/index.ts';
import type { Json } from '../journal/index.ts';
import { instant, type Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import type { Person } from '../staff/index.ts';
import type { NoticeKind, NoticeLanguage, NoticeValues } from './notices.ts';
import { NOTICE_CATALOGS } from './templates.ts';

/** What a notice about a lead says of it; read when the notice goes, so that an erased person's name is gone. */
export interface LeadInWords {
  readonly name: string | null;
  readonly source: string;
  readonly stage: string;
  readonly holder: string | null;
  readonly heldUntil: Instant | null;
  readonly receivedAt: Instant;
  readonly noticeDueAt: Instant | null;
}

/** All that the words of one notice are made from. */
export interface NoticeFacts {
  readonly about: About;
  readonly values: { readonly [name: string]: Json };
  /** Null: a group, not a person. */
  readonly recipient: Person | null;
  readonly lead: LeadInWords | null;
  readonly leadId: string | null;
  /** Of the mailbox's thread that it answers. */
  readonly mail?: { readonly why: string | null } | null;
  readonly personName: (id: string) => string;
  /** As the organization calls it. */
  readonly sourceName: (key: string) => string;
  readonly rules: Rules;
  readonly hours: OpeningHours | null;
  readonly zone: string;
  readonly language: NoticeLanguage;
  readonly publicUrl: string;
  readonly now: Instant;
  /** A one-time way in, made for this very message; null in what is only shown. */
  readonly signInLink?: string | null;
}

export type NoticeInWords = {
  readonly [K in NoticeKind]: { readonly kind: K; readonly values: NoticeValues[K] };
}[NoticeKind];

export type Words = (facts: NoticeFacts) => NoticeInWords;

export function aboutLead(f: NoticeFacts): { readonly leadName: string; readonly url: string } {
  const nameless = NOTICE_CATALOGS[f.language].words.nameless;
  return { leadName: f.lead?.name ?? nameless, url: page(f, `leads/${f.leadId ?? ''}`) };
}

export function text(f: NoticeFacts, name: string): string {
  const value = f.values[name];
  return typeof value === 'string' ? value : '';
}

export function at(f: NoticeFacts, name: string): Instant {
  const value = text(f, name);
  return value === '' ? f.now : instant(value);
}

export function named(f: NoticeFacts, name: string): string {
  return nameOf(f, text(f, name));
}

export function nameOf(f: NoticeFacts, id: string | null): string {
  return id === null || id === '' ? NOTICE_CATALOGS[f.language].words.nameless : f.personName(id);
}

export function page({ publicUrl }: NoticeFacts, path: string): string {
  return `${publicUrl}/${path}`;
}

export function time({ zone }: NoticeFacts, at: Instant): string {
  return localTime(at, zone).slice(0, 5);
}

/** '30/06 21:14': day and month as all three languages' readers here write them. */
export function dayAndTime({ zone }: NoticeFacts, at: Instant): string {
  const local = localDateTime(at, zone);
  return `${local.slice(8, 10)}/${local.slice(5, 7)} ${local.slice(11, 16)}`;
}

/** 'julio de 2024' */
export function monthName({ language }: NoticeFacts, month: string): string {
  const [, year, number] = /^(\d{4})-(\d\d)$/.exec(month) ?? [];
  if (year === undefined) return month;
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(Date.UTC(Number(year), Number(number) - 1, 1)),
  );
}

export function noticeLanguage(locale: string): NoticeLanguage {
  return locale === 'es-CO' || locale === 'en' ? locale : 'es-MX';
}
