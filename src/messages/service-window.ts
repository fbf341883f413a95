/**
 * May we write freely to this person on WhatsApp now, or only with an approved template?
 * Source: Meta, customer service window (24 h from the person's last message) and free entry point
 * (72 h when it began from a click-to-WhatsApp advertisement and we answered within the 24).
 */
import { HOUR, between, plus, type Instant } from '../platform/time.ts';

export const SERVICE_WINDOW_MILLISECONDS = 24 * HOUR;
export const AD_WINDOW_MILLISECONDS = 72 * HOUR;

export interface WindowFacts {
  /** The person's last message to this sender. */
  readonly lastInboundAt?: Instant | undefined;
  /** The last message that came from an advertisement, and our first answer to it. */
  readonly fromAd?: { readonly inboundAt: Instant; readonly answeredAt?: Instant | undefined } | undefined;
}

export type ServiceWindow =
  | { readonly form: 'free-text'; readonly until: Instant }
  | { readonly form: 'template-needed'; readonly since?: Instant };

/** `until` is exclusive: at that very instant Meta may already answer 131047. */
export function serviceWindow(facts: WindowFacts, now: Instant): ServiceWindow {
  const ends: Instant[] = [];
  if (facts.lastInboundAt) ends.push(plus(facts.lastInboundAt, SERVICE_WINDOW_MILLISECONDS));
  const ad = facts.fromAd;
  if (ad)
    ends.push(plus(ad.inboundAt, answeredInTime(ad) ? AD_WINDOW_MILLISECONDS : SERVICE_WINDOW_MILLISECONDS));
  const until = ends.toSorted().at(-1);
  if (until === undefined) return { form: 'template-needed' };
  return now < until ? { form: 'free-text', until } : { form: 'template-needed', since: until };
}

function answeredInTime(ad: NonNullable<WindowFacts['fromAd']>): boolean {
  return ad.answeredAt !== undefined && between(ad.inboundAt, ad.answeredAt) < SERVICE_WINDOW_MILLISECONDS;
}
