import { callsOfLead, type Call } from '../calls/index.ts';
import type { Deciding } from '../decisions/index.ts';
import { HOUR, plus, type Instant } from '../platform/time.ts';
import { tenMinuteClauses } from './clauses.ts';
import {
  callEvidence,
  callInProgress,
  evidenceReadings,
  isNoted,
  judge,
  recordContact,
} from './contact-proof.ts';
import type { Judgement } from './first-contact.ts';
import { releasePaced } from './held-release.ts';
import { lateEvidence, settleHeldBack } from './late-evidence.ts';
import type { Lead } from './lead.ts';
import { currentTenure, type Tenure } from './tenure.ts';
import { lead as leadOf } from './leads-slice.ts';
import { giveByResults, holdOutsideHours, tellOfMiss } from './placing.ts';
import { tellAdministrator } from './tell-administrator.ts';

/** A call whose end the PBX never reports is waited for no longer than this. */
const CALL_WAIT_MAX = 2 * HOUR;

/** The end of the ten minutes: contacted, on the phone right now, or missed (contact-center-policy L4). */
export function tenMinutesOver(deciding: Deciding, lead: Lead): void {
  const tenure = currentTenure(lead);
  if (tenure === undefined || lead.dueAt === null) return;
  const onThePhone = callInProgress(deciding, lead, tenure);
  if (onThePhone === undefined) return miss(deciding, lead, tenure, lead.dueAt);
  deciding.record({
    entry: 'lead.clock-waits',
    kind: 'decision',
    because: tenMinuteClauses(deciding.rules),
    lead: lead.id,
    person: tenure.person,
    fields: {
      lead: lead.id,
      by: tenure.person,
      call: onThePhone.id,
      until: lead.waitEndsAt ?? plus(deciding.now, CALL_WAIT_MAX),
    },
  });
}

/** The call that was waited for has not ended in two hours, or nobody told: it proves nothing any more. */
export function callWaitOver(deciding: Deciding, lead: Lead): void {
  if (settleHeldBack(deciding, lead.id)) return;
  const tenure = currentTenure(lead);
  if (tenure !== undefined && lead.dueAt !== null) miss(deciding, lead, tenure, lead.dueAt);
}

function miss(deciding: Deciding, lead: Lead, tenure: Tenure, dueAt: Instant): void {
  const because = tenMinuteClauses(deciding.rules);
  const from = tenure.person;
  deciding.record({
    entry: 'deadline.missed',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: from,
    // One whom no notice has reached is not blamed, but the prospect does not wait for that to be settled.
    fields: { what: 'first-contact', who: from, lead: lead.id, dueAt, told: tenure.notifiedAt !== null },
  });
  const now = leadOf(deciding.world, lead.id) ?? lead;
  if (deciding.rules.reading('contact-center-policy', 'reassign.by') === 'administrator')
    auditList(deciding, now, from, dueAt, because);
  else passOnMissed(deciding, now, from);
  releasePaced(deciding);
}

/** Reading reassign.by: administrator: the lead stays with its holder until the administrator has looked into it. */
export function auditList(
  deciding: Deciding,
  lead: Lead,
  holder: string,
  dueAt: Instant,
  because: readonly string[],
): void {
  deciding.record({
    entry: 'lead.audit-listed',
    kind: 'decision',
    because,
    lead: lead.id,
    person: holder,
    fields: { lead: lead.id, holder, dueAt },
  });
  tellAdministrator(deciding, { about: 'lead.audit', because, lead: lead.id, values: { from: holder } });
}

/** contact-center-policy L4: by best results now, or at the opening when the hours are over. */
export function passOnMissed(deciding: Deciding, lead: Lead, from: string): void {
  if (!holdOutsideHours(deciding, lead, 'best', from)) giveByResults(deciding, lead, from);
  tellOfMiss(deciding, lead.id, from, tenMinuteClauses(deciding.rules));
}

/** A call has ended, or is told of after its end: it may prove contact, in time or after all. */
export function callHeard(deciding: Deciding, leadId: string, call: Call): void {
  const lead = leadOf(deciding.world, leadId);
  // Who was erased, or never was, comes back to nobody by a call told of later.
  if (lead === undefined || call.by === null || lead.stage === 'refused') return;
  const tenure = tenureOfCall(lead, call);
  if (tenure === undefined) return;
  const judgement = judge(deciding, call, tenure);
  const current = currentTenure(lead) === tenure;
  const inQuestion = tenure.clock && tenure.undoneAt === null && tenure.contactedAt === null;
  if (judgement === 'unclear' && inQuestion) {
    const values = { by: call.by, call: call.id };
    tellAdministrator(deciding, {
      about: 'lead.unclear-evidence',
      because: tenMinuteClauses(deciding.rules),
      lead: lead.id,
      values,
    });
  }
  if (judgement === 'proves' && isNoted(deciding, tenure)) {
    if (tenure.missedAt !== null && tenure.struckAt === null) lateEvidence(deciding, lead, tenure, call);
    else if (tenure.contactedAt === null) recordContact(deciding, lead, tenure, callEvidence(call));
    else return;
    settleHeldBack(deciding, lead.id);
    releasePaced(deciding);
  } else if (current) afterCallThatProvesNothing(deciding, lead, tenure, call, judgement);
}

/** The call was the holder's, but late or too short. Late contact still is contact; a clock that waited for it goes on. */
function afterCallThatProvesNothing(
  deciding: Deciding,
  lead: Lead,
  tenure: Tenure,
  call: Call,
  judgement: Judgement,
): void {
  const late = judge(deciding, call, { ...tenure, dueAt: null }) === 'proves';
  const clockOver = tenure.dueAt === null || tenure.missedAt !== null;
  if (late && clockOver && tenure.contactedAt === null) {
    recordContact(deciding, lead, tenure, callEvidence(call));
    settleHeldBack(deciding, lead.id);
    releasePaced(deciding);
  } else if (settleHeldBack(deciding, lead.id)) releasePaced(deciding);
  else if (lead.waitsForCall === call.id && judgement !== 'in-progress') tenMinutesOver(deciding, lead);
}

/** The latest tenure of the caller that the call belongs to: begun before the call, and not over when it started. */
function tenureOfCall(lead: Lead, call: Call): Tenure | undefined {
  return lead.tenures.findLast(
    (t) =>
      t.person === call.by &&
      t.voidAt === null &&
      t.since <= call.startedAt &&
      (t.until === null || call.startedAt <= t.until),
  );
}

/** A note came: with pbx-and-crm a call already heard may now count. */
export function noteHeard(deciding: Deciding, leadId: string, by: string): void {
  const lead = leadOf(deciding.world, leadId);
  const tenure = lead === undefined ? undefined : currentTenure(lead);
  if (lead === undefined || tenure?.person !== by || tenure.contactedAt !== null) return;
  if (evidenceReadings(deciding, tenure.since).evidence !== 'pbx-and-crm' || !isNoted(deciding, tenure))
    return;
  const proof = callsOfLead(deciding.world, lead.id).find(
    (call) => judge(deciding, call, tenure) === 'proves',
  );
  if (proof === undefined) return;
  recordContact(deciding, lead, tenure, callEvidence(proof));
  releasePaced(deciding);
}

/** Reading contact.messageCounts: a message by the holder is contact, in time or late, as a call would be. */
export function messageHeard(deciding: Deciding, leadId: string, by: string, channel: string): void {
  const lead = leadOf(deciding.world, leadId);
  const tenure = lead === undefined ? undefined : currentTenure(lead);
  if (lead === undefined || tenure?.person !== by || tenure.contactedAt !== null) return;
  if (!evidenceReadings(deciding, tenure.since).messageCounts) return;
  recordContact(deciding, lead, tenure, { kind: 'message', channel, startedAt: deciding.now });
  releasePaced(deciding);
}
