import { z } from 'zod';

import { erasureReasons, readEmail, readPhone, noFacts, type HeldFacts } from '../src/contacts/index.ts';
import type { Fact } from '../src/decisions/index.ts';
import { contactChannels } from '../src/gate/index.ts';
import type { Arrival } from '../src/leads/index.ts';
import type { Instant } from '../src/platform/time.ts';
import { readTime, type Scenario, type ScenarioFact } from './scenario-file.ts';

/** Facts as the scenario tells them, parsed into those the house decides. Throws ZodError where a field is not as said. */
export function toFact(told: ScenarioFact, scenario: Scenario): Fact {
  const fields = told.fields;
  const time = z.string().transform((text, context): Instant => {
    const read = readTime(text, scenario.zone);
    if (read !== null) return read;
    context.addIssue(`a time is expected, found ${text}`);
    return z.NEVER;
  });
  const money = z.union([z.number(), z.string()]).transform(String).nullable().default(null);
  const number = z.number().nullable().default(null);
  const month = z.string().regex(/^\d{4}-\d\d$/);
  const lead = {
    lead: z.string(),
    name: z.string().optional(),
    phone: z.union([z.string(), z.number()]).transform(String).optional(),
    email: z.string().optional(),
    source: z.string().default('walk-in'),
    referredBy: z.string().nullable().default(null),
    zone: z.string().nullable().default(null),
  };
  switch (told.name) {
    case 'roster.submitted': {
      const f = z
        .strictObject({
          month,
          zone: z.string().nullable().default(null),
          by: z.string(),
          advisors: z.array(z.string()),
        })
        .parse(fields);
      return { fact: 'roster.submitted', actor: f.by, ...f } as Fact;
    }
    case 'roster.confirmed': {
      const f = z
        .strictObject({ month, by: z.string(), channel: z.string().default('whatsapp') })
        .parse(fields);
      return { fact: 'roster.confirmed', actor: f.by, ...f } as Fact;
    }
    case 'person.changed': {
      const f = z
        .strictObject({
          person: z.string(),
          internal: z.boolean(),
          documents: z.enum(['complete', 'incomplete', 'expired']),
          grade: z.enum(['pass', 'fail', 'none']),
          left: z.boolean(),
          absent: z.boolean(),
          zone: z.string(),
          reportsTo: z.string(),
        })
        .partial()
        .required({ person: true })
        .parse(fields);
      return { fact: 'person.changed', actor: 'administrator', ...f } as Fact;
    }
    case 'month.results': {
      const f = z
        .strictObject({
          person: z.string(),
          month,
          sales: z.number(),
          leads: z.number(),
          closings: z.number(),
        })
        .parse(fields);
      return { fact: 'month.results', actor: 'administrator', ...f } as Fact;
    }
    case 'policy.signed': {
      const f = z.strictObject({ by: z.string(), procedure: z.string(), fullName: z.string() }).parse(fields);
      return { fact: 'policy.signed', actor: f.by, ...f } as Fact;
    }
    case 'lead.received': {
      const f = z
        .strictObject({ ...lead, sentAt: time.optional(), test: z.boolean().default(false) })
        .parse(fields);
      return arrival('lead.received', f, f.source, scenario, { sentAt: f.sentAt ?? null, test: f.test });
    }
    case 'lead.registered': {
      const f = z.strictObject({ ...lead, by: z.string() }).parse(fields);
      return {
        ...arrival('lead.registered', f, f.by, scenario, { sentAt: null, test: false }),
        by: f.by,
      } as Fact;
    }
    case 'call.started': {
      const f = z
        .strictObject({
          call: z.string(),
          by: z.string(),
          lead: z.string(),
          direction: z.enum(['in', 'out']).default('out'),
        })
        .parse(fields);
      return { fact: 'call.started', actor: 'pbx', ...f } as Fact;
    }
    case 'call.ended': {
      const f = z
        .strictObject({ call: z.string(), answered: z.boolean(), talkSeconds: number, ringSeconds: number })
        .parse(fields);
      return { fact: 'call.ended', actor: 'pbx', ...f } as Fact;
    }
    case 'call.reported': {
      const f = z
        .strictObject({
          by: z.string(),
          lead: z.string(),
          startedAt: time,
          answered: z.boolean(),
          talkSeconds: number,
          ringSeconds: number,
          direction: z.enum(['in', 'out']).default('out'),
          call: z.string().optional(),
        })
        .parse(fields);
      return { fact: 'call.reported', actor: 'pbx', ...f, call: f.call ?? `reported-${told.line}` } as Fact;
    }
    case 'message': {
      const f = z
        .strictObject({
          by: z.string().nullable().default(null),
          from: z.string().nullable().default(null),
          lead: z.string(),
          channel: z.string(),
          verifiable: z.boolean().default(true),
        })
        .parse(fields);
      return { fact: 'message', actor: f.by ?? f.channel, ...f } as Fact;
    }
    case 'note': {
      const f = z.strictObject({ by: z.string(), lead: z.string(), text: z.string() }).parse(fields);
      return { fact: 'note', actor: f.by, ...f } as Fact;
    }
    case 'lead.graded': {
      const f = z
        .strictObject({
          by: z.string(),
          lead: z.string(),
          grade: z.enum(['A', 'AA', 'AAA']),
          reason: z.string().default(''),
        })
        .parse(fields);
      return { fact: 'lead.graded', actor: f.by, ...f } as Fact;
    }
    case 'lead.passed': {
      const f = z.strictObject({ by: z.string(), lead: z.string(), reason: z.string() }).parse(fields);
      return { fact: 'lead.passed', actor: f.by, ...f } as Fact;
    }
    case 'lead.placed': {
      const f = z
        .strictObject({
          by: z.string(),
          lead: z.string(),
          to: z.string().nullable().default(null),
          reason: z.string(),
        })
        .parse(fields);
      return { fact: 'lead.placed', actor: f.by, ...f } as Fact;
    }
    case 'sale.closed': {
      const f = z
        .strictObject({
          by: z.string(),
          lead: z.string(),
          sale: z.string().optional(),
          price: money,
          advisorCommission: money,
          managerCommission: money,
        })
        .parse(fields);
      return { fact: 'sale.closed', actor: f.by, ...f, sale: f.sale ?? `sale-${told.line}` } as Fact;
    }
    case 'contact.attempted': {
      const f = z
        .strictObject({ by: z.string(), lead: z.string(), channel: z.enum(contactChannels) })
        .parse(fields);
      return { fact: 'contact.attempted', actor: f.by, ...f } as Fact;
    }
    case 'doubt.settled': {
      const f = z
        .strictObject({
          lead: z.string(),
          of: z.string(),
          by: z.string(),
          outcome: z.enum(['same', 'different']),
        })
        .parse(fields);
      return { fact: 'doubt.settled', actor: f.by, doubt: null, ...f } as Fact;
    }
    case 'contact.unmerged':
    case 'contact.exported': {
      const f = z.strictObject({ lead: z.string(), by: z.string() }).parse(fields);
      return { fact: told.name, actor: f.by, contact: null, format: 'json', ...f } as Fact;
    }
    case 'lead.marked-test': {
      const f = z.strictObject({ lead: z.string(), by: z.string() }).parse(fields);
      return { fact: 'lead.marked-test', actor: f.by, ...f };
    }
    case 'contact.opted-out':
    case 'contact.opted-in': {
      const f = z
        .strictObject({
          lead: z.string(),
          by: z.string().nullable().default(null),
          scope: z.enum(['calls', 'messages', 'email', 'all']).default('all'),
          origin: z.string().default('whatsapp'),
          text: z.string(),
          givenAt: time.optional(),
        })
        .parse(fields);
      return { fact: told.name, actor: f.by ?? f.origin, contact: null, ...f } as Fact;
    }
    case 'contact.erased': {
      const f = z
        .strictObject({
          lead: z.string(),
          by: z.string(),
          reason: z.enum(erasureReasons).default('requested'),
          requestedAt: time,
        })
        .parse(fields);
      return { fact: 'contact.erased', actor: f.by, contact: null, ...f } as Fact;
    }
    default:
      throw new Error(`the fact ${told.name} is not built yet`);
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
  scenario: Scenario,
  more: { sentAt: Instant | null; test: boolean },
): Arrival {
  const { lead, name, phone, email, source, referredBy, zone } = fields;
  return {
    fact,
    actor,
    lead,
    source,
    sourceId: null,
    zone,
    referredBy,
    ...more,
    identity: identityOf(fields, scenario.country, `lead:${lead}`),
    consent: null,
    asReceived: {
      name: name ?? null,
      phones: phone === undefined ? [] : [phone],
      emails: email === undefined ? [] : [email],
      message: null,
      fields: {},
    },
    campaign: {},
    receipt: null,
  };
}

function identityOf(fields: LeadFields, country: 'MX' | 'CO', origin: string): HeldFacts {
  const phone = fields.phone === undefined ? null : readPhone(fields.phone, country);
  const email = fields.email === undefined ? null : readEmail(fields.email);
  return {
    ...noFacts,
    names: fields.name === undefined ? [] : [{ value: fields.name, origin, raw: fields.name }],
    phones: phone === null || 'refused' in phone ? [] : [{ value: phone.e164, origin, raw: phone.raw }],
    emails: email === null || 'refused' in email ? [] : [{ value: email.folded, origin, raw: email.raw }],
  };
}
