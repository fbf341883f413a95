import type { Call } from '../calls/index.ts';
import { tell, type Deciding } from '../decisions/index.ts';
import { person as personOf } from '../staff/index.ts';
import { tenMinuteClauses } from './clauses.ts';
import { callEvidence, callInProgress, recordContact } from './contact-proof.ts';
import type { Lead } from './lead.ts';
import { currentTenure, type Tenure } from './tenure.ts';
import { lead as leadOf } from './leads-slice.ts';
import { tellAdministrator } from './tell-administrator.ts';
import { returnTurns } from './turns-back.ts';

/**
 * A call that began in time is told of after the lead was taken away (contact-center-policy L4, late evidence). The miss
 * is struck out, and the lead goes back with its counters and the turns given meanwhile, unless somebody else has reached
 * the prospect: then it stays, and the administrator is told. While the new holder is on the phone with them, that call
 * decides.
 */
export function lateEvidence(deciding: Deciding, lead: Lead, tenure: Tenure, call: Call): void {
  const because = tenMinuteClauses(deciding.rules);
  recordContact(deciding, lead, tenure, callEvidence(call));
  strike(deciding, lead, tenure, because);
  // Holding it still (the administrator's audit list) or again: there is nothing to give back.
  if (lead.holder === tenure.person) return;
  const present = currentTenure(lead);
  if (present !== undefined && callInProgress(deciding, lead, present) !== undefined) {
    reversalWaits(deciding, lead, tenure, true);
  } else giveBack(deciding, lead, tenure, because);
}

function reversalWaits(deciding: Deciding, lead: Lead, { person, since }: Tenure, waits: boolean): void {
  deciding.record({
    entry: 'lead.reversal-waits',
    kind: 'decision',
    because: tenMinuteClauses(deciding.rules),
    lead: lead.id,
    person,
    fields: { lead: lead.id, to: person, since, waits },
  });
}

/** The call for which a reversal waited is over: the lead goes back, or stays. Returns whether it went back. */
export function settleHeldBack(deciding: Deciding, id: string): boolean {
  const lead = leadOf(deciding.world, id);
  if (lead === undefined) return false;
  const present = currentTenure(lead);
  if (present === undefined || callInProgress(deciding, lead, present) !== undefined) return false;
  const proven = lead.tenures.find((t) => t.reversalWaits && t.voidAt === null);
  if (proven === undefined) return false;
  const wentBack = giveBack(deciding, lead, proven, tenMinuteClauses(deciding.rules));
  if (!wentBack) reversalWaits(deciding, lead, proven, false);
  return wentBack;
}

function giveBack(deciding: Deciding, lead: Lead, tenure: Tenure, because: readonly string[]): boolean {
  const later = lead.tenures.slice(lead.tenures.indexOf(tenure) + 1).filter((t) => t.voidAt === null);
  const { person, since } = tenure;
  const gone = personOf(deciding.world, person)?.leftAt !== null;
  // What a claim has decided, or is deciding, is not undone by a call told of later.
  const disputed = lead.claims.length > 0 || later.some((t) => t.by === 'ruling');
  if (gone || disputed || later.some((t) => t.contactedAt !== null)) {
    tellAdministrator(deciding, { about: 'lead.late-evidence', because, lead: lead.id, values: { person } });
    return false;
  }
  deciding.record({
    entry: 'lead.reassignment-reversed',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person,
    fields: {
      lead: lead.id,
      from: lead.holder,
      to: person,
      since,
      undone: later.map((t) => ({ person: t.person, at: t.since })),
    },
  });
  for (const other of later) undo(deciding, lead, other, because);
  for (const to of new Set([person, ...later.map((t) => t.person)]))
    tell(deciding, {
      to,
      about: 'lead.reversed',
      because,
      lead: lead.id,
      values: { lead: lead.id, to: person },
    });
  return leadOf(deciding.world, lead.id)?.holder === person;
}

/** What was given in error leaves no trace in the counters: the turn goes back to its rotation, a miss is struck out. */
function undo(deciding: Deciding, lead: Lead, tenure: Tenure, because: readonly string[]): void {
  returnTurns(deciding, lead.id, [tenure], because);
  if (tenure.missedAt !== null && tenure.struckAt === null) strike(deciding, lead, tenure, because);
}

export function strike(deciding: Deciding, lead: Lead, tenure: Tenure, because: readonly string[]): void {
  const { person: who, missedAt, notifiedAt } = tenure;
  deciding.record({
    entry: 'miss.struck',
    kind: 'decision',
    because,
    lead: lead.id,
    person: who,
    fields: { lead: lead.id, who, missedAt, told: notifiedAt !== null },
  });
}
