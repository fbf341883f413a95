import {
  contact,
  contactsOfPerson,
  contactsSlice,
  earliest,
  mayUnmerge,
  type Contact,
  type ContactUnmerged,
  type FirstContact,
} from '../contacts/index.ts';
import { asJson, tell, type Deciding, type Refusal, type World } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { person } from '../staff/index.ts';
import type { Lead } from './lead.ts';
import { currentTenure, type Tenure } from './tenure.ts';
import { lead as leadOf, leadsOfContact } from './leads-slice.ts';
import { give, giveByTurn, holdOutsideHours, placeNew, waitForAdministrator } from './placing.ts';

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
  const goesBack = leads.some((id) => provedFirstContact(leadOf(world, id), kept));
  const proven = goesBack
    ? provenBy(leadsOfContact(world, kept.id).filter(({ id }) => !leads.includes(id)))
    : null;
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
      duplicates: noLongerDuplicates(world, kept.id, new Set(leads)),
      proven: asJson(proven),
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
    giveBack(deciding, lead, because);
  return undefined;
}

function absorbedMeant(world: World, { contact: id, lead }: ContactUnmerged): Contact | undefined {
  if (id !== null) return contact(world, id);
  return world
    .get(contactsSlice)
    .contacts.values()
    .find((each) => lead !== null && each.merge?.leads.includes(lead) === true);
}

/** Duplicates of a lead that is now another person's: what they were a duplicate of stays on the other side. */
function noLongerDuplicates(world: World, kept: string, goBack: ReadonlySet<string>): string[] {
  return leadsOfContact(world, kept)
    .filter(({ id, duplicateOf }) => duplicateOf !== null && goBack.has(id) !== goBack.has(duplicateOf))
    .map(({ id }) => id);
}

function provedFirstContact(lead: Lead | undefined, { firstContactBy, firstContactAt }: Contact): boolean {
  return (
    lead?.tenures.some((t) => t.person === firstContactBy && t.contactedAt === firstContactAt) === true &&
    firstContactAt !== null
  );
}

/** The earliest contact these leads prove. */
function provenBy(leads: readonly Lead[]): FirstContact {
  return leads
    .flatMap(({ tenures }) => tenures)
    .filter(({ voidAt }) => voidAt === null)
    .map((t) => ({ by: t.contactedAt === null ? null : t.person, at: t.contactedAt }))
    .reduce(earliest, { by: null, at: null });
}

/** Only a lead that is with somebody because of a merge that no longer stands. */
function giveBack(deciding: Deciding, lead: Lead, because: readonly string[]): void {
  const now = currentTenure(lead);
  if (lead.stage !== 'assigned' || lead.contact === null || now === undefined) return;
  const before = withoutUndoneMerges(lead, standingMerges(deciding.world, lead.contact));
  if (before === now || before?.person === now.person) return;
  const left = before !== null && person(deciding.world, before.person)?.leftAt !== null;
  if (left && now.by === 'unmerged') return;
  const from = now.person;
  if (before === null) {
    if (!holdOutsideHours(deciding, lead, 'turn')) placeNew(deciding, lead);
  } else if (!left)
    give(deciding, lead, { to: before.person, by: 'unmerged', from, clock: runsAgain(before), because });
  else if (!giveByTurn(deciding, lead, { by: 'unmerged', from, clock: runsAgain(before), because }))
    waitForAdministrator(deciding, lead, 'nobody on duty', because, { from });
  const to = leadOf(deciding.world, lead.id)?.holder ?? null;
  tell(deciding, { to: from, about: 'lead.parted', because, lead: lead.id, values: { lead: lead.id, to } });
}

/** When the merges were made that this person is still made of. */
function standingMerges(world: World, id: string): ReadonlySet<Instant> {
  return new Set(contactsOfPerson(world, id).flatMap(({ merge }) => merge?.at ?? []));
}

/**
 * The tenure that would be the present one without the merges undone since: merges are undone in any order, so one step
 * back is not enough. Null: it was with nobody then. A duplicate from its arrival has no tenure before.
 */
function withoutUndoneMerges(lead: Lead, standing: ReadonlySet<Instant>): Tenure | null {
  for (let place = lead.tenures.length - 1; place >= 0; place -= 1) {
    const tenure = lead.tenures[place];
    if (tenure === undefined) return null;
    const ofMerge = tenure.by === 'duplicate' && tenure.since !== lead.receivedAt;
    if (tenure.by !== 'unmerged' && !(ofMerge && !standing.has(tenure.since))) return tenure;
    if (lead.tenures[place - 1]?.until !== tenure.since) return null;
  }
  return null;
}

/** The ten minutes that the merge stopped begin again, whole: the prospect has still to be reached. */
function runsAgain(before: Tenure): boolean {
  return before.contactedAt === null && before.clock;
}
