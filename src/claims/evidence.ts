import type { Deciding, DueDeadline, Refusal } from '../decisions/index.ts';
import { asJson } from '../decisions/index.ts';
import { lead as leadOf } from '../leads/index.ts';
import { houseRule } from '../procedures/index.ts';
import { caseOf } from './case-of.ts';
import { claim as claimOf } from './claims-slice.ts';
import { cited } from './clauses.ts';
import { exceptWhereDue, judge, pendingClaim } from './decide-claim.ts';
import type { ClaimAgreed, EvidenceSent } from './facts.ts';
import { rule } from './ruling.ts';
import { claimAbout } from './status.ts';
import { tellOne } from './told.ts';

/** L3, L5: what the holder shows besides what the product recorded; declared complete, the ruling is proposed at once. */
export function sendEvidence(fact: EvidenceSent, deciding: Deciding): Refusal | void {
  const about = claimAbout(deciding, fact.claim, ['asked']);
  if ('refusal' in about) {
    const due = claimOf(deciding.world, fact.claim)?.evidenceDueAt ?? null;
    const late = due !== null && deciding.now > due;
    return late
      ? { refused: 'evidence-late', because: cited(deciding.rules, 'lead-reassignment', 'R3') }
      : about.refusal;
  }
  const { claim } = about;
  const lead = leadOf(deciding.world, claim.lead);
  if (claim.holder !== fact.by)
    return { refused: 'not-holder', because: cited(deciding.rules, 'lead-reassignment', 'L3') };
  if (claim.evidenceDueAt !== null && deciding.now > claim.evidenceDueAt)
    return { refused: 'evidence-late', because: cited(deciding.rules, 'lead-reassignment', 'R3') };
  const first = claim.evidence.length + 1;
  deciding.record({
    entry: 'evidence.sent',
    kind: 'fact',
    because: [],
    lead: claim.lead,
    contact: lead?.contact ?? null,
    person: fact.by,
    fields: {
      claim: claim.id,
      lead: claim.lead,
      by: fact.by,
      interactions: fact.interactions.map((each, place) => ({ number: first + place, ...each })),
      complete: fact.complete,
    },
  });
  exceptWhereDue(deciding, claim.id);
  const now = claimOf(deciding.world, claim.id);
  if (fact.complete && now?.exceptedUntil == null) judge(deciding, claim.id, true);
  return undefined;
}

/** The day is over, or the hours in which the holder alone could follow up: what there is decides. */
export function evidenceOver({ dueAt }: DueDeadline, deciding: Deciding, id: string): void {
  const pending = pendingClaim(deciding, id);
  if (pending === null || pending.claim.state !== 'asked') return;
  const { claim, lead } = pending;
  const nothing = !rule(caseOf(deciding, claim, lead)).judged.some((each) => each.counts);
  // What the product recorded need not be sent: late is only who has nothing to show.
  if (nothing && claim.holder !== null)
    deciding.record({
      entry: 'deadline.missed',
      kind: 'decision',
      because: cited(deciding.rulesAt(claim.requestedAt), 'lead-reassignment', 'R3'),
      lead: lead.id,
      contact: lead.contact,
      person: claim.holder,
      fields: { what: 'evidence', who: claim.holder, claim: claim.id, lead: lead.id, dueAt },
    });
  judge(deciding, id, true);
}

/** Some hours before the evidence is due, to a holder who has not said that this is all. */
export function remindOfEvidence(deciding: Deciding, id: string): void {
  const pending = pendingClaim(deciding, id);
  if (pending === null || pending.claim.state !== 'asked') return;
  const { claim, lead } = pending;
  const because = cited(deciding.rulesAt(claim.requestedAt), 'lead-reassignment', 'R3');
  deciding.record({
    entry: 'claim.reminded',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: claim.holder,
    fields: { claim: claim.id, lead: lead.id, what: 'evidence', dueAt: claim.evidenceDueAt },
  });
  if (claim.holder !== null)
    tellOne(deciding, claim, claim.holder, 'claim.evidence-due', because, { dueAt: claim.evidenceDueAt });
}

/** R10: the parties sign whose it is to be; with both signatures on the same it is as agreed. */
export function agree(fact: ClaimAgreed, deciding: Deciding): Refusal | void {
  const about = claimAbout(deciding, fact.claim, ['waiting', 'open', 'asked', 'proposed']);
  if ('refusal' in about) return about.refusal;
  const { claim } = about;
  const because = cited(deciding.rules, 'lead-reassignment', 'R10');
  const lead = leadOf(deciding.world, claim.lead);
  if (lead === undefined) return { refused: 'no-such-lead', because: [houseRule('facts')] };
  const parties = [claim.requester, lead.holder ?? claim.holder ?? ''];
  if (!fact.signedBy.every((each) => parties.includes(each)) || fact.signedBy.length === 0)
    return { refused: 'not-a-party', because };
  if (!parties.includes(fact.holder)) return { refused: 'holder-not-a-party', because };
  deciding.record({
    entry: 'claim.agreed',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.holder,
    fields: { claim: claim.id, lead: lead.id, signedBy: asJson([...fact.signedBy]), holder: fact.holder },
  });
  judge(deciding, claim.id, false);
  const missing = parties.filter((each) => !signed(deciding, claim.id, each, fact.holder));
  for (const to of pendingClaim(deciding, claim.id) === null ? [] : missing)
    tellOne(deciding, claim, to, 'claim.sign', because, { holder: fact.holder });
  return undefined;
}

function signed({ world }: Deciding, id: string, who: string, holder: string): boolean {
  return (
    claimOf(world, id)?.signatures.some((each) => each.person === who && each.holder === holder) === true
  );
}
