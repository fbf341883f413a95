import { isIPv6 } from 'node:net';

import { HOUR, MINUTE, plus, SECOND, type Instant } from '../platform/time.ts';

/**
 * Failed sign-ins make the next try wait, ever longer, never for good: nobody can be shut out of their account by
 * somebody else's guessing for more than a quarter of an hour at a time.
 */
export interface Attempts {
  readonly failures: number;
  readonly lastFailedAt: Instant;
  readonly waitUntil: Instant;
}

interface Patience {
  /** Failures before the first wait. */
  readonly free: number;
  readonly firstWait: number;
  readonly longestWait: number;
}

/** A floor behind one address has many who mistype; a guesser goes through many accounts. */
export const patience = {
  account: { free: 4, firstWait: 5 * SECOND, longestWait: 15 * MINUTE },
  address: { free: 30, firstWait: 5 * SECOND, longestWait: 15 * MINUTE },
} as const satisfies Record<string, Patience>;

/** After this long without a failure all is forgotten. */
export const FORGOTTEN_AFTER = 12 * HOUR;

export type AttemptKind = keyof typeof patience;

/** Milliseconds that the next try must wait after so many failures in a row. */
export function waitAfter(failures: number, kind: AttemptKind): number {
  const { free, firstWait, longestWait } = patience[kind];
  return failures <= free ? 0 : Math.min(longestWait, firstWait * 2 ** Math.min(failures - free - 1, 30));
}

/** A try counts as failed until it has succeeded, so that a hundred at once do not all slip through before the first one is counted. */
export function begin(
  before: Attempts | null,
  kind: AttemptKind,
  now: Instant,
): { refusedUntil: Instant } | { counted: Attempts } {
  if (before !== null && before.waitUntil > now) return { refusedUntil: before.waitUntil };
  const fresh = before === null || plus(before.lastFailedAt, FORGOTTEN_AFTER) <= now;
  const failures = (fresh ? 0 : before.failures) + 1;
  return { counted: { failures, lastFailedAt: now, waitUntil: plus(now, waitAfter(failures, kind)) } };
}

const IPV6_GROUPS = 8;
const IPV6_NETWORK_GROUPS = 4;

/** The address that failures are counted under: of IPv6 the /64, as one customer has all of it. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : IPV6_GROUPS - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  const network = groups
    .slice(0, IPV6_NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
