import { contact, mayUnmerge, type Contact, type ContactUnmerged } from '../contacts/index.ts';
import { contactsSlice } from '../contacts/index.ts';
import { tell, type Deciding, type Refusal, type World } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { person } from '../staff/index.ts';
import { currentTenure, type GivenBy, type Lead, type Tenure } from './lead.ts';
import { lead as leadOf, leadsOfContact } from './leads-slice.ts';
import { give, giveByTurn, holdOutsideHours, placeNew, waitForAdministrator } from './placing.ts';

/** How one got a lead whose ten minutes ran. */
const WITH_CLOCK: ReadonlySet<GivenBy> = new Set(['turn', 'best', 'referral', 'passed-on', 'administrator']);

/**
 * Two people had been taken for one. Both are again as they were, their leads with them; what the merge took from its
 * holder goes back to that one, and no turn is taken for it. What came meanwhile stays with the one that was kept.
 */
export function unmerge(fact: ContactUnmerged, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const because = [houseRule('undo'), houseRule('identity')];
  const absorbed = absorbedMeant(world, fact);
  const kept = absorbed?.mergedInto == null ? undefined : contact(world, absorbed.mergedInto);
  const merge = absorbed?.merge ?? null;
  if (absorbed === undefined || kept === undefined || merge === null)
    return { refused: 'not-merged', because };
  const refused = mayUnmerge({ kept, absorbed });
  if (refused !== null) return { ...refused, because };
  // A lead that has left the kept contact since is not taken back from where it went.
  const leads = merge.leads.filter((id) => leadOf(world, id)?.contact === kept.id);
  const provenOnAbsorbed = leads.some((id) => provedFirstContact(leadOf(world, id), kept));
  deciding.record({
    entry: 'contact.unmerged',
    kind: 'fact',
    because,
    contact: kept.id,
    person: fact.by,
    fields: {
      kept: kept.id,
      absorbed: absorbed.id,
      leads,
      duplicates: [...merge.duplicates],
      provenOnAbsorbed,
    },
  });
  if (merge.doubt !== null) {
    const fields = { doubt: merge.doubt, outcome: 'different' };
    deciding.record({
      entry: 'contact.doubt-settled',
      kind: 'decision',
      because,
      contact: kept.id,
      fields,
    });
  }
  for (const lead of [...leadsOfContact(world, kept.id), ...leadsOfContact(world, absorbed.id)])
    giveBack(deciding, lead, merge.at, because);
  return undefined;
}

function absorbedMeant(world: World, { contact: id, lead }: ContactUnmerged): Contact | undefined {
  if (id !== null) return contact(world, id);
  return world
    .get(contactsSlice)
    .contacts.values()
    .find((each) => lead !== null && each.merge?.leads.includes(lead) === true);
}

function provedFirstContact(lead: Lead | undefined, { firstContactBy, firstContactAt }: Contact): boolean {
  return (
    lead?.tenures.some((t) => t.person === firstContactBy && t.contactedAt === firstContactAt) === true &&
    firstContactAt !== null
  );
}

/** Only what the merge itself gave, and which is still with whom it gave it to. */
function giveBack(deciding: Deciding, lead: Lead, mergedAt: Instant, because: readonly string[]): void {
  const now = currentTenure(lead);
  if (lead.stage !== 'assigned' || now?.by !== 'duplicate' || now.since !== mergedAt) return;
  const before = lead.tenures[lead.tenures.indexOf(now) - 1];
  const from = now.person;
  if (before === undefined || before.until !== mergedAt) {
    if (!holdOutsideHours(deciding, lead, 'turn')) placeNew(deciding, lead);
  } else if (person(deciding.world, before.person)?.leftAt === null)
    give(deciding, lead, { to: before.person, by: 'unmerged', from, clock: runsAgain(before), because });
  else if (!giveByTurn(deciding, lead, { by: 'unmerged', from, clock: runsAgain(before), because }))
    waitForAdministrator(deciding, lead, 'nobody on duty', because, { from });
  const to = leadOf(deciding.world, lead.id)?.holder ?? null;
  tell(deciding, { to: from, about: 'lead.parted', because, lead: lead.id, values: { lead: lead.id, to } });
}

/** The ten minutes that the merge stopped begin again, whole: the prospect has still to be reached. */
function runsAgain(before: Tenure): boolean {
  return before.contactedAt === null && WITH_CLOCK.has(before.by);
}
