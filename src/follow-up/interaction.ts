import { call as callOf } from '../calls/index.ts';
import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

/**
 * One contact with the person of a lead, in either direction: a call, a message, a meeting. One row for each thing that
 * happened, kept from the fact that told of it; what it proves is decided by whoever reads it (claims, results).
 */
export interface Interaction {
  /** `call:…`, `message:…` or `appointment:…`, with the id of what happened. */
  readonly id: string;
  readonly lead: string;
  readonly contact: string | null;
  readonly at: Instant;
  /** The person of the staff; null when nobody of the staff is known for it. */
  readonly by: string | null;
  /** Who began it; a meeting counts as ours. */
  readonly direction: 'in' | 'out';
  readonly channel: InteractionChannel;
  /** Of a call, whether it was answered; a meeting held is; a message cannot be. */
  readonly answered: boolean | null;
  readonly verifiable: boolean;
  /** The fact that told of it. */
  readonly source: string;
  /** When the product learned of it. */
  readonly recordedAt: Instant;
  /** Noted by mistake and taken back: it counts for nothing. */
  readonly voidAt: Instant | null;
}

export type InteractionChannel = 'call' | 'whatsapp' | 'email' | 'appointment' | (string & {});

export const interactionsSlice = {
  name: 'interactions',
  empty: (): { readonly interactions: Rows<Interaction> } => ({
    interactions: new Rows<Interaction>((each) => [`lead:${each.lead}`]),
  }),
};

/** Of a lead as far as they are loaded (`loadInteractions`), the earliest first, of one instant always in the same order; without those taken back. */
export function interactionsOfLead(world: World, lead: string): Interaction[] {
  return rowsOfLead(world, lead)
    .filter(({ voidAt }) => voidAt === null)
    .toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));
}

function rowsOfLead(world: World, lead: string): Interaction[] {
  return world.get(interactionsSlice).interactions.having(`lead:${lead}`);
}

/** By the holder: an outgoing call or message, a meeting held. What the person sends is no follow-up. */
export function isFollowUp({ direction, by, voidAt }: Interaction, holder: string): boolean {
  return voidAt === null && direction === 'out' && by === holder;
}

/** A sign of the person: an answered call, a message of theirs, a meeting held. */
export function isSignOfPerson({ channel, direction, answered, voidAt }: Interaction): boolean {
  if (voidAt !== null) return false;
  if (channel === 'call') return answered === true;
  return channel === 'appointment' || direction === 'in';
}

interface Fields {
  readonly call: string;
  readonly message?: string;
  /** When the person wrote it, where the channel says so. */
  readonly sentAt?: Instant;
  readonly by: string | null;
  readonly from: string | null;
  readonly channel: string;
  readonly verifiable: boolean;
  readonly appointment: string;
  readonly heldAt: Instant;
  readonly person: string;
  readonly kept: string;
  readonly absorbed: string;
  readonly merge: { readonly leads: readonly string[] };
  readonly leads: readonly string[];
}

/** The interaction that an entry tells of, or null. */
export function interactionOf(world: World, entry: JournalEntry | NewEntry): Interaction | null {
  if (entry.lead == null) return null;
  const fields = entry.fields as unknown as Fields;
  const about = {
    lead: entry.lead,
    contact: entry.contact ?? null,
    source: entry.entry,
    recordedAt: entry.at,
    voidAt: null,
  };
  switch (entry.entry) {
    case 'call.ended':
    case 'call.reported': {
      const call = callOf(world, fields.call);
      if (call === undefined) return null;
      const { startedAt: at, by, direction, answered } = call;
      return {
        ...about,
        id: `call:${call.id}`,
        at,
        by,
        direction,
        channel: 'call',
        answered,
        verifiable: true,
      };
    }
    case 'message':
      return {
        ...about,
        id: `message:${fields.message ?? `${entry.lead} ${entry.at}`}`,
        at: fields.sentAt ?? entry.at,
        by: fields.by,
        direction: fields.by === null ? 'in' : 'out',
        channel: fields.channel,
        answered: null,
        verifiable: fields.verifiable,
      };
    case 'appointment.held':
      return {
        ...about,
        id: `appointment:${fields.appointment}`,
        at: fields.heldAt,
        by: fields.person,
        direction: 'out',
        channel: 'appointment',
        answered: true,
        verifiable: true,
      };
    default:
      return null;
  }
}

export function evolveInteractions(world: World, entry: JournalEntry | NewEntry): void {
  const { interactions } = world.get(interactionsSlice);
  const told = interactionOf(world, entry);
  if (told !== null) {
    interactions.set(told.id, told);
    return;
  }
  const fields = entry.fields as unknown as Fields;
  switch (entry.entry) {
    // Its channel took it and never delivered it.
    case 'message.struck': {
      const sent = interactions.get(`message:${fields.message ?? ''}`);
      if (sent !== undefined) interactions.set(sent.id, { ...sent, voidAt: entry.at });
      return;
    }
    case 'appointment.reopened': {
      const held = interactions.get(`appointment:${fields.appointment}`);
      if (held !== undefined) interactions.set(held.id, { ...held, voidAt: entry.at });
      return;
    }
    case 'contact.merged':
      moveTo(world, fields.merge.leads, fields.kept);
      return;
    case 'contact.unmerged':
      moveTo(world, fields.leads, fields.absorbed);
      return;
    default:
  }
}

function moveTo(world: World, leads: readonly string[], contact: string): void {
  const { interactions } = world.get(interactionsSlice);
  for (const lead of leads)
    for (const each of rowsOfLead(world, lead)) interactions.set(each.id, { ...each, contact });
}
