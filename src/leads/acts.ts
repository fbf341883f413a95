import { contact } from '../contacts/index.ts';
import { tell, type Deciding, type Fact, type Refusal } from '../decisions/index.ts';
import type { ContactChannel } from '../gate/index.ts';
import { houseRule } from '../procedures/index.ts';
import { person } from '../staff/index.ts';
import { askGate } from './ask-gate.ts';
import type { Lead } from './lead.ts';
import { lead as leadOf } from './leads-slice.ts';
import { give, giveByTurn, waitForAdministrator } from './placing.ts';
import { messageHeard, noteHeard, releasePaced } from './ten-minutes.ts';

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

export interface MessageSeen extends Fact {
  readonly fact: 'message';
  readonly lead: string;
  readonly by: string | null;
  readonly from: string | null;
  readonly channel: string;
  readonly verifiable: boolean;
}

export interface ContactAttempted extends Fact {
  readonly fact: 'contact.attempted';
  readonly lead: string;
  readonly by: string;
  readonly channel: ContactChannel;
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
  const clock = lead.contactedAt === null;
  if (!giveByTurn(deciding, lead, { by: 'passed-on', from: fact.by, clock, because }))
    waitForAdministrator(deciding, lead, 'nobody left', because, { from: fact.by });
  releasePaced(deciding);
  return undefined;
}

export function placeLead(fact: LeadPlaced, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  const because = [houseRule('administrator')];
  if (lead.stage === 'refused') return { refused: 'lead-refused', because };
  const gone = erased(deciding, lead);
  if (gone !== null) return gone;
  if (fact.to !== null) {
    const to = person(deciding.world, fact.to);
    if (to === undefined || to.leftAt !== null) return { refused: 'no-such-person', because };
    if (lead.holder === fact.to) return { refused: 'already-holder', because };
  }
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
  const clock = lead.contactedAt === null;
  if (fact.to !== null) give(deciding, lead, { to: fact.to, by: 'administrator', from, clock, because });
  else if (!giveByTurn(deciding, lead, { by: 'administrator', from, clock, because })) {
    if (lead.stage !== 'waiting') waitForAdministrator(deciding, lead, 'nobody on duty', because, { from });
    return { refused: 'nobody-on-duty', because };
  }
  if (from !== null)
    tell(deciding, {
      to: from,
      about: 'lead.taken',
      because,
      lead: lead.id,
      values: { lead: lead.id, from, to: fact.to },
    });
  releasePaced(deciding);
  return undefined;
}

export function seeMessage(fact: MessageSeen, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return NO_LEAD;
  deciding.record({
    entry: 'message',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: {
      lead: lead.id,
      by: fact.by,
      from: fact.from,
      channel: fact.channel,
      verifiable: fact.verifiable,
    },
  });
  if (fact.by !== null) messageHeard(deciding, lead.id, fact.by, fact.channel);
  return undefined;
}

/** Somebody is about to call or write: the gate answers, and its answer is kept. */
export function attemptContact(fact: ContactAttempted, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  const { by, channel } = fact;
  const answer = askGate(deciding.world, deciding.rules, { lead: fact.lead, by, channel, at: deciding.now });
  const allowed = answer.answer === 'allowed';
  deciding.record({
    entry: allowed ? 'contact.allowed' : 'contact.refused',
    kind: 'decision',
    because: answer.because,
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
  return allowed ? undefined : { refused: answer.why, because: answer.because };
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
