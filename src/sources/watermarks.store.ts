import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

export interface WatchedForm {
  readonly organizationId: string;
  readonly source: string;
  readonly form: string;
  readonly watermark: Instant;
}

/** Forms whose time to be read again has come, each handed to one worker for the length of its lease. */
export async function claimForms(
  tx: Tx,
  now: Instant,
  leaseUntil: Instant,
  limit: number,
): Promise<WatchedForm[]> {
  const found = await sql<WatchedForm>`
    update meta_watermarks w set lease_until = ${leaseUntil}
      from (select organization_id, source, form from meta_watermarks
             where due_at <= ${now} and (lease_until is null or lease_until <= ${now})
             order by due_at limit ${limit} for update skip locked) due
     where w.organization_id = due.organization_id and w.source = due.source and w.form = due.form
    returning w.organization_id, w.source, w.form, w.watermark`.execute(tx);
  return found.rows;
}

export async function formRead(
  tx: Tx,
  read: { source: string; form: string; watermark: Instant; at: Instant; dueAt: Instant },
): Promise<void> {
  await sql`
    update meta_watermarks
       set watermark = ${read.watermark}, read_at = ${read.at}, due_at = ${read.dueAt}, lease_until = null
     where organization_id = (select pauta_organization()) and source = ${read.source} and form = ${read.form}`.execute(
    tx,
  );
}

/** Adds forms that are not watched yet; with those that are, only makes them due now. */
export async function keepForms(
  tx: Tx,
  organization: string,
  source: string,
  forms: readonly string[],
  watermark: Instant,
  now: Instant,
): Promise<void> {
  await sql`
    insert into meta_watermarks (organization_id, source, form, watermark, due_at)
    select ${organization}, ${source}, form, ${watermark}, ${now} from unnest(${[...forms]}::text[]) as form
    on conflict (organization_id, source, form) do update set due_at = excluded.due_at`.execute(tx);
}
