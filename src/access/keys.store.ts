import { sql } from 'kysely';
import { z } from 'zod';

import type { Database, Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { keyScopes, type KeyScope } from './permissions.ts';
import { hashOf } from './tokens.adapter.ts';
import type { KeyCaller } from './who.ts';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly startsWith: string;
  readonly scopes: readonly KeyScope[];
  readonly requestsAMinute: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
}

const Row = z.object({
  organizationId: z.string(),
  keyId: z.string(),
  name: z.string(),
  // A scope that this version no longer knows opens nothing.
  scopes: z.array(z.string()).transform((names) => keyScopes.filter((scope) => names.includes(scope))),
  requestsAMinute: z.number(),
});

export async function callerByKey(database: Database, key: string): Promise<KeyCaller | null> {
  const found = await sql`select * from who_by_key(${hashOf(key)})`.execute(database.kysely);
  if (found.rows[0] === undefined) return null;
  const { organizationId, keyId, name, scopes, requestsAMinute } = Row.parse(found.rows[0]);
  return { kind: 'key', key: keyId, name, organization: { id: organizationId }, scopes, requestsAMinute };
}

export async function insertKey(
  tx: Tx,
  organization: string,
  key: Pick<
    ApiKey,
    'id' | 'name' | 'startsWith' | 'scopes' | 'requestsAMinute' | 'createdBy' | 'createdAt'
  > & { hash: string },
): Promise<void> {
  await sql`
    insert into api_keys (organization_id, id, name, starts_with, hash, scopes, requests_a_minute, created_by, created_at)
    values (${organization}, ${key.id}, ${key.name}, ${key.startsWith}, ${key.hash}, ${[...key.scopes]}::text[],
            ${key.requestsAMinute}, ${key.createdBy}, ${key.createdAt})`.execute(tx);
}

export async function listKeys(tx: Tx, organization: string): Promise<ApiKey[]> {
  const found = await sql<ApiKey>`
    select id, name, starts_with, scopes, requests_a_minute, created_by, created_at, revoked_at, last_used_at from api_keys
     where organization_id = ${organization} order by created_at desc, id`.execute(tx);
  return found.rows;
}

export async function revokeKey(tx: Tx, organization: string, id: string, at: Instant): Promise<boolean> {
  const done = await sql`
    update api_keys set revoked_at = coalesce(revoked_at, ${at})
     where organization_id = ${organization} and id = ${id} returning id`.execute(tx);
  return done.rows.length > 0;
}
