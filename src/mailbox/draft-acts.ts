import { localDate } from '../calendar/index.ts';
import type { HeldFacts } from '../contacts/index.ts';
import { currentOrganization, tell, type Deciding, type Fact, type Refusal } from '../decisions/index.ts';
import { lead as leadOf, openLeadsOfPerson } from '../leads/index.ts';
import type { LocalDate } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { draftOf, missingOf, type Draft, type HeldBack } from './draft.ts';
import type { MailKind } from './kind-of-mail.ts';
import type { RequestRead } from './read-request.ts';

/** A mail has come in and was looked at. Of somebody of the staff it is a claim, or part of one. */
export interface MailReceived extends Fact {
  readonly fact: 'mail.received';
  readonly mail: string;
  readonly kind: MailKind;
  readonly size: number;
  readonly sha256: string;
  /** Of the staff. */
  readonly person: string | null;
  readonly draft: string | null;
  /** What is known of the request with this mail, earlier ones of its thread included. */
  readonly read: RequestRead | null;
  /** The phone and e-mail of the client, for finding whose lead it is. */
  readonly identity?: HeldFacts;
  readonly image: { readonly media: string; readonly takenAt: string | null } | null;
  /** It brought what calls itself a picture, and none opens. */
  readonly imageDamaged: boolean;
  /** False: its own server says that it is not from who it says. */
  readonly proven: boolean;
}

/** The control area sets right what was read, or adds what only a person can see. */
export interface DraftCorrected extends Fact {
  readonly fact: 'draft.corrected';
  readonly draft: string;
  readonly by: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly source: string | null;
  readonly imageDatedOn: LocalDate | null;
  readonly image: string | null;
  readonly firstContact: boolean;
  readonly lead: string | null;
  readonly identity?: HeldFacts;
}

export interface DraftRefused extends Fact {
  readonly fact: 'draft.refused';
  readonly draft: string;
  readonly by: string;
  readonly reason: string;
}

/** What became of the claim that a complete draft was turned into; `why`: it would not have it. */
export interface DraftSettled extends Fact {
  readonly fact: 'draft.settled';
  readonly draft: string;
  readonly why: string | null;
}

/** Asked back this often; afterwards the control area sees that nothing comes. */
export const ASKED_MAX = 5;

const NO_DRAFT: Refusal = { refused: 'no-such-draft', because: [houseRule('facts')] };

function because(deciding: Deciding): string[] {
  const cite = (clause: 'L2' | 'R2' | 'L6c') => deciding.rules.cite('lead-reassignment', clause);
  const cited = [cite('L2'), cite('R2'), cite('L6c')].filter((each) => each !== null);
  return cited.length > 0 ? cited : [houseRule('mailbox')];
}

export function receiveMail(fact: MailReceived, deciding: Deciding): Refusal | void {
  const { mail, kind, person, draft, size, sha256, read } = fact;
  deciding.record({
    entry: 'mail.received',
    kind: 'fact',
    because: [],
    person,
    fields: { mail, kind, person, draft, size, sha256 },
  });
  if (kind !== 'claim' || draft === null || person === null || read === null) return undefined;
  const known = draftOf(deciding.world, draft);
  // The same mail, told again after a crash; or one more about a claim that has gone on.
  if (known?.mails.includes(mail) === true || known?.state === 'submitted') return undefined;
  if (known === undefined)
    deciding.record({
      entry: 'draft.opened',
      kind: 'decision',
      because: because(deciding),
      person,
      fields: { draft, by: person },
    });
  const found = whoseLead(deciding, fact.identity, person);
  const image =
    fact.image ?? (known?.image == null ? null : { media: known.image, takenAt: known.imageTakenAt });
  record(deciding, 'draft.read', draft, {
    mail,
    by: person,
    ...read,
    lead: found.lead,
    held: fact.proven ? found.held : 'unproven',
    image: image?.media ?? null,
    imageTakenAt: image?.takenAt ?? null,
  });
  return goOn(deciding, draft, { imageDamaged: fact.imageDamaged });
}

export function correctDraft(fact: DraftCorrected, deciding: Deciding): Refusal | void {
  const draft = draftOf(deciding.world, fact.draft);
  if (draft === undefined) return NO_DRAFT;
  if (draft.state !== 'open') return { refused: 'draft-settled', because: because(deciding) };
  if (fact.lead !== null && leadOf(deciding.world, fact.lead) === undefined)
    return { refused: 'no-such-lead', because: because(deciding) };
  const { name, phone, email, source, imageDatedOn, firstContact, by } = fact;
  const found =
    fact.lead === null
      ? whoseLead(deciding, fact.identity, draft.requester)
      : { lead: fact.lead, held: null };
  record(deciding, 'draft.corrected', draft.id, {
    by,
    name,
    phone,
    email,
    source,
    imageDatedOn,
    firstContact,
    lead: found.lead,
    held: found.held,
    image: fact.image ?? draft.image,
    imageTakenAt: fact.image === null || fact.image === draft.image ? draft.imageTakenAt : null,
  });
  return goOn(deciding, draft.id, { ask: false });
}

export function refuseDraft(fact: DraftRefused, deciding: Deciding): Refusal | void {
  const draft = draftOf(deciding.world, fact.draft);
  if (draft === undefined) return NO_DRAFT;
  if (draft.state !== 'open') return { refused: 'draft-settled', because: because(deciding) };
  deciding.record({
    entry: 'draft.refused',
    kind: 'decision',
    because: because(deciding),
    lead: draft.lead,
    person: fact.by,
    fields: { draft: draft.id, by: fact.by },
    // Of a person not known yet no word may stand where it could not be taken away.
    ...(draft.lead === null ? {} : { personal: { reason: fact.reason } }),
  });
  tellRequester(deciding, draft, 'draft.refused');
  return undefined;
}

export function settleDraft({ draft: id, why }: DraftSettled, deciding: Deciding): Refusal | void {
  const draft = draftOf(deciding.world, id);
  if (draft === undefined) return NO_DRAFT;
  if (draft.state !== 'complete') return undefined;
  deciding.record({
    entry: why === null ? 'draft.submitted' : 'draft.stopped',
    kind: 'decision',
    because: because(deciding),
    lead: draft.lead,
    person: draft.requester,
    fields: { draft: id, lead: draft.lead, ...(why === null ? { claim: id } : { why }) },
  });
  return undefined;
}

interface Known {
  readonly mail?: string;
  readonly by: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly source: string | null;
  readonly imageDatedOn: LocalDate | null;
  readonly firstContact: boolean;
  readonly lead: string | null;
  readonly held: HeldBack | null;
  readonly image: string | null;
  readonly imageTakenAt: string | null;
}

function record(
  deciding: Deciding,
  entry: 'draft.read' | 'draft.corrected',
  draft: string,
  known: Known,
): void {
  const { mail, by, ...rest } = known;
  const { zone } = currentOrganization(deciding.world);
  deciding.record({
    entry,
    kind: 'fact',
    because: [],
    lead: known.lead,
    person: by,
    fields: {
      draft,
      by,
      ...(mail === undefined ? {} : { mail }),
      lead: rest.lead,
      held: rest.held,
      image: rest.image,
      imageDatedOn: rest.imageDatedOn,
      imageTakenAt: rest.imageTakenAt,
      firstContact: rest.firstContact,
      missing: missingOf({ ...known }, localDate(deciding.now, zone)),
    },
  });
}

/** Complete it becomes a claim; else what is missing is asked back in its thread. What is held waits for a person. */
function goOn(deciding: Deciding, id: string, { ask = true, imageDamaged = false } = {}): void {
  const draft = draftOf(deciding.world, id);
  if (draft === undefined || draft.state !== 'open' || draft.held === 'unproven') return;
  const about = { because: because(deciding), lead: draft.lead, person: draft.requester } as const;
  if (draft.missing.length === 0) {
    if (draft.held !== null) return;
    deciding.record({ ...about, entry: 'draft.completed', kind: 'decision', fields: { draft: id } });
    return;
  }
  if (!ask || draft.asked >= ASKED_MAX) return;
  deciding.record({
    ...about,
    entry: 'draft.returned',
    kind: 'decision',
    fields: { draft: id, missing: [...draft.missing] },
  });
  // Whoever did send a picture should hear that it did not arrive whole, not that there was none.
  const isDamaged = imageDamaged && draft.image === null;
  const said = draft.missing.map((part) =>
    part === 'sourceImage' && isDamaged ? 'sourceImageDamaged' : part,
  );
  tellRequester(deciding, draft, 'draft.missing', said);
}

function tellRequester(
  deciding: Deciding,
  draft: Draft,
  about: 'draft.missing' | 'draft.refused',
  missing: readonly string[] = [],
): void {
  tell(deciding, {
    to: draft.requester,
    about,
    because: because(deciding),
    values: { draft: draft.id, missing },
    // Where they wrote, whatever the organization's usual channel is.
    channel: 'email',
  });
}

/** The newest open lead of that person whom somebody else holds; of two holders a person must choose. */
function whoseLead(
  { world }: Deciding,
  identity: HeldFacts | undefined,
  requester: string,
): { readonly lead: string | null; readonly held: HeldBack | null } {
  const open = identity === undefined ? [] : openLeadsOfPerson(world, identity);
  const others = open.filter(({ holder }) => holder !== null && holder !== requester);
  if (new Set(others.map(({ holder }) => holder)).size > 1) return { lead: null, held: 'two-leads' };
  return { lead: (others[0] ?? open[0])?.id ?? null, held: null };
}
