import type { Fault } from '../platform/fault.ts';
import type { Instant } from '../platform/time.ts';

/** One lead as a source told it; nothing is decided yet: not who it is, not whose turn. */
export interface Intake {
  /** The organization's key of the source: "facebook", "google", "portal". */
  source: string;
  /** The source's own id, always text (64-bit numbers lose digits). With `source` it makes a repeat harmless. */
  sourceId: string | null;
  /** The source's own time of the contact; null when it gave none that can be true. */
  sentAt: Instant | null;
  name: string | null;
  /** As received, cleaned only of blanks; to E.164 is a rule of contacts. */
  phones: string[];
  emails: string[];
  /** WhatsApp's business-scoped user id: since 2026 a person may write without showing a phone. */
  whatsappUserId?: string;
  company?: string;
  city?: string;
  message?: string;
  document?: string;
  campaign: Campaign;
  consent: Consent | null;
  /** A test of the source's own tools: it must never reach a turn, a clock, a commission or a report. */
  test: boolean;
  /** The sales zone the lead belongs to, when the source says. */
  zone?: string;
  /** The lead this one was referred by (lead-assignment P13, contact-center-policy L8). */
  referredBy?: string;
  /** Everything else as received, by its own name there. */
  fields: Record<string, string>;
}

/** Where the contact came from, all ids as text. */
export interface Campaign {
  campaignId?: string;
  campaignName?: string;
  adGroupId?: string;
  adGroupName?: string;
  adId?: string;
  adName?: string;
  formId?: string;
  formName?: string;
  pageId?: string;
  clickId?: string;
  assetGroupId?: string;
  platform?: string;
  medium?: string;
}

export interface Consent {
  text: string;
  at: Instant | null;
}

export type Parsed = { intake: Intake } | { fault: Fault };

/** What the door knows besides the body. `zone` (IANA) reads times that come without an offset. */
export interface Door {
  source: string;
  zone: string;
  now: Instant;
}

/** Whether the person can be reached at all; without this a lead is refused with its reason. */
export function reachable(intake: Intake): boolean {
  return intake.phones.length > 0 || intake.emails.length > 0 || intake.whatsappUserId !== undefined;
}
