import { rmSync } from 'node:fs';

import { brokenInvariants, lostLeads, turnSpread } from './torture-checks.ts';
import {
  ended,
  freePort,
  launch,
  lookInside,
  openInstallation,
  pause,
  untilReady,
} from './own-installation.ts';
import { verifyFaults } from './torture-kill.ts';

const AT_ONCE = 32;

export interface RaceReport {
  readonly leads: number;
  readonly seconds: number;
  readonly spread: number;
  readonly faults: readonly string[];
}

/**
 * Two programs on one database receive `leads` leads between them, as fast as they go. Turns must come out as if one had taken
 * them all: no turn twice, nobody more than one ahead of another, every lead one holder.
 */
export async function raced(leads: number, say: (line: string) => void): Promise<RaceReport> {
  const installation = await openInstallation();
  const second = await freePort();
  const children = [launch(installation)];
  await untilReady(installation.port);
  children.push(launch(installation, { port: second, only: 'web' }));
  await untilReady(second);
  const acknowledged: string[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, sender) => {
      const port = sender % 2 === 0 ? installation.port : second;
      while (next < leads) {
        next += 1;
        const number = next;
        const answer = await fetch(`http://127.0.0.1:${port}/api/leads`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${installation.key}` },
          body: JSON.stringify({
            id: `race-${number}`,
            source: 'web',
            name: `Persona ${number} Robles`,
            phone: `55${String(30_000_000 + number)}`,
          }),
        });
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`lead ${number}: ${answer.status}`);
        acknowledged.push(`race-${number}`);
        if (acknowledged.length % 2_000 === 0) say(`${acknowledged.length} of ${leads}`);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await pause(1_000);
  const client = await lookInside(installation);
  const faults = await brokenInvariants(client, installation.organization);
  const lost = await lostLeads(client, installation.organization, acknowledged);
  if (lost.length > 0) faults.push(`acknowledged and lost: ${lost.length}`);
  const spread = await turnSpread(client, installation.organization);
  if (spread > 1) faults.push(`turns are uneven by ${spread}`);
  await client.end();
  for (const child of children.toReversed()) {
    child.kill('SIGINT');
    await ended(child);
  }
  faults.push(...verifyFaults(installation.folder));
  rmSync(installation.folder, { recursive: true, force: true });
  return { leads, seconds, spread, faults };
}
