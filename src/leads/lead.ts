import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { between, plus, type Instant } from '../platform/time.ts';

/**
 * The life of a lead, as to who has it:
 *
 *   received ─▶ refused                     a test lead, or no way to reach the person
 *      ├─▶ held ──opening──▶ assigned       outside the hours
 *      ├─▶ assigned ─▶ assigned (another)   ten minutes missed, passed on, handed over, reversed
 *      │      └─▶ held ──opening──▶ assigned    missed after closing time
 *      └─▶ waiting ──administrator──▶ assigned  nobody left
 *
 * A lead is never without a holder or a queue and never with two holders: the stages are exclusive here, and the table
 * has the same rule as a constraint. A tenure is the time one person holds it.
 */
export interface Lead {
  readonly id: string;
  /** Order of arrival in the organization: first come, first served. */
  readonly number: number;
  readonly contact: string | null;
  readonly source: string;
  readonly sourceId: string | null;
  /** The first lead's source in a chain of referrals (lead-assignment P13). */
  readonly origin: string;
  readonly zone: string | null;
  readonly referredBy: string | null;
  readonly duplicateOf: string | null;
  readonly receivedAt: Instant;
  readonly sentAt: Instant | null;
  readonly stage: 'received' | 'held' | 'assigned' | 'waiting' | 'refused';
  readonly holder: string | null;
  readonly queue: 'administrator' | null;
  readonly why: string | null;
  /** From whom it was taken when the ten minutes were missed, while it waits to go on. */
  readonly takenFrom: string | null;
  readonly heldUntil: Instant | null;
  /** How it goes on at the opening. */
  readonly heldThen: 'turn' | 'best' | 'hand-over' | 'passed-on' | null;
  /** Past its opening and waiting for an advisor to be done with the held lead before (held.release: paced). */
  readonly paced: boolean;
  readonly assignedAt: Instant | null;
  /** End of the ten minutes now running; null when none run. */
  readonly dueAt: Instant | null;
  readonly noticeDueAt: Instant | null;
  readonly notifiedAt: Instant | null;
  /** First proven contact by the present holder. */
  readonly contactedAt: Instant | null;
  readonly auditListedAt: Instant | null;
  /** The ten minutes are over, but the holder is on the phone with the lead: the rule waits for the end of this call. */
  readonly waitsForCall: string | null;
  /** When that call is waited for no longer; paced, when the day's next guard begins whose advisor could take the lead. */
  readonly waitEndsAt: Instant | null;
  readonly status: string;
  readonly grade: 'A' | 'AA' | 'AAA' | null;
  /** Open claims on it (lead-reassignment L2): it goes nowhere but by their ruling. */
  readonly claims: readonly string[];
  /** Since when nobody may contact the person (L4): no term of the holder runs. */
  readonly frozenAt: Instant | null;
  readonly tenures: readonly Tenure[];
}

export type GivenBy =
  | 'turn'
  | 'best'
  | 'duplicate'
  | 'referral'
  | 'hand-over'
  | 'registered'
  | 'administrator'
  | 'passed-on'
  | 'import'
  | 'reversal'
  /** A merge of two people was undone: back to who held it before. */
  | 'unmerged'
  /** A claim was ruled for who asked (lead-reassignment L7). */
  | 'ruling';

export interface Tenure {
  readonly person: string;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly by: GivenBy;
  /** The rotation whose turn it took, if it took one. */
  readonly rotation: string | null;
  /** Whether the ten minutes run for this person; not for an own prospect, a duplicate or a hand-over. */
  readonly clock: boolean;
  readonly dueAt: Instant | null;
  readonly notifiedAt: Instant | null;
  readonly contactedAt: Instant | null;
  /** First note or grade by the person in this tenure (reading contact.evidence: pbx-and-crm). */
  readonly notedAt: Instant | null;
  readonly missedAt: Instant | null;
  /** The miss was struck out: late evidence showed contact in time. */
  readonly struckAt: Instant | null;
  /** Contact in time was proven late; whether the lead goes back waits for the present holder's call. */
  readonly reversalWaits: boolean;
  /** Given in error: the reassignment that gave it was reversed, or the lead was a test. */
  readonly voidAt: Instant | null;
  /** The lead turned out a duplicate: the turn it cost was given back and it counts for nobody. */
  readonly undoneAt: Instant | null;
}

/** What counts for a person and is taken back when the lead turns out a duplicate or a test: not what L9 or an import gave. */
export function countedTenures(lead: Lead): Tenure[] {
  return lead.tenures.filter(
    (t) => t.voidAt === null && t.undoneAt === null && t.by !== 'duplicate' && t.by !== 'import',
  );
}

/** The ten minutes run, or will once the advisor is told: not yet contacted, not yet missed, no duplicate found out. */
export function isClockOpen(lead: Lead): boolean {
  const tenure = currentTenure(lead);
  if (tenure === undefined || !tenure.clock || tenure.undoneAt !== null) return false;
  return tenure.contactedAt === null && tenure.missedAt === null;
}

export function currentTenure(lead: Lead): Tenure | undefined {
  return lead.tenures.findLast((tenure) => tenure.until === null);
}

/** Everybody who has held this lead, whose giving was not reversed. */
export function holdersSoFar(lead: Lead): ReadonlySet<string> {
  return new Set(lead.tenures.filter((tenure) => tenure.voidAt === null).map((tenure) => tenure.person));
}

interface LeadFields {
  readonly number: number;
  readonly source: string;
  readonly sourceId?: string | null;
  readonly origin?: string;
  readonly zone?: string | null;
  readonly referredBy?: string | null;
  readonly sentAt?: Instant | null;
  readonly registeredAt?: Instant;
  readonly until?: Instant;
  readonly goesOn?: Lead['heldThen'];
  readonly paced?: boolean;
  readonly guardBeginsAt?: Instant;
  readonly to: string;
  readonly from?: string | null;
  readonly by?: string;
  readonly rotation?: string | null;
  readonly dueAt?: Instant | null;
  readonly noticeDueAt?: Instant | null;
  readonly queue: 'administrator';
  readonly why?: string;
  readonly of: string;
  readonly holder?: string | null;
  readonly person: string;
  readonly grade: Lead['grade'];
  readonly status?: string;
  readonly what?: string;
  readonly who: string;
  readonly call?: string;
  readonly clock?: boolean;
  /** Which tenure of the person is meant. */
  readonly since?: Instant;
  readonly missedAt?: Instant | null;
  readonly waits?: boolean;
  /** Of a closing that was canceled: the lead has another. */
  readonly othersStand?: boolean;
  readonly undone?: readonly { readonly person: string; readonly at: Instant }[];
  readonly claim?: string;
}

const ARRIVALS: ReadonlySet<string> = new Set(['lead.received', 'lead.registered', 'lead.imported']);

/** Every transition of a lead. Entries that do not concern it leave it as it is. */
export function evolveLead(lead: Lead | undefined, entry: JournalEntry | NewEntry): Lead | undefined {
  const fields = entry.fields as unknown as LeadFields;
  if (ARRIVALS.has(entry.entry)) return received(entry, fields);
  if (lead === undefined) return undefined;
  switch (entry.entry) {
    case 'contact.registered':
    case 'contact.recognized':
    case 'contact.assigned-to-lead':
      return { ...lead, contact: entry.contact ?? null };
    case 'lead.referral':
      return { ...lead, origin: fields.origin ?? lead.origin };
    case 'lead.duplicate':
      return duplicate(lead, entry, fields);
    case 'lead.refused':
      return refused(lead, entry, fields);
    case 'lead.held':
      return {
        ...placeless(ended(lead, entry.at)),
        stage: 'held',
        heldUntil: fields.until ?? null,
        heldThen: fields.goesOn ?? 'turn',
        takenFrom: fields.from ?? null,
        paced: fields.paced ?? false,
        waitEndsAt: fields.guardBeginsAt ?? null,
        noticeDueAt: null,
      };
    case 'lead.waiting':
      return {
        ...placeless(ended(lead, entry.at)),
        stage: 'waiting',
        queue: fields.queue,
        why: fields.why ?? null,
        takenFrom: fields.from ?? null,
        noticeDueAt: null,
      };
    case 'lead.given':
    case 'lead.assigned':
    case 'lead.reassigned':
      return given(lead, entry, fields);
    case 'lead.reassignment-reversed':
      return reversed(lead, entry, fields);
    case 'lead.notified':
      return notified(lead, entry, fields);
    case 'lead.notification-late':
      return { ...lead, noticeDueAt: null };
    case 'lead.contacted':
      return contacted(lead, entry, fields);
    case 'deadline.missed':
      return fields.what === 'first-contact' ? missed(lead, entry, fields) : lead;
    case 'lead.audit-listed':
      return { ...lead, auditListedAt: entry.at };
    case 'lead.clock-waits':
      return { ...lead, waitsForCall: fields.call ?? null, waitEndsAt: fields.until ?? null };
    case 'note':
      return noted(lead, entry, fields.by);
    case 'lead.reversal-waits':
      return reversalWaits(lead, fields);
    case 'miss.struck':
      return struck(lead, entry, fields);
    case 'lead.placed':
      // The administrator looked into it and leaves it where it is.
      return fields.to === lead.holder ? { ...lead, auditListedAt: null } : lead;
    case 'lead.graded':
      return { ...noted(lead, entry, fields.by), grade: fields.grade };
    case 'sale.closed':
      return { ...lead, status: 'closed' };
    case 'claim.opened':
      return { ...lead, claims: [...lead.claims, fields.claim ?? ''] };
    case 'claim.ruled':
    case 'claim.closed':
      return { ...lead, claims: lead.claims.filter((claim) => claim !== fields.claim) };
    case 'lead.frozen':
      return { ...lead, frozenAt: lead.frozenAt ?? entry.at };
    case 'lead.released':
      return released(lead, entry.at);
    case 'sale.canceled':
      if (fields.othersStand === true) return lead;
      return { ...lead, status: lead.contactedAt === null ? 'new' : 'contacted' };
    default:
      return lead;
  }
}

function received(entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  return {
    id: entry.lead ?? '',
    number: fields.number,
    contact: null,
    source: fields.source,
    sourceId: fields.sourceId ?? null,
    origin: fields.origin ?? fields.source,
    zone: fields.zone ?? null,
    referredBy: fields.referredBy ?? null,
    duplicateOf: null,
    receivedAt: fields.registeredAt ?? entry.at,
    sentAt: fields.sentAt ?? null,
    stage: 'received',
    ...NOWHERE,
    why: null,
    assignedAt: null,
    noticeDueAt: null,
    notifiedAt: null,
    contactedAt: null,
    auditListedAt: null,
    waitsForCall: null,
    waitEndsAt: null,
    status: 'new',
    grade: null,
    claims: [],
    frozenAt: null,
    tenures: [],
  };
}

const NOWHERE = {
  holder: null,
  queue: null,
  takenFrom: null,
  heldUntil: null,
  heldThen: null,
  paced: false,
  dueAt: null,
} as const;

function placeless(lead: Lead): Lead {
  return { ...lead, ...NOWHERE, why: null, auditListedAt: null, waitsForCall: null, waitEndsAt: null };
}

/** The present tenure, if any, ends. */
function ended(lead: Lead, at: Instant): Lead {
  const tenures = lead.tenures.map((t) => (t.until === null ? { ...t, until: at } : t));
  return { ...lead, tenures };
}

/** contact-center-policy L9: a duplicate has no ten minutes; those that were running stop, and what it cost is undone. */
function duplicate(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  const undone = isOneOf(fields.undone);
  const tenures = lead.tenures.map((t) => ({
    ...t,
    dueAt: t.until === null && t.missedAt === null ? null : t.dueAt,
    undoneAt: t.undoneAt ?? (undone(t) ? entry.at : null),
  }));
  return { ...lead, ...NO_CLOCK, auditListedAt: null, noticeDueAt: null, duplicateOf: fields.of, tenures };
}

/** A test lead found out later, or the person was erased: nobody has it any more. */
function refused(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  const before = placeless(ended(lead, entry.at));
  const undone = isOneOf(fields.undone);
  const tenures = before.tenures.map((t) => (undone(t) ? { ...t, voidAt: entry.at } : t));
  const why = fields.why ?? null;
  return { ...before, stage: 'refused', why, status: 'refused', noticeDueAt: null, tenures };
}

function isOneOf(undone: LeadFields['undone'] = []): (tenure: Tenure) => boolean {
  return (tenure) => undone.some(({ person, at }) => tenure.person === person && tenure.since === at);
}

function given(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  // Back to who had it: what was proven then is not asked again.
  const again = fields.by === 'unmerged' ? lead.tenures.findLast((t) => t.person === fields.to) : undefined;
  const contactedAt = again?.contactedAt ?? null;
  const tenure: Tenure = {
    person: fields.to,
    since: entry.at,
    until: null,
    by: (fields.by ?? 'turn') as GivenBy,
    rotation: fields.rotation ?? null,
    clock: fields.clock ?? false,
    dueAt: fields.dueAt ?? null,
    notifiedAt: null,
    contactedAt,
    notedAt: null,
    missedAt: null,
    struckAt: null,
    reversalWaits: false,
    voidAt: null,
    undoneAt: null,
  };
  const before = placeless(ended(lead, entry.at));
  return {
    ...before,
    stage: 'assigned',
    holder: fields.to,
    assignedAt: entry.at,
    dueAt: fields.dueAt ?? null,
    noticeDueAt: fields.noticeDueAt ?? null,
    notifiedAt: null,
    contactedAt,
    tenures: [...before.tenures, tenure],
  };
}

/** The lead goes back to the one from whom it was taken; what was given meanwhile is void. */
function reversed(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  const first = lead.tenures.findLastIndex((t) => t.person === fields.to && t.since === fields.since);
  const restored = lead.tenures[first];
  if (restored === undefined) return lead;
  const tenures = lead.tenures.map((t, index) => {
    if (index === first) return { ...t, until: null, reversalWaits: false };
    return index > first ? { ...t, until: t.until ?? entry.at, voidAt: t.voidAt ?? entry.at } : t;
  });
  return {
    ...placeless(lead),
    stage: 'assigned',
    holder: restored.person,
    assignedAt: restored.since,
    contactedAt: restored.contactedAt,
    notifiedAt: restored.notifiedAt,
    status: statusOnContact(lead, restored.contactedAt),
    noticeDueAt: null,
    tenures,
  };
}

function notified(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  if (lead.holder !== fields.to || lead.notifiedAt !== null) return lead;
  const clock = fields.dueAt ?? null;
  const dueAt = clock ?? lead.dueAt;
  const tenures = lead.tenures.map((t) => (t.until === null ? { ...t, dueAt, notifiedAt: entry.at } : t));
  return { ...lead, notifiedAt: entry.at, noticeDueAt: null, dueAt, tenures };
}

/** First proven contact of a tenure; the ten minutes stop. Also for a holder whose lead has already moved on. */
function contacted(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  const by = fields.by ?? '';
  const { since } = fields;
  const index = lead.tenures.findLastIndex(
    (t) => t.person === by && t.voidAt === null && (since === undefined || t.since === since),
  );
  const tenures = lead.tenures.map((t, i) =>
    i === index ? { ...t, contactedAt: t.contactedAt ?? entry.at } : t,
  );
  if (lead.holder !== by) return { ...lead, tenures };
  return {
    ...lead,
    ...NO_CLOCK,
    tenures,
    status: statusOnContact(lead, entry.at),
    // Contact after a miss leaves it to the administrator, who sees both; a miss struck out clears it.
    auditListedAt: tenures[index]?.missedAt == null ? null : lead.auditListedAt,
    contactedAt: lead.contactedAt ?? entry.at,
  };
}

function statusOnContact(lead: Lead, contactedAt: Instant | null): string {
  return lead.status === 'new' && contactedAt !== null ? 'contacted' : lead.status;
}

function missed(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  const index = lead.tenures.findLastIndex((t) => t.person === fields.who && t.voidAt === null);
  const tenures = lead.tenures.map((t, i) => (i === index ? { ...t, missedAt: entry.at } : t));
  return lead.holder === fields.who ? { ...lead, ...NO_CLOCK, tenures } : { ...lead, tenures };
}

const NO_CLOCK = { dueAt: null, waitsForCall: null, waitEndsAt: null } as const;

function noted(lead: Lead, entry: JournalEntry | NewEntry, by: string | undefined): Lead {
  const tenures = lead.tenures.map((t) =>
    t.until === null && t.person === by ? { ...t, notedAt: t.notedAt ?? entry.at } : t,
  );
  return { ...lead, tenures };
}

function reversalWaits(lead: Lead, { to, since, waits }: LeadFields): Lead {
  const tenures = lead.tenures.map((t) =>
    t.person === to && t.since === since ? { ...t, reversalWaits: waits ?? false } : t,
  );
  return { ...lead, tenures };
}

/** While it was frozen no term ran (lead-reassignment): the ten minutes go on with what was left of them. */
function released(lead: Lead, at: Instant): Lead {
  if (lead.frozenAt === null) return lead;
  const stood = between(lead.frozenAt, at);
  const later = (due: Instant | null): Instant | null => (due === null ? null : plus(due, stood));
  const running = lead.dueAt !== null;
  const tenures = lead.tenures.map((t) =>
    t.until === null && running ? { ...t, dueAt: later(t.dueAt) } : t,
  );
  return { ...lead, frozenAt: null, dueAt: later(lead.dueAt), waitEndsAt: later(lead.waitEndsAt), tenures };
}

function struck(lead: Lead, entry: JournalEntry | NewEntry, { who, missedAt }: LeadFields): Lead {
  const tenures = lead.tenures.map((t) =>
    t.person === who && t.missedAt !== null && t.missedAt === missedAt && t.struckAt === null
      ? { ...t, struckAt: entry.at }
      : t,
  );
  return { ...lead, tenures, auditListedAt: lead.holder === who ? null : lead.auditListedAt };
}
