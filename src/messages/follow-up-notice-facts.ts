import type { About } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { aboutLead, named, nameOf, page, text, time, type NoticeFacts, type Words } from './notice-facts.ts';
import { NOTICE_CATALOGS } from './templates.ts';

type FollowUpAbout = Extract<About, `appointment.${string}` | `weekly.${string}` | `sale.${string}`>;

/** What a rule told of an appointment, of a closing or of the week → what the person reads. */
export const FOLLOW_UP_NOTICE_OF: { readonly [A in FollowUpAbout]: Words } = {
  'appointment.soon': (f) => ({ kind: 'appointment-soon', values: { ...aboutLead(f), time: timeOf(f) } }),
  'appointment.ask': (f) => ({ kind: 'appointment-ask', values: { ...aboutLead(f), time: timeOf(f) } }),
  'sale.closed': (f) => ({
    kind: 'sale-closed',
    values: { advisor: named(f, 'by'), source: f.sourceName(text(f, 'source')), url: page(f, 'team') },
  }),
  'sale.announced': (f) => ({
    kind: 'sale-closed',
    values: { advisor: named(f, 'by'), source: f.sourceName(text(f, 'source')), url: page(f, 'team') },
  }),
  'weekly.due': (f) => ({
    kind: 'weekly-due',
    values: {
      week: dayName(f, text(f, 'week')),
      dueTime: weeklyCutTime(f),
      url: page(f, `report?week=${text(f, 'week')}`),
    },
  }),
  'weekly.cut': (f) => ({
    kind: 'weekly-cut',
    values: {
      week: dayName(f, text(f, 'week')),
      missing: peopleOf(f, 'missing'),
      behind: peopleOf(f, 'behind'),
      url: page(f, `cut?week=${text(f, 'week')}`),
    },
  }),
};

/** Of an appointment, «10:30». */
function timeOf(f: NoticeFacts): string {
  const at = f.values['startsAt'];
  return typeof at === 'string' ? time(f, at as Instant) : '';
}

/** contact-center-policy L6 says when the week is cut. */
function weeklyCutTime({ rules }: NoticeFacts): string {
  if (rules.cite('contact-center-policy', 'L6') === null) return '09:00';
  return rules.parameter('contact-center-policy', 'L6', 'dueAt');
}

/** '1 de julio' */
function dayName({ language }: NoticeFacts, date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date;
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(at);
}

/** 'Ana Ruiz, Beto Sol (3)': people by id, or by id with how many of theirs are meant. */
function peopleOf(f: NoticeFacts, name: string): string {
  const { words } = NOTICE_CATALOGS[f.language];
  const listed = f.values[name];
  const each = (Array.isArray(listed) ? listed : []).flatMap((one: Json) => {
    if (typeof one === 'string') return [nameOf(f, one)];
    if (one === null || typeof one !== 'object' || !('who' in one) || typeof one.who !== 'string') return [];
    const count = 'count' in one && typeof one.count === 'number' ? ` (${one.count})` : '';
    return [nameOf(f, one.who) + count];
  });
  return each.length === 0 ? words.nobody : each.join(', ');
}
