import type { JournalEntry, Json } from '../journal/index.ts';
import { between, MINUTE, SECOND, type Instant } from '../platform/time.ts';
import { whyOf, type Why } from './why.ts';

/**
 * Everything that happened to a lead, as its journal tells it: one item a thing that happened, in order. What the
 * journal needs several entries for (a call that begins and ends, a notice and its receipts) is one item here.
 * The words are the screen's: here stand their tokens and values.
 */
export interface TimelineItem {
  readonly id: number;
  readonly at: Instant;
  readonly said: Said;
  /** People by id under `to`, `from`, `by`, `who`; instants under names that end in At or `until`; else text, numbers, tokens. */
  readonly values: Values;
  /** A note, a reason: what a person wrote. Null for a caller who may not read it, and once it is erased. */
  readonly text: string | null;
  /** Null for a plain fact: nobody decided it. */
  readonly why: Why | null;
}

export type Values = { readonly [name: string]: string | number | null };

export const saidTokens = [
  'received',
  'registered',
  'imported',
  'new-person',
  'recognized',
  'doubt',
  'duplicate',
  'referral',
  'refused',
  'held',
  'held-missed',
  'held-paced',
  'waiting',
  'assigned-turn',
  'assigned-referral',
  'assigned-own',
  'assigned-administrator',
  'given-import',
  'reassigned-best',
  'reassigned-hand-over',
  'reassigned-passed',
  'reassigned-administrator',
  'reversed',
  'notified',
  'notified-late',
  'told',
  'contacted',
  'contacted-late',
  'missed',
  'audit-listed',
  'clock-waits',
  'turn-returned',
  'miss-struck',
  'call-out',
  'call-out-unanswered',
  'call-in',
  'call-in-unanswered',
  'call-now',
  'dialing',
  'dial-failed',
  'dial-unknown',
  'note',
  'edited',
  'graded',
  'passed',
  'placed',
  'allowed',
  'contact-refused',
  'fact-refused',
  'message-out',
  'message-in',
  'message-failed',
  'sold',
  'sale-canceled',
  'sale-credited',
  'handed-back',
  'step',
  'step-dated',
  'contact-held',
  'contact-lifted',
  'erased',
  'other',
] as const;
export type Said = (typeof saidTokens)[number];

interface Line {
  readonly said: Said;
  readonly values?: Values;
  readonly text?: string | null;
}

type Fields = { readonly [name: string]: Json };

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

const ASSIGNED: Readonly<Record<string, Said>> = {
  turn: 'assigned-turn',
  referral: 'assigned-referral',
  registered: 'assigned-own',
  administrator: 'assigned-administrator',
};
const REASSIGNED: Readonly<Record<string, Said>> = {
  best: 'reassigned-best',
  'hand-over': 'reassigned-hand-over',
  'passed-on': 'reassigned-passed',
  administrator: 'reassigned-administrator',
};

/** `entries`: all of one lead and of its person, in the order of the journal. */
export function timelineOf(entries: readonly JournalEntry[]): TimelineItem[] {
  return entries.flatMap((entry, place) => {
    const line = lineOf(entry, entries, place);
    if (line === null) return [];
    const why = entry.kind === 'decision' ? whyOf(entry, entries.slice(0, place)) : null;
    const { id, at } = entry;
    return [{ id, at, said: line.said, values: line.values ?? {}, text: line.text ?? null, why }];
  });
}

/** What stood and what stands; null once the person is erased. */
function changed(before: string | null, after: string | null): string | null {
  return before === null && after === null ? null : `${before ?? '—'} → ${after ?? '—'}`;
}

/** Null: told by another entry's item. */
function lineOf(entry: JournalEntry, all: readonly JournalEntry[], place: number): Line | null {
  const fields: Fields = entry.fields;
  const to = text(fields['to']);
  const from = text(fields['from']);
  const by = text(fields['by']);
  switch (entry.entry) {
    case 'lead.received':
      return { said: 'received', values: { source: text(fields['source']), sentAt: text(fields['sentAt']) } };
    case 'lead.registered':
      return { said: 'registered', values: { by, source: text(fields['source']) } };
    case 'lead.imported':
      return { said: 'imported', values: { by, registeredAt: text(fields['registeredAt']) } };
    case 'contact.registered':
      return { said: 'new-person' };
    case 'contact.recognized':
      return { said: 'recognized', values: evidenceOf(fields) };
    case 'contact.doubt-raised':
      return { said: 'doubt', values: evidenceOf(fields) };
    case 'lead.duplicate':
      return { said: 'duplicate', values: { to: text(fields['holder']) } };
    case 'lead.given':
      return by === 'import' ? { said: 'given-import', values: { to } } : null;
    case 'lead.referral':
      return { said: 'referral', values: { source: text(fields['origin']) } };
    case 'lead.refused':
      return { said: 'refused', values: { why: text(fields['why']) } };
    case 'lead.held': {
      const said = fields['paced'] === true ? 'held-paced' : from === null ? 'held' : 'held-missed';
      return { said, values: { from, until: text(fields['until']) } };
    }
    case 'lead.waiting':
      return { said: 'waiting', values: { why: text(fields['why']) } };
    case 'lead.assigned':
      return { said: ASSIGNED[by ?? ''] ?? 'assigned-turn', values: { to, dueAt: text(fields['dueAt']) } };
    case 'lead.reassigned':
      return {
        said: REASSIGNED[by ?? ''] ?? 'reassigned-administrator',
        values: { from, to, dueAt: text(fields['dueAt']) },
      };
    case 'lead.reassignment-reversed':
      return {
        said: fields['why'] === 'audit-overturned' ? 'handed-back' : 'reversed',
        values: { from, to },
      };
    case 'lead.notified':
      return { said: 'notified', values: { to, channel: text(fields['channel']) } };
    case 'lead.notification-late':
      return {
        said: 'notified-late',
        values: { to, minutes: Math.ceil((number(fields['lateMilliseconds']) ?? 0) / MINUTE) },
      };
    case 'told':
      return toldLine(entry, all, place);
    case 'lead.contacted':
      return contactedLine(fields, by, all, place);
    case 'deadline.missed':
      return fields['what'] === 'first-contact'
        ? { said: 'missed', values: { who: text(fields['who']), dueAt: text(fields['dueAt']) } }
        : null;
    case 'lead.audit-listed':
      return { said: 'audit-listed', values: { who: text(fields['holder']) } };
    case 'lead.clock-waits':
      return { said: 'clock-waits', values: { by } };
    case 'turn.returned':
      return { said: 'turn-returned', values: { who: text(fields['person']) } };
    case 'miss.struck':
      return { said: 'miss-struck', values: { who: text(fields['who']) } };
    default:
      return actLine(entry, all, place) ?? null;
  }
}

function actLine(entry: JournalEntry, all: readonly JournalEntry[], place: number): Line | null {
  const fields: Fields = entry.fields;
  const personal: Fields = entry.personal ?? {};
  const by = text(fields['by']);
  switch (entry.entry) {
    case 'call.started':
    case 'call.reported':
      return callLine(entry, all, place);
    case 'call.ended':
    case 'call.dialed':
    case 'message.accepted':
    case 'message.refused':
    case 'message.unknown':
    case 'message.delivered':
    case 'message.read':
    case 'message.failed':
    case 'message.written':
    case 'message.canceled':
    case 'thread.read':
    case 'media.kept':
    case 'media.lost':
      return null;
    case 'call.intended':
      return dialLine(entry, all, place);
    case 'lead.edited':
      return {
        said: 'edited',
        values: { by, field: text(fields['field']) },
        text: changed(text(personal['before']), text(personal['after'])),
      };
    case 'note':
      return { said: 'note', values: { by }, text: text(personal['text']) };
    case 'lead.graded':
      return { said: 'graded', values: { by, grade: text(fields['grade']) }, text: text(personal['reason']) };
    case 'lead.passed':
      return { said: 'passed', values: { by }, text: text(personal['reason']) };
    case 'lead.placed':
      return { said: 'placed', values: { by, to: text(fields['to']) }, text: text(personal['reason']) };
    case 'contact.allowed':
      // The call that follows says it better.
      return ['call.intended', 'message.written'].includes(all[place + 1]?.entry ?? '')
        ? null
        : { said: 'allowed', values: { by, channel: text(fields['channel']) } };
    case 'contact.refused':
      return {
        said: 'contact-refused',
        values: {
          by,
          channel: text(fields['channel']),
          why: text(fields['why']),
          until: text(fields['until']),
        },
      };
    case 'fact.refused':
      return fields['fact'] === 'contact.attempted' && fields['why'] !== 'call-in-hand'
        ? null
        : {
            said: 'fact-refused',
            values: { by: entry.actor, fact: text(fields['fact']), why: text(fields['why']) },
          };
    case 'message':
      return {
        said: by === null ? 'message-in' : 'message-out',
        values: { by, channel: text(fields['channel']) },
        text: by === null ? text(personal['text']) : wordsWritten(entry, all),
      };
    case 'message.struck':
      return { said: 'message-failed', values: { by, channel: text(fields['channel']) } };
    case 'sale.closed':
      return { said: 'sold', values: { by } };
    case 'sale.canceled':
      return { said: 'sale-canceled', values: { by }, text: text(personal['reasons']) };
    case 'sale.credited':
      return {
        said: 'sale-credited',
        values: { from: text(fields['from']), to: text(fields['to']) },
        text: text(personal['reasons']),
      };
    case 'appointment.booked':
    case 'appointment.held':
    case 'appointment.missed':
    case 'appointment.canceled':
    case 'appointment.reopened':
    case 'opportunity.opened':
    case 'opportunity.canceled':
    case 'reservation.made':
    case 'reservation.canceled':
    case 'lead.incubated':
    case 'lead.lost':
    case 'lead.reopened':
    case 'next-action.set':
    case 'next-action.done':
      return stepLine(entry, fields, personal);
    case 'appointment.reminded':
      return null;
    case 'appointment.reminder-waits':
      return { said: 'step', values: { entry: entry.entry, by: null, dueAt: null } };
    // Of a freeze its lead tells (lead.frozen, lead.released): once is enough.
    case 'gate.held':
      if (fields['hold'] === 'freeze') return null;
      return { said: 'contact-held', values: { channel: text(fields['channel']) } };
    case 'gate.lifted':
      if (fields['hold'] === 'freeze') return null;
      return { said: 'contact-lifted' };
    case 'contact.erased':
    case 'lead.forgotten':
      return { said: 'erased' };
    default:
      return { said: 'other', values: { entry: entry.entry } };
  }
}

/** What went out was written before, in an entry of its own. */
function wordsWritten(entry: JournalEntry, all: readonly JournalEntry[]): string | null {
  const { message } = entry.fields;
  if (message === undefined) return null;
  const written = all.find((each) => each.entry === 'message.written' && each.fields['message'] === message);
  return text(written?.personal?.['text']);
}

/** A step of follow-up, with the time it is for where it is for one. */
function stepLine({ entry, kind, actor }: JournalEntry, fields: Fields, personal: Fields): Line {
  const at = entry === 'appointment.booked' ? fields['startsAt'] : fields['dueAt'];
  const dueAt = text(at ?? fields['nextContactFrom']);
  const by = kind === 'fact' ? text(fields['by']) : actor;
  const said = dueAt === null ? 'step' : 'step-dated';
  const words = personal['action'] ?? personal['place'] ?? personal['text'];
  return { said, values: { entry, by, dueAt }, text: text(words) };
}

/** How the person was known again: the strongest sign, and its points of all points. */
function evidenceOf(fields: Fields): Values {
  const evidence = Array.isArray(fields['evidence']) ? (fields['evidence'] as readonly Fields[]) : [];
  const kinds = evidence.map((each) => text(each['kind'])).filter((kind) => kind !== null);
  return { signs: kinds.join(' '), score: number(fields['score']) };
}

/** Worth an item of its own: notices that are not the assignment itself, which its own item tells. */
const TOLD_BY_ITSELF: ReadonlySet<string> = new Set([
  'lead.missed',
  'lead.audit',
  'lead.waiting',
  'lead.duplicate',
]);
const RECEIPTS = [
  'message.read',
  'message.delivered',
  'message.accepted',
  'message.failed',
  'message.refused',
];

/** A notice with how far it came: the furthest receipt stands for all of them. */
function toldLine(entry: JournalEntry, all: readonly JournalEntry[], place: number): Line | null {
  const about = text(entry.fields['about']);
  if (about === null || !TOLD_BY_ITSELF.has(about)) return null;
  const receipts = all
    .slice(place)
    .filter((each) => each.fields['message'] === entry.fields['message'] && each.entry !== 'told')
    .map((each) => each.entry);
  const furthest = RECEIPTS.find((receipt) => receipts.includes(receipt)) ?? 'message.queued';
  return {
    said: 'told',
    values: {
      to: text(entry.fields['to']),
      about,
      channel: text(entry.fields['channel']),
      state: furthest.slice('message.'.length),
    },
  };
}

function contactedLine(fields: Fields, by: string | null, all: readonly JournalEntry[], place: number): Line {
  const evidence = (fields['evidence'] ?? {}) as Fields;
  const given = all
    .slice(0, place)
    .findLast(
      (each) =>
        each.fields['to'] === by && (each.entry === 'lead.assigned' || each.entry === 'lead.reassigned'),
    );
  const startedAt = text(evidence['startedAt']);
  const dueAt = text(given?.fields['dueAt']);
  const late = startedAt !== null && dueAt !== null && startedAt > dueAt;
  const seconds =
    startedAt === null || given === undefined ? null : between(given.at, startedAt as Instant) / SECOND;
  return {
    said: late ? 'contacted-late' : 'contacted',
    values: { by, evidence: text(evidence['kind']), seconds: seconds === null ? null : Math.round(seconds) },
  };
}

function callLine(entry: JournalEntry, all: readonly JournalEntry[], place: number): Line {
  const { call, by, direction } = entry.fields;
  const end =
    entry.entry === 'call.reported'
      ? entry
      : all.slice(place).find((each) => each.entry === 'call.ended' && each.fields['call'] === call);
  const values = { by: text(by), direction: text(direction) };
  if (end === undefined) return { said: 'call-now', values };
  const answered = end.fields['answered'] === true;
  const way = direction === 'in' ? 'call-in' : 'call-out';
  return {
    said: answered ? way : `${way}-unanswered`,
    values: {
      ...values,
      startedAt: text(entry.fields['startedAt']),
      talkSeconds: number(end.fields['talkSeconds']),
      ringSeconds: number(end.fields['ringSeconds']),
    },
  };
}

function dialLine(entry: JournalEntry, all: readonly JournalEntry[], place: number): Line {
  const { intent, by } = entry.fields;
  const since = all.slice(place).filter((each) => each.fields['intent'] === intent);
  const answer = since.find((each) => each.entry === 'call.dialed')?.fields['outcome'];
  // The PBX's event says that it rang, whatever was answered to the order.
  const made = since.some((each) => each.entry === 'call.reported');
  const said =
    made || answer === 'dialing'
      ? 'dialing'
      : answer === 'refused' || answer === 'not-dialed'
        ? 'dial-failed'
        : 'dial-unknown';
  return { said, values: { by: text(by) } };
}
