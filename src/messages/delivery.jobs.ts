import type { House } from '../decisions/index.ts';
import { isUnavailable, type Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { between, MINUTE, plus, SECOND, type Clock } from '../platform/time.ts';
import { createWorker, STOP_MILLISECONDS_MAX, type Work, type Worker } from '../platform/work.ts';
import type { Outcome } from './channel.ts';
import { stopChannel } from './channels.store.ts';
import { writeLetters, type Letter, type LetterParts } from './letters.store.ts';
import type { ChannelStopped, MessageOutcome } from './outbox.ts';
import {
  holdSender,
  leaveSenders,
  putBack,
  sendersDue,
  takeAbandoned,
  takeDue,
  type Lease,
  type Sender,
  type Taken,
} from './outbox.store.ts';
import { removeSubscription, subscriptionId } from './push-subscriptions.store.ts';
import type { Senders } from './senders.adapter.ts';

/** A poll finds what no hint told of: messages put back for later, and those of other processes. */
const POLL_MILLISECONDS = SECOND;
/** Longer than any send takes; past it the worker is believed dead. A slower outcome still settles what it left unknown. */
export const LEASE_MILLISECONDS = MINUTE;
/** One process alone sends for these, as the rates of their senders are kept in it. */
const ONE_PROCESS: ReadonlySet<string> = new Set(['whatsapp']);
export const SENDER_LEASE_MILLISECONDS = 20 * SECOND;
/** Under way at once: a sender that hangs does not take the others' places. */
export const UNDER_WAY_A_SENDER_MAX = 32;
export const UNDER_WAY_MAX = 256;
const ABANDONED_A_ROUND_MAX = 100;
/** Tries that left the house. The channels give up earlier where they know that more is of no use. */
export const ATTEMPTS_MAX = 20;
/**
 * A channel that still asks to wait after this long gives way to the person's next one: three of them fit in the five
 * minutes of lead-assignment P8.
 */
export const NEXT_CHANNEL_AFTER_MILLISECONDS = 75 * SECOND;
/** Sent twice these show once (the later replaces the earlier), or never leave the house: after a crash they simply go. */
const REPEATABLE: ReadonlySet<string> = new Set(['push', 'app']);
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

export interface Delivery {
  /** Takes what is due and begins to send it; does not wait for the other side. Gives how many messages it took. */
  run(signal: AbortSignal): Promise<number>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Called when there is room again and work was left for lack of it. */
  onRoom(tell: () => void): void;
  /** Lets another process send at once for the senders held. */
  leave(): Promise<void>;
}

/**
 * Sends the outbox: a message is marked as being sent, with a lease, in one transaction; sent outside of any; and its
 * outcome goes through the house as a fact. A worker that dies between the two leaves a message whose lease ends: nobody
 * knows whether it went, and it is not sent again, but told by the person's next channel and shown.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { database, clock, worker, log } = parts;
  const underWay = new Map<string, { readonly sender: string; readonly done: Promise<void> }>();
  /** Senders of whom more was due than there was room for. */
  const waiting = new Set<string>();
  let tellRoom = (): void => undefined;

  const lease = (milliseconds: number): Lease => {
    const now = clock.now();
    return { worker, now, until: plus(now, milliseconds) };
  };
  const underWayOf = (sender: string): number =>
    [...underWay.values()].filter((one) => one.sender === sender).length;

  function begin(letter: Letter): void {
    const { id } = letter.taken;
    const sender = keyOf({ organization: letter.taken.organization, channel: letter.taken.channel });
    const done = deliver(parts, letter)
      .catch((error: unknown) => log.error('message-outcome-lost', { message: id, error }))
      .then(() => {
        underWay.delete(id);
        if (waiting.has(sender) && underWayOf(sender) <= UNDER_WAY_A_SENDER_MAX / 2) tellRoom();
        return undefined;
      });
    underWay.set(id, { sender, done });
  }

  async function takeFor(sender: Sender): Promise<number> {
    const key = keyOf(sender);
    const room = Math.min(UNDER_WAY_A_SENDER_MAX - underWayOf(key), UNDER_WAY_MAX - underWay.size);
    if (room <= 0) {
      waiting.add(key);
      return 0;
    }
    const letters = await database.inOrganization(sender.organization, async (tx) => {
      const mine =
        !ONE_PROCESS.has(sender.channel) || (await holdSender(tx, sender, lease(SENDER_LEASE_MILLISECONDS)));
      if (!mine) return null;
      const taken = await takeDue(tx, sender, lease(LEASE_MILLISECONDS), room);
      if (taken.length === 0) return [];
      return writeLetters(tx, sender.organization, taken, clock.now(), parts.letters);
    });
    if (letters === null || letters.length < room) waiting.delete(key);
    else waiting.add(key);
    for (const letter of letters ?? []) begin(letter);
    return letters?.length ?? 0;
  }

  async function settleAbandoned(): Promise<number> {
    const abandoned = await database.acrossOrganizations((tx) =>
      takeAbandoned(tx, lease(LEASE_MILLISECONDS), [...underWay.keys()], ABANDONED_A_ROUND_MAX),
    );
    for (const one of abandoned) {
      log.warn('message-abandoned', { message: one.id, channel: one.channel });
      if (REPEATABLE.has(one.channel))
        await back(parts, one, { afterMilliseconds: 0, counts: true, code: 'abandoned' });
      else await settleUnknown(parts, one);
    }
    return abandoned.length;
  }

  return {
    async run(signal) {
      let took = await settleAbandoned();
      const senders = await database.acrossOrganizations((tx) => sendersDue(tx, clock.now()));
      for (const sender of senders) {
        if (signal.aborted) break;
        took += await takeFor(sender);
      }
      return took;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all([...underWay.values()].map(({ done }) => done));
    },
    onRoom: (tell) => {
      tellRoom = tell;
    },
    leave: () => database.acrossOrganizations((tx) => leaveSenders(tx, worker)),
  };
}

function keyOf({ organization, channel }: Sender): string {
  return `${organization} ${channel}`;
}

async function settleUnknown(parts: DeliveryParts, taken: Taken): Promise<void> {
  const letters = await parts.database.inOrganization(taken.organization, (tx) =>
    writeLetters(tx, taken.organization, [taken], parts.clock.now(), parts.letters),
  );
  await outcome(parts, taken, { outcome: 'unknown', code: 'abandoned', next: letters[0]?.next ?? null });
}

async function deliver(parts: DeliveryParts, letter: Letter): Promise<void> {
  const { taken, next } = letter;
  if ('waitsUntil' in letter) {
    const afterMilliseconds = between(parts.clock.now(), letter.waitsUntil);
    return back(parts, taken, { afterMilliseconds, counts: false, code: 'agreed-hours' });
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
      return outcome(parts, taken, { outcome: 'refused', code: came.code, next });
    case 'retry': {
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

function back(
  { database, clock, worker }: DeliveryParts,
  taken: Taken,
  { afterMilliseconds, counts, code }: { afterMilliseconds: number; counts: boolean; code: string },
): Promise<void> {
  const notBefore = plus(clock.now(), afterMilliseconds);
  return database.inOrganization(taken.organization, (tx) =>
    putBack(tx, taken, worker, { notBefore, counts, code }),
  );
}

async function outcome(
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

/** The delivery worker of a process: wake it when something was told. */
export function startDelivery(parts: DeliveryParts, common: Pick<Work, 'metrics' | 'wake'> = {}): Worker {
  const delivery = createDelivery(parts);
  const worker = createWorker({
    name: 'delivery',
    everyMilliseconds: POLL_MILLISECONDS,
    run: delivery.run,
    log: parts.log,
    ...common,
  });
  delivery.onRoom(worker.wake);
  return {
    ...worker,
    stop: async () => {
      await worker.stop();
      await Promise.race([delivery.idle(), parts.wait(STOP_MILLISECONDS_MAX)]);
      await delivery.leave();
    },
  };
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
