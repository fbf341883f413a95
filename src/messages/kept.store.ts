import { sql } from 'kysely';

import type { KeptBy } from '../contacts/index.ts';
import type { Row } from '../platform/rows.ts';

export const keptMessages: KeptBy = {
  section: 'messages',
  of: async (tx, { leads }) =>
    (
      await sql<Row>`
        select queued_at, channel, kind, recipient, lead, state, settled_at from outbox
         where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])
         order by queued_at`.execute(tx)
    ).rows,
};
