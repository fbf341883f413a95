import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import { sealWith } from '../platform/sealing.ts';
import type { Instant } from '../platform/time.ts';
import { pbxSettings, type PbxAccess, type PbxSettings } from './pbx-access.ts';

/** Takes the key `keyFor(secret, 'pbx')`. Null where nothing is set up, or was sealed under another key. */
export async function readPbxAccess(tx: Tx, organization: string, key: Buffer): Promise<PbxAccess | null> {
  const found = await sql<{ settings: string; updatedAt: Instant }>`
    select settings, updated_at from pbx_access where organization_id = ${organization}`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) return null;
  const text = sealWith(key).open(row.settings, `${organization} pbx`);
  const settings = text === null ? undefined : pbxSettings.safeParse(JSON.parse(text)).data;
  return settings === undefined ? null : { settings, updatedAt: row.updatedAt };
}

export async function savePbxAccess(
  tx: Tx,
  organization: string,
  key: Buffer,
  access: { settings: PbxSettings; at: Instant; by: string },
): Promise<void> {
  const sealed = sealWith(key).seal(JSON.stringify(access.settings), `${organization} pbx`);
  await sql`
    insert into pbx_access (organization_id, settings, updated_at, updated_by)
    values (${organization}, ${sealed}, ${access.at}, ${access.by})
    on conflict (organization_id) do update
       set settings = excluded.settings, updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(
    tx,
  );
}
