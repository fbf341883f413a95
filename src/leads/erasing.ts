import {
  contactsOfPerson,
  openDoubts,
  requestTerms,
  type Contact,
  type ContactErased,
  type ContactExported,
  type HeldFacts,
} from '../contacts/index.ts';
import { localDate } from '../calendar/index.ts';
import { tell, type Deciding, type Refusal, type World } from '../decisions/index.ts';
import { freezeInForce, holdsOf, lawsOn } from '../gate/index.ts';
import { cancelMessages } from '../messages/index.ts';
import { houseRule } from '../procedures/index.ts';
import { releasePaced } from './held-release.ts';
import { leadsOfContact, leadsSlice } from './leads-slice.ts';
import { personOf } from './people-facts.ts';

/** Everything kept about a person was handed out; the journal says to whom, the file itself is not kept. */
export function exportPerson(fact: ContactExported, deciding: Deciding): Refusal | void {
  const person = personOf(deciding.world, fact);
  if ('refused' in person) return person;
  if (person.erasedAt !== null) return { refused: 'contact-erased', because: [houseRule('erasure')] };
  deciding.record({
    entry: 'contact.exported',
    kind: 'fact',
    because: [],
    contact: person.id,
    person: fact.by,
    fields: { contact: person.id, by: fact.by, format: fact.format },
  });
  return undefined;
}

/**
 * Takes a person's data away everywhere (DESIGN.md, invariant 4): every contact that is them, what their leads brought, the
 * journal's words. Leads stay as numbers without the person; open ones are nobody's any more. Refused while a claim is
 * open, because its evidence would go; other features add what they have against it (Feature.before).
 */
export function erasePerson(fact: ContactErased, deciding: Deciding): Refusal | void {
  const { world, now, organization } = deciding;
  const person = personOf(world, fact);
  if ('refused' in person) return person;
  if (person.erasedAt !== null) return { refused: 'already-erased', because: [houseRule('erasure')] };
  const day = localDate(now, organization.zone);
  const because = [...lawsOn('erasure', organization.country, day), houseRule('erasure')];
  const freeze = freezeInForce(holdsOf(world, person.id));
  if (freeze !== null) {
    const l4 = deciding.rules.cite('lead-reassignment', 'L4');
    return { refused: 'claim-open', because: l4 === null ? because : [l4], detail: { claim: freeze.claim } };
  }
  const contacts = contactsOfPerson(world, person.id);
  const { answerBy, carryOutBy } = requestTerms(fact.requestedAt, organization);
  const leads = leadsOfContact(world, person.id);
  // What came under the same phone and never got as far as a contact: a test, a lead without a way to reach anyone.
  const loose = looseLeads(world, contacts);
  contacts.forEach(({ id }, place) => {
    deciding.record({
      entry: 'contact.erased',
      kind: place === 0 ? 'fact' : 'decision',
      because,
      contact: id,
      person: fact.by,
      fields: {
        contact: id,
        by: fact.by,
        reason: fact.reason,
        requestedAt: fact.requestedAt,
        answerBy,
        carryOutBy,
        late: now > carryOutBy,
        leads: place === 0 ? [...leads.map((each) => each.id), ...loose] : [],
      },
    });
  });
  for (const { id } of openDoubts(world, new Set(contacts.map((each) => each.id))))
    deciding.record({
      entry: 'contact.doubt-settled',
      kind: 'decision',
      because,
      contact: person.id,
      fields: { doubt: id, outcome: null },
    });
  cancelMessages(deciding, new Set(leads.map(({ id }) => id)), because);
  for (const lead of leads) {
    if (lead.stage === 'refused' || lead.status === 'closed') continue;
    deciding.record({
      entry: 'lead.refused',
      kind: 'decision',
      because,
      lead: lead.id,
      contact: person.id,
      fields: { lead: lead.id, why: 'erased' },
    });
    if (lead.holder !== null)
      tell(deciding, {
        to: lead.holder,
        about: 'lead.erased',
        because,
        lead: lead.id,
        values: { lead: lead.id },
      });
  }
  releasePaced(deciding);
  return undefined;
}

function looseLeads(world: World, contacts: readonly Contact[]): string[] {
  const theirs = new Set(asReceived(contacts));
  return world
    .get(leadsSlice)
    .intakes.values()
    .filter(({ contact }) => contact === null)
    .filter(({ phones, emails }) => [...phones, ...emails].some((each) => theirs.has(each)))
    .map(({ lead }) => lead);
}

/** The phones and e-mails in the very words in which they came. */
export function asReceived(contacts: readonly HeldFacts[]): string[] {
  return contacts.flatMap(({ phones, emails }) => [...phones, ...emails].map(({ raw }) => raw));
}
