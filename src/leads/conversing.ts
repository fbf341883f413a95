import { contactsOfPerson, type HeldFacts } from '../contacts/index.ts';
import { asJson, tell, type Deciding, type Fact, type Refusal } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import {
  fillClientTemplate,
  noticeLanguage,
  threadMessage,
  threadOf,
  UNDO_MILLISECONDS,
  windowOf,
  type ClientTemplate,
  type MediaTold,
  type MessageForm,
  type OutboxMessage,
} from '../messages/index.ts';
import { plus, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { person } from '../staff/index.ts';
import { askGate } from './ask-gate.ts';
import type { Lead } from './lead.ts';
import { lead as leadOf, leadsOfContact } from './leads-slice.ts';
import { messageHeard } from './ten-minutes.ts';
import { leadOfPerson } from './whose-call.ts';

/** Somebody of the floor writes to the person behind a lead. */
export interface MessageWritten extends Fact {
  readonly fact: 'message.written';
  /** Made by whoever asks, so that asking twice sends once. */
  readonly message: string;
  readonly lead: string;
  readonly by: string;
  readonly channel: 'whatsapp' | 'email';
  /** In their own words, or one of the approved templates. */
  readonly text: string | null;
  readonly template: ClientTemplate | null;
  readonly subject?: string | null;
  readonly repliesTo?: string | null;
  /** Of an appointment, for its reminder: as people say it. */
  readonly when?: string;
}

/** A message came from the client, or was sent by somebody on a channel that tells of it. */
export interface MessageSeen extends Fact {
  readonly fact: 'message';
  /** Null: whose it is follows from `identity`. */
  readonly lead: string | null;
  readonly by: string | null;
  readonly from: string | null;
  readonly channel: string;
  readonly verifiable: boolean;
  /** Where the channel gives its messages ids: told twice, it is one message. */
  readonly message?: string;
  readonly identity?: HeldFacts;
  readonly sentAt?: Instant;
  readonly form?: MessageForm;
  readonly text?: string | null;
  readonly subject?: string | null;
  readonly providerId?: string | null;
  readonly address?: string | null;
  readonly repliesTo?: string | null;
  readonly media?: readonly MediaTold[];
  readonly fromAd?: boolean;
}

const NO_LEAD: Refusal = { refused: 'no-such-lead', because: [houseRule('facts')] };

/**
 * The gate answers first (lead-assignment P9, contact-center-policy P3, lead-reassignment L4), and again when it goes. On
 * WhatsApp own words go only inside the service window; outside it, a template.
 */
export function writeMessage(fact: MessageWritten, deciding: Deciding): Refusal | void {
  const { world, now } = deciding;
  const lead = leadOf(world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  // The same press of the button, told again.
  if (threadMessage(world, fact.message) !== undefined) return undefined;
  const { by, channel } = fact;
  const answer = askGate(world, deciding.rules, { lead: lead.id, by, channel, at: now });
  const allowed = answer.answer === 'allowed';
  const impossible = allowed ? whyNotSo(fact, deciding, lead) : null;
  if (impossible !== null) return impossible;
  deciding.record({
    entry: allowed ? 'contact.allowed' : 'contact.refused',
    kind: 'decision',
    because: [...answer.because],
    lead: lead.id,
    contact: lead.contact,
    person: by,
    fields: {
      lead: lead.id,
      by,
      channel,
      ...(allowed ? {} : { why: answer.why, until: answer.until ?? null }),
    },
  });
  if (!allowed) return undefined;
  const { text, variables } = wordsOf(fact, deciding, lead);
  deciding.record({
    entry: 'message.written',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: by,
    fields: {
      message: fact.message,
      lead: lead.id,
      by,
      channel,
      form: fact.template === null ? 'text' : 'template',
      template: fact.template,
      repliesTo: fact.repliesTo ?? null,
      notBefore: plus(now, UNDO_MILLISECONDS),
    },
    personal: { text, subject: fact.subject ?? null, variables },
  });
  return undefined;
}

function whyNotSo(fact: MessageWritten, deciding: Deciding, lead: Lead): Refusal | null {
  const because = [houseRule('conversation')];
  if ((fact.text === null || fact.text.trim() === '') && fact.template === null)
    return { refused: 'message-empty', because };
  if (fact.channel !== 'whatsapp')
    return fact.template === null ? null : { refused: 'template-channel', because };
  if (fact.template !== null) return null;
  const leads = lead.contact === null ? [lead] : leadsOfPersonOf(deciding, lead.contact);
  const threads = leads.flatMap(({ id }) => threadOf(deciding.world, id) ?? []);
  return windowOf(threads, deciding.now).form === 'free-text' ? null : { refused: 'needs-template', because };
}

function leadsOfPersonOf({ world }: Deciding, contact: string): Lead[] {
  return contactsOfPerson(world, contact).flatMap(({ id }) => leadsOfContact(world, id));
}

function wordsOf(
  fact: MessageWritten,
  { world, organization }: Deciding,
  lead: Lead,
): { readonly text: string | null; readonly variables: string[] | null } {
  if (fact.template === null) return { text: fact.text, variables: null };
  const known = lead.contact === null ? undefined : contactsOfPerson(world, lead.contact)[0];
  const whole = known?.names[0]?.value ?? null;
  const values = {
    name: whole?.split(' ')[0] ?? null,
    advisor: person(world, fact.by)?.name ?? '',
    company: organization.name,
    ...(fact.when === undefined ? {} : { when: fact.when }),
  };
  return fillClientTemplate(fact.template, values, noticeLanguage(organization.locale));
}

/** What is told of a message: once for each id. From the client it counts as theirs, from the holder as follow-up. */
export function seeMessage(fact: MessageSeen, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const lead = fact.lead === null ? personsLead(fact, deciding) : leadOf(world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  if (fact.message !== undefined && threadMessage(world, fact.message) !== undefined) return undefined;
  const wasUnread = (threadOf(world, lead.id)?.unread ?? 0) > 0;
  recordMessage(deciding, lead, fact);
  if (fact.by !== null && fact.verifiable) messageHeard(deciding, lead.id, fact.by, fact.channel);
  // The message that made the lead: its holder is being told of the lead itself.
  const isFirst = fact.providerId != null && lead.sourceId === fact.providerId;
  if (fact.by === null && fact.message !== undefined && lead.holder !== null && !wasUnread && !isFirst)
    tell(deciding, {
      to: lead.holder,
      about: 'message.received',
      because: [houseRule('conversation')],
      lead: lead.id,
      values: { lead: lead.id, channel: fact.channel },
      // Beside the screen and the browser's own notice; a WhatsApp for every WhatsApp would be noise.
      channel: 'app',
    });
  return undefined;
}

function personsLead({ identity }: MessageSeen, { world }: Deciding): Lead | undefined {
  return identity === undefined ? undefined : leadOfPerson(world, identity);
}

function recordMessage(deciding: Deciding, lead: Lead, fact: MessageSeen): void {
  const { media = [], message } = fact;
  // A file's name may tell of its person: it stands with the words.
  const files = media.map((told) => asJson({ ...told, name: undefined }));
  const names = media.flatMap(({ id, name }): [string, Json][] => (name == null ? [] : [[id, name]]));
  deciding.record({
    entry: 'message',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: {
      message: message ?? deciding.newId(),
      lead: lead.id,
      by: fact.by,
      from: fact.from,
      channel: fact.channel,
      verifiable: fact.verifiable,
      ...(message === undefined
        ? {}
        : {
            form: fact.form ?? 'text',
            // The channel's clock may run ahead of ours: nobody wrote in the future.
            sentAt: fact.sentAt === undefined || fact.sentAt > deciding.now ? deciding.now : fact.sentAt,
            repliesTo: fact.repliesTo ?? null,
            fromAd: fact.fromAd ?? false,
            media: files,
          }),
    },
    ...(message === undefined
      ? {}
      : {
          personal: {
            text: fact.text ?? null,
            subject: fact.subject ?? null,
            providerId: fact.providerId ?? null,
            address: fact.address ?? null,
            mediaNames: Object.fromEntries(names),
          },
        }),
  });
}

/** Taken by its channel and never delivered: it reached nobody, so it counts for nothing. */
export function strikeWritten(deciding: Deciding, sent: OutboxMessage): void {
  const written = threadMessage(deciding.world, sent.id);
  if (written === undefined || written.countedAt === null) return;
  const { id, lead, author, channel } = written;
  deciding.record({
    entry: 'message.struck',
    kind: 'fact',
    because: [],
    lead,
    person: author,
    fields: { message: id, lead, by: author, channel },
  });
}

/** Its channel took what somebody wrote: from now on it is a message that went, once, and may be first contact. */
export function countWritten(deciding: Deciding, sent: OutboxMessage): void {
  const written = threadMessage(deciding.world, sent.id);
  const lead = written === undefined ? undefined : leadOf(deciding.world, written.lead);
  if (written === undefined || lead === undefined || written.countedAt !== null || written.author === null)
    return;
  deciding.record({
    entry: 'message',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: written.author,
    fields: {
      lead: lead.id,
      by: written.author,
      from: null,
      channel: written.channel,
      verifiable: true,
      message: written.id,
    },
  });
  messageHeard(deciding, lead.id, written.author, written.channel);
}
