/** What is asked of the gate, what it must be given to answer, and the answer. */
import type { OpeningHours } from '../calendar/index.ts';
import type { Instant } from '../platform/time.ts';
import type { GateRefusal } from './refusals.ts';

export const contactChannels = ['call', 'whatsapp', 'sms', 'email', 'telegram', 'push', 'visit'] as const;
export type ContactChannel = (typeof contactChannels)[number];

/**
 * Why we would contact the person.
 * `requested`: they asked (a marketing lead asking to be contacted and its follow-up, a reply in a conversation they
 * opened, a call-back they wanted): not advertising in law. `follow-up`: our own initiative towards someone we know,
 * outside any request; the law files treat it as advertising. `marketing`, `collections`: as the law names them.
 */
export const contactPurposes = ['follow-up', 'requested', 'marketing', 'collections'] as const;
export type ContactPurpose = (typeof contactPurposes)[number];

export const registers = ['REPEP', 'REUS', 'RNE'] as const;
export type Register = (typeof registers)[number];

export const sectors = ['financial', 'general'] as const;
export type Sector = (typeof sectors)[number];

export interface ContactRequest {
  /** `system`: the product itself (a reminder, a confirmation), on nobody's behalf. */
  by: { person: string; role: string } | 'system';
  channel: ContactChannel;
  purpose: ContactPurpose;
  /** The instant of dialing or sending; at list building, the instant of the list. */
  at: Instant;
}

/** Everything is as known at the request's instant; the gate is asked again, with fresh facts, when the act is done. */
export interface ContactFacts {
  /** There is a row for this person, registered by its source. */
  registered: boolean;
  /** The person had their data erased. */
  erased: boolean;
  /** Who holds the lead now; null while it waits in a queue. */
  holder: string | null;
  /** The holder's manager first, then up the line. */
  holderManagerChain: readonly string[];
  frozen: Freeze | null;
  optOuts: readonly OptOut[];
  consents: readonly Consent[];
  registerEntries: readonly RegisterEntry[];
  /** When each register was last consulted for this person. Absent: the organization keeps none, and age is not judged. */
  registerChecks?: readonly { register: Register; at: Instant }[];
  /** Times a person was really reached, a delivered WhatsApp or a voicemail left included; not mere attempts. */
  directContacts: readonly { at: Instant; channel: ContactChannel }[];
  /** The organization's setting; null: none made. */
  authorizedChannels: readonly ContactChannel[] | null;
  agreedHours: OpeningHours | null;
  /** Hours the person asked for in a document of their own; they replace the legal window where the law lets them. */
  ownHours?: OpeningHours;
  recipientZone: string;
  /** The recipient's, ISO 3166: whose law protects them. */
  country: string;
  /** Of the organization. Absent: unknown, so the rules of every sector hold. */
  sector?: Sector;
  /** Calls: does this one go through the company's PBX? Ignored on other channels. */
  viaPbx: boolean;
}

export interface Freeze {
  claim: string;
  since: Instant;
  /** lead-reassignment reading `extension.from: notification`: until then (inclusive) the holder alone is excepted. */
  exceptHolderUntil?: Instant;
}

export interface OptOut {
  channel: ContactChannel | 'all';
  at: Instant;
}

/** A consent with its proof on file. In force from `at` until, not including, `until`. */
export interface Consent {
  channel: ContactChannel | 'all';
  purpose: ContactPurpose | 'all';
  at: Instant;
  until?: Instant;
  /** Not said in so many words (valid in Mexico as a rule, but it does not win over a register). */
  tacit?: true;
}

export interface RegisterEntry {
  register: Register;
  /** A number that is registered as a whole is 'all'. */
  channel: ContactChannel | 'all';
  at: Instant;
}

/** The procedures in force at the instant of the request. */
export interface GateRules {
  /** The reference to write in `because` ('lead-reassignment@2024-06-12#L4'), or null when that procedure does not hold. */
  cite(procedure: string, clause: string): string | null;
}

export type ContactAnswer =
  | { answer: 'allowed'; because: string[] }
  | {
      answer: 'refused';
      why: GateRefusal;
      because: string[];
      /** The first instant at which nothing known now would refuse. Absent: waiting does not help. */
      until?: Instant;
    };
