import type { Deciding } from '../decisions/index.ts';
import { interactionsOfLead } from '../follow-up/index.ts';
import { currentTenure, leadsOfContact, type Lead } from '../leads/index.ts';
import type { Instant } from '../platform/time.ts';
import { person } from '../staff/index.ts';
import type { Claim } from './claim.ts';
import { claimsOnPerson, incubationsOfLead } from './claims-slice.ts';
import { businessCalendar, figuresOf } from './clauses.ts';
import type { Outcome, RulingCase } from './ruling.ts';
import type { Period } from './terms.ts';
import type { Interaction } from './what-counts.ts';

/** What of a claim its ruling looks at; a lead's protection is the same, as if somebody asked now. */
export type Asked = Pick<
  Claim,
  'id' | 'requestedAt' | 'askedAt' | 'holder' | 'requester' | 'evidence' | 'signatures'
>;

/** What a claim rests on, gathered: what the product recorded with the person, what was shown, and the rules at the request. */
export function caseOf(
  deciding: Pick<Deciding, 'world' | 'organization' | 'rulesAt' | 'now'>,
  claim: Asked,
  lead: Lead,
): RulingCase {
  const { world, organization } = deciding;
  const rules = deciding.rulesAt(claim.requestedAt);
  const holder = lead.holder ?? previousHolder(lead);
  const notifiedAt = claim.askedAt ?? deciding.now;
  const leads = samePerson(deciding, lead);
  return {
    zone: organization.zone,
    business: businessCalendar(rules, organization),
    readings: {
      'extension.from': rules.reading('lead-reassignment', 'extension.from'),
      'clock.72h': rules.reading('lead-reassignment', 'clock.72h'),
      'firstContact.needs': rules.reading('lead-reassignment', 'firstContact.needs'),
    },
    figures: figuresOf(rules),
    holder: holder ?? '',
    holderCurrent: holder !== null && person(world, holder)?.leftAt === null,
    heldFrom: personHeldFrom(deciding, lead),
    notifiedAt,
    agreed: agreedOutcome(claim, lead),
    incubations: leads
      .flatMap((id) => incubationsOfLead(world, id))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    interactions: [...leads.flatMap((id) => recorded(deciding, id)), ...shown(claim)],
    frozen: earlierFreezes(deciding, claim, lead),
  };
}

/** A claim that is over is shown as it was ruled on: whose the lead was then, and what there was by then. */
export function caseThen(
  deciding: Pick<Deciding, 'world' | 'organization' | 'rulesAt' | 'now'>,
  claim: Claim,
  lead: Lead,
): RulingCase {
  const { askedAt, releasedAt, holder } = claim;
  if (askedAt === null || releasedAt === null || holder === null) return caseOf(deciding, claim, lead);
  const tenures = lead.tenures.filter(({ since }) => since <= askedAt);
  const given = caseOf(deciding, claim, { ...lead, holder, tenures });
  return { ...given, interactions: given.interactions.filter(({ at }) => at === null || at <= releasedAt) };
}

function samePerson({ world }: Pick<Deciding, 'world'>, lead: Lead): string[] {
  const others = lead.contact === null ? [] : leadsOfContact(world, lead.contact).map(({ id }) => id);
  return [...new Set([lead.id, ...others])];
}

function previousHolder(lead: Lead): string | null {
  return lead.tenures.findLast(({ voidAt }) => voidAt === null)?.person ?? null;
}

/**
 * R4 runs from the registration; for a holder who was given the lead later, from then. One who had it before an import, or
 * from whom only a merge made in error had taken it, has had it since before.
 */
export function heldFrom(lead: Lead): Instant {
  const tenure = currentTenure(lead) ?? lead.tenures.findLast(({ voidAt }) => voidAt === null);
  if (tenure === undefined || tenure.by === 'import') return lead.receivedAt;
  if (tenure.by !== 'unmerged') return tenure.since;
  return lead.tenures.find(({ person: who }) => who === tenure.person)?.since ?? tenure.since;
}

/** Somebody who comes in again brings no new term: the holder has had the person since the first of their leads. */
function personHeldFrom({ world }: Pick<Deciding, 'world'>, lead: Lead): Instant {
  const own = heldFrom(lead);
  if (lead.contact === null || lead.holder === null) return own;
  return leadsOfContact(world, lead.contact)
    .filter(({ holder }) => holder === lead.holder)
    .map(heldFrom)
    .reduce((first, since) => (since < first ? since : first), own);
}

function recorded({ world }: Pick<Deciding, 'world'>, lead: string): Interaction[] {
  return interactionsOfLead(world, lead).map((each) => ({
    id: each.id,
    at: each.at,
    by: each.direction === 'in' && each.channel !== 'call' ? null : each.by,
    direction: each.direction,
    channel: each.channel,
    answered: each.answered,
    verifiable: each.verifiable,
    recorded: true,
  }));
}

/** The holder sent it; what came in is the client's. */
function shown(claim: Asked): Interaction[] {
  return claim.evidence.map(({ number, at, direction, channel, verifiable, answered, by }) => ({
    id: `evidence:${number}`,
    at,
    by: direction === 'out' ? by : null,
    direction,
    channel,
    answered,
    verifiable,
    recorded: false,
  }));
}

/** R10: both have signed the same. */
function agreedOutcome(claim: Asked, lead: Lead): Outcome | null {
  const holder = lead.holder ?? claim.holder;
  const own = claim.signatures.find(({ person: who }) => who === holder);
  const other = claim.signatures.find(({ person: who }) => who === claim.requester);
  if (own === undefined || other === undefined || own.holder !== other.holder) return null;
  return own.holder === claim.requester ? 'reassign' : 'keep';
}

function earlierFreezes({ world }: Pick<Deciding, 'world'>, claim: Asked, lead: Lead): Period[] {
  return claimsOnPerson(world, lead.contact, lead.id)
    .filter(({ id, askedAt }) => id !== claim.id && askedAt !== null)
    .flatMap(({ askedAt, releasedAt }) => (askedAt === null ? [] : [{ from: askedAt, to: releasedAt }]));
}
