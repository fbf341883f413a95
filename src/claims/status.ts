import type { Deciding, Refusal } from '../decisions/index.ts';
import { lead as leadOf } from '../leads/index.ts';
import { houseRule } from '../procedures/index.ts';
import { person, type Role } from '../staff/index.ts';
import type { Claim } from './claim.ts';
import { claim as claimOf } from './claims-slice.ts';
import { cited, evidenceDue, rulingDue } from './clauses.ts';
import { close, exceptWhereDue, judge } from './decide-claim.ts';
import type { StatusAsked } from './facts.ts';
import { freeze } from './freeze.ts';
import { tellOne } from './told.ts';

/** Who acts for the control area; the administrator where the organization has nobody in it. */
const CONTROL: ReadonlySet<Role> = new Set<Role>(['control', 'administrator']);

export function actsForControl({ world }: Pick<Deciding, 'world'>, id: string): boolean {
  const known = person(world, id);
  return known !== undefined && known.leftAt === null && CONTROL.has(known.role);
}

export function claimAbout(
  deciding: Deciding,
  id: string,
  states: readonly Claim['state'][],
): { claim: Claim } | { refusal: Refusal } {
  const claim = claimOf(deciding.world, id);
  if (claim === undefined) return { refusal: { refused: 'no-such-claim', because: [houseRule('facts')] } };
  if (states.includes(claim.state)) return { claim };
  return {
    refusal: { refused: NOT_NOW[claim.state], because: cited(deciding.rules, 'lead-reassignment', 'L8') },
  };
}

const NOT_NOW: Readonly<Record<Claim['state'], string>> = {
  returned: 'claim-returned',
  waiting: 'claim-waits',
  open: 'status-not-asked',
  asked: 'not-proposed',
  proposed: 'already-proposed',
  ruled: 'already-ruled',
  appealed: 'already-ruled',
  closed: 'claim-over',
};

/** L3, L4: the holder is told and has the day to show the follow-up; from now on nobody contacts the person. */
export function askStatus({ claim: id, by }: StatusAsked, deciding: Deciding): Refusal | void {
  const about = claimAbout(deciding, id, ['open']);
  if ('refusal' in about) {
    const asked = claimOf(deciding.world, id)?.askedAt != null;
    return asked ? { ...about.refusal, refused: 'already-asked' } : about.refusal;
  }
  const { claim } = about;
  const { now, organization, world } = deciding;
  if (!actsForControl(deciding, by))
    return { refused: 'not-control', because: cited(deciding.rules, 'lead-reassignment', 'L4') };
  const lead = leadOf(world, claim.lead);
  if (lead === undefined) return { refused: 'no-such-lead', because: [houseRule('facts')] };
  const rules = deciding.rulesAt(claim.requestedAt);
  const evidenceDueAt = evidenceDue(rules, organization, now);
  const fromStatus = rules.reading('lead-reassignment', 'ruling.from') === 'status';
  deciding.record({
    entry: 'claim.statusAsked',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: lead.holder,
    fields: {
      claim: id,
      lead: lead.id,
      by,
      holder: lead.holder,
      evidenceDueAt,
      dueAt: fromStatus ? rulingDue(rules, organization, now) : claim.rulingDueAt,
    },
  });
  const asked = claimOf(world, id) ?? claim;
  if (lead.holder === claim.requester) {
    // It came to the one who asked by another way meanwhile.
    close(deciding, asked, 'requester-holds');
    return undefined;
  }
  freeze(deciding, asked, lead, null);
  exceptWhereDue(deciding, id);
  if (lead.holder !== null)
    tellOne(
      deciding,
      asked,
      lead.holder,
      'claim.status-asked',
      cited(rules, 'lead-reassignment', 'L3', 'R3'),
      {
        dueAt: evidenceDueAt,
      },
    );
  judge(deciding, id, false);
  return undefined;
}
