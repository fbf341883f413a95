import { loadContacts } from '../contacts/index.ts';
import { organizationSlice, World, type Organization } from '../decisions/index.ts';
import { loadHolds, type ContactAnswer } from '../gate/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Rules } from '../procedures/index.ts';
import { loadStaff } from '../staff/index.ts';
import { askGate, type GateQuestion } from './ask-gate.ts';
import { lead as leadOf } from './leads-slice.ts';
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
  const world = new World();
  world.get(organizationSlice).current = organization;
  await loadStaff(tx, world);
  await loadLeads(tx, world, { ids: [question.lead], contacts: [], holders: [], running: false });
  const contacts = leadOf(world, question.lead)?.contact;
  if (contacts != null) {
    await loadContacts(tx, world, [contacts]);
    await loadHolds(tx, world, [contacts]);
  }
  return askGate(world, rules, question);
}
