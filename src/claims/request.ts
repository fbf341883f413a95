import { localDate } from '../calendar/index.ts';
import type { Deciding, Refusal } from '../decisions/index.ts';
import { lead as leadOf, type Lead } from '../leads/index.ts';
import { houseRule } from '../procedures/index.ts';
import { mayHoldLeads, person } from '../staff/index.ts';
import { isPending } from './claim.ts';
import { claim as claimOf, pendingOnPerson } from './claims-slice.ts';
import { cited, rulingDue } from './clauses.ts';
import { close, judge } from './decide-claim.ts';
import { flagEditsBefore } from './edits.ts';
import type { ClaimRequested, ClaimWithdrawn } from './facts.ts';
import { clausesOfMissing, missingParts } from './incomplete.ts';
import { tellControl, tellOne } from './told.ts';

/** L2, L6: somebody asks for a lead that another holds. Incomplete it goes back at once; complete it opens the claim. */
export function requestClaim(fact: ClaimRequested, deciding: Deciding): Refusal | void {
  const { rules, now, organization } = deciding;
  const lead = leadOf(deciding.world, fact.lead);
  const impossible = whyNotRequested(fact, deciding, lead);
  if (impossible !== null || lead === undefined) return impossible ?? NO_LEAD;
  const { claim: id, by, email, phone, name, source, sourceImageDatedOn, sourceImage = null } = fact;
  deciding.record({
    entry: 'claim.requested',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: by,
    fields: {
      claim: id,
      lead: lead.id,
      by,
      sourceImageDatedOn,
      sourceImage,
      sourceImageSha256: fact.sourceImageSha256 ?? null,
      firstContactShown: fact.firstContactShown,
    },
    personal: { email, phone, name, source },
  });
  const missing = missingParts(fact, localDate(now, organization.zone));
  const waitsFor = pendingOnPerson(deciding.world, lead.contact, lead.id).find((each) => each.id !== id);
  const because =
    missing.length > 0
      ? cited(rules, 'lead-reassignment', ...clausesOfMissing(missing))
      : cited(rules, 'lead-reassignment', 'L2', 'R2');
  const dueAt =
    waitsFor === undefined && rules.reading('lead-reassignment', 'ruling.from') === 'request'
      ? rulingDue(rules, organization, now)
      : null;
  const ofClaim = { kind: 'decision', because, lead: lead.id, contact: lead.contact, person: by } as const;
  if (missing.length > 0)
    deciding.record({ ...ofClaim, entry: 'claim.returned', fields: { claim: id, lead: lead.id, missing } });
  else
    deciding.record({
      ...ofClaim,
      entry: 'claim.opened',
      fields: { claim: id, lead: lead.id, dueAt, waitsFor: waitsFor?.id ?? null },
    });
  const claim = claimOf(deciding.world, id);
  if (claim === undefined) return undefined;
  if (missing.length > 0) {
    tellOne(deciding, claim, by, 'claim.returned', because, { missing });
    return undefined;
  }
  tellOne(deciding, claim, by, 'claim.received', because, { dueAt });
  tellControl(deciding, claim, 'claim.opened', because, { dueAt });
  flagEditsBefore(deciding, lead, id);
  judge(deciding, id, false);
  return undefined;
}

const NO_LEAD: Refusal = { refused: 'no-such-lead', because: [houseRule('facts')] };

function whyNotRequested(
  { claim: id, by }: ClaimRequested,
  { world, rules }: Deciding,
  lead: Lead | undefined,
): Refusal | null {
  const facts = [houseRule('facts')];
  if (lead === undefined) return NO_LEAD;
  if (rules.cite('lead-reassignment', 'L2') === null)
    return { refused: 'no-claims-procedure', because: facts };
  const asker = person(world, by);
  if (asker === undefined || !mayHoldLeads(asker)) return { refused: 'no-such-person', because: facts };
  if (lead.stage === 'refused') return { refused: 'lead-refused', because: facts };
  if (lead.holder === by) return { refused: 'already-holder', because: facts };
  // A lead that nobody has held yet goes by turn: there is nobody to claim it from.
  if (lead.tenures.length === 0) return { refused: 'nobody-holds', because: facts };
  const before = claimOf(world, id);
  if (before !== undefined && (before.state !== 'returned' || before.requester !== by))
    return { refused: 'claim-exists', because: facts };
  const own = pendingOnPerson(world, lead.contact, lead.id).find(
    (each) => each.requester === by && each.id !== id,
  );
  return own === undefined
    ? null
    : { refused: 'lead-under-claim', because: facts, detail: { claim: own.id } };
}

export function withdrawClaim({ claim: id, by }: ClaimWithdrawn, deciding: Deciding): Refusal | void {
  const claim = claimOf(deciding.world, id);
  if (claim === undefined) return { refused: 'no-such-claim', because: [houseRule('facts')] };
  const because = [houseRule('claims')];
  if (claim.requester !== by) return { refused: 'not-requester', because };
  if (!isPending(claim)) return { refused: 'claim-over', because };
  deciding.record({
    entry: 'claim.withdrawn',
    kind: 'fact',
    because: [],
    lead: claim.lead,
    contact: leadOf(deciding.world, claim.lead)?.contact ?? null,
    person: by,
    fields: { claim: id, lead: claim.lead, by },
  });
  close(deciding, claim, 'withdrawn');
  return undefined;
}
