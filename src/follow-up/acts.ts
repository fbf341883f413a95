import { localDate, startOfDay } from '../calendar/index.ts';
import type { Deciding, Fact, Refusal } from '../decisions/index.ts';
import type { NewEntry } from '../journal/index.ts';
import type { Lead } from '../leads/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { callOffMeetings } from './appointment-acts.ts';
import type { ActionKind, LostReason } from './statuses.ts';
import { progressOf, worked } from './who-may.ts';

interface OnLead extends Fact {
  readonly lead: string;
  readonly by: string;
}

export interface OpportunityOpened extends OnLead {
  readonly fact: 'opportunity.opened';
}

export interface OpportunityCanceled extends OnLead {
  readonly fact: 'opportunity.canceled';
}

export interface ReservationMade extends OnLead {
  readonly fact: 'reservation.made';
  /** Decimal text. */
  readonly price?: string | null;
}

export interface ReservationCanceled extends OnLead {
  readonly fact: 'reservation.canceled';
}

export interface LeadIncubated extends OnLead {
  readonly fact: 'lead.incubated';
  readonly nextContactOn: LocalDate;
  /** There is evidence of that date (lead-reassignment R8). */
  readonly evidence: boolean;
}

export interface LeadLost extends OnLead {
  readonly fact: 'lead.lost';
  readonly reason: LostReason;
  readonly text?: string | null;
}

/** Out of the incubator, or not lost after all. */
export interface LeadReopened extends OnLead {
  readonly fact: 'lead.reopened';
}

export interface NextActionSet extends OnLead {
  readonly fact: 'next-action.set';
  readonly action: string;
  readonly kind?: ActionKind;
  readonly dueAt: Instant;
}

export interface NextActionDone extends OnLead {
  readonly fact: 'next-action.done';
}

const BECAUSE = [houseRule('follow-up')];

function note(
  deciding: Deciding,
  lead: Lead,
  fact: OnLead,
  more: { readonly fields?: NewEntry['fields']; readonly personal?: NonNullable<NewEntry['personal']> },
): void {
  deciding.record({
    entry: fact.fact,
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: { lead: lead.id, by: fact.by, ...more.fields },
    ...(more.personal === undefined ? {} : { personal: more.personal }),
  });
}

export function openOpportunity(fact: OpportunityOpened, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: true });
  if ('refused' in on) return on;
  if (on.row.opportunityAt !== null) return { refused: 'already-opportunity', because: BECAUSE };
  note(deciding, on.lead, fact, { fields: { person: on.credited } });
  return undefined;
}

export function cancelOpportunity(fact: OpportunityCanceled, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: true });
  if ('refused' in on) return on;
  const { opportunityAt, opportunityBy } = on.row;
  if (opportunityAt === null) return { refused: 'no-opportunity', because: BECAUSE };
  note(deciding, on.lead, fact, { fields: { person: opportunityBy ?? fact.by, madeAt: opportunityAt } });
  return undefined;
}

export function makeReservation(fact: ReservationMade, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: true });
  if ('refused' in on) return on;
  if (on.row.reservationAt !== null) return { refused: 'already-reserved', because: BECAUSE };
  note(deciding, on.lead, fact, { fields: { person: on.credited, price: fact.price ?? null } });
  return undefined;
}

export function cancelReservation(fact: ReservationCanceled, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: true });
  if ('refused' in on) return on;
  const { reservationAt, reservationBy } = on.row;
  if (reservationAt === null) return { refused: 'no-reservation', because: BECAUSE };
  note(deciding, on.lead, fact, { fields: { person: reservationBy ?? fact.by, madeAt: reservationAt } });
  return undefined;
}

/** Not ready yet: the date on which to speak again is what keeps it (lead-reassignment R8). */
export function incubate(fact: LeadIncubated, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: true });
  if ('refused' in on) return on;
  const { zone } = deciding.organization;
  if (fact.nextContactOn < localDate(deciding.now, zone)) return { refused: 'date-past', because: BECAUSE };
  const { nextContactOn, evidence } = fact;
  const nextContactFrom = startOfDay(nextContactOn, zone);
  note(deciding, on.lead, fact, { fields: { nextContactOn, nextContactFrom, evidence } });
  return undefined;
}

export function lose(fact: LeadLost, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: true });
  if ('refused' in on) return on;
  const { reason, text = null } = fact;
  note(deciding, on.lead, fact, { fields: { reason }, personal: { text } });
  callOffMeetings(deciding, on.lead, fact.by, BECAUSE);
  return undefined;
}

export function reopen(fact: LeadReopened, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: false });
  if ('refused' in on) return on;
  const { lostAt, incubatedAt, closedAt } = on.row;
  if (closedAt !== null) return { refused: 'already-closed', because: BECAUSE };
  if (lostAt === null && incubatedAt === null) return { refused: 'lead-open', because: BECAUSE };
  note(deciding, on.lead, fact, {});
  return undefined;
}

export function setNextAction(fact: NextActionSet, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: true });
  if ('refused' in on) return on;
  if (fact.dueAt < deciding.now) return { refused: 'date-past', because: BECAUSE };
  const { action, kind = 'other', dueAt } = fact;
  note(deciding, on.lead, fact, { fields: { kind, dueAt }, personal: { action } });
  return undefined;
}

export function finishNextAction(fact: NextActionDone, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: false });
  if ('refused' in on) return on;
  if (progressOf(deciding, on.lead).nextActionDueAt === null)
    return { refused: 'no-next-action', because: BECAUSE };
  note(deciding, on.lead, fact, {});
  return undefined;
}
