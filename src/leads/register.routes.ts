import { z } from 'zod';

import { noFacts, readEmail, readPhone, type HeldFacts } from '../contacts/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { listPeople } from '../staff/index.ts';
import { orRefuse, reachedLead, type LeadRouteParts } from './reach.ts';

const NAME_CHARACTERS_MAX = 120;
const TEXT_CHARACTERS_MAX = 4_000;

/** Leads a minute that one person registers: a slipped key, not a hand that types. */
const REGISTERED_A_MINUTE = 120;

/**
 * Whoever stands before us or is on the phone, typed by somebody of the staff. What was typed is kept with the lead in
 * the transaction that decides it, and only then answered: there is no sender that would have to send it again.
 */
const byHand = z.object({
  /** Made by the screen, so that a repeat creates nothing. */
  lead: z.string().min(1).max(64).optional(),
  name: z.string().trim().min(1).max(NAME_CHARACTERS_MAX),
  phone: z.string().trim().max(60).default(''),
  email: z.string().trim().max(254).default(''),
  source: z.enum(['walk-in', 'phone-call', 'own', 'referral']),
  message: z.string().trim().max(TEXT_CHARACTERS_MAX).default(''),
  /** The lead whose person recommended this one (contact-center-policy L8): it counts with that one's origin. */
  referredBy: z.string().max(64).nullable().default(null),
});

export function registerRoutes(
  app: HttpApp,
  { database, house, clock, newId, signedIn, rate }: LeadRouteParts,
): void {
  app.post(
    '/api/leads/register',
    {
      config: { may: 'leads.register' },
      schema: { body: byHand, summary: 'An own prospect, a walk-in, a call or a referral' },
    },
    async (request) => {
      const who = signedIn(request);
      const seconds = rate.take(`registers:${who.organization.id}:${who.person.id}`, REGISTERED_A_MINUTE);
      if (seconds > 0)
        return refuse({ refused: 'too-many-requests', detail: { seconds }, retryAfterSeconds: seconds });
      const { name, phone, email, source, message, referredBy } = request.body;
      // Only from a lead that is theirs to see: any other could not have told them.
      if (referredBy !== null)
        await database.inOrganization(who.organization.id, (tx) =>
          reachedLead(tx, who, referredBy, 'leads.see'),
        );
      const lead = request.body.lead ?? newId();
      const identity = identityOf({ name, phone, email }, who.organization.country, `lead:${lead}`);
      const fact = {
        fact: 'lead.registered',
        actor: who.person.id,
        by: who.person.id,
        lead,
        source,
        sourceId: null,
        sentAt: clock.now(),
        test: false,
        zone: who.person.zone,
        referredBy,
        identity,
        consent: null,
        asReceived: {
          name,
          phones: phone === '' ? [] : [phone],
          emails: email === '' ? [] : [email],
          message: message === '' ? null : message,
          fields: {},
        },
        campaign: {},
        receipt: null,
      };
      const { entries } = orRefuse(await house.submit(who.organization.id, fact));
      const refusedContact = entries.find(({ entry }) => entry === 'contact.refused');
      if (refusedContact === undefined) return { lead, outcome: 'yours' as const, holder: null, because: [] };
      const holder = entries.find(({ entry }) => entry === 'lead.given')?.fields['to'];
      const people = await database.inOrganization(who.organization.id, listPeople);
      return {
        lead,
        outcome: 'of-another' as const,
        holder: people.find(({ id }) => id === holder)?.name ?? null,
        because: refusedContact.because,
        /** What may be done about it: 'claim' where the procedure gives that way. */
        way: refusedContact.fields['way'] ?? null,
      };
    },
  );
}

/** What cannot be read is told to whoever is typing it: they can still ask the person again. */
function identityOf(
  { name, phone, email }: { name: string; phone: string; email: string },
  country: 'MX' | 'CO',
  origin: string,
): HeldFacts {
  const read = phone === '' ? null : readPhone(phone, country);
  if (read !== null && 'refused' in read) return refuse({ refused: 'phone-not-understood', field: 'phone' });
  const mail = email === '' ? null : readEmail(email);
  if (mail !== null && 'refused' in mail) return refuse({ refused: 'email-not-understood', field: 'email' });
  if (read === null && mail === null) return refuse({ refused: 'phone-or-email-needed', field: 'phone' });
  return {
    ...noFacts,
    names: [{ value: name, origin, raw: name }],
    phones: read === null ? [] : [{ value: read.e164, origin, raw: read.raw }],
    emails: mail === null ? [] : [{ value: mail.folded, origin, raw: mail.raw }],
  };
}
