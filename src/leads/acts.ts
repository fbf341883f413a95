import { mayIntend } from '../calls/index.ts';
import { contact } from '../contacts/index.ts';
import { tell, type Deciding, type Fact, type Refusal } from '../decisions/index.ts';
import type { ContactAnswer, ContactChannel } from '../gate/index.ts';
import { houseRule } from '../procedures/index.ts';
import { mayHoldLeads, person } from '../staff/index.ts';
import { askGate } from './ask-gate.ts';
import { tenMinuteClauses } from './clauses.ts';
import { releasePaced } from './held-release.ts';
import type { Lead } from './lead.ts';
import { lead as leadOf } from './leads-slice.ts';
import { chooseByTurn, give, giveByTurn, passOn, tellOfMiss } from './placing.ts';
import { noteHeard, passOnMissed } from './ten-minutes.ts';

export interface NoteWritten extends Fact {
  readonly fact: 'note';
  readonly lead: string;
  readonly by: string;
  readonly text: string;
}

export interface LeadGraded extends Fact {
  readonly fact: 'lead.graded';
  readonly lead: string;
  readonly by: string;
  readonly grade: 'A' | 'AA' | 'AAA';
  readonly reason: string;
}

/** The holder cannot attend to it. */
export interface LeadPassed extends Fact {
  readonly fact: 'lead.passed';
  readonly lead: string;
  readonly by: string;
  readonly reason: string;
}

/** The administrator gives it to somebody, or by turn. */
export interface LeadPlaced extends Fact {
  readonly fact: 'lead.placed';
  readonly lead: string;
  readonly by: string;
  readonly to: string | null;
  readonly reason: string;
}

export interface ContactAttempted extends Fact {
  readonly fact: 'contact.attempted';
  readonly lead: string;
  readonly by: string;
  readonly channel: ContactChannel;
  /** The PBX will be asked to make this call; its id, made by whoever asks, so that asking twice rings once. */
  readonly intent?: string | null;
}

export interface SaleClosed extends Fact {
  readonly fact: 'sale.closed';
  readonly lead: string;
  readonly by: string;
  readonly sale: string;
  readonly price: string | null;
  readonly advisorCommission: string | null;
  readonly managerCommission: string | null;
}

const NO_LEAD: Refusal = { refused: 'no-such-lead', because: [houseRule('facts')] };

/** Words about a person who was erased would bring back what they had taken away. */
function erased(deciding: Deciding, lead: Lead): Refusal | null {
  const known = lead.contact === null ? undefined : contact(deciding.world, lead.contact);
  return known?.erasedAt == null ? null : { refused: 'contact-erased', because: [houseRule('erasure')] };
}

/** A note by the advisor does not stop the clock; a call does (contact-center-policy L4). */
export function writeNote(fact: NoteWritten, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  const gone = erased(deciding, lead);
  if (gone !== null) return gone;
  deciding.record({
    entry: 'note',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: { lead: lead.id, by: fact.by },
    personal: { text: fact.text },
  });
  noteHeard(deciding, lead.id, fact.by);
  return undefined;
}

export function gradeLead(fact: LeadGraded, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  const gone = erased(deciding, lead);
  if (gone !== null) return gone;
  deciding.record({
    entry: 'lead.graded',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: { lead: lead.id, by: fact.by, grade: fact.grade },
    personal: { reason: fact.reason },
  });
  noteHeard(deciding, lead.id, fact.by);
  return undefined;
}

/** Only the holder passes a lead on; it goes by turn to one who has not held it, and the ten minutes run for that one. */
export function passLead(fact: LeadPassed, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  const because = [houseRule('passed-on')];
  const gone = erased(deciding, lead);
  if (gone !== null) return gone;
  if (lead.holder !== fact.by) return { refused: 'not-holder', because };
  deciding.record({
    entry: 'lead.passed',
    kind: 'fact',
    because: [],
    lead: lead.id,
    person: fact.by,
    fields: { lead: lead.id, by: fact.by },
    personal: { reason: fact.reason },
    contact: lead.contact,
  });
  passOn(deciding, lead, fact.by);
  releasePaced(deciding);
  return undefined;
}

/**
 * The administrator's one act: gives a lead to somebody, or by turn. From the audit list (reading reassign.by), with
 * nobody named it goes by best results as contact-center-policy L4 says, and naming the holder leaves it there.
 */
export function placeLead(fact: LeadPlaced, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  const because = [houseRule('administrator')];
  const gone = lead.stage === 'refused' ? null : erased(deciding, lead);
  if (gone !== null) return gone;
  const impossible = whyNotPlaced(fact, deciding, lead);
  if (impossible !== null) return { refused: impossible, because };
  deciding.record({
    entry: 'lead.placed',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: { lead: lead.id, by: fact.by, to: fact.to },
    personal: { reason: fact.reason },
  });
  const from = lead.holder;
  if (lead.auditListedAt !== null && from !== null) placeAudited(deciding, lead, from, fact.to, because);
  else {
    const clock = lead.contactedAt === null;
    if (fact.to !== null) give(deciding, lead, { to: fact.to, by: 'administrator', from, clock, because });
    else giveByTurn(deciding, lead, { by: 'administrator', from, clock, because });
    if (from !== null) tellTaken(deciding, lead.id, from, because);
  }
  releasePaced(deciding);
  return undefined;
}

function whyNotPlaced(fact: LeadPlaced, deciding: Deciding, lead: Lead): string | null {
  const audited = lead.auditListedAt !== null;
  if (lead.stage === 'refused') return 'lead-refused';
  if (fact.to === null)
    return !audited && chooseByTurn(deciding, lead).turn === null ? 'nobody-on-duty' : null;
  const to = person(deciding.world, fact.to);
  if (to === undefined || !mayHoldLeads(to)) return 'no-such-person';
  return lead.holder === fact.to && !audited ? 'already-holder' : null;
}

function placeAudited(
  deciding: Deciding,
  lead: Lead,
  from: string,
  to: string | null,
  because: readonly string[],
): void {
  if (to === from) return;
  if (to === null) return passOnMissed(deciding, lead, from);
  const l4 = [...tenMinuteClauses(deciding.rules), ...because];
  const clock = lead.contactedAt === null;
  give(deciding, lead, { to, by: 'administrator', from, clock, because: l4 });
  tellOfMiss(deciding, lead.id, from, l4);
}

function tellTaken(deciding: Deciding, lead: string, from: string, because: readonly string[]): void {
  const to = leadOf(deciding.world, lead)?.holder ?? null;
  tell(deciding, { to: from, about: 'lead.taken', because, lead, values: { lead, from, to } });
}

/** Somebody is about to call or write: the gate answers, and its answer is an entry; a no is no fault of the asking. */
export function attemptContact(fact: ContactAttempted, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  const { by, channel } = fact;
  const inHand = fact.intent == null ? null : mayIntend(deciding, fact.intent, fact.lead);
  if (inHand !== null) return inHand;
  const answer = askGate(deciding.world, deciding.rules, { lead: fact.lead, by, channel, at: deciding.now });
  const allowed = answer.answer === 'allowed';
  deciding.record({
    entry: allowed ? 'contact.allowed' : 'contact.refused',
    kind: 'decision',
    because: withWayToClaim(deciding, lead, answer),
    lead: fact.lead,
    contact: lead?.contact ?? null,
    person: fact.by,
    fields: {
      lead: fact.lead,
      by: fact.by,
      channel: fact.channel,
      ...(allowed ? {} : { why: answer.why, until: answer.until ?? null }),
    },
  });
  if (allowed && fact.intent != null && lead !== undefined) {
    deciding.record({
      entry: 'call.intended',
      kind: 'decision',
      because: answer.because,
      lead: lead.id,
      contact: lead.contact,
      person: fact.by,
      fields: { intent: fact.intent, lead: lead.id, by: fact.by },
    });
  }
  return undefined;
}

/** To one who came upon somebody else's person, the way is a claim (lead-reassignment L2). */
function withWayToClaim(deciding: Deciding, lead: Lead | undefined, answer: ContactAnswer): string[] {
  const isDispute = answer.answer === 'refused' && answer.why === 'not-holder' && lead?.duplicateOf != null;
  const l2 = isDispute ? deciding.rules.cite('lead-reassignment', 'L2') : null;
  return l2 === null ? [...answer.because] : [...answer.because, l2];
}

/** A closing: counts for the month's results. Its money is another rule's. */
export function closeSale(fact: SaleClosed, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  const { sale, by, price, advisorCommission, managerCommission } = fact;
  deciding.record({
    entry: 'sale.closed',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: by,
    fields: {
      sale,
      lead: lead.id,
      by,
      price,
      advisorCommission,
      managerCommission,
      counts: lead.tenures[0]?.by !== 'registered',
    },
  });
  return undefined;
}
