import { Rows, Touched, type World } from '../decisions/index.ts';
import { interactionOf, interactionsOfLead, isFollowUp, type Interaction } from '../follow-up/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { lead as leadOf } from '../leads/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import type { Protection, ProtectionTerm } from './protection.ts';

interface ProtectionState {
  readonly protections: Rows<Protection>;
  /** Leads whose clocks may run otherwise since something was decided. */
  readonly moved: Touched;
  /** Leads of which a follow-up was taken back. */
  readonly takenBack: Touched;
}

export const protectionSlice = {
  name: 'protections',
  empty: (): ProtectionState => ({
    protections: new Rows<Protection>(),
    moved: new Touched(),
    takenBack: new Touched(),
  }),
};

export function protectionOf(world: World, lead: string): Protection | undefined {
  return world.get(protectionSlice).protections.get(lead);
}

interface Fields {
  readonly to?: string;
  readonly by?: string;
  readonly since?: Instant;
  readonly what?: string;
  readonly term?: ProtectionTerm | null;
  readonly dueAt?: Instant | null;
  readonly remindAt?: Instant | null;
  readonly nextContactOn?: LocalDate;
  readonly evidence?: boolean;
}

const NO_TERM = { term: null, dueAt: null, remindAt: null, remindedAt: null } as const;
const NOTHING_DONE = { followUps: 0, firstAt: null, lastAt: null } as const;

/** The clocks of a lead follow from what is done with it. */
export function evolveProtections(world: World, entry: JournalEntry | NewEntry): void {
  if (entry.lead == null) return;
  const { protections, moved, takenBack } = world.get(protectionSlice);
  const before = protections.get(entry.lead);
  const after = evolveProtection(world, entry.lead, before, entry);
  if (after === undefined || after === before) return;
  protections.set(after.lead, after);
  // What follows from it has just been said; to say it again would depend on what else the transaction decides.
  if (entry.entry !== 'protection.set') moved.add(after.lead);
  if (voidedBy(entry) !== null && after.followUps < (before?.followUps ?? 0)) takenBack.add(after.lead);
}

/** The interaction that an entry says never was. */
function voidedBy({ entry, fields }: JournalEntry | NewEntry): string | null {
  if (entry === 'appointment.reopened' && typeof fields['appointment'] === 'string')
    return `appointment:${fields['appointment']}`;
  return entry === 'message.struck' && typeof fields['message'] === 'string'
    ? `message:${fields['message']}`
    : null;
}

function evolveProtection(
  world: World,
  lead: string,
  before: Protection | undefined,
  entry: JournalEntry | NewEntry,
): Protection | undefined {
  const fields = entry.fields as unknown as Fields;
  switch (entry.entry) {
    case 'lead.given':
    case 'lead.assigned':
    case 'lead.reassigned':
      return given(world, lead, before, entry, fields);
    case 'lead.reassignment-reversed':
      return before === undefined ? undefined : restored(world, before, fields);
    default:
      return before === undefined ? undefined : changed(world, before, entry, fields);
  }
}

function given(
  world: World,
  lead: string,
  before: Protection | undefined,
  entry: JournalEntry | NewEntry,
  { to = '', by }: Fields,
): Protection {
  // Going live: whoever has it has had it since it was registered elsewhere.
  const heldFrom = by === 'import' ? (leadOf(world, lead)?.receivedAt ?? entry.at) : entry.at;
  const open = before?.frozen.filter((period) => period.to === null) ?? [];
  return {
    lead,
    over: false,
    promisedOn: before?.promisedOn ?? null,
    frozen: open,
    missed: null,
    ...NO_TERM,
    ...NOTHING_DONE,
    holder: to,
    heldFrom,
  };
}

/** Back to who had it, with the contact that late evidence proved. */
function restored(
  world: World,
  before: Protection,
  { to = '', since = before.heldFrom }: Fields,
): Protection {
  const tenure = leadOf(world, before.lead)?.tenures.find((t) => t.person === to && t.since === since);
  const firstAt = tenure?.contactedAt ?? null;
  const done = firstAt === null ? NOTHING_DONE : { followUps: 1, firstAt, lastAt: firstAt };
  return { ...before, ...NO_TERM, ...done, holder: to, heldFrom: since, missed: null };
}

function changed(
  world: World,
  before: Protection,
  entry: JournalEntry | NewEntry,
  fields: Fields,
): Protection {
  switch (entry.entry) {
    case 'lead.held':
    case 'lead.waiting':
      return { ...before, ...NO_TERM, holder: null };
    case 'lead.refused':
    case 'lead.lost':
    case 'sale.closed':
      return { ...before, ...NO_TERM, over: true };
    case 'lead.reopened':
      return { ...before, over: false };
    case 'lead.incubated':
      return fields.evidence === true && fields.nextContactOn !== undefined
        ? { ...before, promisedOn: fields.nextContactOn }
        : before;
    case 'lead.frozen':
      return { ...before, ...NO_TERM, frozen: [...before.frozen, { from: entry.at, to: null }] };
    case 'lead.released':
      return {
        ...before,
        frozen: before.frozen.map((period) => (period.to === null ? { ...period, to: entry.at } : period)),
      };
    case 'protection.set': {
      const { term = null, dueAt = null, remindAt = null } = fields;
      return {
        ...before,
        term,
        dueAt,
        remindAt,
        remindedAt: null,
        missed: term === null ? before.missed : null,
      };
    }
    case 'protection.reminded':
      return { ...before, remindedAt: entry.at };
    case 'deadline.missed':
      if (fields.what !== 'follow-up' || fields.term == null) return before;
      return { ...before, ...NO_TERM, missed: fields.term };
    case 'appointment.reopened':
    case 'message.struck':
      return countedAgain(world, before, voidedBy(entry));
    default:
      return followedUp(before, interactionOf(world, entry));
  }
}

/** Whoever folds the interactions does so after this: the one taken back is still among them. */
function countedAgain(world: World, before: Protection, voided: string | null): Protection {
  const left = interactionsOfLead(world, before.lead).filter(
    (each) => each.id !== voided && countsFor(before, each),
  );
  if (left.length >= before.followUps) return before;
  const [firstAt, lastAt] = [left[0]?.at ?? null, left.at(-1)?.at ?? null];
  return { ...before, followUps: left.length, firstAt, lastAt };
}

function countsFor({ holder, heldFrom }: Protection, told: Interaction): boolean {
  return holder !== null && told.verifiable && isFollowUp(told, holder) && told.at >= heldFrom;
}

function followedUp(before: Protection, told: Interaction | null): Protection {
  if (told === null || !countsFor(before, told)) return before;
  const { firstAt, lastAt } = before;
  return {
    ...before,
    followUps: before.followUps + 1,
    firstAt: firstAt === null || told.at < firstAt ? told.at : firstAt,
    lastAt: lastAt === null || told.at > lastAt ? told.at : lastAt,
  };
}
