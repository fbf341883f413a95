import type { About } from '../decisions/index.ts';
import { localDateTime, localTime, type DayHours, type OpeningHours } from '../calendar/index.ts';
import type { Json } from '../journal/index.ts';
import { instant, MINUTE, plus, type Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { rosterInstants, type Person } from '../staff/index.ts';
import {
  absentDays,
  guardsIn,
  guardsInWords,
  proceduresInWords,
  swapInWords,
  swapOutcome,
} from './notice-shifts.ts';
import { CLAIM_NOTICE_OF } from './claim-notice-facts.ts';
import { RULES_NOTICE_OF } from './rules-notice-facts.ts';
import { FOLLOW_UP_NOTICE_OF } from './follow-up-notice-facts.ts';
import type { NoticeKind, NoticeLanguage, NoticeValues, WentTo } from './notices.ts';
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

/** What a rule told about → what the person reads. */
export const NOTICE_OF: { readonly [A in About]: Words } = {
  'lead.assigned': leadAssigned,
  'lead.reassigned': leadAssigned,
  'lead.taken': (f) =>
    f.values['by'] === 'administrator'
      ? { kind: 'lead-moved', values: { ...aboutLead(f), wentTo: wentTo(f) } }
      : { kind: 'lead-taken-from-you', values: { ...aboutLead(f), minutes: minutes(f) } },
  'lead.missed': (f) => ({
    kind: f.recipient?.role === 'manager' ? 'lead-taken-manager' : 'lead-taken-direction',
    values: { ...aboutLead(f), advisor: named(f, 'from'), minutes: minutes(f), wentTo: wentTo(f) },
  }),
  'lead.waiting': (f) => ({ kind: 'nobody-left', values: { ...aboutLead(f), source: leadSource(f) } }),
  'lead.duplicate': (f) => ({
    kind: 'duplicate-arrived',
    values: { ...aboutLead(f), source: leadSource(f) },
  }),
  'lead.duplicate-moved': (f) => ({
    kind: 'duplicate-moved',
    values: { ...aboutLead(f), advisor: named(f, 'to') },
  }),
  'lead.parted': (f) => ({ kind: 'lead-parted', values: { ...aboutLead(f), wentTo: wentTo(f) } }),
  'lead.test': (f) => ({ kind: 'lead-was-test', values: aboutLead(f) }),
  'lead.erased': (f) => ({ kind: 'lead-erased', values: { url: aboutLead(f).url } }),
  'lead.audit': (f) => ({
    kind: 'lead-to-audit',
    values: { ...aboutLead(f), advisor: named(f, 'from'), minutes: minutes(f) },
  }),
  'lead.reversed': (f) => ({
    kind: 'reassignment-reversed',
    values: { ...aboutLead(f), advisor: named(f, 'to') },
  }),
  'lead.late-evidence': (f) => ({
    kind: 'miss-struck-out',
    values: { ...aboutLead(f), advisor: named(f, 'person'), holder: nameOf(f, f.lead?.holder ?? null) },
  }),
  'lead.unclear-evidence': (f) => ({
    kind: 'unclear-evidence',
    values: { ...aboutLead(f), advisor: named(f, 'by') },
  }),
  'lead.notification-late': (f) => ({
    kind: 'notification-late',
    values: { ...aboutLead(f), advisor: named(f, 'to'), dueTime: time(f, f.lead?.noticeDueAt ?? f.now) },
  }),
  ...CLAIM_NOTICE_OF,
  ...RULES_NOTICE_OF,
  ...FOLLOW_UP_NOTICE_OF,
  roster: (f) => {
    const month = text(f, 'month');
    const confirmBy = rosterInstants(month, f.zone, () => f.rules).confirmBy ?? f.now;
    return {
      kind: 'roster-month',
      values: {
        month: monthName(f, month),
        shifts: shifts(f),
        confirmBy: dayAndTime(f, confirmBy),
        confirmPayload: confirmPayload(month),
        url: page(f, `roster?month=${month}`),
      },
    };
  },
  'advisor.activated': (f) => ({
    kind: 'roster-activated',
    values: { month: monthName(f, text(f, 'month')), url: f.signInLink ?? page(f, '') },
  }),
  'roster.unconfirmed': (f) => ({
    kind: 'roster-unconfirmed',
    values: {
      advisor: named(f, 'person'),
      month: monthName(f, text(f, 'month')),
      url: page(f, `roster?month=${text(f, 'month')}`),
    },
  }),
  'roster.forfeited': (f) => ({
    kind: 'roster-forfeited',
    values: {
      zone: text(f, 'zone'),
      month: monthName(f, text(f, 'month')),
      url: page(f, `roster?month=${text(f, 'month')}`),
    },
  }),
  'roster.due': (f) => ({
    kind: 'roster-due',
    values: {
      zone: text(f, 'zone'),
      month: monthName(f, text(f, 'month')),
      dueTime: dayAndTime(f, at(f, 'dueAt')),
      url: page(f, `roster/proposal?month=${text(f, 'month')}`),
    },
  }),
  'roster.reminder': (f) => {
    const month = text(f, 'month');
    const confirmBy = rosterInstants(month, f.zone, () => f.rules).confirmBy ?? f.now;
    return {
      kind: 'roster-reminder',
      values: {
        month: monthName(f, month),
        confirmBy: dayAndTime(f, confirmBy),
        confirmPayload: confirmPayload(month),
        url: page(f, `roster?month=${month}`),
      },
    };
  },
  'draft.missing': (f) => ({
    kind: 'draft-missing',
    values: { lacks: missingInWords(f), url: page(f, 'claims') },
  }),
  'draft.refused': (f) => ({
    kind: 'draft-refused',
    values: { reason: f.mail?.why ?? '', url: page(f, 'claims') },
  }),
  'roster.asked-again': (f) => {
    const month = text(f, 'month');
    const confirmBy = rosterInstants(month, f.zone, () => f.rules).confirmBy ?? f.now;
    return {
      kind: 'roster-asked-again',
      values: {
        month: monthName(f, month),
        confirmBy: dayAndTime(f, confirmBy),
        confirmPayload: confirmPayload(month),
        url: page(f, `roster?month=${month}`),
      },
    };
  },
  'shifts.changed': (f) => ({
    kind: 'shifts-changed',
    values: {
      month: monthName(f, text(f, 'month')),
      shifts: shifts(f),
      url: page(f, `shifts?month=${text(f, 'month')}`),
    },
  }),
  'absence.asked': (f) => ({
    kind: 'absence-asked',
    values: { advisor: named(f, 'person'), days: absentDays(f), url: page(f, 'shifts') },
  }),
  'absence.answered': (f) => ({
    kind: f.values['approved'] === true ? 'absence-approved' : 'absence-refused',
    values: { days: absentDays(f), url: page(f, 'shifts') },
  }),
  'swap.asked': (f) => ({
    kind: 'swap-asked',
    values: { advisor: named(f, 'by'), swap: swapInWords(f), url: page(f, 'shifts') },
  }),
  'swap.accepted': (f) => ({
    kind: 'swap-accepted',
    values: {
      advisor: named(f, 'by'),
      holder: named(f, 'of'),
      swap: swapInWords(f),
      url: page(f, 'shifts'),
    },
  }),
  'swap.settled': (f) => ({
    kind: 'swap-settled',
    values: { swap: swapInWords(f), outcome: swapOutcome(f), url: page(f, 'shifts') },
  }),
  'signature.asked': (f) => ({
    kind: 'signature-asked',
    values: {
      procedures: proceduresInWords(f),
      dueTime: dayAndTime(f, at(f, 'dueAt')),
      url: page(f, 'signatures'),
    },
  }),
  'signature.missed': (f) =>
    text(f, 'person') === f.recipient?.id
      ? {
          kind: 'signature-missed',
          values: { procedures: proceduresInWords(f), url: page(f, 'signatures') },
        }
      : {
          kind: 'signature-missed-manager',
          values: {
            advisor: named(f, 'person'),
            procedures: proceduresInWords(f),
            url: page(f, 'signatures'),
          },
        },
  'roster.declined': (f) => ({ kind: 'roster-declined', values: aboutRosterOf(f) }),
  'answer.unknown-number': (f) => ({ kind: 'answer-unknown-number', values: aboutRosterOf(f) }),
  'message.received': (f) => ({
    kind: 'message-received',
    values: { ...aboutLead(f), channel: channelName(f) },
  }),
  'channel.stopped': (f) => ({
    kind: 'channel-stopped',
    values: { channel: channelName(f), code: text(f, 'code'), url: page(f, 'settings/channels') },
  }),
  'channel.test': (f) => ({
    kind: 'channel-test',
    values: { channel: channelName(f), url: page(f, 'settings/channels') },
  }),
  'commission.changed': (f) => ({ kind: 'commission-changed', values: { url: page(f, 'money') } }),
  'sanction.opened': (f) => ({
    kind: 'sanction-opened',
    values: { clause: clauseOf(f), dueBy: dueBy(f), url: casePage(f) },
  }),
  'sanction.to-rule': (f) => ({ kind: 'sanction-to-rule', values: aboutCase(f) }),
  'sanction.decided': (f) => ({
    kind: 'sanction-decided',
    values: { ...aboutCase(f), percent: text(f, 'percent') },
  }),
  'sanction.overturned': (f) => ({ kind: 'sanction-overturned', values: aboutCase(f) }),
  'advisor.removed': (f) =>
    f.recipient?.id === text(f, 'person')
      ? {
          kind: 'advisor-removed',
          values: { month: monthName(f, text(f, 'month')), dueBy: dueBy(f), url: auditPage(f) },
        }
      : {
          kind: 'advisor-removed-manager',
          values: { advisor: named(f, 'person'), month: monthName(f, text(f, 'month')), url: auditPage(f) },
        },
  'advisor.restored': (f) => ({
    kind: 'advisor-restored',
    values: { advisor: named(f, 'person'), url: auditPage(f) },
  }),
  'audit.to-rule': (f) => ({
    kind: 'audit-to-rule',
    values: { advisor: named(f, 'person'), url: auditPage(f) },
  }),
  'audit.decided': (f) => ({
    kind: 'audit-decided',
    values: { advisor: named(f, 'person'), url: auditPage(f) },
  }),
};

function missingInWords(f: NoticeFacts): string {
  const { words } = NOTICE_CATALOGS[f.language];
  const tokens = Array.isArray(f.values['missing']) ? f.values['missing'] : [];
  const said = tokens.flatMap((token) => (typeof token === 'string' ? (words.missing[token] ?? token) : []));
  return new Intl.ListFormat(f.language).format(said);
}

function aboutRosterOf(f: NoticeFacts): NoticeValues['roster-declined'] {
  const month = text(f, 'month');
  return { advisor: named(f, 'person'), month: monthName(f, month), url: page(f, `roster?month=${month}`) };
}

/** `lead-reassignment#L10` is clause L10 to whoever reads it. */
function clauseOf(f: NoticeFacts): string {
  return text(f, 'breach').replace(/^.*#/, '');
}

function dueBy(f: NoticeFacts): string {
  const dueAt = text(f, 'dueAt');
  return dayAndTime(f, dueAt === '' ? f.now : (dueAt as Instant));
}

function aboutCase(f: NoticeFacts): {
  readonly advisor: string;
  readonly clause: string;
  readonly url: string;
} {
  return { advisor: named(f, 'person'), clause: clauseOf(f), url: casePage(f) };
}

function casePage(f: NoticeFacts): string {
  return page(f, `sanctions?case=${text(f, 'sanction')}`);
}

function auditPage(f: NoticeFacts): string {
  return page(f, `audits?audit=${text(f, 'audit')}`);
}

/** With the ten minutes running, what is left of them; without, only that the lead is theirs. */
function leadAssigned(f: NoticeFacts): NoticeInWords {
  const source = leadSource(f);
  const dueAt = dueOf(f);
  if (dueAt === null) return { kind: 'lead-given', values: { ...aboutLead(f), source } };
  const values = { ...aboutLead(f), source, minutes: minutes(f), dueTime: time(f, dueAt) };
  if (f.about === 'lead.reassigned' && f.values['by'] === 'best')
    return { kind: 'lead-reassigned-to-you', values };
  const arrivedAt = f.lead?.heldUntil == null ? null : dayAndTime(f, f.lead.receivedAt);
  return arrivedAt === null
    ? { kind: 'lead-assigned', values }
    : { kind: 'held-lead-assigned', values: { ...values, arrivedAt } };
}

/** With tenMinutes.from: notified they begin when this very notice is taken: in a moment. */
function dueOf(f: NoticeFacts): Instant | null {
  const dueAt = f.values['dueAt'];
  if (typeof dueAt === 'string') return dueAt as Instant;
  const { rules } = f;
  const begins =
    f.values['by'] !== 'hand-over' &&
    rules.cite('contact-center-policy', 'L4') !== null &&
    rules.reading('contact-center-policy', 'tenMinutes.from') === 'notified';
  return begins ? plus(f.now, minutes(f) * MINUTE) : null;
}

function minutes({ rules }: NoticeFacts): number {
  if (rules.cite('contact-center-policy', 'L4') === null) return 0;
  return rules.parameter('contact-center-policy', 'L4', 'contactMinutes');
}

export function aboutLead(f: NoticeFacts): { readonly leadName: string; readonly url: string } {
  const nameless = NOTICE_CATALOGS[f.language].words.nameless;
  return { leadName: f.lead?.name ?? nameless, url: page(f, `leads/${f.leadId ?? ''}`) };
}

function leadSource({ lead, sourceName }: NoticeFacts): string {
  return lead === null ? '' : sourceName(lead.source);
}

function wentTo(f: NoticeFacts): WentTo {
  const to = f.values['to'];
  if (typeof to === 'string') return { person: f.personName(to) };
  return f.lead?.stage === 'held' ? 'next-opening' : 'administrator';
}

export function text(f: NoticeFacts, name: string): string {
  const value = f.values[name];
  return typeof value === 'string' ? value : '';
}

function at(f: NoticeFacts, name: string): Instant {
  const value = text(f, name);
  return value === '' ? f.now : instant(value);
}

export function named(f: NoticeFacts, name: string): string {
  return nameOf(f, text(f, name));
}

export function nameOf(f: NoticeFacts, id: string | null): string {
  return id === null || id === '' ? NOTICE_CATALOGS[f.language].words.nameless : f.personName(id);
}

function channelName(f: NoticeFacts): string {
  const names: Readonly<Record<string, string>> = NOTICE_CATALOGS[f.language].words.channels;
  return names[text(f, 'channel')] ?? text(f, 'channel');
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

/** A person's own guards; where none are published, the days and hours in which leads are assigned (L3). */
function shifts(f: NoticeFacts): string {
  const { hours, language } = f;
  const own = guardsIn(f.values['shifts']);
  if (own !== null) return guardsInWords(f, own);
  const { words } = NOTICE_CATALOGS[language];
  const open = Object.entries(hours?.days ?? {}).flatMap(([day, span]: [string, DayHours | null]) =>
    span === null ? [] : [{ day: Number(day), span }],
  );
  const span = open[0]?.span ?? { opens: '00:00', closes: '24:00' };
  const pattern = open.length === 0 || open.length === 7 ? words.everyDay : words.someDays;
  const days = open.map(({ day }) => weekdayName(day, language)).join(', ');
  return pattern
    .replaceAll('{days}', days)
    .replaceAll('{opens}', span.opens)
    .replaceAll('{closes}', span.closes);
}

/** 1 is Monday; 2024-07-01 was one. */
function weekdayName(day: number, language: NoticeLanguage): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 6, day)),
  );
}

const CONFIRM = 'CONFIRM:';

/** What the button under a month's roster carries, and comes back when it is pressed (contact-center-policy L1). */
export function confirmPayload(month: string): string {
  return CONFIRM + month;
}

/** The month that a pressed button confirms, or null when the button is another. */
export function confirmedMonth(payload: string | undefined): string | null {
  return /^CONFIRM:(\d{4}-(?:0[1-9]|1[0-2]))$/.exec(payload ?? '')?.[1] ?? null;
}

export function noticeLanguage(locale: string): NoticeLanguage {
  return locale === 'es-CO' || locale === 'en' ? locale : 'es-MX';
}
