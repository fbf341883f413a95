import { createServer, type AddressInfo } from 'node:net';

import { startProgram, type Program } from '../src/main.ts';
import { parseConfig } from '../src/platform/config.ts';
import { newId } from '../src/platform/ids.ts';
import { createLog } from '../src/platform/log.ts';
import { systemClock } from '../src/platform/time.ts';
import { assignAtAnyHour, openSample, putOnDuty, type TakesFacts } from './open-sample.ts';
import { idOf, sampleOrganization } from './sample-organization.ts';

/** More than any speed asked for here, so that the key's own limit does not set the pace. */
const KEY_REQUESTS_A_MINUTE = 120_000;

export async function startOwn(folder: string): Promise<Program> {
  const parsed = parseConfig(
    { PAUTA_DATA: folder, PORT: String(await freePort()), PAUTA_LOG_LEVEL: 'error' },
    [],
  );
  if (!('config' in parsed)) throw new Error(`configuration of the feed: ${JSON.stringify(parsed)}`);
  return startProgram({ config: parsed.config, log: createLog({ level: 'error' }) });
}

/** Leads are given at any hour, to advisors who are all on duty: what is held or waits does so by the rules alone. */
export async function openOwn(
  program: Program,
  seed: number,
  country: 'MX' | 'CO',
): Promise<{ organization: string; key: string }> {
  const organization = newId();
  const sample = sampleOrganization(seed, country);
  const house: TakesFacts = {
    now: () => systemClock.now(),
    submit: (...facts) => Promise.all(facts.map((fact) => program.house.submit(organization, fact))),
  };
  await openSample(program.database, house, sample, {
    organization,
    packs: program.packs,
    doors: { pbx: newId() },
  });
  await house.submit({
    fact: 'procedure.adopted',
    actor: 'system',
    adoption: assignAtAnyHour(program.packs, sample, house.now()),
  });
  await putOnDuty(house, sample);
  const by = idOf(sample, 'administrator');
  const { key } = await program.access.createKey({
    organization,
    name: 'feed',
    scopes: ['leads.write'],
    by,
    requestsAMinute: KEY_REQUESTS_A_MINUTE,
  });
  return { organization, key };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
