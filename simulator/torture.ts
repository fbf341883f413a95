import { torturedByBodies } from './torture-bodies.ts';
import { torturedByKills } from './torture-kill.ts';
import { raced } from './torture-race.ts';

const KILLS = 100;
const RACED_LEADS = 10_000;
const BODIES = 10_000;

/** `npm run torture [-- kills|race|bodies] [--seed N]`: what must never be false, under everything that may go wrong. */
const [which] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const seedAt = process.argv.indexOf('--seed');
const seed = seedAt < 0 ? 1 : Number(process.argv[seedAt + 1]);
const say = (line: string): void => {
  process.stderr.write(`  ${line}\n`);
};
let failed = 0;

function conclude(line: string, faults: readonly string[]): void {
  failed += faults.length;
  process.stdout.write(`${faults.length === 0 ? 'holds' : 'BROKEN'}  ${line}\n`);
  for (const fault of faults) process.stdout.write(`    ${fault}\n`);
}

if (which === undefined || which === 'kills') {
  const report = await torturedByKills(KILLS, seed, say);
  const sorted = report.comebackMilliseconds.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  conclude(
    `${report.kills} kills (seed ${seed}), ${report.acknowledged} leads acknowledged, back within ${(p95 / 1000).toFixed(1)} s (p95)`,
    report.faults,
  );
}
if (which === undefined || which === 'race') {
  const report = await raced(RACED_LEADS, say);
  conclude(
    `two programs, ${report.leads} leads, ${(report.leads / report.seconds).toFixed(0)} a second, turns even within ${report.spread}`,
    report.faults,
  );
}
if (which === undefined || which === 'bodies') {
  const report = await torturedByBodies(BODIES, seed, say);
  conclude(
    `${report.bodies} malformed bodies: ${report.refused} refused, ${report.kept} kept with their fault, 0 leads`,
    report.faults,
  );
}
process.exitCode = failed === 0 ? 0 : 1;
