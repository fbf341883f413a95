import { sql } from 'kysely';

import type { KeptBy } from '../contacts/index.ts';
import type { Row } from '../platform/rows.ts';

export const keptCalls: KeptBy = {
  section: 'calls',
  of: async (tx, { leads }) =>
    (
      await sql<Row>`
        select started_at, ended_at, direction, by, lead, answered, ring_seconds, talk_seconds from calls
         where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])
         order by started_at`.execute(tx)
    ).rows,
};
