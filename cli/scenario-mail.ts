import { z } from 'zod';

import { noFacts, readEmail, readPhone, type HeldFacts } from '../src/contacts/index.ts';
import type { Fact } from '../src/decisions/index.ts';

const name = z.string().min(1);

/** What a request by mail says of the client; what is not named is not in it. */
const ofDraft = {
  draft: name,
  name: z.string().nullable().default(null),
  phone: z.union([z.string(), z.number()]).transform(String).nullable().default(null),
  email: z.string().nullable().default(null),
  source: z.string().nullable().default(null),
  imageDatedOn: z.iso.date().nullable().default(null),
  firstContact: z.boolean().default(false),
};

/** The facts of the designated mailbox, as a scenario tells them. */
export const mailShapes = {
  'mail.received': z.strictObject({
    ...ofDraft,
    mail: name.optional(),
    person: name,
    image: z.boolean().default(false),
    proven: z.boolean().default(true),
  }),
  'draft.corrected': z.strictObject({ ...ofDraft, by: name, lead: name.nullable().default(null) }),
  'draft.refused': z.strictObject({ draft: name, by: name, reason: z.string() }),
};

interface Told {
  readonly country: 'MX' | 'CO';
  readonly line: number;
}

export function mailFact(told: z.output<(typeof mailShapes)['mail.received']>, of: Told): Fact {
  const { mail = `mail-${of.line}`, person, draft, image, proven, ...read } = told;
  const about = {
    mail,
    kind: 'claim',
    size: 0,
    sha256: '',
    person,
    draft,
    read,
    identity: identityOf(clientIn(read), of.country, `mail:${mail}`),
    image: image ? { media: `${mail}-0`, takenAt: null } : null,
    proven,
  };
  return { fact: 'mail.received', actor: 'mailbox', ...about };
}

export function correctionFact(told: z.output<(typeof mailShapes)['draft.corrected']>, of: Told): Fact {
  const { by, draft, lead, ...read } = told;
  const identity = identityOf(clientIn(read), of.country, `draft:${draft}`);
  return { fact: 'draft.corrected', actor: by, by, draft, lead, image: null, identity, ...read } as Fact;
}

interface ClientFields {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

/** As the mailbox looks for whose lead it is: by phone and e-mail. */
function clientIn({ phone, email }: { phone: string | null; email: string | null }): ClientFields {
  return { ...(phone === null ? {} : { phone }), ...(email === null ? {} : { email }) };
}

/** A client as a source would tell of them. */
export function identityOf(fields: ClientFields, country: 'MX' | 'CO', origin: string): HeldFacts {
  const phone = fields.phone === undefined ? null : readPhone(fields.phone, country);
  const email = fields.email === undefined ? null : readEmail(fields.email);
  return {
    ...noFacts,
    names: fields.name === undefined ? [] : [{ value: fields.name, origin, raw: fields.name }],
    phones: phone === null || 'refused' in phone ? [] : [{ value: phone.e164, origin, raw: phone.raw }],
    emails: email === null || 'refused' in email ? [] : [{ value: email.folded, origin, raw: email.raw }],
  };
}
