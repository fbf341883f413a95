import { distance } from 'fastest-levenshtein';
import { isBlank } from '../platform/blank.ts';
import { isGenericEmail } from './email.ts';
import { compareNames, isSwapped, type NameComparison } from './names.ts';

/** What is known of a person, phones in E.164, e-mails folded, documents as "KIND:VALUE" ("CURP:…", "CC:…"). */
export interface PersonFacts {
  readonly names: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly documents: readonly string[];
  readonly whatsappIds: readonly string[];
}

export type EvidenceKind = 'whatsapp-id' | 'document' | 'phone' | 'email' | 'name' | 'conflict';

export interface Evidence {
  readonly kind: EvidenceKind;
  readonly known: string;
  readonly incoming: string;
  /** Below zero speaks against. */
  readonly points: number;
}

export interface Comparison {
  readonly verdict: 'certain' | 'doubtful' | 'different';
  /** 0 … 100 */
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

export interface CompareOptions {
  /** How many people already have this phone or folded e-mail; absent counts as one. Infinity for a company's line. */
  readonly sharedBy?: ReadonlyMap<string, number>;
}

/** Every weight there is. A verdict is the sum of these against the two thresholds below, so the screen can show the whole reason. */
export const POINTS = {
  whatsappId: 100,
  document: 100,
  phone: 80,
  /** On more people than SHARED_BY_PEOPLE_MAX: an office, a shop, a form's filler. */
  phoneOfMany: 20,
  /** One digit off, or two digits swapped. */
  phoneNear: 10,
  email: 80,
  /** info@, ventas@, or on many people. */
  emailOfMany: 15,
  /** Each further phone or e-mail in common. */
  again: 5,
  /** First name and two surnames. */
  nameFull: 35,
  name: 25,
  nameOneWord: 20,
  /** A couple or a household: the same phone, clearly another name. */
  otherName: -45,
  /** Two different documents of one kind. */
  otherDocument: -60,
} as const;

export const CERTAIN_FROM = 80;
export const DOUBTFUL_FROM = 35;
/** A contradiction is never outvoted by a sum: a person looks at it. */
const WITH_CONFLICT_MAX = CERTAIN_FROM - 1;
/** A couple or a family may share a phone or e-mail; more people than this make it nobody's own. */
export const SHARED_BY_PEOPLE_MAX = 3;
const SCORE_MAX = 100;

/**
 * Is the incoming person the one we know? Symmetric, and the same for any order of the facts. Auto-merge follows `certain` only
 * (contact-center-policy L9: a duplicate goes to the advisor of the first contact).
 */
export function compare(known: PersonFacts, incoming: PersonFacts, options: CompareOptions = {}): Comparison {
  const whatsapp = shared(known.whatsappIds, incoming.whatsappIds).map((id) =>
    same('whatsapp-id', id, POINTS.whatsappId),
  );
  const documents = shared(known.documents, incoming.documents).map((id) =>
    same('document', id, POINTS.document),
  );
  const phones = weighed(shared(known.phones, incoming.phones), 'phone', (phone) =>
    isOfMany(phone, options) ? POINTS.phoneOfMany : POINTS.phone,
  );
  const emails = weighed(shared(known.emails, incoming.emails), 'email', (email) =>
    isGenericEmail(email) || isOfMany(email, options) ? POINTS.emailOfMany : POINTS.email,
  );
  const identified = whatsapp.length + documents.length > 0;
  const near = phones.length === 0 ? nearPhones(known.phones, incoming.phones) : [];
  const evidence = [
    ...whatsapp,
    ...documents,
    ...phones,
    ...emails,
    ...near,
    ...nameEvidence(known.names, incoming.names, identified),
    ...otherDocuments(known.documents, incoming.documents),
  ].toSorted(byWeight);
  return judge(evidence);
}

function judge(evidence: readonly Evidence[]): Comparison {
  const sum = evidence.reduce((total, each) => total + each.points, 0);
  const contradicted = evidence.some((each) => each.points < 0);
  const score = Math.max(0, Math.min(sum, contradicted ? WITH_CONFLICT_MAX : SCORE_MAX));
  const verdict = score >= CERTAIN_FROM ? 'certain' : score >= DOUBTFUL_FROM ? 'doubtful' : 'different';
  return { verdict, score, evidence };
}

function nameEvidence(
  known: readonly string[],
  incoming: readonly string[],
  identified: boolean,
): Evidence[] {
  const best = known
    .flatMap((one) => incoming.map((other) => ({ one, other, how: compareNames(one, other) })))
    .filter(({ one, other }) => saysName(one) && saysName(other))
    .toSorted((a, b) => rank(b.how) - rank(a.how) || inOrder(key(a.one, a.other), key(b.one, b.other)))[0];
  if (best === undefined) return [];
  const { one, other, how } = best;
  if (how.compatible) {
    if (how.matched.length === 0) return [];
    return [{ kind: 'name', known: one, incoming: other, points: namePoints(how) }];
  }
  // The same WhatsApp account or document is the person, whatever name was typed; the difference is shown and weighs nothing.
  return [{ kind: 'conflict', known: one, incoming: other, points: identified ? 0 : POINTS.otherName }];
}

/** "SIN DATO" and "55123" are no names: nothing can speak for or against them. */
function saysName(name: string): boolean {
  return /\p{L}/u.test(name) && !isBlank(name);
}

function namePoints(how: NameComparison): number {
  if (how.full) return POINTS.nameFull;
  return how.matched.length > 1 ? POINTS.name : POINTS.nameOneWord;
}

function rank(how: NameComparison): number {
  return (how.full ? 1000 : 0) + (how.compatible ? 100 * Math.min(how.matched.length, 9) : 0) + how.score;
}

function nearPhones(known: readonly string[], incoming: readonly string[]): Evidence[] {
  const near = known
    .flatMap((one) => incoming.filter((other) => isNear(one, other)).map((other) => ({ one, other })))
    .toSorted((a, b) => inOrder(key(a.one, a.other), key(b.one, b.other)))[0];
  return near === undefined
    ? []
    : [{ kind: 'phone', known: near.one, incoming: near.other, points: POINTS.phoneNear }];
}

function isNear(one: string, other: string): boolean {
  return (
    one.length === other.length &&
    one.slice(0, 3) === other.slice(0, 3) &&
    (distance(one, other) === 1 || isSwapped(one, other))
  );
}

/** A document of a kind of which they have none in common. */
function otherDocuments(known: readonly string[], incoming: readonly string[]): Evidence[] {
  const common = new Set(shared(known, incoming).map(kindOf));
  const pairs = known.flatMap((one) =>
    incoming
      .filter((other) => kindOf(one) !== null && kindOf(one) === kindOf(other) && !common.has(kindOf(one)))
      .map((other) => ({ one, other })),
  );
  const first = pairs.toSorted((a, b) => inOrder(key(a.one, a.other), key(b.one, b.other)))[0];
  return first === undefined
    ? []
    : [{ kind: 'conflict', known: first.one, incoming: first.other, points: POINTS.otherDocument }];
}

function kindOf(document: string): string | null {
  return document.includes(':') ? document.slice(0, document.indexOf(':')) : null;
}

function weighed(
  values: readonly string[],
  kind: EvidenceKind,
  points: (value: string) => number,
): Evidence[] {
  const strongestFirst = values
    .map((value) => same(kind, value, points(value)))
    .toSorted((a, b) => b.points - a.points || inOrder(a.known, b.known));
  return strongestFirst.map((each, index) => (index === 0 ? each : { ...each, points: POINTS.again }));
}

function same(kind: EvidenceKind, value: string, points: number): Evidence {
  return { kind, known: value, incoming: value, points };
}

function isOfMany(value: string, options: CompareOptions): boolean {
  return (options.sharedBy?.get(value) ?? 1) > SHARED_BY_PEOPLE_MAX;
}

function shared(one: readonly string[], other: readonly string[]): string[] {
  const there = new Set(other);
  return [...new Set(one)].filter((value) => value !== '' && there.has(value)).toSorted();
}

function byWeight(a: Evidence, b: Evidence): number {
  return (
    b.points - a.points ||
    inOrder(a.kind, b.kind) ||
    inOrder(key(a.known, a.incoming), key(b.known, b.incoming))
  );
}

function key(one: string, other: string): string {
  return JSON.stringify([one, other].toSorted());
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
