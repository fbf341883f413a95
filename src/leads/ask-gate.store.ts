import { contactsOfPerson, loadContacts } from '../contacts/index.ts';
import { organizationSlice, World, type Organization } from '../decisions/index.ts';
import { loadHolds, type ContactAnswer } from '../gate/index.ts';
import type { ClientNow } from '../messages/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Rules } from '../procedures/index.ts';
import { loadStaff } from '../staff/index.ts';
import { askGate, type GateQuestion } from './ask-gate.ts';
import { lead as leadOf, leadsOfContact } from './leads-slice.ts';
import { loadLeads } from './leads.store.ts';

/**
 * The gate's door for whoever is about to dial or send: reads everything afresh in the caller's transaction and answers.
 * `rules` are those in force at `question.at`. It keeps no record; the fact `contact.attempted` does.
 */
export async function askGateFor(
  tx: Tx,
  organization: Organization,
  rules: Rules,
  question: GateQuestion,
): Promise<ContactAnswer> {
  return askGate(await worldOfLead(tx, organization, question.lead), rules, question);
}

async function worldOfLead(tx: Tx, organization: Organization, lead: string): Promise<World> {
  const world = new World();
  world.get(organizationSlice).current = organization;
  await loadStaff(tx, world);
  await loadLeads(tx, world, { ids: [lead], contacts: [], holders: [], openSince: null });
  const contact = leadOf(world, lead)?.contact;
  if (contact != null) {
    await loadContacts(tx, world, [contact]);
    await loadHolds(tx, world, [contact]);
  }
  return world;
}

/** The same, with where the person can be reached: for a message that is about to leave. */
export async function clientNow(
  tx: Tx,
  organization: Organization,
  rules: Rules,
  question: GateQuestion,
): Promise<ClientNow> {
  const world = await worldOfLead(tx, organization, question.lead);
  const contact = leadOf(world, question.lead)?.contact ?? null;
  const answer = askGate(world, rules, question);
  if (contact === null) {
    const nowhere = { name: null, phones: [], emails: [], whatsappIds: [] };
    return { answer, ...nowhere, leads: [question.lead] };
  }
  const people = contactsOfPerson(world, contact);
  await loadLeads(tx, world, { ids: [], contacts: people.map(({ id }) => id), holders: [], openSince: null });
  return {
    answer,
    name: people.flatMap(({ names }) => names)[0]?.value ?? null,
    phones: people.flatMap(({ phones }) => phones.map(({ value }) => value)),
    emails: people.flatMap(({ emails }) => emails.map(({ raw }) => raw)),
    whatsappIds: people.flatMap(({ whatsappIds }) => whatsappIds.map(({ value }) => value)),
    leads: people.flatMap(({ id }) => leadsOfContact(world, id).map((each) => each.id)),
  };
}
