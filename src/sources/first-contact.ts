import type { Instant } from '../platform/time.ts';
import { sourceFault } from './faults.ts';
import { gathered, type Answer } from './gather.ts';
import { reachable, type Door, type Parsed } from './intake.ts';
import type { Target } from './targets.ts';

/** A first message by WhatsApp from somebody not known. Since usernames, `phone` may be missing. */
export interface FirstMessage {
  messageId: string;
  at: Instant;
  phone?: string;
  userId?: string;
  profileName?: string;
  text?: string;
  /** The advertisement the person tapped to write, when WhatsApp says so. */
  referral?: { adId?: string; clickId?: string; headline?: string };
}

/** A message from an unknown number is a lead whose wish is the message. */
export function leadFromMessage(message: FirstMessage, door: Door): Parsed {
  const { referral } = message;
  const intake = gathered(
    answersOf([
      ['name', message.profileName],
      ['phone', message.phone],
      ['message', message.text],
      ['adId', referral?.adId],
      ['adName', referral?.headline],
      ['clickId', referral?.clickId],
    ]),
    door,
  );
  intake.sourceId = message.messageId;
  intake.sentAt = message.at;
  if (message.userId !== undefined && message.userId !== '') intake.whatsappUserId = message.userId;
  return reachable(intake) ? { intake } : { fault: sourceFault('no-way-to-reach', 'phone') };
}

/** An inbound call from a number not known, answered or not, as the PBX told of it. */
export interface FirstCall {
  callId: string;
  startedAt: Instant;
  /** The caller; null when the number was withheld. Never the company's own line. */
  otherParty: string | null;
  companyLine: string | null;
  city?: string;
}

/** A call is a lead even unanswered: somebody wanted to talk. A withheld number can be called back by nobody. */
export function leadFromCall(call: FirstCall, door: Door): Parsed {
  const line = call.companyLine ?? undefined;
  const intake = gathered(
    answersOf([
      ['phone', call.otherParty ?? undefined],
      ['city', call.city],
    ]),
    door,
  );
  intake.sourceId = call.callId;
  intake.sentAt = call.startedAt;
  if (line !== undefined) intake.fields = { ...intake.fields, companyLine: line };
  return reachable(intake) ? { intake } : { fault: sourceFault('no-way-to-reach', 'otherParty') };
}

function answersOf(pairs: readonly (readonly [Target, string | undefined])[]): Answer[] {
  return pairs.flatMap(([target, value]) => (value === undefined ? [] : [{ name: target, target, value }]));
}
