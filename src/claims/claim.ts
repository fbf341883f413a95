import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import type { Line, Outcome } from './ruling.ts';

/**
 * The life of a claim: two want one lead.
 *
 *   requested ─▶ returned                          incomplete: back with what is missing, nothing is frozen
 *      └─▶ open ──status asked──▶ asked ──evidence due or complete──▶ proposed ──confirmed, or by itself──▶ ruled
 *           ▲  └─ lines 2 and 3, at any moment ───────────────────────▶ proposed       ruled ─appeal─▶ appealed ─▶ ruled
 *   waiting ┘ another claim on the person is ruled first                               any before the ruling ─▶ closed
 */
export interface Claim {
  readonly id: string;
  readonly lead: string;
  readonly requester: string;
  readonly requestedAt: Instant;
  readonly state: 'returned' | 'waiting' | 'open' | 'asked' | 'proposed' | 'ruled' | 'appealed' | 'closed';
  readonly missing: readonly string[];
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly source: string | null;
  readonly imageDatedOn: LocalDate | null;
  /** Of claim_images. */
  readonly image: string | null;
  readonly imageSha256: string | null;
  readonly firstContactShown: boolean;
  readonly waitsFor: string | null;
  readonly rulingDueAt: Instant | null;
  readonly rulingMissedAt: Instant | null;
  /** Who of the control area asked for the status. */
  readonly handler: string | null;
  /** Who held the lead when the status was asked, or when the ruling was proposed. */
  readonly holder: string | null;
  readonly askedAt: Instant | null;
  readonly evidenceDueAt: Instant | null;
  /** Reading extension.from: notification: the holder alone may follow up until then. */
  readonly exceptedUntil: Instant | null;
  /** The holder was reminded of the evidence; the control area of the ruling. */
  readonly remindedAt: Instant | null;
  readonly rulingRemindedAt: Instant | null;
  readonly evidence: readonly Evidence[];
  readonly completedAt: Instant | null;
  readonly signatures: readonly Signature[];
  readonly proposedAt: Instant | null;
  readonly outcome: Outcome | null;
  readonly line: Line | null;
  readonly because: readonly string[];
  /** Clauses that are not met (L12). */
  readonly unmet: readonly string[];
  readonly ruledAt: Instant | null;
  readonly ruledOutcome: Outcome | null;
  /** A person, or `clock`. */
  readonly ruledBy: string | null;
  /** Not as proposed (R9). */
  readonly otherwise: boolean;
  readonly reasons: string | null;
  readonly releasedAt: Instant | null;
  readonly appealedAt: Instant | null;
  readonly appealedBy: string | null;
  readonly appealReasons: string | null;
  readonly appealDueAt: Instant | null;
  readonly appealMissedAt: Instant | null;
  readonly appealRuledAt: Instant | null;
  readonly appealRuledBy: string | null;
  readonly appealOutcome: Outcome | null;
  readonly appealRuling: string | null;
  readonly closedAt: Instant | null;
  readonly closedWhy: string | null;
}

/** What the holder showed besides what the product itself recorded. */
export interface Evidence {
  readonly number: number;
  readonly sentAt: Instant;
  readonly by: string;
  readonly at: Instant | null;
  readonly direction: 'out' | 'in';
  readonly channel: string;
  readonly verifiable: boolean;
  readonly answered: boolean | null;
  readonly image: string | null;
  /** Of the image's bytes. */
  readonly sha256?: string | null;
}

export interface Signature {
  readonly person: string;
  /** Who is to have the lead, as this one signs it. */
  readonly holder: string;
  readonly at: Instant;
}

const BEFORE_RULING: ReadonlySet<Claim['state']> = new Set<Claim['state']>([
  'waiting',
  'open',
  'asked',
  'proposed',
]);

export function isPending({ state }: Claim): boolean {
  return BEFORE_RULING.has(state);
}

interface Fields {
  readonly claim: string;
  readonly by: string;
  readonly sourceImageDatedOn?: LocalDate | null;
  readonly sourceImage?: string | null;
  readonly sourceImageSha256?: string | null;
  readonly firstContactShown?: boolean;
  readonly missing?: readonly string[];
  readonly dueAt?: Instant | null;
  readonly waitsFor?: string | null;
  readonly holder?: string | null;
  readonly evidenceDueAt?: Instant;
  readonly until?: Instant;
  readonly interactions?: readonly Omit<Evidence, 'sentAt' | 'by'>[];
  readonly complete?: boolean;
  readonly signedBy?: readonly string[];
  readonly outcome?: Outcome;
  readonly line?: Line;
  readonly unmet?: readonly string[];
  readonly otherwise?: boolean;
  readonly what?: string;
  readonly why?: string;
}

interface Words {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly email?: string | null;
  readonly source?: string | null;
  readonly reasons?: string | null;
}

/** Every transition of a claim. */
export function evolveClaim(claim: Claim | undefined, entry: JournalEntry | NewEntry): Claim | undefined {
  const fields = entry.fields as unknown as Fields;
  const words = (entry.personal ?? {}) as unknown as Words;
  if (entry.entry === 'claim.requested') return requested(entry, fields, words);
  if (claim === undefined) return undefined;
  switch (entry.entry) {
    case 'claim.returned':
      return { ...claim, state: 'returned', missing: fields.missing ?? [] };
    case 'claim.opened':
      return {
        ...claim,
        state: fields.waitsFor == null ? 'open' : 'waiting',
        waitsFor: fields.waitsFor ?? null,
        rulingDueAt: fields.dueAt ?? null,
      };
    case 'claim.resumed':
      return { ...claim, state: 'open', waitsFor: null, rulingDueAt: fields.dueAt ?? null };
    case 'claim.statusAsked':
      return {
        ...claim,
        state: 'asked',
        handler: fields.by,
        holder: fields.holder ?? null,
        askedAt: entry.at,
        evidenceDueAt: fields.evidenceDueAt ?? null,
        rulingDueAt: fields.dueAt ?? claim.rulingDueAt,
      };
    case 'claim.holder-excepted':
      return {
        ...claim,
        exceptedUntil: fields.until ?? null,
        rulingDueAt: fields.dueAt ?? claim.rulingDueAt,
      };
    case 'claim.reminded':
      return fields.what === 'ruling'
        ? { ...claim, rulingRemindedAt: entry.at }
        : { ...claim, remindedAt: entry.at };
    case 'evidence.sent':
      return evidenceSent(claim, entry, fields);
    case 'claim.agreed':
      return agreed(claim, entry, fields);
    case 'claim.proposed':
      return {
        ...claim,
        state: 'proposed',
        proposedAt: entry.at,
        holder: fields.holder ?? claim.holder,
        outcome: fields.outcome ?? null,
        line: fields.line ?? null,
        because: entry.because,
        unmet: fields.unmet ?? [],
      };
    case 'claim.ruled':
      return {
        ...claim,
        state: 'ruled',
        ruledAt: entry.at,
        releasedAt: claim.askedAt === null ? null : entry.at,
        ruledOutcome: fields.outcome ?? null,
        ruledBy: fields.by,
        holder: fields.holder ?? claim.holder,
        otherwise: fields.otherwise ?? false,
        reasons: words.reasons ?? null,
      };
    case 'claim.appealed':
      return {
        ...claim,
        state: 'appealed',
        appealedAt: entry.at,
        appealedBy: fields.by,
        appealReasons: words.reasons ?? null,
        appealDueAt: fields.dueAt ?? null,
      };
    case 'claim.appeal-ruled':
      return {
        ...claim,
        state: 'ruled',
        appealRuledAt: entry.at,
        appealRuledBy: fields.by,
        appealOutcome: fields.outcome ?? null,
        appealRuling: words.reasons ?? null,
      };
    case 'claim.closed':
      return {
        ...claim,
        state: 'closed',
        closedAt: entry.at,
        closedWhy: fields.why ?? null,
        releasedAt: claim.askedAt === null ? null : entry.at,
      };
    case 'deadline.missed':
      return missed(claim, entry, fields);
    default:
      return claim;
  }
}

function requested(entry: JournalEntry | NewEntry, fields: Fields, words: Words): Claim {
  return {
    id: fields.claim,
    lead: entry.lead ?? '',
    requester: fields.by,
    requestedAt: entry.at,
    state: 'returned',
    missing: [],
    name: words.name ?? null,
    phone: words.phone ?? null,
    email: words.email ?? null,
    source: words.source ?? null,
    imageDatedOn: fields.sourceImageDatedOn ?? null,
    image: fields.sourceImage ?? null,
    imageSha256: fields.sourceImageSha256 ?? null,
    firstContactShown: fields.firstContactShown ?? false,
    waitsFor: null,
    rulingDueAt: null,
    rulingMissedAt: null,
    handler: null,
    holder: null,
    askedAt: null,
    evidenceDueAt: null,
    exceptedUntil: null,
    remindedAt: null,
    rulingRemindedAt: null,
    evidence: [],
    completedAt: null,
    signatures: [],
    proposedAt: null,
    outcome: null,
    line: null,
    because: [],
    unmet: [],
    ruledAt: null,
    ruledOutcome: null,
    ruledBy: null,
    otherwise: false,
    reasons: null,
    releasedAt: null,
    appealedAt: null,
    appealedBy: null,
    appealReasons: null,
    appealDueAt: null,
    appealMissedAt: null,
    appealRuledAt: null,
    appealRuledBy: null,
    appealOutcome: null,
    appealRuling: null,
    closedAt: null,
    closedWhy: null,
  };
}

function evidenceSent(claim: Claim, entry: JournalEntry | NewEntry, fields: Fields): Claim {
  const shown = (fields.interactions ?? []).map((each) => ({ ...each, sentAt: entry.at, by: fields.by }));
  return {
    ...claim,
    evidence: [...claim.evidence, ...shown],
    completedAt: fields.complete === true ? entry.at : claim.completedAt,
  };
}

/** Whoever signs again signs anew. */
function agreed(claim: Claim, entry: JournalEntry | NewEntry, { signedBy = [], holder }: Fields): Claim {
  const others = claim.signatures.filter(({ person }) => !signedBy.includes(person));
  const signed = signedBy.map((person) => ({ person, holder: holder ?? '', at: entry.at }));
  return { ...claim, signatures: [...others, ...signed] };
}

function missed(claim: Claim, { at }: JournalEntry | NewEntry, { what }: Fields): Claim {
  if (what !== 'ruling') return claim;
  return claim.state === 'appealed' ? { ...claim, appealMissedAt: at } : { ...claim, rulingMissedAt: at };
}

/** The person was erased: what was said of them in words goes, that there was a claim and how it was ruled stays. */
export function withoutWords(claim: Claim): Claim {
  return {
    ...claim,
    name: null,
    phone: null,
    email: null,
    source: null,
    image: null,
    reasons: null,
    appealReasons: null,
    appealRuling: null,
    evidence: claim.evidence.map((each) => ({ ...each, image: null })),
  };
}
