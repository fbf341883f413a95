import { createHash } from 'node:crypto';
import { sql } from 'kysely';

import type { Database } from '../platform/database.ts';
import { between, plus, SECOND, type Clock } from '../platform/time.ts';
import { begin, FORGOTTEN_AFTER, networkOf, type AttemptKind, type Attempts } from './lock-out.ts';

export interface TriedBy {
  /** As typed; null where no account is named. */
  readonly email: string | null;
  readonly address: string;
}

export interface LockOut {
  /** Counts a try; gives the seconds it must wait instead, 0 when it may go on. */
  tried(by: TriedBy): Promise<number>;
  /** The try was right after all: the account starts anew, the address gets its one back. */
  succeeded(by: TriedBy): Promise<void>;
  forgetOld(): Promise<void>;
}

interface Key {
  readonly key: string;
  readonly kind: AttemptKind;
}

/** The account first, then the address, always in this order: two tries never wait for each other. */
function keysOf({ email, address }: TriedBy): Key[] {
  const hash = createHash('sha256')
    .update((email ?? '').trim().toLowerCase())
    .digest('hex');
  return [
    ...(email === null ? [] : [{ key: `account:${hash}`, kind: 'account' } as const]),
    { key: `address:${networkOf(address)}`, kind: 'address' },
  ];
}

export function createLockOut(database: Database, clock: Clock): LockOut {
  return {
    tried: (by) =>
      database.kysely.transaction().execute(async (tx) => {
        const now = clock.now();
        const counted: (Attempts & { key: string })[] = [];
        for (const { key, kind } of keysOf(by)) {
          await sql`
            insert into sign_in_attempts (key, failures, last_failed_at, wait_until) values (${key}, 0, ${now}, ${now})
            on conflict (key) do nothing`.execute(tx);
          const found = await sql<Attempts>`
            select failures, last_failed_at, wait_until from sign_in_attempts where key = ${key} for update`.execute(
            tx,
          );
          const begun = begin(found.rows[0] ?? null, kind, now);
          if ('refusedUntil' in begun) return Math.ceil(between(now, begun.refusedUntil) / SECOND);
          counted.push({ key, ...begun.counted });
        }
        for (const { key, failures, lastFailedAt, waitUntil } of counted) {
          await sql`
            update sign_in_attempts set failures = ${failures}, last_failed_at = ${lastFailedAt}, wait_until = ${waitUntil}
             where key = ${key}`.execute(tx);
        }
        return 0;
      }),
    succeeded: async (by) => {
      for (const { key, kind } of keysOf(by)) {
        await (
          kind === 'account'
            ? sql`delete from sign_in_attempts where key = ${key}`
            : sql`update sign_in_attempts set failures = greatest(0, failures - 1), wait_until = last_failed_at where key = ${key}`
        ).execute(database.kysely);
      }
    },
    forgetOld: async () => {
      const before = plus(clock.now(), -FORGOTTEN_AFTER);
      await sql`delete from sign_in_attempts where last_failed_at < ${before}`.execute(database.kysely);
    },
  };
}
