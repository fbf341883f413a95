import { sql } from 'kysely';

import type { KeptBy } from '../contacts/index.ts';
import type { Row } from '../platform/rows.ts';

export const keptHolds: KeptBy = {
  section: 'holds',
  of: async (tx, { contacts }) =>
    (
      await sql<Row>`
        select contact, freezes, opt_outs from holds
         where organization_id = (select pauta_organization()) and contact = any(${contacts}::text[])`.execute(
        tx,
      )
    ).rows,
};
