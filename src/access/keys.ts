import type { Instant } from '../platform/time.ts';
import type { AccessParts } from './index.ts';
import { insertKey } from './keys.store.ts';
import type { KeyScope } from './permissions.ts';
import { hashOf, newToken } from './tokens.adapter.ts';

/** Begins every key, so that one pasted where it does not belong is recognized, by us and by secret scanners. */
export const KEY_PREFIX = 'pauta_';
const SHOWN_CHARACTERS = KEY_PREFIX.length + 6;
/** 500 a second: more than one honest source sends, less than what makes the others wait. */
export const REQUESTS_A_MINUTE_DEFAULT = 30_000;

export interface NewKey {
  readonly organization: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly requestsAMinute?: number;
  /** The person who makes it. */
  readonly by: string;
}

export interface CreatedKey {
  readonly id: string;
  /** Shown once: only its hash is kept. */
  readonly key: string;
  readonly startsWith: string;
  readonly createdAt: Instant;
}

export async function createKey(
  parts: Pick<AccessParts, 'database' | 'clock' | 'newId'>,
  made: NewKey,
): Promise<CreatedKey> {
  const key = `${KEY_PREFIX}${newToken()}`;
  const row = { id: parts.newId(), startsWith: key.slice(0, SHOWN_CHARACTERS), createdAt: parts.clock.now() };
  await parts.database.inOrganization(made.organization, (tx) =>
    insertKey(tx, made.organization, {
      ...row,
      name: made.name,
      scopes: made.scopes,
      requestsAMinute: made.requestsAMinute ?? REQUESTS_A_MINUTE_DEFAULT,
      createdBy: made.by,
      hash: hashOf(key),
    }),
  );
  return { ...row, key };
}

/** Keys remembered by the pace at once; past it the ones longest unused are forgotten, which only forgives them. */
const KEYS_PACED_MAX = 10_000;
const MINUTE_MILLISECONDS = 60_000;

/**
 * A bucket a key, of ten seconds' worth, filled at the key's rate: bursts pass, a loop in somebody's script
 * does not. Each process has its own, so that N processes together let N times as much through.
 */
export function createKeyPace() {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    /** Milliseconds to wait; 0 when the request may pass. `nowMilliseconds` must never go back. */
    take(key: string, requestsAMinute: number, nowMilliseconds: number): number {
      const most = Math.max(1, requestsAMinute / 6);
      const bucket = buckets.get(key) ?? { left: most, at: nowMilliseconds };
      buckets.delete(key);
      buckets.set(key, bucket);
      const perMillisecond = requestsAMinute / MINUTE_MILLISECONDS;
      bucket.left = Math.min(most, bucket.left + (nowMilliseconds - bucket.at) * perMillisecond);
      bucket.at = nowMilliseconds;
      if (buckets.size > KEYS_PACED_MAX) buckets.delete(buckets.keys().next().value ?? key);
      if (bucket.left < 1) return Math.ceil((1 - bucket.left) / perMillisecond);
      bucket.left -= 1;
      return 0;
    },
  };
}
