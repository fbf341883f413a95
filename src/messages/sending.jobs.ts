import type { Fact, House } from '../decisions/index.ts';
import { isUnavailable, type Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { between, plus, SECOND, type Clock } from '../platform/time.ts';
import type { Outcome } from './channel.ts';
import type { ChannelStopped } from './channel-acts.ts';
import { isOf } from './channels.ts';
import { saveChannel, stopChannel } from './channels.store.ts';
import type { Letter, LetterParts } from './letters.store.ts';
import { CONVERSATION, type MessageOutcome } from './outbox.ts';
import { putBack, type Taken } from './outbox.store.ts';
import { removeSubscription, subscriptionId } from './push-subscriptions.store.ts';
import type { Senders } from './senders.adapter.ts';

/** Tries that left the house. The channels give up earlier where they know that more is of no use. */
export const ATTEMPTS_MAX = 20;
/**
 * A channel that still asks to wait after this long gives way to the person's next one: three of them fit in the five
 * minutes of lead-assignment P8.
 */
export const NEXT_CHANNEL_AFTER_MILLISECONDS = 75 * SECOND;
/** An outcome that the database was not there to take; afterwards the lease settles it as unknown. */
const SUBMIT_TRIES_MAX = 6;
const SUBMIT_PAUSE_MILLISECONDS = 500;

export interface DeliveryParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly senders: Senders;
  readonly letters: LetterParts;
  /** Of this process and this run of it alone. */
  readonly worker: string;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly metrics?: DeliveryMetrics;
}

/** Sends one letter, outside of any transaction, and brings home what came of it. */
export async function deliver(parts: DeliveryParts, letter: Letter): Promise<void> {
  const { taken, next } = letter;
  if ('waitsUntil' in letter) {
    const afterMilliseconds = between(parts.clock.now(), letter.waitsUntil);
    return back(parts, taken, { afterMilliseconds, counts: false, code: letter.waitsFor ?? 'agreed-hours' });
  }
  if ('refused' in letter) {
    if (letter.fault !== undefined)
      parts.log.error('message-unwritten', { message: taken.id, error: letter.fault });
    return outcome(parts, taken, { outcome: 'refused', code: letter.refused, next });
  }
  if (taken.channel === 'app') {
    // It stands in the product since the commit. Browsers that asked for it ring as well, if they can.
    await outcome(parts, taken, { outcome: 'accepted' });
    await send(parts, letter);
    return undefined;
  }
  return settle(parts, letter, await send(parts, letter));
}

type Sendable = Extract<Letter, { readonly to: unknown }>;

/** To each address; for a person with several browsers, the best of what came of them. */
async function send(parts: DeliveryParts, letter: Sendable): Promise<Outcome> {
  const { taken, channel, content } = letter;
  const { id, organization, attempts } = taken;
  const sender = channel === null ? parts.senders.push : parts.senders.senderOf(organization, channel);
  const outcomes: Outcome[] = [];
  for (const to of letter.to) {
    const came = await sender.send({ id, to, content, attempt: attempts });
    outcomes.push(came);
    if (to.kind === 'push' && came.outcome === 'refused' && came.effect === 'channel-unusable')
      await forget(parts, organization, to.subscription.endpoint);
  }
  const best = BEST_FIRST.map((name) => outcomes.find((one) => one.outcome === name)).find(Boolean);
  return best ?? { outcome: 'refused', code: 'no-device', why: 'no browser takes push notices' };
}

const BEST_FIRST = ['accepted', 'retry', 'unknown', 'refused'] as const;

function forget({ database }: DeliveryParts, organization: string, endpoint: string): Promise<boolean> {
  return database.inOrganization(organization, (tx) =>
    removeSubscription(tx, organization, subscriptionId(endpoint), null),
  );
}

async function settle(parts: DeliveryParts, letter: Sendable, came: Outcome): Promise<void> {
  const { taken, next } = letter;
  const { clock, log } = parts;
  if (came.outcome !== 'accepted')
    log.info('message-not-accepted', { message: taken.id, channel: taken.channel, ...came });
  switch (came.outcome) {
    case 'accepted':
      parts.metrics?.acceptedSeconds.observe(
        { channel: taken.channel },
        between(taken.queuedAt, clock.now()) / SECOND,
      );
      return outcome(parts, taken, { outcome: 'accepted', providerId: came.providerId });
    case 'unknown':
      return outcome(parts, taken, { outcome: 'unknown', code: 'no-answer', next });
    case 'refused':
      if (came.effect === 'stop-sender') await stop(parts, letter, came.code);
      if (came.effect === 'opt-out') await optOut(parts, taken);
      return outcome(parts, taken, { outcome: 'refused', code: came.code, next });
    case 'retry': {
      if (came.movedTo !== undefined) await moveGroup(parts, letter, came.movedTo);
      const own = came.code.startsWith('own-');
      const again = plus(clock.now(), came.afterMilliseconds);
      const tooLate = next !== null && between(taken.queuedAt, again) > NEXT_CHANNEL_AFTER_MILLISECONDS;
      if (tooLate || (!own && taken.attempts >= ATTEMPTS_MAX))
        return outcome(parts, taken, { outcome: 'refused', code: came.code, next });
      const { afterMilliseconds, code } = came;
      return back(parts, taken, { afterMilliseconds, counts: !own, code });
    }
    default:
      return came satisfies never;
  }
}

/** Meta says that the person wants no more from this business (131050): a no like any other, heard by the gate. */
export async function optOut(
  { house }: Pick<DeliveryParts, 'house'>,
  { organization, kind, recipient, channel, lead }: Taken,
): Promise<void> {
  if (kind !== CONVERSATION || recipient === '') return;
  const said = { scope: 'messages', origin: channel, text: 'stop' };
  const fact = { fact: 'contact.opted-out', actor: channel, contact: recipient, lead, by: null, ...said };
  await house.submit(organization, fact satisfies Fact);
}

/** The group became another: from now on it is posted there (Telegram's groups that grow). */
async function moveGroup(
  { database, clock, letters, log }: DeliveryParts,
  { taken, channel }: Sendable,
  chatId: string,
): Promise<void> {
  if (channel === null || !isOf(channel, 'telegram')) return;
  const { organization } = taken;
  const { settings, updatedBy: by } = channel;
  log.info('group-moved', { organization });
  await database.inOrganization(organization, (tx) =>
    saveChannel(tx, organization, letters.key, {
      kind: 'telegram',
      settings: { ...settings, chatId },
      at: clock.now(),
      by,
    }),
  );
}

/** Nothing more goes by this channel until an administrator saves its settings again. */
async function stop(parts: DeliveryParts, { taken, channel }: Sendable, code: string): Promise<void> {
  if (channel === null) return;
  const { organization } = taken;
  const { kind, updatedAt } = channel;
  const stopped = await parts.database.inOrganization(organization, (tx) =>
    stopChannel(tx, organization, kind, { reason: code, since: updatedAt }),
  );
  if (stopped)
    await submit(parts, organization, { fact: 'channel.stopped', actor: kind, channel: kind, code });
}

export function back(
  { database, clock, worker }: DeliveryParts,
  taken: Taken,
  { afterMilliseconds, counts, code }: { afterMilliseconds: number; counts: boolean; code: string },
): Promise<void> {
  const notBefore = plus(clock.now(), afterMilliseconds);
  return database.inOrganization(taken.organization, (tx) =>
    putBack(tx, taken, worker, { notBefore, counts, code }),
  );
}

export async function outcome(
  parts: DeliveryParts,
  { organization, id, channel }: Taken,
  told: Pick<MessageOutcome, 'outcome' | 'providerId' | 'code' | 'next'>,
): Promise<void> {
  const fact: MessageOutcome = { fact: 'message.outcome', actor: channel, message: id, channel, ...told };
  await submit(parts, organization, fact);
  parts.metrics?.outcomes.inc({ channel, outcome: told.outcome });
}

async function submit(
  { house, wait }: DeliveryParts,
  organization: string,
  fact: MessageOutcome | ChannelStopped,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await house.submit(organization, fact);
      return;
    } catch (error) {
      if (tries >= SUBMIT_TRIES_MAX || !isUnavailable(error)) throw error;
      await wait(SUBMIT_PAUSE_MILLISECONDS * 2 ** tries);
    }
  }
}

export function deliveryMetrics(metrics: Metrics) {
  return {
    outcomes: metrics.counter({
      name: 'messages_total',
      help: 'Messages by channel and what came of them',
      labels: ['channel', 'outcome'],
    }),
    acceptedSeconds: metrics.histogram({
      name: 'message_accepted_seconds',
      help: 'From the decision to tell somebody until the channel accepted it',
      labels: ['channel'],
    }),
  };
}

export type DeliveryMetrics = ReturnType<typeof deliveryMetrics>;
