import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import { storableJson } from '../platform/storable.ts';
import type { Instant } from '../platform/time.ts';
import { sourceFault } from './faults.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');
/** An uploaded file that nobody imports is kept this long, as its uploader may be asking somebody about it. */
export const PREVIEW_KEPT_DAYS = 7;

/** What stands of a fault once the data it spoke of are gone. */
const GONE = (): string => storableJson(sourceFault('row-forgotten'));

/**
 * The bodies in which an erased person's leads came: only the hash of each stays, as the proof that it came. Also of the
 * same thing sent again; and of what came faulty, in a webhook or a file of many people, and holds one of `needles`.
 */
export async function eraseBodies(
  tx: Tx,
  { leads, receipts, needles }: Record<'leads' | 'receipts' | 'needles', readonly string[]>,
): Promise<void> {
  await sql`
    with theirs as (
      select id, source, source_id from receipts
       where ${OWN} and (lead = any(${leads}::text[]) or id = any(${receipts}::text[])))
    update receipts r set body = ''::bytea, headers = '{}', fault = null
     where r.${OWN}
       and (exists (select from theirs t
                     where t.id = r.id or (t.source = r.source and t.source_id is not null and t.source_id = r.source_id))
            or (r.lead is null and exists (
                  select from unnest(${needles}::text[]) as needle where position(convert_to(needle, 'UTF8') in r.body) > 0)))`.execute(
    tx,
  );
  if (needles.length === 0) return;
  await sql`
    update import_faults f set cells = '[]', fault = ${GONE()}::jsonb
     where f.${OWN} and exists (
       select from unnest(${needles}::text[]) as needle
        where position(lower(needle) in lower(f.cells::text)) > 0
           or (needle ~ '^\\d{7,}$' and position(needle in regexp_replace(f.cells::text, '\\D', '', 'g')) > 0))`.execute(
    tx,
  );
  // Only a file that is still to be read is there at all; of a workbook nobody can see from outside whom it names.
  await sql`
    update imports i set state = 'canceled', canceled_at = now(), ended_at = now(), file = ''::bytea
     where i.${OWN} and i.state = 'preview' and exists (
       select from unnest(${needles}::text[]) as needle where position(convert_to(needle, 'UTF8') in i.file) > 0)`.execute(
    tx,
  );
}

/**
 * Empties, oldest first, what was received before `before` and belongs to no person: faulty and repeated bodies, webhooks of
 * many people that were read, tests, leads refused. Gives how many; call again until none are left.
 */
export async function forgetBodies(tx: Tx, before: Instant, limit: number): Promise<number> {
  const emptied = await sql`
    update receipts r set body = ''::bytea, headers = '{}', fault = case when r.fault is null then null else ${GONE()}::jsonb end
     where r.${OWN} and r.id in (
       select o.id from receipts o
         left join leads l on l.organization_id = o.organization_id and l.id = o.lead
        where o.${OWN} and o.received_at < ${before} and o.state <> 'new' and o.body <> ''::bytea and l.contact is null
        order by o.received_at limit ${limit})`.execute(tx);
  return Number(emptied.numAffectedRows ?? 0n);
}

/** Files that ended imports left behind, previews nobody went on with, and the cells of rows with a fault. */
export async function forgetFiles(
  tx: Tx,
  { now, before, previewsBefore }: Record<'now' | 'before' | 'previewsBefore', Instant>,
): Promise<number> {
  const stale = await sql`
    update imports i set state = 'canceled', canceled_at = ${now}, ended_at = ${now}
     where i.${OWN} and i.state = 'preview' and i.created_at < ${previewsBefore}`.execute(tx);
  const files = await sql`
    update imports i set file = ''::bytea
     where i.${OWN} and i.state in ('done', 'canceled', 'failed') and i.file <> ''::bytea`.execute(tx);
  const cells = await sql`
    update import_faults f set cells = '[]', fault = ${GONE()}::jsonb
      from imports i
     where f.${OWN} and i.organization_id = f.organization_id and i.id = f.import and i.ended_at < ${before}
       and f.cells <> '[]'::jsonb`.execute(tx);
  return [stale, files, cells].reduce((sum, { numAffectedRows }) => sum + Number(numAffectedRows ?? 0n), 0);
}
