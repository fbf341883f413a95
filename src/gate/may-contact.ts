/**
 * The one answer to "may this person be contacted now, so, for this?" (DESIGN, invariant 2). Pure: asked when a list is
 * built and again, with fresh facts, at the instant of dialing or sending.
 */
import type { Instant } from '../platform/time.ts';
import { lawsFor, type LawRule } from './law.ts';
import {
  consented,
  inLegalHours,
  lawfulChannel,
  notContactedToday,
  offRegister,
  sameChannelThisWeek,
} from './law-guards.ts';
import {
  authorizedChannel,
  byHolder,
  inAgreedHours,
  notErased,
  notFrozen,
  notOptedOut,
  registered,
  throughPbx,
  type Guard,
  type Refusal,
} from './procedure-guards.ts';
import type { ContactAnswer, ContactFacts, ContactRequest, GateRules } from './request.ts';

/**
 * The order decides which no is told when several hold, never whether it is a no.
 * First what concerns the person, whoever asks (an erased person has no facts left to judge by; an unregistered one
 * none yet; a freeze and an opt-out bind everybody, so telling "you are not the holder" would send people to a claim that
 * changes nothing). Then who asks, then how, then what the law forbids for good. Last what only time forbids: a refusal
 * with `until` must mean that waiting helps.
 */
const guards: readonly Guard[] = [
  notErased,
  registered,
  notFrozen,
  notOptedOut,
  byHolder,
  authorizedChannel,
  throughPbx,
  lawfulChannel,
  offRegister,
  consented,
  notContactedToday,
  sameChannelThisWeek,
  inLegalHours,
  inAgreedHours,
];

/** Windows that open in turn (a holiday, a lock on the channel, other hours) settle in a few steps or never. */
const DEFERRALS_MAX = 20;

type Judgement = Refusal | { passed: string[] };

function judge(
  request: ContactRequest,
  facts: ContactFacts,
  rules: GateRules,
  laws: readonly LawRule[],
): Judgement {
  const question = { request, facts, rules, laws: lawsFor(request, facts, laws) };
  const passed = new Set<string>();
  for (const guard of guards) {
    const verdict = guard(question);
    if ('why' in verdict) return verdict;
    for (const reference of verdict.passed) passed.add(reference);
  }
  return { passed: [...passed] };
}

/**
 * `rules` must cite the procedures in force at `request.at`; `laws` may be all rules there are, those in force for this
 * person, channel and purpose are picked here. `because` is never empty: clauses, law rules, or the gate's own rule
 * ('gate#nothing-forbids') where no procedure or law speaks.
 */
export function mayContact(
  request: ContactRequest,
  facts: ContactFacts,
  rules: GateRules,
  laws: readonly LawRule[],
): ContactAnswer {
  const judgement = judge(request, facts, rules, laws);
  if (!('why' in judgement)) {
    const because = judgement.passed.length > 0 ? judgement.passed : ['gate#nothing-forbids'];
    return { answer: 'allowed', because };
  }
  const { why, because } = judgement;
  const until = firstAllowed(judgement, (at) => judge({ ...request, at }, facts, rules, laws));
  return until === null ? { answer: 'refused', why, because } : { answer: 'refused', why, because, until };
}

/** Follows each guard's own `until` to an instant at which no guard refuses: tomorrow 00:00 is no use before 07:00. */
function firstAllowed(first: Refusal, judgeAt: (at: Instant) => Judgement): Instant | null {
  let { until = null } = first;
  for (let step = 0; step < DEFERRALS_MAX && until !== null; step += 1) {
    const next: Judgement = judgeAt(until);
    if (!('why' in next)) return until;
    until = next.until ?? null;
  }
  return null;
}
