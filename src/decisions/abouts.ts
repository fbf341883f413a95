/**
 * What people of the floor are told about. A rule names one; src/messages has the words of each in every language, and
 * does not compile while one is missing.
 */
export const ABOUTS = [
  'lead.assigned',
  'lead.reassigned',
  'lead.taken',
  'lead.missed',
  'lead.waiting',
  'lead.duplicate',
  'lead.duplicate-moved',
  'lead.parted',
  'lead.test',
  'lead.erased',
  'lead.audit',
  'lead.reversed',
  'lead.late-evidence',
  'lead.unclear-evidence',
  'lead.notification-late',
  'roster',
  'roster.unconfirmed',
  'roster.forfeited',
  'advisor.activated',
  'procedure.proposed',
  'procedure.decided',
  'conversion.below',
  'message.received',
  'roster.asked-again',
  'roster.declined',
  'answer.unknown-number',
  'weekly.due',
  'weekly.cut',
  'channel.stopped',
  'channel.test',
  'commission.changed',
  'sanction.opened',
  'sanction.to-rule',
  'sanction.decided',
  'sanction.overturned',
  'advisor.removed',
  'advisor.restored',
  'audit.to-rule',
  'audit.decided',
] as const;
export type About = (typeof ABOUTS)[number];

/** Of what can wait for the agreed hours (contact-center-policy P3); a lead's clock does not wait. */
const NOT_URGENT: ReadonlySet<About> = new Set<About>([
  'roster',
  'roster.unconfirmed',
  'roster.forfeited',
  'advisor.activated',
  'procedure.proposed',
  'procedure.decided',
  'conversion.below',
  'roster.declined',
  'weekly.due',
  'weekly.cut',
  'commission.changed',
  'sanction.opened',
  'sanction.to-rule',
  'sanction.decided',
  'sanction.overturned',
  'audit.to-rule',
  'audit.decided',
]);

export function isUrgent(about: About): boolean {
  return !NOT_URGENT.has(about);
}

export function isAbout(text: string): text is About {
  return ABOUTS.some((about) => about === text);
}
