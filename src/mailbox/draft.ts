import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';

/**
 * A claim that came by mail (lead-reassignment L2, R2), as far as it could be read:
 *
 *   open ──all of L6 is there──▶ complete ──the claim took it──▶ submitted
 *     │  ▲                           └──the claim would not──▶ open (why)
 *     │  └── another mail of the thread, a correction of the control area
 *     └──the control area refuses, with reasons──▶ refused
 *
 * While it is open, what is missing is asked back in the same thread, not without end.
 */
export interface Draft {
  readonly id: string;
  readonly requester: string;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly state: 'open' | 'complete' | 'submitted' | 'refused';
  /** Why it does not go on by itself though complete; null: nothing holds it. */
  readonly held: HeldBack | null;
  readonly lead: string | null;
  readonly missing: readonly Missing[];
  readonly asked: number;
  readonly mails: readonly string[];
  /** The image of the source: a file of one of its mails, unaltered. */
  readonly image: string | null;
  /** The date one reads in it, as the requester says or the control area confirms. */
  readonly imageDatedOn: LocalDate | null;
  /** What the camera wrote into the file (EXIF), to look at beside it. */
  readonly imageTakenAt: string | null;
  readonly firstContact: boolean;
  readonly why: string | null;
}

/** What it says of the client: beside the draft, for the journal has it only once it is known whose it is. */
export interface DraftWords {
  readonly subject: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly source: string | null;
  /** Why the control area refused it. */
  readonly reason: string | null;
}

/** As the contract names what a request lacks; `lead`: nobody like that is registered. */
export const MISSING = ['email', 'phone', 'name', 'source', 'sourceImage', 'firstContact', 'lead'] as const;
export type Missing = (typeof MISSING)[number];

/** `unproven`: its own server says that the mail is not from who it says. `two-leads`: whose it is must be chosen. */
export type HeldBack = 'unproven' | 'two-leads';

export const draftsSlice = {
  name: 'claim-drafts',
  empty: () => ({ drafts: new Rows<Draft>() }),
};

export function draftOf(world: World, id: string): Draft | undefined {
  return world.get(draftsSlice).drafts.get(id);
}

/** What lead-reassignment L6 asks of a request, and is not there; `today` by the organization's calendar. */
export function missingOf(
  draft: Pick<Draft, 'image' | 'imageDatedOn' | 'firstContact' | 'lead' | 'held'> &
    Pick<DraftWords, 'email' | 'phone' | 'name' | 'source'>,
  today: LocalDate,
): Missing[] {
  const dated = draft.imageDatedOn !== null && draft.imageDatedOn <= today;
  const lacks: Readonly<Record<Missing, boolean>> = {
    email: draft.email === null,
    phone: draft.phone === null,
    name: draft.name === null,
    source: draft.source === null,
    sourceImage: draft.image === null || !dated,
    firstContact: !draft.firstContact,
    // Without a phone or an e-mail nobody could be looked for yet.
    lead: draft.lead === null && draft.held !== 'two-leads' && (draft.phone !== null || draft.email !== null),
  };
  return MISSING.filter((each) => lacks[each]);
}

interface EntryFields {
  readonly draft: string;
  readonly by: string | null;
  readonly mail?: string;
  readonly lead?: string | null;
  readonly held?: HeldBack | null;
  readonly image?: string | null;
  readonly imageDatedOn?: LocalDate | null;
  readonly imageTakenAt?: string | null;
  readonly firstContact?: boolean;
  readonly missing?: readonly Missing[];
  readonly why?: string | null;
}

export function evolveDrafts(world: World, entry: JournalEntry | NewEntry): void {
  if (!entry.entry.startsWith('draft.')) return;
  // Written by this product alone, so its fields have the shape they were written with.
  const fields = entry.fields as unknown as EntryFields;
  const { drafts } = world.get(draftsSlice);
  const before = drafts.get(fields.draft);
  const after = next(before, entry, fields);
  if (after !== undefined) drafts.set(after.id, { ...after, updatedAt: entry.at });
}

function next(
  before: Draft | undefined,
  entry: JournalEntry | NewEntry,
  fields: EntryFields,
): Draft | undefined {
  if (entry.entry === 'draft.opened') return opened(entry, fields);
  if (before === undefined) return undefined;
  switch (entry.entry) {
    case 'draft.read':
    case 'draft.corrected':
      return {
        ...before,
        state: 'open',
        why: null,
        mails: fields.mail === undefined ? before.mails : [...before.mails, fields.mail],
        lead: fields.lead ?? null,
        held: fields.held ?? null,
        image: fields.image ?? null,
        imageDatedOn: fields.imageDatedOn ?? null,
        imageTakenAt: fields.imageTakenAt ?? null,
        firstContact: fields.firstContact ?? false,
        missing: fields.missing ?? [],
      };
    case 'draft.returned':
      return { ...before, asked: before.asked + 1 };
    case 'draft.completed':
      return { ...before, state: 'complete' };
    case 'draft.submitted':
      return { ...before, state: 'submitted' };
    case 'draft.stopped':
      return { ...before, state: 'open', why: fields.why ?? null };
    case 'draft.refused':
      return { ...before, state: 'refused' };
    default:
      return before;
  }
}

function opened(entry: JournalEntry | NewEntry, fields: EntryFields): Draft {
  return {
    id: fields.draft,
    requester: fields.by ?? '',
    openedAt: entry.at,
    updatedAt: entry.at,
    state: 'open',
    held: null,
    lead: null,
    missing: [],
    asked: 0,
    mails: [],
    image: null,
    imageDatedOn: null,
    imageTakenAt: null,
    firstContact: false,
    why: null,
  };
}
