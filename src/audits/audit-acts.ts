import { localMonth } from '../calendar/index.ts';
import { tell, type Deciding, type DueDeadline, type Fact, type Refusal } from '../decisions/index.ts';
import { handBack, handOverAll } from '../leads/index.ts';
import { hearingDueAt, judgesOf, whyNotRule } from '../money/index.ts';
import { houseRule, type Rules } from '../procedures/index.ts';
import { directionFor, managerOf, person, placeOf } from '../staff/index.ts';
import { audit as auditOf, type Audit, type Checked, type Finding } from './audit.ts';

export interface AuditRecorded extends Fact {
  readonly fact: 'audit.recorded';
  readonly audit: string;
  readonly person: string;
  readonly finding: Finding;
  readonly by: string;
  readonly lead?: string | null;
  readonly call?: string | null;
  readonly week?: string | null;
  readonly checklist?: { readonly [item: string]: Checked };
  readonly note?: string | null;
}

export interface AuditAnswered extends Fact {
  readonly fact: 'audit.answered';
  readonly audit: string;
  readonly by: string;
  readonly reasons: string;
}

export interface AuditRuled extends Fact {
  readonly fact: 'audit.ruled';
  readonly audit: string;
  readonly by: string;
  readonly outcome: 'upheld' | 'overturned';
  readonly reasons: string;
}

export const AUDIT_SUBJECT = 'audit:';

/** lead-assignment P11, with the product's own rule where it is not in force. */
function auditClauses(rules: Rules): string[] {
  return [rules.cite('lead-assignment', 'P11') ?? houseRule('audits')];
}

/** What an audit found. Bad care takes the person off the roster and out of the turn at this instant (P11). */
export function recordAudit(fact: AuditRecorded, deciding: Deciding): Refusal | void {
  const { world, rules } = deciding;
  const because = auditClauses(rules);
  const audited = person(world, fact.person);
  if (audited === undefined || person(world, fact.by) === undefined)
    return { refused: 'no-such-person', because };
  if (fact.by === fact.person) return { refused: 'own-case', because };
  if (auditOf(world, fact.audit) !== undefined) return { refused: 'audit-exists', because };
  const { audit, finding, by, lead = null, call = null, week = null, checklist = {}, note = null } = fact;
  const isBad = finding === 'bad-care' && rules.cite('lead-assignment', 'P11') !== null;
  const dueAt = isBad ? hearingDueAt(deciding) : null;
  deciding.record({
    entry: 'audit.recorded',
    kind: 'fact',
    because: [],
    lead,
    person: fact.person,
    fields: {
      audit,
      person: fact.person,
      finding,
      by,
      lead,
      call,
      week,
      checklist: { ...checklist },
      hearingDueAt: dueAt,
    },
    ...(note === null ? {} : { personal: { note } }),
  });
  if (isBad) remove(deciding, audit, fact.person, because);
  return undefined;
}

function remove(deciding: Deciding, audit: string, who: string, because: readonly string[]): void {
  const month = localMonth(deciding.now, deciding.organization.zone);
  const place = placeOf(deciding.world, month, who);
  // Off already: by an earlier audit, which still stands; there is nothing more to take.
  if (place?.removedAt == null) {
    deciding.record({
      entry: 'advisor.removed',
      kind: 'decision',
      because,
      person: who,
      fields: { person: who, month, why: 'bad-care', audit },
    });
    const handedOver = handOverAll(deciding, who);
    if (handedOver.length > 0)
      deciding.record({
        entry: 'audit.handed-over',
        kind: 'decision',
        because,
        person: who,
        fields: { audit, person: who, handedOver: handedOver.map(({ lead, since }) => ({ lead, since })) },
      });
  }
  const dueAt = auditOf(deciding.world, audit)?.hearingDueAt ?? null;
  for (const to of concerned(deciding, who))
    tell(deciding, { to, about: 'advisor.removed', because, values: { audit, person: who, month, dueAt } });
}

/** The person, the manager and the direction. */
function concerned(deciding: Deciding, who: string): ReadonlySet<string> {
  const manager = managerOf(deciding.world, who);
  const direction = directionFor(deciding.world, who).map(({ id }) => id);
  return new Set([who, ...(manager === undefined ? [] : [manager.id]), ...direction]);
}

export function answerAudit(fact: AuditAnswered, deciding: Deciding): Refusal | void {
  const known = auditOf(deciding.world, fact.audit);
  const because = auditClauses(deciding.rules);
  if (known === undefined) return { refused: 'no-such-audit', because: [houseRule('facts')] };
  if (fact.by !== known.person) return { refused: 'not-your-case', because };
  if (known.finding !== 'bad-care' || known.ruledAt !== null) return { refused: 'audit-closed', because };
  if (known.answeredAt !== null) return { refused: 'audit-answered', because };
  deciding.record({
    entry: 'audit.answered',
    kind: 'fact',
    because: [],
    lead: known.lead,
    person: known.person,
    fields: { audit: known.id, by: fact.by },
    personal: { reasons: fact.reasons },
  });
  askJudges(deciding, known, because);
  return undefined;
}

function askJudges(deciding: Deciding, { id, person: about }: Audit, because: readonly string[]): void {
  for (const judge of judgesOf(deciding, about))
    tell(deciding, { to: judge.id, about: 'audit.to-rule', because, values: { audit: id, person: about } });
}

export function auditHearingOver(deadline: DueDeadline, deciding: Deciding): void {
  const known = auditOf(deciding.world, deadline.subject.slice(AUDIT_SUBJECT.length));
  if (known === undefined) return;
  const because = [houseRule('hearing')];
  deciding.record({
    entry: 'audit.hearing-closed',
    kind: 'decision',
    because,
    lead: known.lead,
    person: known.person,
    fields: { audit: known.id, person: known.person, dueAt: deadline.dueAt },
  });
  askJudges(deciding, known, because);
}

/** Another person than who audited upholds or overturns it. Overturned, the roster and the leads nobody else has reached come back. */
export function ruleAudit(fact: AuditRuled, deciding: Deciding): Refusal | void {
  const known = auditOf(deciding.world, fact.audit);
  const because = auditClauses(deciding.rules);
  if (known === undefined) return { refused: 'no-such-audit', because: [houseRule('facts')] };
  if (known.finding !== 'bad-care' || known.ruledAt !== null) return { refused: 'audit-closed', because };
  const impossible =
    whyNotRule(deciding, fact.by, known.person) ??
    (fact.by === known.auditedBy ? 'own-audit' : null) ??
    (fact.reasons.trim() === '' ? 'reasons-missing' : null);
  if (impossible !== null) return { refused: impossible, because };
  const common = { lead: known.lead, person: known.person };
  deciding.record({
    entry: 'audit.ruled',
    kind: 'fact',
    because: [],
    ...common,
    fields: { audit: known.id, by: fact.by, outcome: fact.outcome },
    personal: { reasons: fact.reasons },
  });
  const stands = fact.outcome === 'upheld';
  deciding.record({
    entry: stands ? 'audit.upheld' : 'audit.overturned',
    kind: 'decision',
    because,
    ...common,
    fields: { audit: known.id, person: known.person, by: fact.by },
    personal: { reasons: fact.reasons },
  });
  if (!stands) restore(deciding, known, because);
  else
    for (const to of concerned(deciding, known.person))
      tell(deciding, {
        to,
        about: 'audit.decided',
        because,
        values: { audit: known.id, person: known.person },
      });
  return undefined;
}

function restore(deciding: Deciding, known: Audit, because: readonly string[]): void {
  const { id, person: who, month, removed, handedOver } = known;
  if (!removed || month === null) return;
  deciding.record({
    entry: 'advisor.restored',
    kind: 'decision',
    because,
    person: who,
    fields: { person: who, month, audit: id },
  });
  handBack(deciding, who, handedOver, because);
  for (const to of concerned(deciding, who))
    tell(deciding, { to, about: 'advisor.restored', because, values: { audit: id, person: who, month } });
}
