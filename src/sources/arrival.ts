import {
  readEmail,
  readPhone,
  type ConsentRecord,
  type Held,
  type HeldFacts,
  type HomeCountry,
} from '../contacts/index.ts';
import type { Fact } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Intake } from './intake.ts';

/** What every arriving lead tells, whoever sends it; phones and e-mails already read at the door. */
export interface Arrival extends Fact {
  readonly lead: string;
  readonly source: string;
  readonly sourceId: string | null;
  readonly sentAt: Instant | null;
  readonly test: boolean;
  readonly zone: string | null;
  readonly referredBy: string | null;
  readonly identity: HeldFacts;
  readonly consent: ConsentRecord | null;
  /** As received, for the screen; never overwritten. */
  readonly asReceived: {
    readonly name: string | null;
    readonly phones: readonly string[];
    readonly emails: readonly string[];
    readonly message: string | null;
    readonly fields: { readonly [field: string]: Json };
  };
  readonly campaign: { readonly [field: string]: Json };
  /** The receipt that holds the body as it came; "import:<id>:<row>" for a row of a file. */
  readonly receipt: string | null;
}

export interface LeadReceived extends Arrival {
  readonly fact: 'lead.received';
  /** Only if nobody with these ways to be reached has an open lead: a message from a known person is no new lead. */
  readonly unlessOpen?: boolean;
}

/** An advisor registers an own prospect, a walk-in or a referral. */
export interface LeadRegistered extends Arrival {
  readonly fact: 'lead.registered';
  readonly by: string;
}

/** Going live: a lead that exists, with its holder and dates; it takes no turn and no ten minutes run. */
export interface LeadImported extends Arrival {
  readonly fact: 'lead.imported';
  readonly by: string;
  readonly holder: string | null;
  readonly registeredAt: Instant;
  readonly contactedAt: Instant | null;
}

/** What the door knows of whoever receives: its country reads local numbers, its own lines are nobody's. */
export interface ArrivalDoor {
  readonly lead: string;
  readonly receipt: string;
  readonly country: HomeCountry;
  readonly companyLines: ReadonlySet<string>;
  readonly now: Instant;
}

/** A lead as a source told it, as the house decides it. Phones and e-mails that cannot be read stay as received. */
export function arrivalOf(intake: Intake, door: ArrivalDoor): Omit<Arrival, 'fact' | 'actor'> {
  const { company, city, document } = intake;
  const origin = `${intake.source}:${intake.sourceId ?? door.receipt}`;
  return {
    lead: door.lead,
    source: intake.source,
    sourceId: intake.sourceId,
    sentAt: intake.sentAt,
    test: intake.test,
    zone: intake.zone ?? null,
    referredBy: intake.referredBy ?? null,
    identity: identityOf(intake, origin, door),
    consent: consentOf(intake, origin, door.now),
    asReceived: {
      name: intake.name,
      phones: intake.phones,
      emails: intake.emails,
      message: intake.message ?? null,
      fields: {
        ...intake.fields,
        ...(company === undefined ? {} : { company }),
        ...(city === undefined ? {} : { city }),
        ...(document === undefined ? {} : { document }),
      },
    },
    campaign: { ...intake.campaign },
    receipt: door.receipt,
  };
}

function identityOf(intake: Intake, origin: string, door: ArrivalDoor): HeldFacts {
  const { companyLines, country } = door;
  const held = (value: string, raw: string): Held => ({ value, origin, raw });
  return {
    names: intake.name === null ? [] : [held(intake.name, intake.name)],
    phones: intake.phones.flatMap((raw) => {
      const read = readPhone(raw, country, { companyLines });
      return 'refused' in read ? [] : [held(read.e164, raw)];
    }),
    emails: intake.emails.flatMap((raw) => {
      const read = readEmail(raw);
      return 'refused' in read ? [] : [held(read.folded, raw)];
    }),
    documents: intake.document === undefined ? [] : [held(plainDocument(intake.document), intake.document)],
    whatsappIds:
      intake.whatsappUserId === undefined ? [] : [held(intake.whatsappUserId, intake.whatsappUserId)],
  };
}

/** Cédulas come with dots and blanks, CURP and RFC in either case. */
function plainDocument(raw: string): string {
  return raw.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

function consentOf(intake: Intake, origin: string, now: Instant): ConsentRecord | null {
  if (intake.consent === null) return null;
  const { text, at } = intake.consent;
  return { kind: 'given', scope: 'all', at: at ?? intake.sentAt ?? now, text, origin };
}

/** Whether anything in it could be read so that the person can be reached. */
export function isReachable({ phones, emails, whatsappIds }: HeldFacts): boolean {
  return phones.length + emails.length + whatsappIds.length > 0;
}
