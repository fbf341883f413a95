import { consentsOfPerson, contact } from '../contacts/index.ts';
import { currentOrganization, type World } from '../decisions/index.ts';
import {
  freezeInForce,
  gateConsents,
  holdsOf,
  laws,
  mayContact,
  noHolds,
  type ContactAnswer,
  type ContactChannel,
  type ContactFacts,
  type ContactPurpose,
} from '../gate/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { lineOf, person } from '../staff/index.ts';
import { lead as leadOf } from './leads-slice.ts';

export interface GateQuestion {
  readonly lead: string;
  /** A person of the floor, or 'system' for what the product sends on nobody's behalf. */
  readonly by: string;
  readonly channel: ContactChannel;
  /** The person's own request unless given: a marketing lead asks to be contacted. */
  readonly purpose?: ContactPurpose;
  readonly at: Instant;
}

/**
 * May the person of this lead be contacted, so, by this one, now? Answers from what is loaded: the lead, its holder's
 * line, all contacts of the person with what they said, and what is held on them. A lead nobody registered is refused.
 */
export function askGate(world: World, rules: Rules, question: GateQuestion): ContactAnswer {
  const organization = currentOrganization(world);
  const lead = leadOf(world, question.lead);
  const id = lead?.contact ?? null;
  const holds = id === null ? noHolds : holdsOf(world, id);
  const facts: ContactFacts = {
    registered: lead !== undefined && lead.stage !== 'refused',
    erased: id !== null && contact(world, id)?.erasedAt != null,
    holder: lead?.holder ?? null,
    holderManagerChain: lead?.holder == null ? [] : lineOf(world, lead.holder).map((above) => above.id),
    frozen: freezeInForce(holds),
    optOuts: holds.optOuts,
    consents: id === null ? [] : gateConsents(consentsOfPerson(world, id)),
    registerEntries: [],
    directContacts: [],
    authorizedChannels: organization.settings.authorizedChannels as readonly ContactChannel[],
    agreedHours: agreedHours(organization),
    recipientZone: organization.zone,
    country: organization.country,
    viaPbx: true,
  };
  const { by, channel, purpose = 'requested', at } = question;
  const request = {
    by: by === 'system' ? by : { person: by, role: person(world, by)?.role ?? 'advisor' },
    channel,
    purpose,
    at,
  } as const;
  // The gate names procedures as text; a clause that is not one of ours is cited by nobody.
  const cite = (procedure: string, clause: string) =>
    rules.cite(procedure as 'lead-assignment', clause as 'P8');
  return mayContact(request, facts, { cite }, laws);
}

function agreedHours(organization: ReturnType<typeof currentOrganization>): ContactFacts['agreedHours'] {
  const { agreedHours: agreed } = organization.settings;
  if (agreed === null) return null;
  const day = (weekday: number) =>
    agreed.weekdays.includes(weekday) ? { opens: agreed.opens, closes: agreed.closes } : null;
  return {
    zone: organization.zone,
    days: { 1: day(1), 2: day(2), 3: day(3), 4: day(4), 5: day(5), 6: day(6), 7: day(7) },
  };
}
