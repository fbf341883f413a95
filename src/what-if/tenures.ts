import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { textIn } from './fields.ts';

/** One time that somebody had a lead. */
export interface Held {
  /** The first who had it is 0; after a reversal, the place of the one it went back to. */
  readonly place: number;
  readonly person: string;
  readonly since: Instant;
}

interface Had {
  readonly tenures: readonly Held[];
  readonly now: Held | null;
}

/**
 * Who had which lead since when, read from the entries alone: what happened and what would have happened are looked at
 * in the same way.
 */
export interface Tenures {
  see(entry: JournalEntry | NewEntry): void;
  now(lead: string): Held | null;
  at(lead: string, place: number): Held | null;
  /** Everybody who was given it, in turn. */
  people(lead: string): string[];
  /** How often it was given to somebody. */
  count(lead: string): number;
  /** Who had it at that instant. */
  during(lead: string, instant: Instant): Held | null;
  /** Where every lead is. */
  all(): IterableIterator<[lead: string, held: Held | null]>;
}

const NEVER: Had = { tenures: [], now: null };
const GIVES: ReadonlySet<string> = new Set(['lead.assigned', 'lead.given', 'lead.reassigned']);
const TAKES: ReadonlySet<string> = new Set(['lead.held', 'lead.waiting', 'lead.refused']);

export function tenures(): Tenures {
  const leads = new Map<string, Had>();
  const had = (lead: string): Had => leads.get(lead) ?? NEVER;
  return {
    see(entry) {
      const lead = entry.lead ?? null;
      if (lead === null) return;
      const before = had(lead);
      const to = textIn(entry, 'to');
      if (GIVES.has(entry.entry) && to !== null) {
        const held: Held = { place: before.tenures.length, person: to, since: entry.at };
        leads.set(lead, { tenures: [...before.tenures, held], now: held });
      } else if (TAKES.has(entry.entry)) leads.set(lead, { ...before, now: null });
      else if (entry.entry === 'lead.reassignment-reversed') {
        const since = textIn(entry, 'since');
        const back = before.tenures.findLast((each) => each.person === to && each.since === since);
        if (back !== undefined) leads.set(lead, { ...before, now: back });
      }
    },
    now: (lead) => had(lead).now,
    at: (lead, place) => had(lead).tenures[place] ?? null,
    people: (lead) => had(lead).tenures.map(({ person }) => person),
    count: (lead) => had(lead).tenures.length,
    during: (lead, instant) => had(lead).tenures.findLast(({ since }) => since <= instant) ?? null,
    *all() {
      for (const [lead, { now }] of leads) yield [lead, now];
    },
  };
}
