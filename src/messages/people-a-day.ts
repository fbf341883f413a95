/**
 * With how many people a business may begin a WhatsApp conversation in any 24 hours: one number for all of its senders, which
 * Meta raises as it trusts them. Who wrote within the service window does not count. Source: Meta, messaging limits.
 */
import { z } from 'zod';

import { HOUR } from '../platform/time.ts';

/** What Meta grants, in its steps; above the last there is no limit. */
export const PEOPLE_A_DAY_STEPS = [250, 2_000, 10_000, 100_000] as const;
export const PEOPLE_A_DAY_MILLISECONDS = 24 * HOUR;

const TIERS: Readonly<Record<string, number | null>> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: null,
};

/** Meta writes the same limit as a step's name or as a number, -1 for none. */
const told = z.union([
  z
    .string()
    .refine((tier) => Object.hasOwn(TIERS, tier))
    .transform((tier) => TIERS[tier] ?? null),
  z.union([z.int().positive(), z.literal(-1)]).transform((people) => (people === -1 ? null : people)),
]);
const notice = z.object({
  max_daily_conversations_per_business: told.optional().catch(undefined),
  max_daily_conversation_per_phone: told.optional().catch(undefined),
});

/**
 * The limit that an account's notice tells of; null: none. Undefined where it tells of none: `current_limit` alone may mean the
 * throughput of a number.
 */
export function peopleADayIn(raw: unknown): number | null | undefined {
  const read = notice.safeParse(raw).data;
  return read?.max_daily_conversations_per_business !== undefined
    ? read.max_daily_conversations_per_business
    : read?.max_daily_conversation_per_phone;
}
