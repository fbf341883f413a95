import { firstContactOfPerson } from '../contacts/index.ts';
import { tell, type Deciding, type World } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { person } from '../staff/index.ts';
import { duplicateClauses } from './clauses.ts';
import type { Lead } from './lead.ts';
import type { GivenBy, Tenure } from './tenure.ts';
import { leadsOfContact } from './leads-slice.ts';
import { waitForAdministrator } from './placing.ts';

/** What is known of an earlier lead of the same person. */
export interface Earlier {
  /** The lead whose duplicate this is. */
  readonly of: string;
  /** To whom the person belongs; null while nobody holds any of their leads. */
  readonly holder: string | null;
}

/** Somebody decided, with reasons, that the lead goes to another: the first contact no longer counts. */
const DECIDED: ReadonlySet<GivenBy> = new Set<GivenBy>(['passed-on', 'administrator']);

/**
 * contact-center-policy L9, whose a person is: the advisor who first contacted them; if nobody has yet, if that advisor has
 * left, or if the lead was since given to another by decision, the present holder. `earlier`: their leads that came before,
 * in the order in which they came; `first`: who first contacted them. Null: with nobody.
 */
export function belongsTo(world: World, earlier: readonly Lead[], first: string | null): string | null {
  const present = earlier.findLast((each) => each.holder !== null);
  const current = first === null ? undefined : person(world, first);
  const stands = current?.leftAt === null && !(present !== undefined && wasGivenAway(present, current.id));
  return stands ? current.id : (present?.holder ?? null);
}

function earlierLead({ world }: Deciding, lead: Lead, contactId: string): Earlier | null {
  const earlier = leadsOfContact(world, contactId).filter(
    (each) => each.id !== lead.id && each.number < lead.number && each.stage !== 'refused',
  );
  const of = earlier.findLast((each) => each.holder !== null) ?? earlier.at(-1);
  if (of === undefined) return null;
  return { of: of.id, holder: belongsTo(world, earlier, firstContactOfPerson(world, contactId).by) };
}

function wasGivenAway(lead: Lead, from: string): boolean {
  const contacted = lead.tenures.findLastIndex((t) => t.person === from && t.contactedAt !== null);
  return (
    contacted >= 0 && lead.tenures.slice(contacted + 1).some((t) => t.voidAt === null && DECIDED.has(t.by))
  );
}

/** True when the lead now belongs to somebody or to the administrator as a duplicate; false: it goes on by turn. */
export function settleDuplicate(deciding: Deciding, lead: Lead, contactId: string): boolean {
  const earlier = earlierLead(deciding, lead, contactId);
  if (earlier === null) return false;
  const because = duplicateClauses(deciding.rules);
  if (lead.duplicateOf === null || earlier.holder !== null) recordDuplicate(deciding, lead, earlier, because);
  if (administratorDecides(deciding)) {
    waitForAdministrator(deciding, lead, 'duplicate', because);
    return true;
  }
  if (earlier.holder === null) return false;
  giveDuplicate(deciding, lead, earlier.of, earlier.holder, because);
  return true;
}

/**
 * An advisor registers a person who is already there: no second lead. The duplicate is recorded with whoever the person
 * belongs to, contact is refused, and the way to a claim is shown (lead-reassignment L2). False when nobody knew them.
 */
export function registerDuplicate(deciding: Deciding, lead: Lead, contactId: string, by: string): boolean {
  const earlier = earlierLead(deciding, lead, contactId);
  if (earlier === null) return false;
  const l2 = deciding.rules.cite('lead-reassignment', 'L2');
  const disputes = deciding.rules.governing('disputes')?.clause ?? houseRule('identity');
  const because = [...new Set([...duplicateClauses(deciding.rules), disputes])];
  recordDuplicate(deciding, lead, earlier, because);
  if (earlier.holder === null || administratorDecides(deciding))
    waitForAdministrator(deciding, lead, 'duplicate', because);
  else giveDuplicate(deciding, lead, earlier.of, earlier.holder, because);
  if (earlier.holder === by) return true;
  const way = l2 === null ? 'administrator' : 'claim';
  deciding.record({
    entry: 'contact.refused',
    kind: 'decision',
    because: [disputes],
    lead: lead.id,
    contact: contactId,
    person: by,
    fields: { lead: lead.id, by, channel: 'all', why: 'not-holder', way },
  });
  return true;
}

/**
 * lead-assignment P14 leaves duplicates to sales rules that are not among the documents: until a procedure says whose
 * they are (contact-center-policy L9, lead-reassignment), the administrator decides with reasons.
 */
export function administratorDecides({ rules }: Deciding): boolean {
  const stands = rules.cite('contact-center-policy', 'L9') ?? rules.cite('lead-reassignment', 'L2');
  return stands === null && rules.cite('lead-assignment', 'P14') !== null;
}

export function recordDuplicate(
  deciding: Deciding,
  lead: Lead,
  { of, holder }: Earlier,
  because: readonly string[],
  /** What the lead had cost before it turned out one, and costs no more. */
  undone: readonly Tenure[] = [],
): void {
  const over = deciding.rules.governing('duplicates')?.over ?? [];
  deciding.record({
    entry: 'lead.duplicate',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: holder,
    fields: {
      lead: lead.id,
      of,
      holder,
      ...(over.length > 0 ? { over: [...over] } : {}),
      ...(undone.length > 0 ? { undone: undone.map((t) => ({ person: t.person, at: t.since })) } : {}),
    },
  });
}

/** No turn, no new ten minutes; the holder is told, and so is the one who had it until now, if somebody had. */
export function giveDuplicate(
  deciding: Deciding,
  lead: Lead,
  of: string | null,
  holder: string,
  because: readonly string[],
): void {
  const values = { lead: lead.id, of };
  if (lead.holder !== holder) {
    const from = lead.holder;
    deciding.record({
      entry: 'lead.given',
      kind: 'decision',
      because,
      lead: lead.id,
      contact: lead.contact,
      person: holder,
      fields: {
        lead: lead.id,
        ...(from === null ? {} : { from }),
        to: holder,
        by: 'duplicate',
        clock: false,
        dueAt: null,
        noticeDueAt: null,
      },
    });
    if (from !== null)
      tell(deciding, {
        to: from,
        about: 'lead.duplicate-moved',
        because,
        lead: lead.id,
        values: { ...values, to: holder },
      });
  }
  tell(deciding, { to: holder, about: 'lead.duplicate', because, lead: lead.id, values });
}
