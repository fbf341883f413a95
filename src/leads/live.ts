import type { NewEntry } from '../journal/index.ts';
import type { LiveEvent } from '../platform/live.ts';

/** Entries that change who is on duty or in what order. */
const ABOUT_DUTY = /^(?:roster\.|advisor\.|person\.|turn\.|month\.|shifts?\.|absence\.|document\.|exam\.)/;
/** Entries that change what the roster's screens show: lists, guards, absences, files, signatures. */
const ABOUT_ROSTER = /^(?:roster\.|advisor\.|shifts?\.|absence\.|document\.|exam\.|signature\.|policy\.)/;
/** Entries that change who may be one person, or who was taken for one. */
const ABOUT_DUPLICATES = /^contact\.(?:doubt-\w+|merged|unmerged|erased)$/;
/** Money and conduct: whose statement, case or audit. */
const CONDUCT: Readonly<Record<string, string>> = {
  commission: 'money',
  sale: 'money',
  sanction: 'sanctions',
  audit: 'audits',
};
const ABOUT_PEOPLE = ['holder', 'from', 'to', 'by', 'who', 'person'] as const;

/**
 * What screens are told after a commit: which lead, and whose. Nothing of the lead itself: a screen asks for what it may see.
 * A lead that moves concerns both the one who had it and the one who has it.
 */
export function liveEvents(entries: readonly NewEntry[]): LiveEvent[] {
  const events: LiveEvent[] = [];
  for (const { entry, lead, person, fields } of entries) {
    if (lead != null) {
      const people = new Set(
        ABOUT_PEOPLE.map((name) => fields[name]).filter((value) => typeof value === 'string'),
      );
      if (person != null) people.add(person);
      for (const each of people) events.push({ topic: 'leads', id: lead, lead, person: each });
      if (people.size === 0) events.push({ topic: 'leads', id: lead, lead });
      events.push({ topic: 'board', lead });
    }
    if (typeof fields['claim'] === 'string') events.push({ topic: 'claims', id: fields['claim'] });
    if ((entry === 'told' || entry.startsWith('message.')) && person != null)
      events.push({ topic: 'notices', person });
    if (ABOUT_DUTY.test(entry) || entry === 'lead.assigned') events.push({ topic: 'turn' });
    if (ABOUT_ROSTER.test(entry)) events.push({ topic: 'roster' });
    if (entry.startsWith('person.')) events.push({ topic: 'staff' });
    if (ABOUT_DUPLICATES.test(entry)) events.push({ topic: 'duplicates' });
    if (entry.startsWith('draft.') || entry === 'mail.received') events.push({ topic: 'drafts' });
    if (entry === 'source.changed' || entry === 'extension.mapped') events.push({ topic: 'sources' });
    const conduct = CONDUCT[entry.split('.')[0] ?? ''];
    if (conduct !== undefined) events.push({ topic: conduct, ...(person == null ? {} : { person }) });
    if (entry.startsWith('procedure.') || entry.startsWith('organization.'))
      events.push({ topic: 'settings' });
  }
  events.push({ topic: 'journal' });
  return events;
}
