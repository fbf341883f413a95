import { readOptOut, readWhatsAppId, type OptOut } from '../contacts/index.ts';
import type { Fact, House } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { MINUTE, plus, SECOND, type Clock } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import { readChannels, stopChannel } from './channels.store.ts';
import { writeLetters, type LetterParts } from './letters.store.ts';
import { confirmedMonth } from './notice-facts.ts';
import type { MessageOutcome } from './outbox.ts';
import { findMessage, type Taken } from './outbox.store.ts';
import { outcomeOfError } from './whatsapp-errors.ts';
import { readWhatsAppEvents, type InboundMessage, type StatusUpdate } from './whatsapp-events.ts';
import type { WhatsAppEvent } from './whatsapp-events.ts';
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
  if (error !== undefined) await stopIfAsked(parts, organization, found.message, error);
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

/** A bill or a lock may be told here first, after sends that were taken. */
async function stopIfAsked(
  { database, house, letters }: WebhookParts,
  organization: string,
  message: Taken,
  error: { readonly code: number },
): Promise<void> {
  const said = outcomeOfError({ code: error.code }, 1);
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
  const { database, house, clock, log } = parts;
  const { seen, person } = await database.inOrganization(organization, async (tx) => {
    const phone = message.from;
    const people = phone === undefined ? [] : await listPeople(tx);
    const found = people.find((each) => each.leftAt === null && each.phone === phone);
    return { seen: await wasSeen(tx, organization, message.id), person: found?.id ?? null };
  });
  if (seen) return;
  const month = person === null ? null : confirmedMonth(message.buttonPayload);
  if (person !== null && month !== null) {
    const fact = { fact: 'roster.confirmed', actor: person, month, by: person, channel: 'whatsapp' };
    const { refused } = await house.submit(organization, fact satisfies Fact);
    if (refused !== null) log.info('confirmation-refused', { organization, person, why: refused.refused });
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
  } else if (event.kind === 'account-notice')
    parts.log.warn('whatsapp-account-notice', { organization, about: event.about });
  else parts.log.info('webhook-event-unknown', { organization });
}
