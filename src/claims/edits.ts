import { contact, values, type Contact, type HeldFacts } from '../contacts/index.ts';
import {
  asJson,
  Rows,
  tell,
  type Deciding,
  type Fact,
  type Refusal,
  type World,
} from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { lead as leadOf, leadsOfContact, type Lead } from '../leads/index.ts';
import { DAY } from '../calendar/index.ts';
import { openSanction } from '../money/index.ts';
import { plus, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { everybody, lineOf, person, type Role } from '../staff/index.ts';
import { pendingOnPerson } from './claims-slice.ts';
import { cited } from './clauses.ts';
import { controlArea } from './told.ts';

/** A datum of the lead is changed: the change stands beside what was received (R1), and whoever made it answers for it (L10). */
export interface LeadEdited extends Fact {
  readonly fact: 'lead.edited';
  readonly lead: string;
  readonly by: string;
  /** `name`, `phone`, `email`, `source` or another datum's name. */
  readonly field: string;
  readonly value: string;
  /** The value as the product understands it; empty where it is no name, phone or e-mail. */
  readonly held: HeldFacts;
}

export type EditFlag = 'under-claim' | 'before-claim' | 'of-the-staff' | 'source';

export interface LeadEdit {
  readonly id: string;
  readonly lead: string;
  readonly at: Instant;
  readonly by: string;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly flags: readonly EditFlag[];
  readonly claim: string | null;
}

export const editsSlice = {
  name: 'lead-edits',
  empty: (): { readonly edits: Rows<LeadEdit> } => ({
    edits: new Rows<LeadEdit>((each) => [`lead:${each.lead}`]),
  }),
};

export function editsOfLead(world: World, lead: string): LeadEdit[] {
  return world.get(editsSlice).edits.having(`lead:${lead}`);
}

/** How long before a claim a change of data is looked at (L10). */
const LOOKED_AT_BEFORE_CLAIM = 7 * DAY;

/** What may be changed of a lead on its page. */
export const editFields = ['name', 'phone', 'email', 'source'] as const;
export type EditField = (typeof editFields)[number];

const KINDS = { name: 'names', phone: 'phones', email: 'emails' } as const;
const MAY: ReadonlySet<Role> = new Set<Role>(['administrator', 'control']);

export function editLead(fact: LeadEdited, deciding: Deciding): Refusal | void {
  const { world, rules } = deciding;
  const lead = leadOf(world, fact.lead);
  if (lead === undefined) return { refused: 'no-such-lead', because: [houseRule('facts')] };
  const known = lead.contact === null ? undefined : contact(world, lead.contact);
  if (known?.erasedAt != null) return { refused: 'contact-erased', because: [houseRule('erasure')] };
  if (!mayEdit(world, lead, fact.by))
    return { refused: 'not-holder', because: cited(rules, 'lead-reassignment', 'R1') };
  const kind = kindOf(fact.field);
  if (kind !== null && fact.held[kind].length === 0)
    return {
      refused: fact.field === 'phone' ? 'phone-not-understood' : 'email-not-understood',
      because: [houseRule('facts')],
    };
  const before = valueOf(world, known, lead, fact.field);
  const after = kind === null ? fact.value : fact.held[kind][0]?.value;
  if (before !== null && before === after) return { refused: 'same-datum', because: [houseRule('facts')] };
  const edit = deciding.newId();
  deciding.record({
    entry: 'lead.edited',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: { edit, lead: lead.id, by: fact.by, field: fact.field },
    personal: { before, after: fact.value, ...(kind === null ? {} : { facts: asJson(fact.held) }) },
  });
  const claim = pendingOnPerson(world, lead.contact, lead.id)[0]?.id ?? null;
  const flags: EditFlag[] = [
    ...(claim === null ? [] : (['under-claim'] as const)),
    ...(isOfStaff(world, fact.held) ? (['of-the-staff'] as const) : []),
    ...(fact.field === 'source' ? (['source'] as const) : []),
  ];
  if (flags.length === 0) return undefined;
  flag(deciding, lead, { id: edit, by: fact.by, flags, claim });
  if (flags.includes('of-the-staff') || (claim !== null && kind !== null && lead.holder === fact.by))
    openCase(deciding, lead, { edit, by: fact.by, claim });
  return undefined;
}

/** A claim has opened: changes that were made to the person's data shortly before are looked at. */
export function flagEditsBefore(deciding: Deciding, lead: Lead, claim: string): void {
  const since = plus(deciding.now, -LOOKED_AT_BEFORE_CLAIM);
  const leads = lead.contact === null ? [lead] : leadsOfContact(deciding.world, lead.contact);
  for (const each of leads)
    for (const { id, at, by, flags } of editsOfLead(deciding.world, each.id))
      if (at >= since && !flags.includes('before-claim'))
        flag(deciding, each, { id, by, flags: [...flags, 'before-claim'], claim });
}

function flag(
  deciding: Deciding,
  lead: Lead,
  { id, by, flags, claim }: Pick<LeadEdit, 'id' | 'by' | 'flags' | 'claim'>,
): void {
  const because = cited(deciding.rules, 'lead-reassignment', 'L10');
  deciding.record({
    entry: 'lead.edit-flagged',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: by,
    fields: { edit: id, lead: lead.id, by, flags: [...flags], claim },
  });
  for (const to of controlArea(deciding))
    tell(deciding, {
      to,
      about: 'lead.edit-flagged',
      because,
      lead: lead.id,
      values: { lead: lead.id, by, claim },
    });
}

/**
 * Whoever holds a claimed lead and changes the very data it is claimed by, or puts somebody of the staff in the client's
 * place, answers for it in a case of its own: it does not decide whose the lead is.
 */
function openCase(
  deciding: Deciding,
  lead: Lead,
  { edit, by, claim }: { readonly edit: string; readonly by: string; readonly claim: string | null },
): void {
  const breach = 'lead-reassignment#L10';
  openSanction(deciding, { sanction: `edit:${edit}`, person: by, breach, by: 'clock', lead: lead.id, claim });
}

/** The holder and the line above, the administrator and the control area. */
export function mayEdit(world: World, lead: Lead, by: string): boolean {
  const role = person(world, by)?.role;
  if (lead.holder === by || (role !== undefined && MAY.has(role))) return true;
  return lead.holder !== null && lineOf(world, lead.holder).some(({ id }) => id === by);
}

function kindOf(field: string): (typeof KINDS)[keyof typeof KINDS] | null {
  return field === 'name' || field === 'phone' || field === 'email' ? KINDS[field] : null;
}

/** The one that stands first is the one that is read, called and written to; the source is as last corrected. */
export function valueOf(world: World, known: Contact | undefined, lead: Lead, field: string): string | null {
  const kind = kindOf(field);
  if (kind !== null) return known === undefined ? null : (values(known[kind])[0] ?? null);
  if (field !== 'source') return null;
  const corrected = editsOfLead(world, lead.id)
    .filter((each) => each.field === field)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return corrected.at(-1)?.after ?? lead.source;
}

/** The phone or e-mail of somebody of the floor in a client's place takes the client away from the company. */
function isOfStaff(world: World, held: HeldFacts): boolean {
  const own = new Set(everybody(world).flatMap(({ phone, email }) => [phone, email?.toLowerCase() ?? null]));
  return [...held.phones, ...held.emails].some(({ value }) => own.has(value));
}

interface Fields {
  readonly edit: string;
  readonly by: string;
  readonly field: string;
  readonly flags?: readonly EditFlag[];
  readonly claim?: string | null;
  readonly leads?: readonly string[];
}

export function evolveEdits(world: World, entry: JournalEntry | NewEntry): void {
  const { edits } = world.get(editsSlice);
  const fields = entry.fields as unknown as Fields;
  switch (entry.entry) {
    case 'lead.edited': {
      const { before = null, after = null } = (entry.personal ?? {}) as Partial<LeadEdit>;
      const { edit: id, by, field } = fields;
      if (entry.lead != null)
        edits.set(id, {
          id,
          lead: entry.lead,
          at: entry.at,
          by,
          field,
          before,
          after,
          flags: [],
          claim: null,
        });
      return;
    }
    case 'lead.edit-flagged': {
      const known = edits.get(fields.edit);
      if (known !== undefined)
        edits.set(known.id, { ...known, flags: fields.flags ?? [], claim: fields.claim ?? null });
      return;
    }
    case 'contact.erased':
      for (const lead of fields.leads ?? [])
        for (const each of editsOfLead(world, lead))
          edits.set(each.id, { ...each, before: null, after: null });
      return;
    default:
  }
}
