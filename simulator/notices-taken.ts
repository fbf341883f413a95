import { sql } from 'kysely';

import type { Program } from '../src/main.ts';

/** Until the delivery worker is there: the outbox taken by a channel that takes and shows everything. To be deleted with it landed. */
export async function takeNotices(
  program: Pick<Program, 'database' | 'house'>,
  organization: string,
): Promise<void> {
  const queued = await program.database.inOrganization(organization, async (tx) => {
    const found = await sql<{ id: string; channel: string }>`
      select id, channel from outbox where organization_id = ${organization} and state = 'queued' order by queued_at limit 100`.execute(
      tx,
    );
    return found.rows;
  });
  const outcomes = queued.flatMap(({ id, channel }) =>
    ['accepted', 'read'].map((outcome) => ({
      fact: 'message.outcome',
      actor: channel,
      message: id,
      channel,
      outcome,
    })),
  );
  await Promise.all(outcomes.map((fact) => program.house.submit(organization, fact)));
}
