import type { z } from 'zod';

import { readEmail, readPhone, noFacts, type HeldFacts } from '../src/contacts/index.ts';
import type { Fact } from '../src/decisions/index.ts';
import type { Arrival } from '../src/leads/index.ts';
import type { Instant } from '../src/platform/time.ts';
import type { procedureNames } from '../src/procedures/index.ts';
import { factShapes, type BuiltFact, type Parsed } from './scenario-facts.ts';

/** What happens outside the product: a channel that takes no message, and takes them again. */
export interface ChannelChange {
  readonly channel: string;
  readonly up: boolean;
}

/** A version taken into force while the scenario runs; the packs say the rest. */
export interface AdoptionTold {
  readonly procedure: (typeof procedureNames)[number];
  readonly version: string | null;
  readonly effectiveOn: string | null;
  readonly readings: Readonly<Record<string, unknown>>;
  readonly by?: string | undefined;
  readonly proposal?: string | undefined;
  /** Only proposed: another person takes it into force. */
  readonly proposed?: true;
}

export type Told =
  | { readonly submit: Fact }
  | { readonly channel: ChannelChange }
  | { readonly adopt: AdoptionTold };

export interface TellingOf {
  readonly zone: string;
  readonly country: 'MX' | 'CO';
  /** Line in the file: names a call or sale to which the file gives no id. */
  readonly line: number;
}

/** A fact as the scenario tells it, as the house takes it; or why it is not understood. */
export function readFact(
  fact: BuiltFact,
  fields: unknown,
  { zone, country, line }: TellingOf,
): { readonly told: Told } | { readonly error: z.ZodError } {
  const shapes = factShapes(zone);
  const read = shapes[fact].safeParse(fields);
  if (!read.success) return { error: read.error };
  return { told: telling(fact, read.data, { country, line }) };
}

function telling(fact: BuiltFact, data: unknown, of: Omit<TellingOf, 'zone'>): Told {
  // `readFact` parsed it with the very shape this type is derived from.
  const as = <F extends BuiltFact>(_fact: F): Parsed<F> => data as Parsed<F>;
  const submit = (actor: string, more: object = {}): Told => ({
    submit: Object.assign({}, data, more, { fact, actor }),
  });
  switch (fact) {
    case 'person.changed':
    case 'month.results':
      return submit('administrator');
    case 'lead.received': {
      const { sentAt = null, test, source, ...rest } = as(fact);
      return { submit: arrival(fact, { ...rest, source }, source, of.country, { sentAt, test }) };
    }
    case 'lead.registered': {
      const { by, ...rest } = as(fact);
      const registered = arrival(fact, rest, by, of.country, { sentAt: null, test: false });
      return { submit: { ...registered, by } as Fact };
    }
    case 'call.started':
    case 'call.ended':
      return submit('pbx');
    case 'call.reported':
      return submit('pbx', { call: as(fact).call ?? `reported-${of.line}` });
    case 'message':
      return submit(as(fact).by ?? as(fact).channel);
    case 'message.written':
      return submit(as(fact).by, { message: as(fact).message ?? `written-${of.line}` });
    case 'mail.received': {
      const { mail = `mail-${of.line}`, person, draft, image, proven, ...read } = as(fact);
      const identity = identityOf(clientIn(read), of.country, `mail:${mail}`);
      const file = image ? { media: `${mail}-0`, takenAt: null } : null;
      const about = {
        mail,
        kind: 'claim',
        size: 0,
        sha256: '',
        person,
        draft,
        read,
        identity,
        image: file,
        proven,
      };
      return { submit: { fact, actor: 'mailbox', ...about } };
    }
    case 'draft.corrected': {
      const { by, draft, lead, ...read } = as(fact);
      const identity = identityOf(clientIn(read), of.country, `draft:${draft}`);
      return { submit: { fact, actor: by, by, draft, lead, image: null, identity, ...read } as Fact };
    }
    case 'draft.refused':
      return submit(as(fact).by);
    case 'answer.heard':
      return submit('whatsapp');
    case 'sale.closed':
      return submit(as(fact).by, { sale: as(fact).sale ?? `sale-${of.line}` });
    case 'document.kind-set':
    case 'exam.set':
      return submit(as(fact).by, { name: as(fact).name ?? as(fact).id });
    case 'document.filed':
      return submit(as(fact).by, {
        // Of no bytes: a scenario has no files.
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        mediaType: 'application/pdf',
        bytes: 0,
        fileName: `${as(fact).document}.pdf`,
      });
    case 'exam.recorded':
      return submit(as(fact).by, { result: as(fact).result ?? `result-${of.line}` });
    case 'audit.recorded':
      return submit(as(fact).by, { audit: as(fact).audit ?? `audit-${of.line}` });
    case 'roster.exception.signed':
    case 'roster.exception.withdrawn':
    case 'shifts.planned':
    case 'shift.swap-asked':
    case 'shift.swap-answered':
    case 'shift.swap-approved':
    case 'shift.swap-canceled':
    case 'absence.asked':
    case 'absence.answered':
    case 'absence.canceled':
    case 'document.withdrawn':
    case 'sale.corrected':
    case 'sale.canceled':
    case 'sale.credited':
    case 'sale.support-named':
    case 'breach.reported':
    case 'sanction.answered':
    case 'sanction.ruled':
    case 'sanction.revoked':
    case 'audit.answered':
    case 'audit.ruled':
    case 'roster.submitted':
    case 'roster.confirmed':
    case 'policy.signed':
    case 'note':
    case 'lead.graded':
    case 'lead.passed':
    case 'lead.placed':
    case 'appointment.booked':
    case 'appointment.held':
    case 'appointment.missed':
    case 'appointment.canceled':
    case 'appointment.reopened':
    case 'opportunity.opened':
    case 'opportunity.canceled':
    case 'reservation.made':
    case 'reservation.canceled':
    case 'lead.incubated':
    case 'lead.lost':
    case 'lead.reopened':
    case 'next-action.set':
    case 'next-action.done':
    case 'weekly.sent':
    case 'contact.attempted':
    case 'message.canceled':
      return submit(as(fact).by);
    case 'claim.requested':
    case 'claim.withdrawn':
    case 'claim.statusAsked':
    case 'claim.confirmed':
    case 'claim.appealed':
    case 'claim.appeal-ruled':
      return submit(as(fact).by);
    case 'evidence.sent': {
      const interactions = as(fact).interactions.map((each) => ({ ...each, image: null }));
      return submit(as(fact).by, { interactions });
    }
    case 'lead.edited': {
      const { by, lead, field, value } = as(fact);
      const none = { name: undefined, phone: undefined, email: undefined };
      const told = { ...none, lead, source: by, referredBy: null, zone: null, [field]: value };
      return submit(by, { held: identityOf(told, of.country, `edit:${lead}`) });
    }
    case 'claim.agreed':
      return submit(as(fact).signedBy[0] ?? 'control');
    case 'procedure.adopted':
      return { adopt: as(fact) };
    case 'procedure.proposed':
      return { adopt: { ...as(fact), proposed: true } };
    case 'procedure.rejected':
    case 'procedure.withdrawn':
      return submit(as(fact).by);
    case 'channel.down':
    case 'channel.up':
      return { channel: { channel: as(fact).channel, up: fact === 'channel.up' } };
    case 'doubt.settled':
      return submit(as(fact).by, { doubt: null });
    case 'lead.marked-test':
      return submit(as(fact).by);
    case 'contact.unmerged':
    case 'contact.erased':
      return submit(as(fact).by, { contact: null });
    case 'contact.exported':
      return submit(as(fact).by, { contact: null, format: 'json' });
    case 'contact.opted-out':
    case 'contact.opted-in':
      return submit(as(fact).by ?? as(fact).origin, { contact: null });
    default:
      return fact satisfies never;
  }
}

interface LeadFields {
  readonly lead: string;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly source: string;
  readonly referredBy: string | null;
  readonly zone: string | null;
}

function arrival(
  fact: string,
  fields: LeadFields,
  actor: string,
  country: 'MX' | 'CO',
  more: { sentAt: Instant | null; test: boolean },
): Arrival {
  const { lead, name: called, phone, email, source, referredBy, zone } = fields;
  return {
    fact,
    actor,
    lead,
    source,
    sourceId: null,
    zone,
    referredBy,
    ...more,
    identity: identityOf(fields, country, `lead:${lead}`),
    consent: null,
    asReceived: {
      name: called ?? null,
      phones: phone === undefined ? [] : [phone],
      emails: email === undefined ? [] : [email],
      message: null,
      fields: {},
    },
    campaign: {},
    receipt: null,
  };
}

/** As the mailbox looks for whose lead it is: by phone and e-mail. */
function clientIn({
  phone,
  email,
}: {
  phone: string | null;
  email: string | null;
}): Pick<LeadFields, 'phone' | 'email'> {
  return { ...(phone === null ? {} : { phone }), ...(email === null ? {} : { email }) };
}

function identityOf(
  fields: Pick<LeadFields, 'name' | 'phone' | 'email'>,
  country: 'MX' | 'CO',
  origin: string,
): HeldFacts {
  const phone = fields.phone === undefined ? null : readPhone(fields.phone, country);
  const email = fields.email === undefined ? null : readEmail(fields.email);
  return {
    ...noFacts,
    names: fields.name === undefined ? [] : [{ value: fields.name, origin, raw: fields.name }],
    phones: phone === null || 'refused' in phone ? [] : [{ value: phone.e164, origin, raw: phone.raw }],
    emails: email === null || 'refused' in email ? [] : [{ value: email.folded, origin, raw: email.raw }],
  };
}
