import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { proposalsSlice, type Proposal } from './proposals.ts';

const COLUMNS = sql.raw(
  'id, procedure, adoption, proposed_by, proposed_at, state, decided_by, decided_at, alone, reasons',
);
const OWN = sql.raw('organization_id = (select pauta_organization())');

/** Few a year: they are all loaded where one is decided. */
export async function loadProposals(tx: Tx, world: World): Promise<void> {
  const { proposals } = world.get(proposalsSlice);
  for (const row of await readProposals(tx)) proposals.loaded(row.id, row);
}

/** Latest first. */
export async function readProposals(tx: Tx): Promise<Proposal[]> {
  const found = await sql<Proposal>`
    select ${COLUMNS} from procedure_proposals where ${OWN} order by proposed_at desc, id`.execute(tx);
  return found.rows;
}

export async function saveProposals(tx: Tx, organization: string, world: World): Promise<void> {
  const changed = world.get(proposalsSlice).proposals.changed();
  const rows = changed.map(([, row]) => ({ ...row }));
  await saveRows(tx, organization, 'procedure_proposals', ['id'], rows);
}
