import type { Organization } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { between, HOUR, MINUTE, plus, type Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import type { Person } from '../staff/index.ts';
import type { Address, Content } from './channel.ts';
import { isOf, type Channel } from './channels.ts';
import { clientTemplateContent, isClientTemplate } from './client-templates.ts';
import { messageIdOf } from './email-headers.ts';
import type { Letter, LetterParts } from './letters.store.ts';
import { noticeLanguage } from './notice-facts.ts';
import { CONVERSATION } from './outbox.ts';
import type { Taken } from './outbox.store.ts';
import { aroundMessage, writtenMessage, type Around, type Written } from './thread-views.store.ts';
import { windowOf } from './thread.ts';

/** While the person may not be contacted (lead-reassignment L4) what was written waits, and is looked at again. */
const FROZEN_PAUSE_MILLISECONDS = 10 * MINUTE;
/** What waited longer than this says something that is no longer so. */
const WAIT_MILLISECONDS_MAX = 72 * HOUR;

interface ClientDesk {
  readonly organization: Organization;
  readonly people: ReadonlyMap<string, Person>;
  readonly channels: readonly Channel[];
  readonly rules: Rules;
  readonly now: Instant;
  readonly parts: Pick<LetterParts, 'client'>;
}

export function isToClient({ kind }: Pick<Taken, 'kind'>): boolean {
  return kind === CONVERSATION;
}

/** Messages to clients as they stand at the instant of sending: the gate is asked again, the window looked at again. */
export async function clientLetters(
  tx: Tx,
  taken: readonly Taken[],
  desk: ClientDesk,
): Promise<Map<string, Letter>> {
  const letters = new Map<string, Letter>();
  for (const one of taken)
    letters.set(one.id, { taken: one, next: null, ...(await clientLetter(tx, one, desk)) });
  return letters;
}

type ToSend = Written & Around;

type Ready =
  | {
      readonly to: readonly Address[];
      readonly content: Content;
      readonly channel: Channel;
      readonly begins?: boolean;
    }
  | { readonly refused: string }
  | { readonly waitsUntil: Instant; readonly waitsFor?: string };

async function clientLetter(tx: Tx, taken: Taken, desk: ClientDesk): Promise<Ready> {
  const { now, organization, rules, channels } = desk;
  const written = await writtenMessage(tx, taken.id);
  // Erased meanwhile: there are no words left, and nobody to send them to.
  if (written === null || written.words === null || written.author === null) return { refused: 'nobody' };
  const { lead, author: by } = written;
  const kind = taken.channel === 'email' ? 'email' : 'whatsapp';
  const client = await desk.parts.client(tx, organization, rules, { lead, by, channel: kind, at: now });
  if (client.answer.answer === 'refused') {
    const { why, until } = client.answer;
    if (between(taken.queuedAt, now) > WAIT_MILLISECONDS_MAX) return { refused: why };
    if (why === 'frozen')
      return { waitsUntil: until ?? plus(now, FROZEN_PAUSE_MILLISECONDS), waitsFor: why };
    return until === undefined ? { refused: why } : { waitsUntil: until };
  }
  const found: ToSend = { ...written, ...(await aroundMessage(tx, written, client.leads)) };
  const channel = channels.find((each) => each.kind === kind);
  if (channel === undefined) return { refused: 'channel-not-set-up' };
  if (channel.state === 'stopped') return { refused: 'channel-stopped' };
  if (isOf(channel, 'whatsapp')) {
    const to = whatsappAddress(found, client, channel);
    const content = whatsappContent(found, desk);
    if (to === null) return { refused: 'no-phone' };
    const begins = windowOf(found.threads, now).form !== 'free-text';
    return content === null ? { refused: 'needs-template' } : { to: [to], content, channel, begins };
  }
  const address = found.address ?? client.emails[0] ?? null;
  if (address === null) return { refused: 'no-email' };
  const name = client.name === null ? {} : { name: client.name };
  const author = desk.people.get(by)?.name ?? null;
  return {
    to: [{ kind: 'email', address, ...name }],
    content: emailContent(found, author, channel),
    channel,
  };
}

/** Where they wrote from last, else their phone, else the id by which WhatsApp knows somebody who hides it. */
function whatsappAddress(
  { address }: ToSend,
  { phones, whatsappIds }: { readonly phones: readonly string[]; readonly whatsappIds: readonly string[] },
  channel: Channel<'whatsapp'>,
): Address | null {
  if (address?.startsWith('+') === true) return { kind: 'phone', e164: address };
  const [phone] = phones;
  const bsuid = address ?? (phone === undefined ? whatsappIds[0] : undefined);
  if (bsuid !== undefined && bsuid !== null)
    return { kind: 'whatsapp-user', portfolio: channel.settings.phoneNumberId, bsuid };
  return phone === undefined ? null : { kind: 'phone', e164: phone };
}

function whatsappContent(found: ToSend, { now, organization }: ClientDesk): Content | null {
  const { template, words, variables } = found;
  if (template !== null && isClientTemplate(template)) {
    const language = noticeLanguage(organization.locale);
    return clientTemplateContent(template, { variables: variables ?? [], text: words ?? '' }, language);
  }
  if (windowOf(found.threads, now).form !== 'free-text') return null;
  const quoted = found.quotes === null ? {} : { quotes: found.quotes };
  return { kind: 'text', text: words ?? '', ...quoted };
}

/** In the thread of what it answers, in the name of who wrote it, and not marked as automatic: a person wrote it. */
function emailContent(found: ToSend, author: string | null, channel: Channel): Content {
  const before = found.emailIds;
  const last = before.at(-1);
  const own = isOf(channel, 'email') ? channel.settings.from : null;
  // Our own messages before this one have the ids they were sent with.
  const references = before.map((each) => (each.ours ? messageIdOf(each.id, own?.address ?? '') : each.id));
  return {
    kind: 'email',
    subject: found.subject ?? '',
    text: found.words ?? '',
    written: true,
    ...(author === null || own === null ? {} : { fromName: `${author} · ${own.name}` }),
    ...(last === undefined
      ? {}
      : { headers: { 'In-Reply-To': references.at(-1) ?? '', References: references.join(' ') } }),
  };
}
