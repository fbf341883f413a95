import type { Deciding, DueDeadline, Refusal } from '../decisions/index.ts';
import { lead as leadOf } from '../leads/index.ts';
import { houseRule } from '../procedures/index.ts';
import { mayHoldLeads, person, type Role } from '../staff/index.ts';
import type { Claim } from './claim.ts';
import { claim as claimOf } from './claims-slice.ts';
import { cited, rulingDue } from './clauses.ts';
import { creditTo, moveTo, pendingClaim, takeEffect } from './decide-claim.ts';
import type { AppealRuled, ClaimAppealed, ClaimConfirmed } from './facts.ts';
import { actsForControl, claimAbout } from './status.ts';
import { tellAbove, tellControl, tellParties } from './told.ts';

/** L8, R9: a person confirms what the product proposes, or decides otherwise with reasons in writing. */
export function confirmClaim(fact: ClaimConfirmed, deciding: Deciding): Refusal | void {
  const about = claimAbout(deciding, fact.claim, ['proposed']);
  if ('refusal' in about) return about.refusal;
  const { claim } = about;
  if (!actsForControl(deciding, fact.by))
    return { refused: 'not-control', because: cited(deciding.rules, 'lead-reassignment', 'L8') };
  const outcome = fact.outcome ?? claim.outcome;
  const reasons = fact.reasons?.trim() ?? '';
  if (outcome === null)
    return { refused: 'not-proposed', because: cited(deciding.rules, 'lead-reassignment', 'L8') };
  if (outcome !== claim.outcome && reasons === '')
    return { refused: 'reasons-missing', because: cited(deciding.rules, 'lead-reassignment', 'R9') };
  if (outcome === 'keep' && claim.line === 2)
    return { refused: 'holder-gone', because: cited(deciding.rules, 'lead-reassignment', 'L9') };
  recordAct(deciding, claim, 'claim.confirmed', fact.by, { outcome }, reasons);
  takeEffect(deciding, claim.id, { outcome, by: fact.by, reasons: reasons === '' ? null : reasons });
  return undefined;
}

/** The term of the ruling is over: the control area and those above it hear of it, once. */
export function rulingOver({ dueAt }: DueDeadline, deciding: Deciding, id: string): void {
  const claim = claimOf(deciding.world, id);
  if (claim === undefined) return;
  const rules = deciding.rulesAt(claim.requestedAt);
  const because = cited(rules, 'lead-reassignment', 'L7', 'R2');
  const who = claim.handler ?? 'control';
  deciding.record({
    entry: 'deadline.missed',
    kind: 'decision',
    because,
    lead: claim.lead,
    contact: leadOf(deciding.world, claim.lead)?.contact ?? null,
    person: claim.handler,
    fields: { what: 'ruling', who, claim: id, lead: claim.lead, dueAt },
  });
  tellControl(deciding, claim, 'claim.ruling-late', because, { dueAt });
  tellAbove(deciding, claim, 'claim.ruling-late', because, { dueAt });
}

/** How high somebody stands above a ruling: the clock and the control area rule, the others above may hear an appeal. */
const RANK: Readonly<Partial<Record<Role, number>>> = {
  control: 1,
  administrator: 2,
  director: 2,
  direction: 3,
};

function rankOf({ world }: Pick<Deciding, 'world'>, id: string): number {
  const known = person(world, id);
  return known === undefined || known.leftAt !== null ? 0 : (RANK[known.role] ?? 0);
}

/** Whether this one may rule on the appeal of a ruling made by that one. */
export function mayRuleOnAppeal(deciding: Pick<Deciding, 'world'>, by: string, ruledBy: string): boolean {
  const ruled = ruledBy === 'clock' ? 1 : Math.max(1, rankOf(deciding, ruledBy));
  return rankOf(deciding, by) > ruled;
}

/** Once, by one of the two parties, with reasons. The ruling stands meanwhile. */
export function appeal(fact: ClaimAppealed, deciding: Deciding): Refusal | void {
  const claim = claimOf(deciding.world, fact.claim);
  if (claim === undefined) return { refused: 'no-such-claim', because: [houseRule('facts')] };
  const because = [houseRule('appeal')];
  if (claim.appealedAt !== null) return { refused: 'already-appealed', because };
  if (claim.state !== 'ruled') return { refused: 'not-ruled', because };
  if (claim.line === 3 && !claim.otherwise)
    return { refused: 'agreed', because: cited(deciding.rules, 'lead-reassignment', 'R10') };
  if (fact.by !== claim.requester && fact.by !== claim.holder) return { refused: 'not-a-party', because };
  if (fact.reasons.trim() === '') return { refused: 'reasons-missing', because };
  const dueAt = rulingDue(deciding.rulesAt(claim.requestedAt), deciding.organization, deciding.now);
  recordAct(deciding, claim, 'claim.appealed', fact.by, { dueAt }, fact.reasons);
  const appealed = claimOf(deciding.world, claim.id) ?? claim;
  tellControl(deciding, appealed, 'claim.appealed', because, { dueAt });
  tellAbove(deciding, appealed, 'claim.appealed', because, { dueAt });
  return undefined;
}

export function ruleOnAppeal(fact: AppealRuled, deciding: Deciding): Refusal | void {
  const claim = claimOf(deciding.world, fact.claim);
  if (claim === undefined) return { refused: 'no-such-claim', because: [houseRule('facts')] };
  const because = [houseRule('appeal'), ...cited(deciding.rules, 'lead-reassignment', 'R9')];
  if (claim.state !== 'appealed') return { refused: 'not-appealed', because };
  if (!mayRuleOnAppeal(deciding, fact.by, claim.ruledBy ?? 'clock'))
    return { refused: 'appeal-rank-too-low', because };
  if (fact.reasons.trim() === '') return { refused: 'reasons-missing', because };
  const lead = leadOf(deciding.world, claim.lead);
  const to = fact.outcome === 'reassign' ? claim.requester : claim.holder;
  const moves = lead !== undefined && to !== null && lead.holder !== to;
  const receiver = to === null ? undefined : person(deciding.world, to);
  if (moves && (receiver === undefined || !mayHoldLeads(receiver)))
    return { refused: 'holder-gone', because };
  if (moves && lead.claims.length > 0) return { refused: 'lead-under-claim', because };
  recordAct(deciding, claim, 'claim.appeal-ruled', fact.by, { outcome: fact.outcome, to }, fact.reasons);
  if (moves) {
    moveTo(deciding, claim, lead, to, because);
    creditTo(deciding, claim, lead, to, because);
  }
  tellParties(deciding, claim, 'claim.appeal-ruled', because, { outcome: fact.outcome });
  return undefined;
}

type Act = 'claim.confirmed' | 'claim.appealed' | 'claim.appeal-ruled';

function recordAct(
  deciding: Deciding,
  claim: Claim,
  entry: Act,
  by: string,
  fields: { readonly [name: string]: string | null },
  reasons: string,
): void {
  deciding.record({
    entry,
    kind: 'fact',
    because: [],
    lead: claim.lead,
    contact: leadOf(deciding.world, claim.lead)?.contact ?? null,
    person: by,
    fields: { claim: claim.id, lead: claim.lead, by, ...fields },
    ...(reasons === '' ? {} : { personal: { reasons } }),
  });
}

/** Whoever is to confirm hears of it before the term ends, not after. */
export function remindOfRuling(deciding: Deciding, id: string): void {
  const pending = pendingClaim(deciding, id);
  if (pending === null) return;
  const { claim, lead } = pending;
  const because = cited(deciding.rulesAt(claim.requestedAt), 'lead-reassignment', 'L7');
  const { rulingDueAt: dueAt } = claim;
  deciding.record({
    entry: 'claim.reminded',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: claim.handler,
    fields: { claim: claim.id, lead: lead.id, what: 'ruling', dueAt },
  });
  tellControl(deciding, claim, 'claim.ruling-soon', because, { dueAt });
}
