import { callsOfLead, type Call } from '../calls/index.ts';
import { asJson, type Deciding } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import { tenMinuteClauses } from './clauses.ts';
import { judgeCall, type EvidenceReadings, type Judgement } from './first-contact.ts';
import type { Lead } from './lead.ts';
import type { Tenure } from './tenure.ts';

/** The readings of the version in force when the tenure began: a later version does not judge an earlier term. */
export function evidenceReadings(
  deciding: Deciding,
  at: Instant,
): EvidenceReadings & { readonly messageCounts: boolean } {
  const rules = deciding.rulesAt(at);
  return {
    evidence: rules.reading('contact-center-policy', 'contact.evidence'),
    ringSecondsMin: rules.reading('contact-center-policy', 'contact.ringSecondsMin'),
    talkSecondsMin: rules.reading('contact-center-policy', 'contact.talkSecondsMin'),
    messageCounts: rules.reading('contact-center-policy', 'contact.messageCounts'),
  };
}

export function judge(deciding: Deciding, call: Call, tenure: Tenure): Judgement {
  const term = { holder: tenure.person, from: tenure.since, dueAt: tenure.dueAt };
  return judgeCall(call, term, evidenceReadings(deciding, tenure.since));
}

/** A call of this tenure, begun in time, whose end the PBX has not told yet. */
export function callInProgress(deciding: Deciding, lead: Lead, tenure: Tenure): Call | undefined {
  return callsOfLead(deciding.world, lead.id).find((call) => judge(deciding, call, tenure) === 'in-progress');
}

/** Reading contact.evidence: pbx-and-crm asks for a note or grade by the advisor inside the term too. */
export function isNoted(deciding: Deciding, tenure: Tenure): boolean {
  if (evidenceReadings(deciding, tenure.since).evidence !== 'pbx-and-crm') return true;
  return tenure.notedAt !== null && (tenure.dueAt === null || tenure.notedAt <= tenure.dueAt);
}

export interface Evidence {
  readonly kind: 'call' | 'message';
  readonly startedAt: Instant;
  readonly [particular: string]: string | number | boolean | null;
}

export function callEvidence(call: Call): Evidence {
  const { id, direction, startedAt, answered, ringSeconds, talkSeconds } = call;
  return { kind: 'call', call: id, direction, startedAt, answered, ringSeconds, talkSeconds };
}

/** Writes the first proven contact of a tenure, when the product learns of it. */
export function recordContact(deciding: Deciding, lead: Lead, tenure: Tenure, evidence: Evidence): void {
  const { person, since } = tenure;
  deciding.record({
    entry: 'lead.contacted',
    kind: 'decision',
    because: tenMinuteClauses(deciding.rules),
    lead: lead.id,
    contact: lead.contact,
    person,
    fields: { lead: lead.id, by: person, since, evidence: asJson(evidence) },
  });
}
