import { sql, type RawBuilder } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { auditsSlice, type Audit } from './audit.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');
const AUDIT =
  sql.raw(`id, person, audited_by, audited_at, finding, lead, call, week, checklist, note, month, removed,
  handed_over, state, hearing_due_at, answered_at, answer, ruled_at, ruled_by, reasons`);

/** By id; with `worded`, also all that hold words about a lead: somebody is erased. */
export async function loadAudits(
  tx: Tx,
  world: World,
  { ids, worded }: { readonly ids: readonly string[]; readonly worded: boolean },
): Promise<void> {
  const wanted: RawBuilder<unknown>[] = [];
  if (ids.length > 0) wanted.push(sql`id = any(${ids}::text[])`);
  if (worded) wanted.push(sql`lead is not null`);
  if (wanted.length === 0) return;
  const branches = wanted.map((condition) => sql`select ${AUDIT} from audits where ${OWN} and ${condition}`);
  const found = await sql<Audit>`${sql.join(branches, sql` union all `)}`.execute(tx);
  const { audits } = world.get(auditsSlice);
  for (const row of found.rows) audits.loaded(row.id, row);
}

export async function saveAudits(tx: Tx, organization: string, world: World): Promise<void> {
  const rows = world.get(auditsSlice).audits.changed();
  await saveRows(
    tx,
    organization,
    'audits',
    ['id'],
    rows.map(([, row]) => ({ ...row })),
  );
}

export async function allAudits(tx: Tx): Promise<Audit[]> {
  return (await sql<Audit>`select ${AUDIT} from audits where ${OWN}`.execute(tx)).rows;
}
