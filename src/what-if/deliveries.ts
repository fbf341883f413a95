import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { between, SECOND, type Instant } from '../platform/time.ts';
import { textIn } from './fields.ts';

/** What a channel said of a message, and how long after it was told. */
export interface Delivery {
  readonly after: number;
  /** When and in which place of the journal that was. */
  readonly at: Instant | null;
  readonly order: number;
  readonly outcome: string;
  readonly channel: string;
  readonly code: string | null;
  /** By which channel the notice went on, as this one did not take it. */
  readonly next: string | null;
}

const OUTCOMES: ReadonlySet<string> = new Set([
  'accepted',
  'refused',
  'unknown',
  'delivered',
  'read',
  'failed',
]);
/** A notice nobody was told in fact is taken by its channel about as soon as most are. */
const TAKEN = { after: SECOND, at: null, order: 0, outcome: 'accepted', code: null, next: null };

interface Told {
  readonly key: string;
  readonly at: Instant;
  readonly deliveries: Delivery[];
}

/** How the channels took what was told: gathered from the journal, and asked for again as it is told again. */
export interface Deliveries {
  see(entry: JournalEntry): void;
  /** Whether this was said of a notice of the period, which will be told again. */
  has(entry: JournalEntry): boolean;
  /** Of a message told now, in the order in which such messages were told. */
  of(entry: NewEntry): readonly Delivery[];
  /** From the first message again: for another run. */
  rewind(): void;
}

/** Whom it told of what: the message of the other run that this one stands for. */
function keyOf(entry: JournalEntry | NewEntry): string {
  return `${entry.lead ?? ''}|${textIn(entry, 'to') ?? ''}|${textIn(entry, 'about') ?? ''}`;
}

export function outcomeOf(entry: JournalEntry): string | null {
  const outcome = entry.entry.startsWith('message.') ? entry.entry.slice('message.'.length) : '';
  return OUTCOMES.has(outcome) ? outcome : null;
}

export function deliveries(): Deliveries {
  const told = new Map<string, Told>();
  const byKey = new Map<string, Told[]>();
  const taken = new Map<string, number>();
  return {
    see(entry) {
      const message = textIn(entry, 'message');
      if (message === null) return;
      if (entry.entry === 'told') {
        const one: Told = { key: keyOf(entry), at: entry.at, deliveries: [] };
        told.set(message, one);
        const same = byKey.get(one.key);
        if (same === undefined) byKey.set(one.key, [one]);
        else same.push(one);
        goesOn(told, entry);
        return;
      }
      const [outcome, before] = [outcomeOf(entry), told.get(message)];
      if (outcome === null || before === undefined) return;
      before.deliveries.push({
        after: Math.max(0, between(before.at, entry.at)),
        at: entry.at,
        order: entry.id,
        outcome,
        channel: textIn(entry, 'channel') ?? entry.actor,
        code: textIn(entry, 'code'),
        next: null,
      });
    },
    has(entry) {
      const message = textIn(entry, 'message');
      return message !== null && told.has(message);
    },
    of(entry) {
      const key = keyOf(entry);
      const place = taken.get(key) ?? 0;
      taken.set(key, place + 1);
      const channel = textIn(entry, 'channel') ?? '';
      return byKey.get(key)?.[place]?.deliveries ?? [{ ...TAKEN, channel }];
    },
    rewind: () => taken.clear(),
  };
}

/** A message told in place of one that was not taken: what its channel said then sent it on. */
function goesOn(told: ReadonlyMap<string, Told>, entry: JournalEntry): void {
  const instead = entry.fields['instead'];
  if (instead === null || typeof instead !== 'object' || !('message' in instead)) return;
  const before = typeof instead.message === 'string' ? told.get(instead.message) : undefined;
  const last = before?.deliveries.pop();
  if (before !== undefined && last !== undefined)
    before.deliveries.push({ ...last, next: textIn(entry, 'channel') });
}
