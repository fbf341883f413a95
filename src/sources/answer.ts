import type { JournalEntry, Json, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

/** What whoever sent a lead is told of it: where it stands at once after it was decided, and why. */
export interface LeadAnswer {
  readonly lead: string;
  readonly number: number;
  readonly stage: 'received' | 'held' | 'assigned' | 'waiting' | 'refused';
  readonly holder: { readonly id: string; readonly name: string } | null;
  /** End of the ten minutes; null when none run (yet). */
  readonly dueAt: Instant | null;
  readonly because: readonly string[];
  readonly duplicateOf?: string;
  readonly heldUntil?: Instant;
  readonly why?: string;
}

interface Fields {
  readonly number?: number;
  readonly to?: string;
  readonly of?: string;
  readonly dueAt?: Instant | null;
  readonly until?: Instant;
  readonly why?: string;
}

/** The answer as far as the entries about the lead have been seen; names are looked up by whoever answers. */
export function answerAfter(
  before: LeadAnswer | undefined,
  entry: JournalEntry | NewEntry,
): LeadAnswer | undefined {
  const lead = entry.lead ?? null;
  if (lead === null) return before;
  const fields = entry.fields as Fields;
  const { because } = entry;
  switch (entry.entry) {
    case 'lead.received':
    case 'lead.registered':
    case 'lead.imported':
      return { lead, number: fields.number ?? 0, stage: 'received', holder: null, dueAt: null, because };
    case 'lead.duplicate':
      return before && { ...before, ...(fields.of === undefined ? {} : { duplicateOf: fields.of }) };
    case 'lead.assigned':
    case 'lead.given':
    case 'lead.reassigned': {
      const holder = fields.to === undefined ? null : { id: fields.to, name: '' };
      return before && { ...before, stage: 'assigned', holder, dueAt: fields.dueAt ?? null, because };
    }
    case 'lead.held': {
      const until = fields.until === undefined ? {} : { heldUntil: fields.until };
      return before && { ...before, stage: 'held', holder: null, dueAt: null, because, ...until };
    }
    case 'lead.waiting':
    case 'lead.refused': {
      const stage = entry.entry === 'lead.refused' ? 'refused' : 'waiting';
      const why = fields.why === undefined ? {} : { why: fields.why };
      return before && { ...before, stage, holder: null, dueAt: null, because, ...why };
    }
    default:
      return before;
  }
}

/** Of a lead that was there before: who has it now. */
export function asJsonAnswer(answer: LeadAnswer): Json {
  return JSON.parse(JSON.stringify(answer)) as Json;
}
