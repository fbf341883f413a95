import type { JournalEntry, Json } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

/** Why something was decided: the clauses, the facts it rested on with their times, and who was passed over. */
export interface Why {
  /** References as in the journal; gate/because-words.ts puts them in words. */
  readonly because: readonly string[];
  readonly facts: readonly WhyFact[];
  readonly passedOver: readonly { readonly person: string; readonly why: string }[];
}

export interface WhyFact {
  readonly at: Instant;
  readonly fact: WhyToken;
  /** A person of the floor, where the fact is about one. */
  readonly who: string | null;
  readonly seconds: number | null;
}

export const whyTokens = [
  'source-sent',
  'received',
  'registered',
  'opens',
  'given',
  'notice-due',
  'told',
  'due',
  'no-call',
  'call-began',
  'call-unanswered',
  'call-answered',
  'call-going-on',
  'noted',
  'missed',
  'contacted-first',
  'left',
  'passed',
  'asked',
] as const;
export type WhyToken = (typeof whyTokens)[number];

const GIVEN: ReadonlySet<string> = new Set(['lead.assigned', 'lead.reassigned', 'lead.given']);
const ARRIVED: ReadonlySet<string> = new Set(['lead.received', 'lead.registered', 'lead.imported']);
const BEGUN: ReadonlySet<string> = new Set(['call.started', 'call.reported']);

type Fields = { readonly [name: string]: Json };

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function instantOf(value: Json | undefined): Instant | null {
  // Instants are kept in the journal as the very text they are.
  return typeof value === 'string' ? (value as Instant) : null;
}

function fact(
  at: Instant | null,
  token: WhyToken,
  who: string | null = null,
  seconds: number | null = null,
): WhyFact[] {
  return at === null ? [] : [{ at, fact: token, who, seconds }];
}

/** `before`: what the journal held of this lead when `entry` was decided, oldest first. */
export function whyOf(entry: JournalEntry, before: readonly JournalEntry[]): Why {
  const facts = factsOf(entry, before).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { because: entry.because, facts, passedOver: passedOverIn(entry.fields) };
}

function passedOverIn(fields: Fields): Why['passedOver'] {
  const listed = Array.isArray(fields['passedOver']) ? (fields['passedOver'] as readonly Fields[]) : [];
  return listed.map((each) => ({ person: text(each['person']) ?? '', why: text(each['why']) ?? '' }));
}

function factsOf(entry: JournalEntry, before: readonly JournalEntry[]): WhyFact[] {
  const { fields } = entry;
  switch (entry.entry) {
    case 'lead.assigned':
      return [...arrival(before), ...terms(fields)];
    case 'lead.held':
      return [...arrival(before), ...fact(instantOf(fields['until']), 'opens')];
    case 'lead.waiting':
    case 'lead.refused':
    case 'contact.recognized':
    case 'contact.registered':
    case 'contact.doubt-raised':
    case 'lead.referral':
      return arrival(before);
    case 'lead.duplicate':
    case 'lead.given':
      return [...arrival(before), ...firstContact(before)];
    case 'lead.reassigned':
      return [...taken(entry, before), ...terms(fields)];
    case 'deadline.missed':
      return fields['what'] === 'first-contact'
        ? term(text(fields['who']), before, instantOf(fields['dueAt']))
        : [];
    case 'lead.audit-listed':
      return term(text(fields['holder']), before, instantOf(fields['dueAt']));
    case 'lead.clock-waits':
      return term(text(fields['by']), before, null);
    case 'lead.contacted':
      return [...given(text(fields['by']), before), ...evidence(fields)];
    case 'lead.notified':
    case 'lead.notification-late':
      return [...given(text(fields['to']), before), ...noticeDue(text(fields['to']), before)];
    case 'lead.reassignment-reversed':
    case 'miss.struck':
    case 'turn.returned':
      return lateProof(before);
    case 'contact.allowed':
    case 'contact.refused':
    case 'call.intended':
      return [...given(lastHolder(before), before), ...fact(entry.at, 'asked', text(fields['by']))];
    default:
      return [];
  }
}

function arrival(before: readonly JournalEntry[]): WhyFact[] {
  const came = before.find((each) => ARRIVED.has(each.entry));
  if (came === undefined) return [];
  const by = text(came.fields['by']);
  return [
    ...fact(instantOf(came.fields['sentAt']), 'source-sent'),
    ...fact(came.at, came.entry === 'lead.received' ? 'received' : 'registered', by),
  ];
}

function terms(fields: Fields): WhyFact[] {
  return [
    ...fact(instantOf(fields['noticeDueAt']), 'notice-due'),
    ...fact(instantOf(fields['dueAt']), 'due'),
  ];
}

function lastGiven(to: string | null, before: readonly JournalEntry[]): JournalEntry | undefined {
  return before.findLast((each) => GIVEN.has(each.entry) && each.fields['to'] === to);
}

function lastHolder(before: readonly JournalEntry[]): string | null {
  return text(before.findLast((each) => GIVEN.has(each.entry))?.fields['to']);
}

function given(to: string | null, before: readonly JournalEntry[]): WhyFact[] {
  const entry = lastGiven(to, before);
  if (entry === undefined) return [];
  return [...fact(entry.at, 'given', to), ...fact(instantOf(entry.fields['dueAt']), 'due')];
}

function noticeDue(to: string | null, before: readonly JournalEntry[]): WhyFact[] {
  return fact(instantOf(lastGiven(to, before)?.fields['noticeDueAt']), 'notice-due');
}

/** The ten minutes of one who did not reach the person: from when, until when, told when, and each call in between. */
function term(who: string | null, before: readonly JournalEntry[], dueAt: Instant | null): WhyFact[] {
  const start = lastGiven(who, before);
  if (start === undefined) return [];
  const since = before.slice(before.indexOf(start) + 1);
  const told = since.find((each) => each.entry === 'lead.notified' && each.fields['to'] === who);
  const calls = since.filter((each) => BEGUN.has(each.entry) && each.fields['by'] === who);
  return [
    ...fact(start.at, 'given', who),
    ...fact(told?.at ?? null, 'told', who),
    ...calls.flatMap((begun) => callFact(begun, since)),
    ...(calls.length === 0 ? fact(dueAt, 'no-call', who) : fact(dueAt, 'due', who)),
  ];
}

function callFact(begun: JournalEntry, since: readonly JournalEntry[]): WhyFact[] {
  const at = instantOf(begun.fields['startedAt']) ?? begun.at;
  const by = text(begun.fields['by']);
  const end =
    begun.entry === 'call.reported'
      ? begun
      : since.find((each) => each.entry === 'call.ended' && each.fields['call'] === begun.fields['call']);
  if (end === undefined) return fact(at, 'call-going-on', by);
  const answered = end.fields['answered'] === true;
  const seconds = end.fields[answered ? 'talkSeconds' : 'ringSeconds'];
  return fact(
    at,
    answered ? 'call-answered' : 'call-unanswered',
    by,
    typeof seconds === 'number' ? seconds : null,
  );
}

/** Why it went on: the miss, the one who left, or the one who passed it. */
function taken(entry: JournalEntry, before: readonly JournalEntry[]): WhyFact[] {
  const from = text(entry.fields['from']);
  const by = text(entry.fields['by']);
  if (by === 'best') {
    const miss = before.findLast((each) => each.entry === 'deadline.missed' && each.fields['who'] === from);
    return term(from, before, instantOf(miss?.fields['dueAt']));
  }
  const passed = before.findLast((each) => each.entry === 'lead.passed' && each.fields['by'] === from);
  const token = by === 'passed-on' ? 'passed' : by === 'hand-over' ? 'left' : null;
  return [
    ...given(from, before).filter((each) => each.fact === 'given'),
    ...(token === null ? [] : fact(token === 'passed' ? (passed?.at ?? entry.at) : entry.at, token, from)),
  ];
}

function evidence(fields: Fields): WhyFact[] {
  const told = (fields['evidence'] ?? {}) as Fields;
  const at = instantOf(told['startedAt']);
  const by = text(fields['by']);
  if (told['kind'] !== 'call') return fact(at, 'contacted-first', by);
  const answered = told['answered'] === true;
  const seconds = told[answered ? 'talkSeconds' : 'ringSeconds'];
  return fact(
    at,
    answered ? 'call-answered' : 'call-unanswered',
    by,
    typeof seconds === 'number' ? seconds : null,
  );
}

function firstContact(before: readonly JournalEntry[]): WhyFact[] {
  const first = before.find((each) => each.entry === 'lead.contacted');
  return first === undefined ? [] : fact(first.at, 'contacted-first', text(first.fields['by']));
}

/** A call told of after the lead was taken away: when it began, when the term ended. */
function lateProof(before: readonly JournalEntry[]): WhyFact[] {
  const proof = before.findLast((each) => each.entry === 'lead.contacted');
  const miss = before.findLast(
    (each) => each.entry === 'deadline.missed' && each.fields['what'] === 'first-contact',
  );
  return [
    ...(proof === undefined ? [] : evidence(proof.fields)),
    ...(miss === undefined ? [] : fact(miss.at, 'missed', text(miss.fields['who']))),
  ];
}
