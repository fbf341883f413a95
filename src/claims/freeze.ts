/** L4: from the status request to the ruling nobody contacts the person, on any lead of theirs, by any channel. */
import type { Deciding } from '../decisions/index.ts';
import { freezeInForce, holdsOf, liftFreeze, placeOnPerson } from '../gate/index.ts';
import { leadsOfContact, type Lead } from '../leads/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Claim } from './claim.ts';
import { cited } from './clauses.ts';

export function freeze(
  deciding: Deciding,
  claim: Claim,
  lead: Lead,
  exceptHolderUntil: Instant | null,
): void {
  const because = cited(
    deciding.rules,
    'lead-reassignment',
    'L4',
    ...(exceptHolderUntil === null ? [] : (['R6'] as const)),
  );
  const hold = { hold: 'freeze', claim: claim.id } as const;
  if (lead.contact !== null)
    placeOnPerson(deciding, [exceptHolderUntil === null ? hold : { ...hold, exceptHolderUntil }], {
      contact: lead.contact,
      lead: lead.id,
      reason: claim.id,
      because,
    });
  for (const each of leadsOfPerson(deciding, lead))
    if (each.frozenAt === null) recordOn(deciding, 'lead.frozen', each, claim.id, because);
}

/** The holder alone is excepted from now on: the freeze is placed anew with the exception in it. */
export function exceptHolder(deciding: Deciding, claim: Claim, lead: Lead, until: Instant): void {
  if (lead.contact === null) return;
  const about = {
    contact: lead.contact,
    lead: lead.id,
    reason: claim.id,
    because: cited(deciding.rules, 'lead-reassignment', 'R6'),
  };
  liftFreeze(deciding, claim.id, about);
  placeOnPerson(deciding, [{ hold: 'freeze', claim: claim.id, exceptHolderUntil: until }], about);
}

/** With the ruling, or when the claim ends without one. */
export function release(deciding: Deciding, claim: Claim, lead: Lead, because: readonly string[]): void {
  if (claim.askedAt === null) return;
  if (lead.contact !== null)
    liftFreeze(deciding, claim.id, { contact: lead.contact, lead: lead.id, reason: claim.id, because });
  // Two frozen people may have turned out one: contact waits for every claim on them.
  const stillFrozen = lead.contact !== null && freezeInForce(holdsOf(deciding.world, lead.contact)) !== null;
  if (stillFrozen) return;
  for (const each of leadsOfPerson(deciding, lead))
    if (each.frozenAt !== null) recordOn(deciding, 'lead.released', each, claim.id, because);
}

export function leadsOfPerson({ world }: Pick<Deciding, 'world'>, lead: Lead): Lead[] {
  const others = lead.contact === null ? [] : leadsOfContact(world, lead.contact);
  return others.some(({ id }) => id === lead.id) ? others : [lead, ...others];
}

function recordOn(
  deciding: Deciding,
  entry: 'lead.frozen' | 'lead.released',
  lead: Lead,
  claim: string,
  because: readonly string[],
): void {
  deciding.record({
    entry,
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    fields: { lead: lead.id, claim },
  });
}
