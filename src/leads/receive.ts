import type { HeldFacts } from '../contacts/index.ts';
import { recognize, wasErased } from '../contacts/index.ts';
import { asJson, type Deciding, type Refusal } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import { houseRule } from '../procedures/index.ts';
import {
  toldBefore,
  type Arrival,
  type LeadImported,
  type LeadReceived,
  type LeadRegistered,
} from '../sources/index.ts';
import { dutyAt, mayHoldLeads, person } from '../staff/index.ts';
import { tenMinuteClauses } from './clauses.ts';
import { heedConsent } from './consents.ts';
import { registerDuplicate, settleDuplicate } from './give-duplicate.ts';
import type { Lead } from './lead.ts';
import { lead as leadOf, leadsSlice, leadToldBefore } from './leads-slice.ts';
import { give, holdOutsideHours, placeNew } from './placing.ts';
import { leadOfPerson } from './whose-call.ts';

function recordArrival(
  deciding: Deciding,
  fact: Arrival,
  extra: { readonly [field: string]: Json } = {},
): Lead {
  const { world } = deciding;
  deciding.record({
    entry: fact.fact,
    kind: 'fact',
    because: [],
    lead: fact.lead,
    fields: {
      lead: fact.lead,
      number: world.get(leadsSlice).lastNumber + 1,
      source: fact.source,
      sourceId: fact.sourceId,
      sentAt: fact.sentAt,
      test: fact.test,
      zone: fact.zone,
      referredBy: fact.referredBy,
      campaign: fact.campaign,
      receipt: fact.receipt,
      ...extra,
    },
    personal: { ...(asJson(fact.asReceived) as object), consent: asJson(fact.consent) },
  });
  return known(deciding, fact.lead);
}

function known(deciding: Deciding, id: string): Lead {
  const found = leadOf(deciding.world, id);
  if (found === undefined) throw new Error(`lead ${id} is not loaded`);
  return found;
}

/**
 * Who was erased does not come back by a list or an advisor's own book: nothing of it is kept. Who writes again by
 * themselves is a new contact (lead.received); so is one whose own new consent is shown.
 */
function broughtBack(deciding: Deciding, { identity, consent }: Arrival): Refusal | null {
  if (consent?.kind === 'given' && consent.text.trim() !== '') return null;
  return wasErased(deciding, identity) ? { refused: 'person-erased', because: [houseRule('erasure')] } : null;
}

/** The same source told of it before under its own id, or the same receipt was decided before a crash: nothing follows. */
function isRepeat(fact: Arrival, deciding: Deciding): boolean {
  const earlier = leadToldBefore(deciding.world, fact.source, fact.sourceId);
  return toldBefore(deciding.world, fact, earlier);
}

function refuseLead(deciding: Deciding, lead: Lead, why: string, because: string): void {
  deciding.record({
    entry: 'lead.refused',
    kind: 'decision',
    because: [because],
    lead: lead.id,
    contact: lead.contact,
    fields: { lead: lead.id, why },
  });
}

/**
 * A marketing lead comes in: refused when it is a test or nobody could be reached; given to whom the person already
 * belongs (contact-center-policy L9) or who has the lead it was referred from (L8); else held outside the hours (L3) or
 * given by turn (P1).
 */
export function receiveLead(fact: LeadReceived, deciding: Deciding): Refusal | void {
  if (isRepeat(fact, deciding)) return undefined;
  if (fact.unlessOpen === true && leadOfPerson(deciding.world, fact.identity) !== undefined) return undefined;
  if (leadOf(deciding.world, fact.lead) !== undefined)
    return { refused: 'lead-exists', because: [houseRule('facts')] };
  const lead = recordArrival(deciding, fact);
  if (fact.test) return refuseLead(deciding, lead, 'a test lead', houseRule('test-leads'));
  if (!isReachable(fact.identity))
    return refuseLead(deciding, lead, 'no way to reach the person', houseRule('reach'));
  const { contact: id, known: isKnown } = recognize(deciding, lead.id, fact.identity, fact.consent);
  heedConsent(deciding, id, lead.id, fact.consent);
  if (isKnown && settleDuplicate(deciding, known(deciding, lead.id), id)) return undefined;
  recordReferral(deciding, known(deciding, lead.id));
  return placeArrived(deciding, lead.id);
}

/** Held, or given now: as a referral to the holder of the lead it came from, else by turn. */
function placeArrived(deciding: Deciding, id: string): void {
  if (holdOutsideHours(deciding, known(deciding, id), 'turn')) return;
  if (giveReferral(deciding, known(deciding, id))) return;
  placeNew(deciding, known(deciding, id));
}

/** At the opening, a held lead is looked at again: meanwhile the person may have come to belong to somebody. */
export function placeHeld(deciding: Deciding, lead: Lead, only?: (person: string) => boolean): void {
  if (lead.contact !== null && settleDuplicate(deciding, lead, lead.contact)) return;
  if (giveReferral(deciding, lead)) return;
  placeNew(deciding, lead, only);
}

function isReachable(identity: HeldFacts): boolean {
  return identity.phones.length + identity.emails.length + identity.whatsappIds.length > 0;
}

/** lead-assignment P13: a referral counts, and is reported, with the origin of the first lead in its chain. */
function recordReferral(deciding: Deciding, lead: Lead): void {
  if (lead.referredBy === null) return;
  const from = leadOf(deciding.world, lead.referredBy);
  if (from === undefined) return;
  const because = [
    deciding.rules.cite('lead-assignment', 'P13'),
    deciding.rules.cite('contact-center-policy', 'L8'),
  ].filter((clause) => clause !== null);
  deciding.record({
    entry: 'lead.referral',
    kind: 'decision',
    because: because.length > 0 ? because : [houseRule('assignment')],
    lead: lead.id,
    contact: lead.contact,
    fields: { lead: lead.id, of: from.id, origin: from.origin },
  });
}

/** Reading referral.to: to the holder of the lead it came from, without costing a turn; not on duty: by turn. */
function giveReferral(deciding: Deciding, lead: Lead): boolean {
  const { world, rules, now } = deciding;
  const l8 = rules.cite('contact-center-policy', 'L8');
  if (lead.referredBy === null || l8 === null) return false;
  if (rules.reading('contact-center-policy', 'referral.to') !== 'holder') return false;
  const holder = leadOf(world, lead.referredBy)?.holder ?? null;
  const onDuty = dutyAt(world, now, rules).onDuty.some(({ id }) => id === holder);
  if (holder === null || !onDuty) return false;
  give(deciding, lead, { to: holder, by: 'referral', clock: true, because: [l8] });
  return true;
}

/**
 * An own prospect belongs to who registers it; a referral, or what somebody registers who holds no leads, goes on like
 * any other lead. One who registers a person who is already there gets no second lead (lead-reassignment L2).
 */
export function registerLead(fact: LeadRegistered, deciding: Deciding): Refusal | void {
  const { world, rules } = deciding;
  if (isRepeat(fact, deciding)) return undefined;
  if (leadOf(world, fact.lead) !== undefined)
    return { refused: 'lead-exists', because: [houseRule('facts')] };
  const by = person(world, fact.by);
  if (by === undefined || by.leftAt !== null)
    return { refused: 'no-such-person', because: [houseRule('facts')] };
  const gone = broughtBack(deciding, fact);
  if (gone !== null) return gone;
  const lead = recordArrival(deciding, fact, { by: fact.by });
  if (!isReachable(fact.identity))
    return refuseLead(deciding, lead, 'no way to reach the person', houseRule('reach'));
  const { contact: id, known: isKnown } = recognize(deciding, lead.id, fact.identity, fact.consent);
  const settled =
    isKnown &&
    (mayHoldLeads(by)
      ? registerDuplicate(deciding, known(deciding, lead.id), id, fact.by)
      : settleDuplicate(deciding, known(deciding, lead.id), id));
  if (settled) return undefined;
  recordReferral(deciding, known(deciding, lead.id));
  if (fact.referredBy !== null || !mayHoldLeads(by)) return placeArrived(deciding, lead.id);
  const because = [
    rules.cite('lead-reassignment', 'R1') ?? rules.cite('lead-reassignment', 'L1') ?? houseRule('assignment'),
  ];
  give(deciding, known(deciding, lead.id), { to: fact.by, by: 'registered', clock: false, because });
  return undefined;
}

/** Going live. A holder who is not on the staff, or none: the lead waits for the administrator. */
export function importLead(fact: LeadImported, deciding: Deciding): Refusal | void {
  if (isRepeat(fact, deciding)) return undefined;
  if (leadOf(deciding.world, fact.lead) !== undefined)
    return { refused: 'lead-exists', because: [houseRule('facts')] };
  const gone = broughtBack(deciding, fact);
  if (gone !== null) return gone;
  const lead = recordArrival(deciding, fact, {
    by: fact.by,
    registeredAt: fact.registeredAt,
    holder: fact.holder,
  });
  if (!isReachable(fact.identity))
    return refuseLead(deciding, lead, 'no way to reach the person', houseRule('reach'));
  recognize(deciding, lead.id, fact.identity, fact.consent);
  const holder = fact.holder === null ? undefined : person(deciding.world, fact.holder);
  const because = [houseRule('administrator')];
  if (holder === undefined || holder.leftAt !== null) {
    deciding.record({
      entry: 'lead.waiting',
      kind: 'decision',
      because,
      lead: lead.id,
      fields: { lead: lead.id, queue: 'administrator', why: 'imported without a holder' },
    });
    return undefined;
  }
  deciding.record({
    entry: 'lead.given',
    kind: 'decision',
    because,
    lead: lead.id,
    person: holder.id,
    fields: { lead: lead.id, to: holder.id, by: 'import', dueAt: null, noticeDueAt: null },
  });
  if (fact.contactedAt !== null) {
    deciding.record({
      entry: 'lead.contacted',
      kind: 'decision',
      because: tenMinuteClauses(deciding.rules),
      lead: lead.id,
      contact: known(deciding, lead.id).contact,
      person: holder.id,
      fields: { lead: lead.id, by: holder.id, evidence: { kind: 'import', startedAt: fact.contactedAt } },
    });
  }
  return undefined;
}
