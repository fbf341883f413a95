import { openScratchDatabase } from '../cli/scratch-database.ts';
import { silentLog } from '../src/platform/log.ts';
import { instant } from '../src/platform/time.ts';
import { runOnThread } from '../src/what-if/index.ts';
import { makeTraffic } from '../tests/traffic.ts';
import type { Figure } from './bench-ground.ts';

const LEADS = 10_000;
const SECONDS_MAX = 60;
/** Facts decided in one commit while the month is made: it would take long otherwise. */
const TOGETHER = 10;
const unseen = (): void => undefined;
const UNTIL = instant('2024-09-01T00:00:00Z');

/** A month of ten thousand leads, run twice: as it was, and with half the minutes of contact-center-policy L4. */
export async function benchWhatIf(): Promise<Figure[]> {
  const scratch = await openScratchDatabase(null, silentLog);
  try {
    const { database } = scratch;
    const preparing = performance.now();
    const { organization } = await makeTraffic(database, { seed: 7, leads: LEADS, together: TOGETHER });
    process.stderr.write(
      `what-if: a month made in ${((performance.now() - preparing) / 1000).toFixed(0)} s\n`,
    );
    const draft = {
      procedure: 'contact-center-policy',
      version: '2023-03-01',
      effectiveOn: '2024-07-01',
      parameters: { L4: { contactMinutes: 5 } },
    } as const;
    // On a thread of its own, as in life, which has its limit of memory.
    const run = runOnThread(scratch.url);
    const [began, used] = [performance.now(), process.cpuUsage()];
    const { agreement, totals } = await run(
      { organization, month: '2024-07', draft, until: UNTIL },
      { progress: unseen, signal: new AbortController().signal },
    );
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(used);
    const memory = process.resourceUsage().maxRSS / 1024;
    const [was, would] = totals.missed;
    return [
      {
        work: `What-if: a month of ${LEADS.toLocaleString('en')} leads under other minutes, compared with the same month as it was`,
        measured: `${seconds.toFixed(1)} s; ${agreement.same} of ${agreement.of} decisions the same when nothing is changed`,
        limit: `${SECONDS_MAX} s`,
        beside: `missed first contacts ${was} → ${would}; ${((user + system) / 1e6).toFixed(0)} s of processor, ${memory.toFixed(0)} MB at most`,
        met: seconds <= SECONDS_MAX && agreement.same === agreement.of,
      },
    ];
  } finally {
    await scratch.close();
  }
}
