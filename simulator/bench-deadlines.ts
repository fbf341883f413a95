import { sql } from 'kysely';

import { instant } from '../src/platform/time.ts';
import { milliseconds, openBenchProgram, openFloor, percentiles, type Figure } from './bench-ground.ts';

const PENDING = 1_000_000;
const DUE_EACH_SECOND = 500;
const SECONDS = 30;
const LATENESS_P99_MAX_MILLISECONDS = 250;
/** From the end of the preparation to the first deadline. */
const LEAD_IN_MILLISECONDS = 5_000;

/**
 * A million deadlines pending, five hundred due each second: notices that nobody gave (lead-assignment P8), each a real
 * decision with its entries and messages. Lateness is the instant journaled less the instant due.
 */
export async function benchDeadlines(): Promise<Figure[]> {
  const { program, close } = await openBenchProgram(['clock']);
  try {
    const floor = await openFloor(program, 'Plazos');
    const count = DUE_EACH_SECOND * SECONDS;
    const { database } = program;
    const prepare = (start: number) =>
      database.inOrganization(floor.organization, async (tx) => {
        await sql`
          insert into deadlines (organization_id, subject, kind, due_at)
          select ${floor.organization}, 'lead:later-' || n, 'lead.notice', now() + interval '30 days' + n * interval '1 second'
            from generate_series(1, ${PENDING}::int) n`.execute(tx);
        await sql`
          insert into leads (organization_id, id, number, source, origin, received_at, stage, holder, assigned_at, notice_due_at,
                             paced, status, tenures)
          select ${floor.organization}, 'due-' || n, n, 'bench', 'bench', now(), 'assigned', 'advisor-' || (1 + n % 50), now(),
                 ${instant(start)}::timestamptz + n * interval '1 millisecond' * ${1000 / DUE_EACH_SECOND}::float8,
                 false, 'new',
                 jsonb_build_array(jsonb_build_object('person', 'advisor-' || (1 + n % 50), 'since', ${instant(start)}::text,
                   'until', null, 'by', 'turn', 'rotation', null, 'dueAt', null, 'contactedAt', null, 'notedAt', null,
                   'missedAt', null, 'struckAt', null, 'voidAt', null))
            from generate_series(1, ${count}::int) n`.execute(tx);
        await sql`
          insert into deadlines (organization_id, subject, kind, due_at, rank)
          select organization_id, 'lead:' || id, 'lead.notice', notice_due_at, number from leads
           where organization_id = ${floor.organization}`.execute(tx);
      });
    const preparing = performance.now();
    // Prepared twice as far ahead as the preparation itself is expected to take.
    const start = Date.now() + 60_000;
    await prepare(start);
    await database.pool.query('analyze deadlines');
    await database.pool.query('analyze leads');
    process.stderr.write(`deadlines: prepared in ${((performance.now() - preparing) / 1000).toFixed(0)} s\n`);
    const wait = start + SECONDS * 1000 + LEAD_IN_MILLISECONDS - Date.now();
    await new Promise((resolve) => setTimeout(resolve, wait));
    const fired = await database.inOrganization(floor.organization, (tx) =>
      sql<{ late: number }>`
        select extract(epoch from at - (fields->>'dueAt')::timestamptz)::float8 * 1000 as late from journal
         where organization_id = ${floor.organization} and entry = 'deadline.missed'`.execute(tx),
    );
    const { p50, p99, max } = percentiles(fired.rows.map((row) => row.late));
    return [
      {
        work: `Deadlines: ${PENDING.toLocaleString('en')} pending, ${DUE_EACH_SECOND} due each second for ${SECONDS} s, each decided and journaled`,
        measured: `lateness p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}, max ${milliseconds(max)}; ${fired.rows.length} of ${count} fired once`,
        limit: `p99 ≤ ${LATENESS_P99_MAX_MILLISECONDS} ms`,
        beside: 'one hour (a CRM that checks hourly)',
        met: p99 <= LATENESS_P99_MAX_MILLISECONDS && fired.rows.length === count,
      },
    ];
  } finally {
    await close();
  }
}
