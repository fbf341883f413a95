import { createHash } from 'node:crypto';
import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { PushSubscription } from './channel.ts';

/** A person's browsers; one more takes the oldest's place. */
export const SUBSCRIPTIONS_A_PERSON_MAX = 10;

export interface Device {
  readonly id: string;
  readonly device: string;
  readonly createdAt: Instant;
}

export function subscriptionId(endpoint: string): string {
  return createHash('sha256').update(endpoint).digest('hex').slice(0, 32);
}

/** A browser used by somebody else before now is this person's. */
export async function saveSubscription(
  tx: Tx,
  organization: string,
  given: { person: string; subscription: PushSubscription; device: string; at: Instant },
): Promise<string> {
  const { person, subscription, device, at } = given;
  const { endpoint, keys } = subscription;
  const id = subscriptionId(endpoint);
  await sql`
    insert into push_subscriptions (organization_id, id, person, endpoint, p256dh, auth, device, created_at)
    values (${organization}, ${id}, ${person}, ${endpoint}, ${keys.p256dh}, ${keys.auth}, ${device}, ${at})
    on conflict (organization_id, id) do update
       set person = excluded.person, p256dh = excluded.p256dh, auth = excluded.auth, device = excluded.device,
           created_at = excluded.created_at`.execute(tx);
  await sql`
    delete from push_subscriptions where organization_id = ${organization} and id in
      (select id from push_subscriptions where organization_id = ${organization} and person = ${person}
        order by created_at desc, id offset ${SUBSCRIPTIONS_A_PERSON_MAX})`.execute(tx);
  return id;
}

export async function removeSubscription(
  tx: Tx,
  organization: string,
  id: string,
  person: string | null,
): Promise<boolean> {
  const gone = await sql`
    delete from push_subscriptions
     where organization_id = ${organization} and id = ${id} and (${person}::text is null or person = ${person})`.execute(
    tx,
  );
  return (gone.numAffectedRows ?? 0n) > 0n;
}

export async function devicesOf(tx: Tx, organization: string, person: string): Promise<Device[]> {
  const found = await sql<Device>`
    select id, device, created_at from push_subscriptions
     where organization_id = ${organization} and person = ${person} order by created_at`.execute(tx);
  return found.rows;
}

export async function subscriptionsOf(
  tx: Tx,
  organization: string,
  people: readonly string[],
): Promise<Map<string, PushSubscription[]>> {
  const found = await sql<{ person: string; endpoint: string; p256dh: string; auth: string }>`
    select person, endpoint, p256dh, auth from push_subscriptions
     where organization_id = ${organization} and person = any(${people}::text[]) order by created_at desc`.execute(
    tx,
  );
  const byPerson = new Map<string, PushSubscription[]>();
  for (const { person, endpoint, p256dh, auth } of found.rows) {
    byPerson.set(person, [...(byPerson.get(person) ?? []), { endpoint, keys: { p256dh, auth } }]);
  }
  return byPerson;
}
