import { contactsSlice, type HeldFacts } from '../contacts/index.ts';
import type { World } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Lead } from './lead.ts';
import { leadsOfContact } from './leads-slice.ts';

/**
 * Which lead a call with this number is about, for the person may have several. First one that the advisor of the call
 * held when it began (late evidence belongs to that tenure, though the lead has moved on since), those still to be
 * contacted before others; then one the advisor has held at any time; then the newest open one, whoever has it.
 */
export function leadWithNumber(
  world: World,
  phones: readonly string[],
  call: { readonly by: string | null; readonly startedAt: Instant },
): Lead | undefined {
  const open = openLeads(
    world,
    phones.map((phone) => `phone:${phone}`),
  );
  const { by, startedAt } = call;
  const during = open.filter((lead) =>
    lead.tenures.some(
      (t) => t.person === by && t.since <= startedAt && (t.until === null || startedAt < t.until),
    ),
  );
  return (
    during.find((lead) => lead.tenures.some((t) => t.person === by && t.contactedAt === null)) ??
    during[0] ??
    open.find((lead) => lead.tenures.some((t) => t.person === by)) ??
    open[0]
  );
}

/** The newest open lead of whoever can be reached so, by phone, e-mail or WhatsApp id. */
export function leadOfPerson(world: World, identity: HeldFacts): Lead | undefined {
  return openLeadsOfPerson(world, identity)[0];
}

/** All open leads of whoever can be reached so; newest first. */
export function openLeadsOfPerson(world: World, { phones, emails, whatsappIds }: HeldFacts): Lead[] {
  return openLeads(world, [
    ...phones.map(({ value }) => `phone:${value}`),
    ...emails.map(({ value }) => `email:${value}`),
    ...whatsappIds.map(({ value }) => `whatsapp:${value}`),
  ]);
}

/** Open leads of those who are found by these keys, and of whom they were merged into; newest first. */
function openLeads(world: World, keys: readonly string[]): Lead[] {
  const { contacts } = world.get(contactsSlice);
  const having = keys.flatMap((key) => contacts.having(key));
  const people = new Set(
    having.flatMap(({ id, mergedInto }) => (mergedInto === null ? [id] : [id, mergedInto])),
  );
  return [...people]
    .flatMap((id) => leadsOfContact(world, id))
    .filter((lead) => lead.stage !== 'refused' && lead.status !== 'closed')
    .toSorted((a, b) => b.number - a.number);
}
