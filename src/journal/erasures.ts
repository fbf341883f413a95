import type { ChainFinding, StoredEntry } from './verify.ts';

/** Entries that say whose a lead is. */
export const namesTheContact: readonly string[] = [
  'contact.registered',
  'contact.recognized',
  'contact.assigned-to-lead',
];

/**
 * A contact's data that is gone is right only where the journal says that the person was erased; and then all of it is,
 * also what a lead brought before it was known whose it is.
 */
export function createErasures(findings: ChainFinding[]) {
  /** By contact: the last entry that erased it. */
  const erased = new Map<string, number>();
  const contactOfLead = new Map<string, string>();
  const gone: StoredEntry[] = [];
  const held: { readonly entry: number; readonly contact: string | null; readonly lead: string | null }[] =
    [];

  const whose = (contact: string | null, lead: string | null): string | undefined =>
    contact ?? (lead === null ? undefined : contactOfLead.get(lead));

  return {
    see(entry: StoredEntry): void {
      const { contact = null, lead = null } = entry;
      if (entry.entry === 'contact.erased' && contact !== null) erased.set(contact, entry.id);
      if (contact !== null && lead !== null && namesTheContact.includes(entry.entry))
        contactOfLead.set(lead, contact);
      if (entry.commitment !== null && entry.personal === null) gone.push(entry);
      if (entry.personal !== null) held.push({ entry: entry.id, contact, lead });
    },

    end(): void {
      for (const { id, contact = null, lead = null } of gone) {
        const person = whose(contact, lead);
        if (person === undefined || (erased.get(person) ?? 0) < id)
          findings.push({ finding: 'personal-removed', entry: id });
      }
      if (erased.size === 0) return;
      for (const { entry, contact, lead } of held) {
        const person = whose(contact, lead);
        if (person !== undefined && entry < (erased.get(person) ?? 0))
          findings.push({ finding: 'personal-left', entry, contact: person });
      }
    },
  };
}
