import type { Deciding } from '../decisions/index.ts';
import { giveByRuling, lead as leadOf, type Lead } from '../leads/index.ts';
import { creditSale, salesOfLead } from '../money/index.ts';
import { person } from '../staff/index.ts';
import { caseOf } from './case-of.ts';
import { isPending, type Claim } from './claim.ts';
import { claim as claimOf, pendingOnPerson } from './claims-slice.ts';
import { cited, rulingDue } from './clauses.ts';
import { exceptHolder, freeze, leadsOfPerson, release } from './freeze.ts';
import { exceptionEnd, rule, type Line, type Outcome, type Ruling } from './ruling.ts';
import { tellControl, tellOne, tellParties } from './told.ts';

/** Lines that wait for no evidence: 2 and 3 at any moment before the ruling, 4 and 5 once the status is asked. */
const BEFORE_STATUS: ReadonlySet<Line> = new Set<Line>([2, 3]);
const AT_ONCE: ReadonlySet<Line> = new Set<Line>([2, 3, 4, 5]);

/** What a claim is about, as it stands now; null once it is over, or the lead is gone. */
export function pendingClaim(deciding: Deciding, id: string): { claim: Claim; lead: Lead } | null {
  const claim = claimOf(deciding.world, id);
  const lead = claim === undefined ? undefined : leadOf(deciding.world, claim.lead);
  return claim === undefined || lead === undefined || !isPending(claim) ? null : { claim, lead };
}

/** Looks whether a line applies that waits for nothing; proposes it then, or after the evidence is due. */
export function judge(deciding: Deciding, id: string, evidenceIsIn: boolean): void {
  const pending = pendingClaim(deciding, id);
  if (pending === null || pending.claim.state === 'waiting') return;
  const { claim, lead } = pending;
  const ruled = rule(caseOf(deciding, claim, lead));
  if (BEFORE_STATUS.has(ruled.line)) {
    // An agreement or a departure after the proposal takes its place.
    if (claim.state !== 'proposed' || claim.line !== ruled.line) propose(deciding, claim, lead, ruled);
    return;
  }
  if (claim.state !== 'asked') return;
  if (evidenceIsIn || AT_ONCE.has(ruled.line)) propose(deciding, claim, lead, ruled);
}

function propose(deciding: Deciding, claim: Claim, lead: Lead, ruled: Ruling): void {
  const rules = deciding.rulesAt(claim.requestedAt);
  const because = cited(rules, 'lead-reassignment', ...ruled.clauses, 'L8');
  const holder = lead.holder ?? lead.tenures.at(-1)?.person ?? null;
  const counted = ruled.judged.filter((each) => each.counts);
  deciding.record({
    entry: 'claim.proposed',
    kind: 'decision',
    actor: 'clock',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: holder,
    fields: {
      claim: claim.id,
      lead: lead.id,
      outcome: ruled.outcome,
      line: ruled.line,
      holder,
      unmet: [...ruled.unmet],
      counted: counted.map(({ interaction }) => interaction.id),
      followUps: counted.filter((each) => each.followUp).length,
    },
  });
  const automatic = rules.reading('lead-reassignment', 'ruling.automatic');
  if (automatic.includes(ruled.line))
    takeEffect(deciding, claim.id, { outcome: ruled.outcome, by: 'clock', reasons: null });
  else
    tellControl(deciding, claim, 'claim.proposed', because, {
      outcome: ruled.outcome,
      line: ruled.line,
      dueAt: claim.rulingDueAt,
    });
}

export interface Decision {
  readonly outcome: Outcome;
  /** A person, or `clock`. */
  readonly by: string;
  readonly reasons: string | null;
}

/** The ruling and what follows it: the freeze ends, the lead is where it belongs, and both parties know. */
export function takeEffect(deciding: Deciding, id: string, { outcome, by, reasons }: Decision): void {
  const pending = pendingClaim(deciding, id);
  if (pending === null) return;
  const { claim, lead } = pending;
  const rules = deciding.rulesAt(claim.requestedAt);
  const otherwise = outcome !== claim.outcome;
  const because = otherwise ? cited(rules, 'lead-reassignment', 'R9') : [...claim.because];
  deciding.record({
    entry: 'claim.ruled',
    kind: 'decision',
    actor: by,
    because,
    lead: lead.id,
    contact: lead.contact,
    person: lead.holder,
    fields: {
      claim: claim.id,
      lead: lead.id,
      outcome,
      line: claim.line,
      by,
      otherwise,
      holder: lead.holder ?? claim.holder,
      to: outcome === 'reassign' ? claim.requester : lead.holder,
    },
    ...(reasons === null ? {} : { personal: { reasons } }),
  });
  if (outcome === 'reassign') {
    moveTo(deciding, claim, lead, claim.requester, because);
    creditTo(deciding, claim, lead, claim.requester, because);
  }
  finish(deciding, claim, because);
  tellParties(deciding, claimOf(deciding.world, id) ?? claim, 'claim.ruled', because, {
    outcome,
    line: claim.line,
  });
}

/** Every lead of the person that the loser holds, or that nobody does: who has one may write to the person (L7). */
export function moveTo(
  deciding: Deciding,
  claim: Claim,
  lead: Lead,
  to: string,
  because: readonly string[],
): void {
  const from = lead.holder;
  const l7 = [...because, ...cited(deciding.rulesAt(claim.requestedAt), 'lead-reassignment', 'L7')];
  for (const each of leadsOfPerson(deciding, lead)) {
    const gone = each.holder !== null && person(deciding.world, each.holder)?.leftAt !== null;
    const same = each.id === lead.id || each.holder === from || gone;
    const isOver = each.id !== lead.id && (each.stage === 'refused' || each.status === 'closed');
    if (same && !isOver) giveByRuling(deciding, each.id, to, [...new Set(l7)]);
  }
}

/** The commission of what the loser has closed on the lead follows the ruling; the difference is shown, nothing rewritten. */
export function creditTo(
  deciding: Deciding,
  claim: Claim,
  lead: Lead,
  to: string,
  because: readonly string[],
): void {
  const from = to === claim.requester ? (lead.holder ?? claim.holder) : claim.requester;
  for (const sale of salesOfLead(deciding.world, lead.id))
    if (sale.canceledAt === null && sale.seller === from)
      creditSale(deciding, { sale: sale.id, to, because, claim: claim.id });
}

/** Nothing is frozen for this claim any more, and the one that waited for it goes on. */
export function finish(deciding: Deciding, claim: Claim, because: readonly string[]): void {
  const lead = leadOf(deciding.world, claim.lead);
  if (lead === undefined) return;
  release(deciding, claim, lead, because);
  const next = pendingOnPerson(deciding.world, lead.contact, lead.id).find(
    ({ state }) => state === 'waiting',
  );
  if (next !== undefined) resume(deciding, next, lead);
}

/** The second claim on a person: its terms begin now. Who asked may have the lead already, by the first ruling. */
function resume(deciding: Deciding, claim: Claim, lead: Lead): void {
  const { now, organization } = deciding;
  const own = leadOf(deciding.world, claim.lead) ?? lead;
  if (own.holder === claim.requester) return close(deciding, claim, 'requester-holds');
  const rules = deciding.rulesAt(claim.requestedAt);
  const fromRequest = rules.reading('lead-reassignment', 'ruling.from') === 'request';
  const because = cited(rules, 'lead-reassignment', 'L7');
  const dueAt = fromRequest ? rulingDue(rules, organization, now) : null;
  deciding.record({
    entry: 'claim.resumed',
    kind: 'decision',
    because,
    lead: own.id,
    contact: own.contact,
    person: claim.requester,
    fields: { claim: claim.id, lead: own.id, dueAt },
  });
  tellControl(deciding, claim, 'claim.opened', because, { dueAt });
  judge(deciding, claim.id, false);
}

/** A claim that ends without a ruling: withdrawn, or there is nobody left to rule for. */
export function close(
  deciding: Deciding,
  claim: Claim,
  why: 'withdrawn' | 'requester-left' | 'requester-holds',
): void {
  const lead = leadOf(deciding.world, claim.lead);
  const because = cited(deciding.rulesAt(claim.requestedAt), 'lead-reassignment', 'R9');
  deciding.record({
    entry: 'claim.closed',
    kind: 'decision',
    because,
    lead: claim.lead,
    contact: lead?.contact ?? null,
    person: claim.requester,
    fields: { claim: claim.id, lead: claim.lead, why },
  });
  finish(deciding, claim, because);
  if (claim.askedAt !== null && claim.holder !== null)
    tellOne(deciding, claim, claim.holder, 'claim.closed', because, { why });
  tellControl(deciding, claim, 'claim.closed', because, { why });
}

/**
 * R6 in the reading extension.from: notification. Once the evidence shows the first contact and nothing later, the holder
 * alone may contact until the 36 hours after the notification are over, and the proposal waits for them.
 */
export function exceptWhereDue(deciding: Deciding, id: string): void {
  const pending = pendingClaim(deciding, id);
  if (pending === null || pending.claim.state !== 'asked' || pending.claim.exceptedUntil !== null) return;
  const { claim, lead } = pending;
  const until = exceptionEnd(caseOf(deciding, claim, lead));
  if (until === null || until <= deciding.now) return;
  const due = claim.rulingDueAt;
  deciding.record({
    entry: 'claim.holder-excepted',
    kind: 'decision',
    because: cited(deciding.rulesAt(claim.requestedAt), 'lead-reassignment', 'R6'),
    lead: lead.id,
    contact: lead.contact,
    person: claim.holder,
    // Nobody is late for hours that the procedure itself gives.
    fields: { claim: claim.id, lead: lead.id, until, dueAt: due !== null && due < until ? until : due },
  });
  if (lead.frozenAt === null) freeze(deciding, claim, lead, until);
  else exceptHolder(deciding, claim, lead, until);
}
