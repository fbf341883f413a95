import {
  contact,
  doubt as doubtOf,
  doubtsBetween,
  earliest,
  firstContactOfPerson,
  keptOf,
  planMerge,
  standsFor,
  type Contact,
  type Doubt,
  type DoubtSettled,
  type MergedPair,
} from '../contacts/index.ts';
import { asJson, type Deciding, type Refusal, type World } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { duplicateClauses } from './clauses.ts';
import {
  administratorDecides,
  belongsTo,
  giveDuplicate,
  recordDuplicate,
  type Earlier,
} from './give-duplicate.ts';
import { releasePaced } from './held-release.ts';
import type { Lead } from './lead.ts';
import { countedTenures } from './tenure.ts';
import { lead as leadOf, leadsOfContact } from './leads-slice.ts';
import { waitForAdministrator } from './placing.ts';
import { returnTurns } from './turns-back.ts';

/**
 * Somebody has compared two people (contact-center-policy L9). Different: remembered, not asked again. The same: merged,
 * and the later lead is given as the duplicate it was. A doubt settled wrongly is settled again.
 */
export function settleDoubt(fact: DoubtSettled, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const because = [houseRule('identity')];
  const found = doubtMeant(world, fact);
  if (found === undefined) return { refused: 'no-such-doubt', because };
  const [one, other] = [standingFor(world, found.contact), standingFor(world, found.other)];
  if (one === undefined || other === undefined) return { refused: 'no-such-contact', because };
  if (one.erasedAt !== null || other.erasedAt !== null) return { refused: 'contact-erased', because };
  if (found.settledAt !== null && (one.id === other.id || found.outcome === fact.outcome))
    return { refused: 'already-settled', because };
  if (fact.outcome === 'different') {
    if (one.id === other.id) return { refused: 'already-merged', because };
    recordSettled(deciding, found.id, 'different');
    return undefined;
  }
  const pair = pairOf(world, one, other, fact.keep ?? null);
  if (pair === null) return { refused: 'not-of-this-doubt', because };
  recordSettled(deciding, found.id, 'same');
  if (one.id !== other.id) merge(deciding, found.id, pair);
  return undefined;
}

function doubtMeant(world: World, fact: DoubtSettled): Doubt | undefined {
  if (fact.doubt !== null) return doubtOf(world, fact.doubt);
  const one = fact.lead === null ? null : (leadOf(world, fact.lead)?.contact ?? null);
  const other = fact.of === null ? null : (leadOf(world, fact.of)?.contact ?? null);
  if (one === null || other === null) return undefined;
  const between = doubtsBetween(world, one, other);
  return between.find(({ settledAt }) => settledAt === null) ?? between.at(-1);
}

function standingFor(world: World, id: string): Contact | undefined {
  return contact(world, standsFor(world, id));
}

function pairOf(world: World, one: Contact, other: Contact, keep: string | null): MergedPair | null {
  if (keep === null) return keptOf(one, other, (each) => firstContactOfPerson(world, each.id).at);
  if (keep === one.id) return { kept: one, absorbed: other };
  return keep === other.id ? { kept: other, absorbed: one } : null;
}

function recordSettled(deciding: Deciding, doubt: string, outcome: 'same' | 'different'): void {
  const { lead = null, contact: id = null } = doubtOf(deciding.world, doubt) ?? {};
  deciding.record({
    entry: 'contact.doubt-settled',
    kind: 'fact',
    because: [],
    lead,
    contact: id,
    fields: { doubt, outcome },
  });
}

function merge(deciding: Deciding, doubt: string, pair: MergedPair): void {
  const { world, now } = deciding;
  const { kept, absorbed } = pair;
  const because = duplicateClauses(deciding.rules);
  const others = doubtsBetween(world, kept.id, absorbed.id);
  const duplicates = laterLeads(world, pair).map((lead) => ({
    lead: lead.id,
    ...earlierOf(world, pair, lead),
  }));
  const plan = planMerge(pair, {
    at: now,
    doubt,
    leads: leadsOfContact(world, absorbed.id).map(({ id }) => id),
  });
  if ('refused' in plan) throw new Error(`a doubt about two people who cannot be merged: ${plan.refused}`);
  deciding.record({
    entry: 'contact.merged',
    kind: 'decision',
    because,
    contact: kept.id,
    fields: { kept: kept.id, absorbed: absorbed.id, merge: asJson(plan) },
  });
  for (const { id, settledAt } of others) if (settledAt === null) recordSettled(deciding, id, 'same');
  for (const { lead, of, holder } of duplicates) foundDuplicate(deciding, lead, { of, holder }, because);
  releasePaced(deciding);
}

/** Everybody's leads that were ever placed, in the order in which they came. */
function placedLeads(world: World, { kept, absorbed }: MergedPair): Lead[] {
  return [...leadsOfContact(world, kept.id), ...leadsOfContact(world, absorbed.id)]
    .filter(({ stage }) => stage !== 'refused')
    .toSorted((a, b) => a.number - b.number);
}

/** Open leads before which the person had already come, as far as was known under the other contact. */
function laterLeads(world: World, pair: MergedPair): Lead[] {
  const all = placedLeads(world, pair);
  return all.filter(
    (lead) =>
      lead.status !== 'closed' &&
      all.some((earlier) => earlier.number < lead.number && earlier.contact !== lead.contact),
  );
}

/** What a later lead turns out a duplicate of: the other contact's last before it; and whose the person was all along (L9). */
function earlierOf(world: World, pair: MergedPair, lead: Lead): Earlier {
  const earlier = placedLeads(world, pair).filter(({ number }) => number < lead.number);
  const of = earlier.findLast(({ contact: id }) => id !== lead.contact);
  if (of === undefined) throw new Error(`lead ${lead.id} is no later lead of a merged person`);
  const { kept, absorbed } = pair;
  const first = earliest(firstContactOfPerson(world, kept.id), firstContactOfPerson(world, absorbed.id));
  return { of: of.id, holder: belongsTo(world, earlier, first.by) };
}

/** No new ten minutes and those running stop; the turns it cost go back. With nobody before, it stays where it is. */
function foundDuplicate(deciding: Deciding, id: string, earlier: Earlier, because: readonly string[]): void {
  const lead = leadOf(deciding.world, id);
  const byAdministrator = administratorDecides(deciding);
  if (lead === undefined || (earlier.holder === null && !byAdministrator)) return;
  if (lead.duplicateOf === null) {
    const counted = countedTenures(lead);
    recordDuplicate(deciding, lead, earlier, because, counted);
    returnTurns(deciding, id, counted, because);
  }
  const now = leadOf(deciding.world, id) ?? lead;
  if (byAdministrator) waitForAdministrator(deciding, now, 'duplicate', because, { from: now.holder });
  else if (earlier.holder !== null) giveDuplicate(deciding, now, now.duplicateOf, earlier.holder, because);
}
