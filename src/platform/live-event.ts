import { z } from 'zod';

/** Something changed that screens may show; never what it changed to: a screen asks again, and is judged again. */
export const LiveEvent = z.object({
  /** What kind of thing: 'leads', 'calls', 'roster', 'staff'. */
  topic: z.string().min(1).max(40),
  /** Which one, where one alone changed. */
  id: z.string().max(64).optional(),
  lead: z.string().max(64).optional(),
  person: z.string().max(64).optional(),
});
export type LiveEvent = z.infer<typeof LiveEvent>;

/** What processes tell each other over NOTIFY. `from` is the process, so that it does not hear itself. */
export const LiveNote = z.object({
  from: z.string(),
  /** By organization. */
  events: z.record(z.string(), z.array(LiveEvent)).optional(),
  /** Organizations of which too much happened to say; '*': all. */
  resync: z.array(z.string()).optional(),
  /** Subscribers (users) whose streams end now. */
  end: z.array(z.string()).optional(),
});
export type LiveNote = z.infer<typeof LiveNote>;

/** PostgreSQL refuses a NOTIFY payload of 8000 bytes or more. */
export const NOTE_BYTES_MAX = 7_900;
/** More notes than this for one batch are not worth sending: everybody asks again. */
export const NOTES_A_BATCH_MAX = 20;

export const sameEvent = ({ topic, id, lead, person }: LiveEvent): string =>
  JSON.stringify([topic, id, lead, person]);

const emptyNote = (from: string): { from: string; events: Record<string, LiveEvent[]> } => ({
  from,
  events: {},
});
const emptyBytes = (from: string): number => Buffer.byteLength(JSON.stringify(emptyNote(from)));
/** Quotes, colon, brackets and commas around one event and its organization. */
const SEPARATORS_BYTES = 10;

/** Splits what happened in one batch into notes that each fit a NOTIFY; too many become one resync. */
export function notesOf(
  from: string,
  happened: ReadonlyMap<string, ReadonlyMap<string, LiveEvent>>,
): LiveNote[] {
  const notes: LiveNote[] = [];
  let note = emptyNote(from);
  let bytes = emptyBytes(from);
  for (const [organization, events] of happened) {
    for (const event of events.values()) {
      const more =
        Buffer.byteLength(JSON.stringify(event)) + Buffer.byteLength(organization) + SEPARATORS_BYTES;
      if (bytes + more > NOTE_BYTES_MAX) {
        notes.push(note);
        note = emptyNote(from);
        bytes = emptyBytes(from);
      }
      (note.events[organization] ??= []).push(event);
      bytes += more;
    }
  }
  notes.push(note);
  return notes.length > NOTES_A_BATCH_MAX ? [{ from, resync: ['*'] }] : notes;
}
