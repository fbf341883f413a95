/** What joins a frozen person is frozen with them, and what parts from them is not (L4 covers the person). */
import type { Deciding } from '../decisions/index.ts';
import { freezeInForce, frozenContacts, holdsOf, liftFreeze } from '../gate/index.ts';
import { lead as leadOf, leadsOfContact, leadsSlice, type Lead } from '../leads/index.ts';
import { claim as claimOf } from './claims-slice.ts';
import { cited } from './clauses.ts';

/** A lead that came in for somebody frozen. */
export function freezeIfJoined(deciding: Deciding, id: string): void {
  const lead = leadOf(deciding.world, id);
  if (lead === undefined || lead.contact === null || lead.stage === 'refused' || lead.frozenAt !== null)
    return;
  const frozen = freezeInForce(holdsOf(deciding.world, lead.contact));
  if (frozen === null) return;
  deciding.record({
    entry: 'lead.frozen',
    kind: 'decision',
    because: cited(deciding.rules, 'lead-reassignment', 'L4'),
    lead: lead.id,
    contact: lead.contact,
    fields: { lead: lead.id, claim: frozen.claim },
  });
}

/** Somebody turned out to be a person who is frozen. */
export function freezeWhatJoined(deciding: Deciding): void {
  const { world } = deciding;
  for (const { id } of frozenContacts(world).flatMap((contact) => leadsOfContact(world, contact)))
    freezeIfJoined(deciding, id);
}

/** Two people had been taken for one: only the one whose lead is claimed stays frozen. */
export function releaseWhatParted(deciding: Deciding): void {
  const because = cited(deciding.rules, 'lead-reassignment', 'L4');
  for (const lead of placedLeads(deciding)) {
    const { freezes } = holdsOf(deciding.world, lead.contact);
    for (const { claim: id } of freezes) {
      const claim = claimOf(deciding.world, id);
      const claimed = claim === undefined ? undefined : leadOf(deciding.world, claim.lead);
      if (claimed === undefined || claimed.contact === lead.contact) continue;
      liftFreeze(deciding, id, { contact: lead.contact, lead: lead.id, reason: id, because });
    }
    if (lead.frozenAt !== null && freezeInForce(holdsOf(deciding.world, lead.contact)) === null)
      deciding.record({
        entry: 'lead.released',
        kind: 'decision',
        because,
        lead: lead.id,
        contact: lead.contact,
        fields: { lead: lead.id, claim: freezes[0]?.claim ?? null },
      });
  }
}

function placedLeads({ world }: Deciding): (Lead & { readonly contact: string })[] {
  return world
    .get(leadsSlice)
    .leads.values()
    .flatMap((lead) =>
      lead.contact === null || lead.stage === 'refused' ? [] : [{ ...lead, contact: lead.contact }],
    );
}
