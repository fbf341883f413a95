import { openFloor } from '../tests/intake-floor.ts';
import { sendMalformed } from '../tests/malformed-bodies.ts';
import { openScratchDatabase } from '../cli/scratch-database.ts';
import { silentLog } from '../src/platform/log.ts';
import { seeded } from './random.ts';

export interface BodiesReport {
  readonly bodies: number;
  readonly refused: number;
  readonly kept: number;
  readonly faults: readonly string[];
}

/** Bodies no honest sender sends, at every door: no server error, no lead, each authenticated one kept with its fault. */
export async function torturedByBodies(
  bodies: number,
  seed: number,
  say: (line: string) => void,
): Promise<BodiesReport> {
  const scratch = await openScratchDatabase(null, silentLog);
  try {
    const floor = await openFloor(scratch.url);
    const secrets = { appSecret: 'an app secret', googleKey: 'a google key' };
    await floor.source('portal', { kind: 'api' });
    const doors = {
      meta: await floor.source('facebook', { kind: 'meta', secrets: { 'app-secret': secrets.appSecret } }),
      google: await floor.source('google', { kind: 'google', secrets: { key: secrets.googleKey } }),
      pbx: await floor.source('central', { kind: 'pbx' }),
      ...secrets,
    };
    say(`${bodies} bodies`);
    const told = await sendMalformed(floor, doors, bodies, seeded(seed));
    await floor.close();
    const kept = Object.values(told.kept).reduce((sum, count) => sum + count, 0);
    const faults = [
      ...told.serverErrors.slice(0, 5),
      ...(told.leads > 0 ? [`${told.leads} leads came of them`] : []),
      ...(told.keptOfStrangers > 0 ? [`${told.keptOfStrangers} bodies of strangers were kept`] : []),
    ];
    return { bodies: told.sent, refused: told.strangers, kept, faults };
  } finally {
    await scratch.close();
  }
}
