import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';

import { backUp, restore } from '../cli/backup.ts';
import { listOrganizations, verifyOrganization } from '../src/decisions/index.ts';
import { features } from '../src/features.ts';
import { ROOT, type Program } from '../src/main.ts';
import { openDatabase } from '../src/platform/database.ts';
import { silentLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrations.ts';
import { runningPostgres, usePostgres } from '../src/platform/postgres-use.ts';
import { systemClock } from '../src/platform/time.ts';
import { openBenchProgram, type Figure } from './bench-ground.ts';
import { importLeads } from './bench-import.ts';

const LEADS = 100_000;
const MINUTES_MAX = 5;

/** A backup of 100,000 imported leads with their journal, and its restore into an empty database, verified afterwards. */
export async function benchBackup(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pauta-bench-backup-'));
  const file = join(folder, 'bench.pauta');
  const from = await openBenchProgram();
  const to = await usePostgres({ dataDir: join(folder, 'restored'), databaseUrl: null, log: silentLog });
  try {
    await importLeads(from.program, LEADS);
    await sealed(from.program);
    await migrate(to.url, { folder: join(ROOT, 'migrations'), log: silentLog });
    const adminUrls = [from.program.config.dataDir, join(folder, 'restored')].map(adminUrl);
    const [source = '', target = ''] = adminUrls;
    const taken = await timed(() => backUp(source, file, systemClock.now()));
    const given = await timed(() => restore(target, file));
    const rows = Object.values(given.got.rows).reduce((sum, count) => sum + count, 0);
    const checked = await timed(() => verifyAll(to.url));
    const bytes = statSync(file).size;
    return [
      {
        work: `Backup of ${LEADS.toLocaleString('en')} imported leads with their journal, while the program runs, and its restore`,
        measured: `backup ${taken.seconds.toFixed(1)} s, ${megabytes(bytes)} for ${rows.toLocaleString('en')} rows; restore ${given.seconds.toFixed(1)} s`,
        limit: `each ≤ ${MINUTES_MAX} min (our own)`,
        beside: `verify of the restored database: ${checked.seconds.toFixed(1)} s, ${checked.got} findings`,
        met: Math.max(taken.seconds, given.seconds) <= MINUTES_MAX * 60 && checked.got === 0,
      },
    ];
  } finally {
    await from.close();
    await to.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The superuser's, on the product's own database of this data folder. */
function adminUrl(dataDir: string): string {
  const running = runningPostgres(dataDir);
  if (running === null) throw new Error('the bench has no database of its own');
  const url = new URL(running.adminUrl);
  url.pathname = new URL(running.url).pathname;
  return url.href;
}

const SEALED_EVERY_MILLISECONDS = 200;

/** A journal still to be sealed would be verified in part. */
async function sealed({ database }: Program): Promise<void> {
  for (;;) {
    const { rows } = await database.acrossOrganizations((tx) =>
      sql<{ n: number }>`select count(*)::int as n from journal_unsealed`.execute(tx),
    );
    if ((rows[0]?.n ?? 0) === 0) return;
    await new Promise((resolve) => void setTimeout(resolve, SEALED_EVERY_MILLISECONDS));
  }
}

async function verifyAll(url: string): Promise<number> {
  const database = openDatabase(url, { connectionsMax: 2 });
  try {
    let findings = 0;
    for (const { id } of await listOrganizations(database.kysely)) {
      const { journal, differences } = await verifyOrganization(database, features, id, new Map());
      findings += journal.findings.length + differences.length;
    }
    return findings;
  } finally {
    await database.close();
  }
}

async function timed<Got>(work: () => Promise<Got>): Promise<{ got: Got; seconds: number }> {
  const began = performance.now();
  const got = await work();
  return { got, seconds: (performance.now() - began) / 1000 };
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
