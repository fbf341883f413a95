import type { About } from '../decisions/index.ts';
import type { DayHours } from '../calendar/index.ts';
import { MINUTE, plus, type Instant } from '../platform/time.ts';
import { rosterInstants } from '../staff/index.ts';
import {
  absentDays,
  guardsIn,
  guardsInWords,
  proceduresInWords,
  swapInWords,
  swapOutcome,
} from './notice-shifts.ts';
import { confirmPayload } from './confirm-button.ts';
import { CLAIM_NOTICE_OF } from './claim-notice-facts.ts';
import { RULES_NOTICE_OF } from './rules-notice-facts.ts';
import { FOLLOW_UP_NOTICE_OF } from './follow-up-notice-facts.ts';
import {
  aboutLead,
  at,
  dayAndTime,
  monthName,
  named,
  nameOf,
  page,
  text,
  time,
  type NoticeFacts,
  type NoticeInWords,
  type Words,
} from './notice-values.ts';
import type { NoticeLanguage, NoticeValues, WentTo } from './notices.ts';
import { NOTICE_CATALOGS } from './templates.ts';

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

function leadSource({ lead, sourceName }: NoticeFacts): string {
  return lead === null ? '' : sourceName(lead.source);
}

function wentTo(f: NoticeFacts): WentTo {
  const to = f.values['to'];
  if (typeof to === 'string') return { person: f.personName(to) };
  return f.lead?.stage === 'held' ? 'next-opening' : 'administrator';
}

function channelName(f: NoticeFacts): string {
  const names: Readonly<Record<string, string>> = NOTICE_CATALOGS[f.language].words.channels;
  return names[text(f, 'channel')] ?? text(f, 'channel');
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
