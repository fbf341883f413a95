import { isAbout, isUrgent, readOrganization, type About, type Organization } from '../decisions/index.ts';
import { isOpen, nextOpening, type OpeningHours } from '../calendar/index.ts';
import type { Json } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import { HOUR, MINUTE, SECOND, type Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import type { ContactAnswer } from '../gate/index.ts';
import { listPeople, type Person } from '../staff/index.ts';
import type { Address, Content, EmailContent, PushSubscription } from './channel.ts';
import { isOf, type Channel } from './channels.ts';
import { readChannels } from './channels.store.ts';
import { clientLetters, isToClient } from './client-letters.store.ts';
import { NOTICE_OF, noticeLanguage, type LeadInWords } from './notice-facts.ts';
import type { Taken } from './outbox.store.ts';
import { subscriptionsOf } from './push-subscriptions.store.ts';
import { emailNotice, pushNotice, renderNotice, whatsappNotice, type RenderedNotice } from './templates.ts';

/** A message ready to go, or why it cannot. */
export type Letter = {
  readonly taken: Taken;
  /** The person's next channel, should this one not take it. */
  readonly next: string | null;
} & (
  | {
      readonly to: readonly Address[];
      readonly content: Content;
      readonly channel: Channel | null;
      /** On WhatsApp: outside the service window, so that the person counts among those of the day. */
      readonly begins?: boolean;
    }
  /** `fault`: a bug kept its words from being written. */
  | { readonly refused: string; readonly fault?: unknown }
  /** Outside the agreed hours (contact-center-policy P3), and it can wait; or for what `waitsFor` says. */
  | { readonly waitsUntil: Instant; readonly waitsFor?: string }
);

/** What the words need that belongs to others. */
export interface LetterParts {
  readonly rulesFor: (organization: Organization, at: Instant) => Rules;
  readonly leadsInWords: (
    tx: Tx,
    organization: string,
    ids: readonly string[],
  ) => Promise<Map<string, LeadInWords>>;
  /** What the organization calls its sources, by key. */
  readonly sourceNames: (tx: Tx) => Promise<ReadonlyMap<string, string>>;
  /** The gate's answer now about writing to the person of a lead, and where they can be reached. */
  readonly client: (
    tx: Tx,
    organization: Organization,
    rules: Rules,
    question: {
      readonly lead: string;
      readonly by: string;
      readonly channel: 'whatsapp' | 'email';
      readonly at: Instant;
    },
  ) => Promise<ClientNow>;
  /** The mailbox's threads that notices answer, by the draft they are about; a house without a mailbox has none. */
  readonly mailThreads?: (
    tx: Tx,
    organization: string,
    drafts: readonly string[],
  ) => Promise<ReadonlyMap<string, MailThread>>;
  /** The hours in which leads are assigned; null: at any. */
  readonly assignmentHours: (rules: Rules, zone: string) => OpeningHours | null;
  /** A one-time link by which this person gets in, made as the message goes; none where nobody signs in. */
  readonly signInLink?: (tx: Tx, organization: string, person: string, now: Instant) => Promise<string>;
  /** `keyFor(secret, 'channels')` */
  readonly key: Buffer;
  readonly publicUrl: string;
}

/** A thread that came by mail, to be answered in place. */
export interface MailThread {
  readonly subject: string;
  /** Message-IDs of the thread, oldest first. */
  readonly ids: readonly string[];
  readonly replyTo: string;
  /** What the control area said of it. */
  readonly why: string | null;
}

/** A person behind a lead, at the instant of sending. */
export interface ClientNow {
  readonly answer: ContactAnswer;
  readonly name: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly whatsappIds: readonly string[];
  /** All leads of theirs: a conversation is with a person. */
  readonly leads: readonly string[];
}

/** Where a notice goes on, in this order, when the organization's own channel does not take it. */
const FALLBACKS = ['push', 'email'] as const;
/** A push about a running clock is worth nothing after it. */
const CLOCK_PUSH_SECONDS = (15 * MINUTE) / SECOND;
const PUSH_SECONDS = (12 * HOUR) / SECOND;

/** Writes what each message says, and finds where it goes, from the tables as they stand now. */
export async function writeLetters(
  tx: Tx,
  organizationId: string,
  taken: readonly Taken[],
  now: Instant,
  parts: LetterParts,
): Promise<Letter[]> {
  const recipients = [...new Set(taken.map((t) => t.recipient))];
  const devices = await subscriptionsOf(tx, organizationId, recipients);
  const opened = { ...(await openDesk(tx, organizationId, taken, now, parts)), devices };
  const desk = { ...opened, links: await linksFor(tx, taken, opened) };
  const toClients = await clientLetters(tx, taken.filter(isToClient), { ...desk, now, parts });
  return taken.map((one) => {
    const toClient = toClients.get(one.id);
    if (toClient !== undefined) return toClient;
    try {
      return letterOf(one, desk);
    } catch (fault) {
      // One notice that cannot be written must not keep the others of its batch.
      return { taken: one, next: null, refused: 'fault', fault };
    }
  });
}

/** By these a link is read by the person alone; a push or the list inside shows on screens that others see. */
const OWN_CHANNELS: ReadonlySet<string> = new Set(['whatsapp', 'email']);

/** contact-center-policy L2: the accesses go with the message that says one is active, and stand nowhere else. */
async function linksFor(tx: Tx, taken: readonly Taken[], desk: Desk): Promise<ReadonlyMap<string, string>> {
  const { signInLink } = desk.parts;
  const links = new Map<string, string>();
  if (signInLink === undefined || agreedOpening(desk) !== null) return links;
  for (const { id, kind, channel, recipient } of taken) {
    if (kind !== 'advisor.activated' || !OWN_CHANNELS.has(channel)) continue;
    if (desk.people.get(recipient)?.leftAt !== null) continue;
    links.set(id, await signInLink(tx, desk.organization.id, recipient, desk.now));
  }
  return links;
}

async function openDesk(
  tx: Tx,
  organizationId: string,
  told: readonly Told[],
  now: Instant,
  parts: LetterParts,
): Promise<Desk> {
  const organization = await readOrganization(tx, organizationId);
  if (organization === null) throw new Error(`no organization ${organizationId}`);
  const people = new Map((await listPeople(tx)).map((person) => [person.id, person]));
  const channels = await readChannels(tx, organizationId, parts.key);
  const leads = await parts.leadsInWords(tx, organizationId, [...new Set(told.flatMap((t) => t.lead ?? []))]);
  const sources = await parts.sourceNames(tx);
  const rules = parts.rulesFor(organization, now);
  const drafts = [...new Set(told.flatMap((t) => draftIn(t) ?? []))];
  const mails = (drafts.length > 0 && (await parts.mailThreads?.(tx, organizationId, drafts))) || new Map();
  return {
    organization,
    people,
    channels,
    devices: new Map(),
    links: new Map(),
    leads,
    sources,
    mails,
    rules,
    now,
    parts,
  };
}

interface Desk {
  readonly organization: Organization;
  readonly people: ReadonlyMap<string, Person>;
  readonly channels: readonly Channel[];
  readonly devices: ReadonlyMap<string, readonly PushSubscription[]>;
  readonly leads: ReadonlyMap<string, LeadInWords>;
  readonly sources: ReadonlyMap<string, string>;
  readonly mails: ReadonlyMap<string, MailThread>;
  readonly rules: Rules;
  readonly now: Instant;
  readonly parts: LetterParts;
  /** One-time links, by message. */
  readonly links: ReadonlyMap<string, string>;
}

function letterOf(taken: Taken, desk: Desk): Letter {
  if (taken.channel === 'telegram') return groupLetter(taken, desk);
  const person = desk.people.get(taken.recipient);
  if (person === undefined || !isAbout(taken.kind)) return { taken, next: null, refused: 'nobody' };
  if (person.leftAt !== null) return { taken, next: null, refused: 'left' };
  const next = nextChannel(taken, person, desk);
  const waitsUntil = isUrgent(taken.kind) ? null : agreedOpening(desk);
  // Inside the product a notice waits for whoever opens it: no hours disturb.
  if (waitsUntil !== null && taken.channel !== 'app')
    return { taken, next, waitsUntil };
  const address = addressOf(taken, person, desk);
  if ('refused' in address) return { taken, next, ...address };
  const content = contentOf(taken, taken.kind, person, desk);
  // Of the staff nobody keeps a service window: what they are told counts as begun.
  return { taken, next, ...address, content, begins: taken.channel === 'whatsapp' };
}

/** To the organization's group, which is nobody of the staff: its words, and no other way to it. */
function groupLetter(taken: Taken, desk: Desk): Letter {
  const refused = (code: string): Letter => ({ taken, next: null, refused: code });
  if (!isAbout(taken.kind)) return refused('nobody');
  const waitsUntil = isUrgent(taken.kind) ? null : agreedOpening(desk);
  if (waitsUntil !== null) return { taken, next: null, waitsUntil };
  const channel = desk.channels.find((each) => isOf(each, 'telegram'));
  if (channel === undefined || !isOf(channel, 'telegram')) return refused('channel-not-set-up');
  if (channel.state === 'stopped') return refused('channel-stopped');
  const { chatId, threadId } = channel.settings;
  const to: Address = { kind: 'telegram', chatId, ...(threadId === undefined ? {} : { threadId }) };
  const { text } = rendered(taken, taken.kind, desk.people.get(taken.recipient) ?? null, desk);
  return { taken, next: null, to: [to], channel, content: { kind: 'text', text } };
}

function nextChannel(taken: Taken, person: Person, { channels, devices }: Desk): string | null {
  if (taken.kind === 'channel.test') return null;
  const email = channels.find(({ kind }) => kind === 'email');
  const has = {
    push: (devices.get(person.id)?.length ?? 0) > 0,
    email: person.email !== null && email?.state === 'ok',
  };
  const tried = new Set([...taken.tried, taken.channel]);
  return FALLBACKS.find((channel) => has[channel] && !tried.has(channel)) ?? null;
}

function agreedOpening({ organization, now }: Desk): Instant | null {
  const { agreedHours: agreed } = organization.settings;
  if (agreed === null) return null;
  const day = (weekday: number) =>
    agreed.weekdays.includes(weekday) ? { opens: agreed.opens, closes: agreed.closes } : null;
  const hours: OpeningHours = {
    zone: organization.zone,
    days: { 1: day(1), 2: day(2), 3: day(3), 4: day(4), 5: day(5), 6: day(6), 7: day(7) },
  };
  return isOpen(hours, now) ? null : nextOpening(hours, now);
}

function addressOf(
  { channel: name, recipient }: Taken,
  person: Person,
  { channels, devices }: Desk,
): { readonly to: readonly Address[]; readonly channel: Channel | null } | { readonly refused: string } {
  const browsers = (devices.get(recipient) ?? []).map((subscription): Address => ({
    kind: 'push',
    subscription,
  }));
  if (name === 'app') return { to: browsers, channel: null };
  if (name === 'push')
    return browsers.length > 0 ? { to: browsers, channel: null } : { refused: 'no-device' };
  const channel = channels.find(({ kind }) => kind === name);
  if (channel === undefined) return { refused: 'channel-not-set-up' };
  if (channel.state === 'stopped') return { refused: 'channel-stopped' };
  if (channel.kind === 'whatsapp')
    return person.phone === null
      ? { refused: 'no-phone' }
      : { to: [{ kind: 'phone', e164: person.phone }], channel };
  if (person.email === null) return { refused: 'no-email' };
  return { to: [{ kind: 'email', address: person.email, name: person.name }], channel };
}

/** The same words, for the list inside the product; null: not to be told any more (a kind of an earlier version). */
export async function noticesInWords(
  tx: Tx,
  organizationId: string,
  person: string,
  rows: readonly Told[],
  now: Instant,
  parts: LetterParts,
): Promise<(RenderedNotice | null)[]> {
  const desk = await openDesk(tx, organizationId, rows, now, parts);
  const recipient = desk.people.get(person);
  return rows.map((row) =>
    recipient === undefined || !isAbout(row.kind) ? null : rendered(row, row.kind, recipient, desk),
  );
}

function contentOf(taken: Taken, about: About, recipient: Person, desk: Desk): Content {
  const content = asContent(rendered(taken, about, recipient, desk), taken, desk.organization);
  const thread = mailOf(taken, desk);
  return content.kind === 'email' && thread !== undefined ? inThread(content, thread) : content;
}

function draftIn({ fields }: Pick<Taken, 'fields'>): string | null {
  const draft = fields !== null && typeof fields === 'object' && 'draft' in fields ? fields.draft : null;
  return typeof draft === 'string' ? draft : null;
}

function mailOf(told: Pick<Taken, 'fields'>, { mails }: Desk): MailThread | undefined {
  return mails.get(draftIn(told) ?? '');
}

function inThread(content: EmailContent, { subject, ids, replyTo }: MailThread): EmailContent {
  const headers = { 'In-Reply-To': ids.at(-1) ?? '', References: ids.join(' ') };
  return { ...content, subject, replyTo, ...(ids.length === 0 ? {} : { headers }) };
}

type Told = Pick<Taken, 'kind' | 'lead' | 'fields'> & { readonly id?: string };

function rendered(taken: Told, about: About, recipient: Person | null, desk: Desk): RenderedNotice {
  const { organization, people, leads, sources, rules, now, parts } = desk;
  const language = noticeLanguage(organization.locale);
  const words = NOTICE_OF[about]({
    about,
    // Written by `tell` from an object of this shape.
    values: taken.fields as { readonly [name: string]: Json },
    recipient,
    lead: (taken.lead === null ? undefined : leads.get(taken.lead)) ?? null,
    leadId: taken.lead,
    mail: mailOf(taken, desk) ?? null,
    personName: (id) => people.get(id)?.name ?? id,
    sourceName: (key) => sources.get(key) ?? key,
    rules,
    hours: parts.assignmentHours(rules, organization.zone),
    zone: organization.zone,
    language,
    publicUrl: parts.publicUrl,
    now,
    signInLink: taken.id === undefined ? null : (desk.links.get(taken.id) ?? null),
  });
  return renderNotice(words.kind, words.values, language);
}

function asContent(notice: RenderedNotice, taken: Taken, { name, locale }: Organization): Content {
  if (taken.channel === 'whatsapp') return whatsappNotice(notice);
  if (taken.channel === 'email') return emailNotice(notice, name, noticeLanguage(locale));
  const seconds = taken.lead === null ? PUSH_SECONDS : CLOCK_PUSH_SECONDS;
  return pushNotice(notice, taken.root ?? taken.id, seconds);
}
