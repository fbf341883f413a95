import { between, MINUTE, plus, SECOND, type Instant } from '../platform/time.ts';
import { createWorker, STOP_MILLISECONDS_MAX, type Work, type Worker } from '../platform/work.ts';
import { writeLetters, type Letter } from './letters.store.ts';
import {
  holdSender,
  leaveSenders,
  sendersDue,
  takeAbandoned,
  takeDue,
  type Lease,
  type Sender,
  type Taken,
} from './outbox.store.ts';
import { withinPeopleADay } from './people-a-day.store.ts';
import { back, deliver, outcome, type DeliveryParts } from './sending.jobs.ts';

/** A poll finds what no hint told of: messages put back for later, and those of other processes. */
const POLL_MILLISECONDS = SECOND;
/** Longer than any send takes; past it the worker is believed dead. A slower outcome still settles what it left unknown. */
export const LEASE_MILLISECONDS = MINUTE;
/** One process alone sends for these, as the rates of their senders are kept in it. */
const ONE_PROCESS: ReadonlySet<string> = new Set(['whatsapp', 'telegram']);
export const SENDER_LEASE_MILLISECONDS = 20 * SECOND;
/** Under way at once: a sender that hangs does not take the others' places. */
export const UNDER_WAY_A_SENDER_MAX = 32;
export const UNDER_WAY_MAX = 256;
const ABANDONED_A_ROUND_MAX = 100;
/** Rounds follow every commit; messages of dead workers are looked for less often than that. */
const ABANDONED_EVERY_MILLISECONDS = 5 * SECOND;
/** Sent twice these show once (the later replaces the earlier), or never leave the house: after a crash they simply go. */
const REPEATABLE: ReadonlySet<string> = new Set(['push', 'app']);
export interface Delivery {
  /** Takes what is due and begins to send it; does not wait for the other side. Gives how many messages it took. */
  readonly run: (signal: AbortSignal) => Promise<number>;
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
  let tellRoom: (() => void) | null = null;
  let lookedAt: Instant | null = null;

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
        if (waiting.has(sender) && underWayOf(sender) <= UNDER_WAY_A_SENDER_MAX / 2) tellRoom?.();
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
      const written = await writeLetters(tx, sender.organization, taken, clock.now(), parts.letters);
      return sender.channel === 'whatsapp'
        ? withinPeopleADay(tx, sender.organization, written, clock.now())
        : written;
    });
    if (letters === null || letters.length < room) waiting.delete(key);
    else waiting.add(key);
    for (const letter of letters ?? []) begin(letter);
    return letters?.length ?? 0;
  }

  async function settleAbandoned(): Promise<number> {
    const now = clock.now();
    if (lookedAt !== null && Math.abs(between(lookedAt, now)) < ABANDONED_EVERY_MILLISECONDS) return 0;
    const abandoned = await database.acrossOrganizations((tx) =>
      takeAbandoned(tx, lease(LEASE_MILLISECONDS), [...underWay.keys()], ABANDONED_A_ROUND_MAX),
    );
    // A full batch may have more behind it.
    lookedAt = abandoned.length < ABANDONED_A_ROUND_MAX ? now : null;
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
  delivery.onRoom(() => worker.wake());
  return {
    ...worker,
    stop: async () => {
      await worker.stop();
      await Promise.race([delivery.idle(), parts.wait(STOP_MILLISECONDS_MAX)]);
      await delivery.leave();
    },
  };
}
