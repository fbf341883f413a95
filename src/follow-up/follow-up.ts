import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Lead } from '../leads/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { isFollowUp, type Interaction } from './interaction.ts';
import type { ActionKind, LeadStatus, LostReason } from './statuses.ts';

export interface FollowUp {
  readonly lead: string;
  readonly contact: string | null;
  readonly holder: string | null;
  readonly holderSince: Instant | null;
  /** Somebody has it, and it is neither closed nor lost. */
  readonly open: boolean;
  readonly receivedAt: Instant;
  readonly status: LeadStatus;
  readonly grade: Lead['grade'];
  readonly gradedAt: Instant | null;
  /** First proven contact by anyone: when it was, not when the product learned of it. */
  readonly contactedAt: Instant | null;
  /** The last outgoing call or message, or meeting held, by anyone of the staff. */
  readonly followUpAt: Instant | null;
  /** Booked or held; those missed and called off do not count. */
  readonly appointments: number;
  readonly opportunityAt: Instant | null;
  readonly opportunityBy: string | null;
  readonly reservationAt: Instant | null;
  readonly reservationBy: string | null;
  /** Decimal text. */
  readonly reservationPrice: string | null;
  readonly closedAt: Instant | null;
  readonly closedBy: string | null;
  readonly sale: string | null;
  readonly lostAt: Instant | null;
  readonly lostReason: LostReason | null;
  readonly lostText: string | null;
  readonly incubatedAt: Instant | null;
  /** There is evidence of the concrete date of the next contact (lead-reassignment R8). */
  readonly incubatedEvidence: boolean | null;
  readonly nextContactOn: LocalDate | null;
  /** The first instant of that day. */
  readonly nextContactFrom: Instant | null;
  readonly nextAction: string | null;
  readonly nextActionKind: ActionKind | null;
  readonly nextActionBy: string | null;
  readonly nextActionDueAt: Instant | null;
}

export function statusOf(row: FollowUp, stage: Lead['stage']): LeadStatus {
  if (stage === 'refused') return 'refused';
  if (row.closedAt !== null) return 'closed';
  if (row.lostAt !== null) return 'lost';
  if (row.incubatedAt !== null) return 'incubator';
  if (row.reservationAt !== null) return 'reservation';
  if (row.opportunityAt !== null) return 'opportunity';
  if (row.appointments > 0) return 'appointment';
  if (row.contactedAt === null) return 'new';
  return row.followUpAt !== null && row.followUpAt > row.contactedAt ? 'in-follow-up' : 'contacted';
}

/** A lead of which nothing has been told yet; one that was there before this was kept has what its lead says. */
export function newFollowUp(lead: Lead): FollowUp {
  const contacts = lead.tenures.flatMap(({ contactedAt }) => contactedAt ?? []);
  return {
    lead: lead.id,
    contact: lead.contact,
    holder: lead.holder,
    holderSince: lead.assignedAt,
    open: false,
    receivedAt: lead.receivedAt,
    status: 'new',
    grade: lead.grade,
    gradedAt: null,
    contactedAt: contacts.toSorted()[0] ?? null,
    followUpAt: null,
    appointments: 0,
    opportunityAt: null,
    opportunityBy: null,
    reservationAt: null,
    reservationBy: null,
    reservationPrice: null,
    closedAt: null,
    closedBy: null,
    sale: null,
    lostAt: null,
    lostReason: null,
    lostText: null,
    incubatedAt: null,
    incubatedEvidence: null,
    nextContactOn: null,
    nextContactFrom: null,
    ...NO_ACTION,
  };
}

export const NO_ACTION = {
  nextAction: null,
  nextActionKind: null,
  nextActionBy: null,
  nextActionDueAt: null,
} as const;

const NOT_LOST = { lostAt: null, lostReason: null, lostText: null } as const;
const NOT_INCUBATED = {
  incubatedAt: null,
  incubatedEvidence: null,
  nextContactOn: null,
  nextContactFrom: null,
} as const;
const NO_RESERVATION = { reservationAt: null, reservationBy: null, reservationPrice: null } as const;

interface Fields {
  readonly by: string;
  readonly person: string;
  readonly price?: string | null;
  readonly sale: string;
  readonly reason: LostReason;
  /** Of a first contact, what it was; of an incubator's date, whether there is any. */
  readonly evidence: boolean | { readonly startedAt?: Instant };
  readonly nextContactOn: LocalDate;
  readonly nextContactFrom: Instant;
  readonly kind: ActionKind;
  readonly dueAt: Instant;
  /** What the meeting was before it was opened again. */
  readonly was?: string;
  readonly walkIn?: boolean;
}

/** Every change of a lead's progress; `told` is the interaction that the entry tells of, if it tells of one. */
export function evolveFollowUp(
  row: FollowUp,
  entry: JournalEntry | NewEntry,
  told: Interaction | null,
): FollowUp {
  const fields = entry.fields as unknown as Fields;
  const personal = (entry.personal ?? {}) as { readonly text?: string | null; readonly action?: string };
  const before = told === null ? row : heard(row, told);
  switch (entry.entry) {
    case 'lead.contacted':
      return { ...before, contactedAt: earlier(before.contactedAt, provenAt(fields) ?? entry.at) };
    case 'lead.graded':
      return { ...before, gradedAt: entry.at };
    case 'appointment.booked':
      return { ...before, ...NOT_INCUBATED, appointments: before.appointments + 1 };
    case 'appointment.held':
      return fields.walkIn === true ? { ...before, appointments: before.appointments + 1 } : before;
    case 'appointment.missed':
    case 'appointment.canceled':
      return { ...before, appointments: Math.max(0, before.appointments - 1) };
    case 'appointment.reopened':
      return { ...before, appointments: Math.max(0, before.appointments + reopened(fields)) };
    case 'opportunity.opened':
      return { ...before, ...NOT_INCUBATED, opportunityAt: entry.at, opportunityBy: fields.person };
    case 'opportunity.canceled':
      return { ...before, opportunityAt: null, opportunityBy: null };
    case 'reservation.made':
      return {
        ...before,
        ...NOT_INCUBATED,
        reservationAt: entry.at,
        reservationBy: fields.person,
        reservationPrice: fields.price ?? null,
      };
    case 'reservation.canceled':
      return { ...before, ...NO_RESERVATION };
    case 'sale.closed':
      return {
        ...before,
        ...NOT_LOST,
        ...NOT_INCUBATED,
        ...NO_ACTION,
        closedAt: entry.at,
        closedBy: fields.by,
        sale: fields.sale,
      };
    case 'sale.canceled':
      return fields.sale === before.sale ? { ...before, closedAt: null, closedBy: null, sale: null } : before;
    case 'lead.lost':
      return {
        ...before,
        ...NO_ACTION,
        ...NOT_INCUBATED,
        lostAt: entry.at,
        lostReason: fields.reason,
        lostText: personal.text ?? null,
      };
    case 'lead.incubated':
      return {
        ...before,
        ...NO_ACTION,
        incubatedAt: entry.at,
        incubatedEvidence: fields.evidence === true,
        nextContactOn: fields.nextContactOn,
        nextContactFrom: fields.nextContactFrom,
      };
    case 'lead.reopened':
      return { ...before, ...NOT_LOST, ...NOT_INCUBATED };
    case 'next-action.set':
      return {
        ...before,
        nextAction: personal.action ?? null,
        nextActionKind: fields.kind,
        nextActionBy: fields.by,
        nextActionDueAt: fields.dueAt,
      };
    case 'next-action.done':
      return { ...before, ...NO_ACTION };
    case 'contact.erased':
      return { ...before, lostText: null, nextAction: null };
    default:
      return before;
  }
}

/** A meeting back to booked: of one that was missed or called off there is one more; a walk-in was none. */
function reopened({ was, walkIn }: Fields): number {
  if (walkIn === true) return -1;
  return was === 'held' ? 0 : 1;
}

/** On or after its day a follow-up takes a lead out of the incubator. In whatever order they are told, the last counts. */
function heard(row: FollowUp, told: Interaction): FollowUp {
  if (told.by === null || !isFollowUp(told, told.by)) return row;
  const due = row.nextContactFrom !== null && told.at >= row.nextContactFrom;
  return { ...row, followUpAt: later(row.followUpAt, told.at), ...(due ? NOT_INCUBATED : {}) };
}

function provenAt({ evidence }: Fields): Instant | undefined {
  return typeof evidence === 'object' ? evidence.startedAt : undefined;
}

function earlier(one: Instant | null, other: Instant): Instant {
  return one !== null && one < other ? one : other;
}

function later(one: Instant | null, other: Instant): Instant {
  return one !== null && one > other ? one : other;
}

/** What the lead itself says: whose it is and since when. */
export function withLead(row: FollowUp, lead: Lead): FollowUp {
  const told = {
    ...row,
    contact: lead.contact,
    holder: lead.holder,
    holderSince: lead.assignedAt,
    grade: lead.grade,
  };
  const status = statusOf(told, lead.stage);
  const open = lead.holder !== null && status !== 'closed' && status !== 'lost' && status !== 'refused';
  return { ...told, status, open };
}
