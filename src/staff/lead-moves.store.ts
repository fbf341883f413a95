import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import type { Instant } from '../platform/time.ts';
import { moveKey, movesSlice, type LeadMove } from './lead-moves.ts';

const COLUMNS = sql.raw('lead, at, kind, person, since, counts');
const OWN = sql.raw('organization_id = (select pauta_organization())');

/** Whatever happened from then on: what came before says nothing of the period. */
export async function loadMoves(tx: Tx, world: World, from: Instant): Promise<void> {
  const found = await sql<LeadMove>`
    select ${COLUMNS} from lead_moves where ${OWN} and at >= ${from} order by at`.execute(tx);
  const { moves } = world.get(movesSlice);
  for (const row of found.rows) moves.loaded(moveKey(row), row);
}

export async function allMoves(tx: Tx): Promise<LeadMove[]> {
  return (await sql<LeadMove>`select ${COLUMNS} from lead_moves where ${OWN}`.execute(tx)).rows;
}

export async function saveMoves(tx: Tx, organization: string, world: World): Promise<void> {
  const changed = world.get(movesSlice).moves.changed();
  await saveRows(
    tx,
    organization,
    'lead_moves',
    ['lead', 'kind', 'person', 'at', 'since'],
    changed.map(([, row]) => ({ ...row })),
  );
}
