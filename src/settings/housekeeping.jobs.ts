import { listOrganizations, RETENTION_DAYS, type House, type Organization } from '../decisions/index.ts';
import { forgettableLeads } from '../leads/index.ts';
import { forgetBegun, forgetSeen } from '../messages/index.ts';
import type { Database } from '../platform/database.ts';
import { HOUR, plus, type Clock } from '../platform/time.ts';
import {
  forgetBodies,
  forgetFiles,
  forgetRequests,
  PREVIEW_KEPT_DAYS,
  REQUEST_KEPT_HOURS,
} from '../sources/index.ts';
import { dropStrayFiles } from '../staff/index.ts';

/** What is kept too long by an hour harms nobody. */
export const HOUSEKEEPING_EVERY_MILLISECONDS = HOUR;
const DAY = 24 * HOUR;
/** At once, so that no lead waits for it. */
const BODIES_A_ROUND = 2_000;
const LEADS_A_ROUND = 500;
/** Meta sends again for seven days at most; then a message that comes once more is not remembered. */
const SEEN_KEPT_DAYS = 30;

export interface HousekeepingParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit'>;
  readonly clock: Clock;
  /** Sessions, links and attempts that nobody can use any more. */
  readonly tidyAccess: () => Promise<void>;
}

/**
 * Forgets what has been kept long enough. What is due stands in the tables themselves, so a round that a crash cut short is
 * simply done again, by whichever process comes first. Gives how much it forgot; more than 0: there may be more.
 */
export async function keepHouse({ database, house, clock, tidyAccess }: HousekeepingParts): Promise<number> {
  await tidyAccess();
  let did = 0;
  for (const organization of await listOrganizations(database.kysely))
    did += await keepOrganization({ database, house, clock }, organization);
  return did;
}

async function keepOrganization(
  { database, house, clock }: Omit<HousekeepingParts, 'tidyAccess'>,
  { id, settings }: Organization,
): Promise<number> {
  const now = clock.now();
  const before = plus(now, -(settings.retentionDays ?? RETENTION_DAYS) * DAY);
  const leads = await database.inOrganization(id, (tx) => forgettableLeads(tx, before, LEADS_A_ROUND));
  if (leads.length > 0) {
    const fact = { fact: 'lead.forgotten', actor: 'clock', leads };
    await house.submit(id, fact, { bulk: true });
  }
  const forgot = await database.inOrganization(id, async (tx) => {
    await forgetRequests(tx, plus(now, -REQUEST_KEPT_HOURS * HOUR));
    await forgetSeen(tx, plus(now, -SEEN_KEPT_DAYS * DAY));
    await forgetBegun(tx, now);
    await dropStrayFiles(tx, plus(now, -DAY));
    const previewsBefore = plus(now, -PREVIEW_KEPT_DAYS * DAY);
    const files = await forgetFiles(tx, { now, before, previewsBefore });
    return files + (await forgetBodies(tx, before, BODIES_A_ROUND));
  });
  return forgot + leads.length;
}
