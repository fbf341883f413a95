import { noFacts, readEmail, readPhone, type HeldFacts } from '../src/contacts/index.ts';
import type { Instant } from '../src/platform/time.ts';
import { readApiLead, type Intake } from '../src/sources/index.ts';
import type { LeadBody } from './lead-bodies.ts';
import type { SampleOrganization } from './sample-organization.ts';
import type { Told } from './simulated-house.ts';

/** A body as the intake would submit it, for a past that no HTTP request can reach. */
export function arrivalFact(
  body: LeadBody,
  { country, zone }: Pick<SampleOrganization, 'country' | 'zone'>,
  { lead, now }: { readonly lead: string; readonly now: Instant },
): Told {
  const read = readApiLead(body, { source: null, zone, now });
  if (!('intake' in read)) throw new Error(`a pretend lead that cannot be read: ${read.fault.code}`);
  const { intake } = read;
  const { source, sourceId, sentAt, test } = intake;
  const origin = `${source}:${sourceId ?? lead}`;
  return {
    fact: 'lead.received',
    actor: source,
    lead,
    source,
    sourceId,
    sentAt,
    test,
    zone: null,
    referredBy: intake.referredBy ?? null,
    identity: identityOf(intake, country, origin),
    consent:
      intake.consent === null
        ? null
        : { kind: 'given', scope: 'all', at: intake.consent.at ?? now, text: intake.consent.text, origin },
    asReceived: {
      name: intake.name,
      phones: intake.phones,
      emails: intake.emails,
      message: intake.message ?? null,
      fields: intake.fields,
    },
    campaign: { ...intake.campaign },
    receipt: null,
  };
}

function identityOf(intake: Intake, country: SampleOrganization['country'], origin: string): HeldFacts {
  return {
    ...noFacts,
    names: intake.name === null ? [] : [{ value: intake.name, origin, raw: intake.name }],
    phones: intake.phones.flatMap((raw) => {
      const phone = readPhone(raw, country);
      return 'refused' in phone ? [] : [{ value: phone.e164, origin, raw }];
    }),
    emails: intake.emails.flatMap((raw) => {
      const email = readEmail(raw);
      return 'refused' in email ? [] : [{ value: email.folded, origin, raw }];
    }),
  };
}
