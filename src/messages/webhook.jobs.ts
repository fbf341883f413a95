import { readOptOut, readWhatsAppId, type OptOut } from '../contacts/index.ts';
import type { Fact, House } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { HOUR, MINUTE, plus, SECOND, type Clock } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import { matchAnswer, type AnswerFromUnknown, type AnswerHeard } from './answers.ts';
import { askedAgain, askedOf, questionQuoted } from './answers.store.ts';
import { isOf } from './channels.ts';
import { amendChannel, readChannels, stopChannel } from './channels.store.ts';
import { writeLetters, type LetterParts } from './letters.store.ts';
import { peopleADayIn } from './people-a-day.ts';
import { confirmedMonth } from './notice-facts.ts';
import type { MessageOutcome } from './outbox.ts';
import { findMessage, type Taken } from './outbox.store.ts';
import { outcomeOfError } from './whatsapp-errors.ts';
import { readWhatsAppEvents, type InboundMessage, type StatusUpdate } from './whatsapp-events.ts';
import type { WhatsAppEvent } from './whatsapp-events.ts';
import { optOut } from './sending.jobs.ts';
import { finishWebhook, markSeen, postponeWebhook, takeWebhooks, wasSeen } from './webhook.store.ts';
import type { WebhookBody } from './webhook.store.ts';

const BODIES_A_ROUND_MAX = 50;
const LEASE_MILLISECONDS = MINUTE;
/** A body that cannot be worked off is tried again this often, later and later, and then shown as faulty. */
const TRIES_MAX = 8;
const PAUSE_MILLISECONDS = 5 * SECOND;

/** Somebody who is not of the staff does not want to be contacted. */
export interface OptOutHeard {
  readonly channel: 'whatsapp';
  /** E.164, where WhatsApp tells it. */
  readonly from: string | null;
  readonly bsuid: string | null;
  readonly optOut: OptOut;
  /** The message that says so; null when WhatsApp's own switch was used. */
  readonly message: string | null;
}

export interface WebhookParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly letters: LetterParts;
  /** A message came in; `person`: of the staff. Called once for each, and again only if it threw or the process died. */
  onInbound(organization: string, message: InboundMessage, person: string | null): Promise<void>;
  onOptOut(organization: string, heard: OptOutHeard): Promise<void>;
}

/** One round over stored webhook bodies: statuses settle messages, buttons confirm, the rest is handed on. */
export async function readWebhooks(parts: WebhookParts, signal: AbortSignal): Promise<number> {
  const { database, clock, log } = parts;
  const now = clock.now();
  const bodies = await database.acrossOrganizations((tx) =>
    takeWebhooks(tx, { now, until: plus(now, LEASE_MILLISECONDS) }, BODIES_A_ROUND_MAX),
  );
  for (const body of bodies) {
    if (signal.aborted) break;
    const { organization, id } = body;
    try {
      await readBody(parts, body);
      await database.inOrganization(organization, (tx) => finishWebhook(tx, organization, id, null));
    } catch (error) {
      log.error('webhook-not-read', { organization, receipt: id, tries: body.tries, error });
      await database.inOrganization(organization, (tx) =>
        body.tries >= TRIES_MAX
          ? finishWebhook(tx, organization, id, 'not-read')
          : postponeWebhook(tx, organization, id, plus(clock.now(), PAUSE_MILLISECONDS * 2 ** body.tries)),
      );
    }
  }
  return bodies.length;
}

async function readBody(parts: WebhookParts, { organization, body }: WebhookBody): Promise<void> {
  const json: unknown = JSON.parse(body.toString('utf8'));
  const events = readWhatsAppEvents(json, (waId) => {
    const phone = readWhatsAppId(waId);
    return 'refused' in phone ? undefined : phone.e164;
  });
  // Statuses are free of order, so that those of one body can be decided together.
  await Promise.all(
    events.flatMap((event) => (event.kind === 'status' ? [settleStatus(parts, organization, event)] : [])),
  );
  for (const event of events) {
    if (event.kind === 'inbound') await hear(parts, organization, event);
    else if (event.kind !== 'status') await note(parts, organization, event);
  }
}

const OUTCOME_OF = {
  accepted: 'accepted',
  sent: 'accepted',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
} as const satisfies Record<StatusUpdate['status'], MessageOutcome['outcome']>;

async function settleStatus(parts: WebhookParts, organization: string, status: StatusUpdate): Promise<void> {
  const { database, house, clock, letters } = parts;
  const { ourId, providerId, error } = status;
  const found = await database.inOrganization(organization, async (tx) => {
    const message = await findMessage(tx, organization, { ourId, providerId });
    if (message === null || message.channel !== 'whatsapp') return null;
    if (status.status !== 'failed') return { message, next: null };
    const [letter] = await writeLetters(tx, organization, [message], clock.now(), letters);
    return { message, next: letter?.next ?? null };
  });
  // Another program's message from the same number, or one of before the installation was restored.
  if (found === null) return;
  if (error !== undefined) await heedError(parts, organization, found.message, error);
  const fact: MessageOutcome = {
    fact: 'message.outcome',
    actor: 'whatsapp',
    channel: 'whatsapp',
    message: found.message.id,
    outcome: OUTCOME_OF[status.status],
    providerId,
    code: error === undefined ? null : String(error.code),
    next: found.next,
  };
  await house.submit(organization, fact);
}

/** A bill, a lock or a person's no may be told here first, after sends that were taken. */
async function heedError(
  { database, house, letters }: WebhookParts,
  organization: string,
  message: Taken,
  error: { readonly code: number },
): Promise<void> {
  const said = outcomeOfError({ code: error.code }, 1);
  if (said.outcome === 'refused' && said.effect === 'opt-out') await optOut({ house }, message);
  if (said.outcome !== 'refused' || said.effect !== 'stop-sender') return;
  const stopped = await database.inOrganization(organization, async (tx) => {
    const channel = (await readChannels(tx, organization, letters.key)).find(
      ({ kind }) => kind === 'whatsapp',
    );
    // What was sent before the settings were saved speaks of the old ones.
    if (channel === undefined || message.queuedAt < channel.updatedAt) return false;
    return stopChannel(tx, organization, 'whatsapp', { reason: said.code, since: channel.updatedAt });
  });
  const fact = { fact: 'channel.stopped', actor: 'whatsapp', channel: 'whatsapp', code: said.code };
  if (stopped) await house.submit(organization, fact);
}

async function hear(parts: WebhookParts, organization: string, message: InboundMessage): Promise<void> {
  const { database, clock } = parts;
  const { seen, person } = await database.inOrganization(organization, async (tx) => {
    const phone = message.from;
    const people = phone === undefined ? [] : await listPeople(tx);
    const found = people.find((each) => each.leftAt === null && each.phone === phone);
    return { seen: await wasSeen(tx, organization, message.id), person: found?.id ?? null };
  });
  if (seen) return;
  if (person !== null) await answerOf(parts, organization, person, message);
  else if (await isStaffAnswer(parts, organization, message)) {
    await database.inOrganization(organization, (tx) => markSeen(tx, organization, message.id, clock.now()));
    return;
  }
  await parts.onInbound(organization, message, person);
  // After it: who writes for the first time is somebody by now, whom the gate can hold.
  const optOut = person === null && message.text !== undefined ? readOptOut(message.text) : null;
  if (optOut !== null) {
    const { from = null, bsuid = null, id } = message;
    await parts.onOptOut(organization, { channel: 'whatsapp', from, bsuid, optOut, message: id });
  }
  await database.inOrganization(organization, (tx) => markSeen(tx, organization, message.id, clock.now()));
}

/** How long a question of the staff may be answered in words; a button says its month for ever. */
const QUESTIONS_DAYS = 45;
const ASKED_AGAIN_MAX = 2;

/** Somebody of the floor answers what they were asked: the house is told what it says. */
async function answerOf(
  { database, house, clock, log }: WebhookParts,
  organization: string,
  person: string,
  message: InboundMessage,
): Promise<void> {
  const since = plus(clock.now(), -QUESTIONS_DAYS * 24 * HOUR);
  const asked = await database.inOrganization(organization, (tx) => askedOf(tx, organization, person, since));
  const payloadMonth = confirmedMonth(message.buttonPayload);
  const { repliesTo = null, text = null } = message;
  const matched = matchAnswer({ payloadMonth, quotes: repliesTo, text }, asked);
  if (matched === 'none') return;
  if (matched !== 'several' && matched.meaning === 'yes') {
    const fact = {
      fact: 'roster.confirmed',
      actor: person,
      month: matched.month,
      by: person,
      channel: 'whatsapp',
    };
    const { refused } = await house.submit(organization, fact satisfies Fact);
    if (refused !== null) log.info('confirmation-refused', { organization, person, why: refused.refused });
    return;
  }
  // Of several open ones the newest is asked about again: its button leaves no doubt.
  const month = matched === 'several' ? (asked.find(({ open }) => open)?.month ?? null) : matched.month;
  const meaning = matched === 'several' || matched.meaning !== 'no' ? 'unclear' : 'no';
  const times =
    month === null
      ? 0
      : await database.inOrganization(organization, (tx) => askedAgain(tx, organization, person, month));
  const heard = { fact: 'answer.heard', actor: 'whatsapp', person, month, meaning };
  await house.submit(organization, { ...heard, askAgain: times < ASKED_AGAIN_MAX } as AnswerHeard);
}

/** From a number of nobody's, but it presses our button or quotes our question: an answer, and nobody's lead. */
async function isStaffAnswer(
  { database, house }: WebhookParts,
  organization: string,
  { repliesTo, buttonPayload }: InboundMessage,
): Promise<boolean> {
  const asked =
    repliesTo === undefined
      ? null
      : await database.inOrganization(organization, (tx) => questionQuoted(tx, organization, repliesTo));
  if (asked === null) return confirmedMonth(buttonPayload) !== null;
  const fact: AnswerFromUnknown = { fact: 'answer.from-unknown', actor: 'whatsapp', ...asked };
  await house.submit(organization, fact);
  return true;
}

async function note(
  parts: WebhookParts,
  organization: string,
  event: Exclude<WhatsAppEvent, InboundMessage | StatusUpdate>,
): Promise<void> {
  if (event.kind === 'user-preference') {
    if (event.preference === 'opt-in') return;
    const { from = null, bsuid = null } = event;
    const optOut: OptOut = { scope: 'all', words: 'stop' };
    await parts.onOptOut(organization, { channel: 'whatsapp', from, bsuid, optOut, message: null });
    return;
  }
  if (event.kind === 'template-status') {
    const { name, language, event: status, reason } = event;
    parts.log.warn('template-status', { organization, name, language, status, reason });
  } else if (event.kind === 'account-notice') {
    parts.log.warn('whatsapp-account-notice', { organization, about: event.about });
    await keepPeopleADay(parts, organization, event.raw);
  } else parts.log.info('webhook-event-unknown', { organization });
}

/** Meta has raised or lowered with how many people a day conversations may be begun: from now on that holds. */
async function keepPeopleADay(
  { database, log, letters }: WebhookParts,
  organization: string,
  raw: unknown,
): Promise<void> {
  const peopleADay = peopleADayIn(raw);
  if (peopleADay === undefined) return;
  log.info('whatsapp-people-a-day', { organization, peopleADay });
  await database.inOrganization(organization, async (tx) => {
    const channels = await readChannels(tx, organization, letters.key);
    const channel = channels.find((each) => isOf(each, 'whatsapp'));
    if (channel === undefined || !isOf(channel, 'whatsapp')) return;
    const settings = { ...channel.settings, peopleADay };
    await amendChannel(tx, organization, letters.key, { kind: 'whatsapp', settings });
  });
}
