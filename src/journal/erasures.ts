import { NAMES_SEVERAL } from './entry.ts';
import type { ChainFinding, StoredEntry } from './verify.ts';

/** The last entry that erased somebody, and which of their contacts it names. */
interface Erased {
  readonly by: number;
  readonly contact: string;
}

interface Whose extends Pick<StoredEntry, 'id' | 'contact' | 'lead'> {
  readonly named: readonly string[];
}

/**
 * Personal data that is gone is right only where the journal says that the person was erased or the lead forgotten; and then all of it is. An
 * entry about a lead goes by that lead, which `contact.erased` names: a lead may have been under another contact for a
 * while, and what a source sent was written down before it was known whose it is. Any other goes by its contact.
 */
export function createErasures(findings: ChainFinding[]) {
  const ofContact = new Map<string, Erased>();
  const ofLead = new Map<string, Erased>();
  const gone: Whose[] = [];
  const held: Whose[] = [];

  const erasureOf = ({ contact, lead, named }: Whose): Erased | undefined => {
    if (named.length > 0)
      return named.flatMap((each) => ofLead.get(each) ?? []).toSorted((a, b) => b.by - a.by)[0];
    if (lead != null) return ofLead.get(lead);
    return contact == null ? undefined : ofContact.get(contact);
  };

  return {
    see({ id, entry, contact, lead, fields, commitment, personal }: StoredEntry): void {
      if (entry === 'contact.erased' && contact != null) {
        const erased = { by: id, contact };
        ofContact.set(contact, erased);
        for (const each of leadsIn(fields)) ofLead.set(each, erased);
      }
      // A lead that never became anybody's, after the time for which such are kept.
      if (entry === 'lead.forgotten' && lead != null) ofLead.set(lead, { by: id, contact: lead });
      const named = NAMES_SEVERAL.has(entry) ? leadsIn(fields) : [];
      const whose = { id, contact: contact ?? null, lead: lead ?? null, named };
      if (commitment !== null && personal === null) gone.push(whose);
      if (personal !== null) held.push(whose);
    },

    end(): void {
      for (const each of gone)
        if ((erasureOf(each)?.by ?? 0) < each.id)
          findings.push({ finding: 'personal-removed', entry: each.id });
      for (const each of held) {
        const erased = erasureOf(each);
        if (erased !== undefined && each.id < erased.by)
          findings.push({ finding: 'personal-left', entry: each.id, contact: erased.contact });
      }
    },
  };
}

/** Read from the database as it stands there, changed or not: what is no list of leads names none. */
function leadsIn({ leads }: StoredEntry['fields']): readonly string[] {
  return Array.isArray(leads) ? leads.filter((each) => typeof each === 'string') : [];
}
