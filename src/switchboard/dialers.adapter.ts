import { readOrganization } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { Clock, Instant } from '../platform/time.ts';
import { callpickerDialer, type CallpickerDialer } from './callpicker-dial.adapter.ts';
import { readPbxAccess } from './pbx.store.ts';

export const CALLPICKER = 'https://api.callpicker.com';

export interface DialerParts {
  readonly database: Database;
  readonly clock: Clock;
  /** `keyFor(secret, 'pbx')` */
  readonly key: Buffer;
  readonly fetch: typeof fetch;
  readonly baseUrl: string;
}

/**
 * Gives each organization's dialer, or null where its PBX was not set up. Settings are read each time, for another process
 * may have changed them; the dialer with its token is kept as long as they stay the same.
 */
export function dialersOf(parts: DialerParts): (organization: string) => Promise<CallpickerDialer | null> {
  const kept = new Map<string, { readonly setAt: Instant; readonly dialer: CallpickerDialer }>();
  return async (organization) => {
    const { access, zone } = await parts.database.inOrganization(organization, async (tx) => ({
      access: await readPbxAccess(tx, organization, parts.key),
      zone: (await readOrganization(tx, organization))?.zone ?? 'UTC',
    }));
    const known = kept.get(organization);
    if (known !== undefined && known.setAt === access?.updatedAt) return known.dialer;
    kept.delete(organization);
    if (access === null) return null;
    const { fetch, clock, baseUrl } = parts;
    const dialer = callpickerDialer({ ...access.settings, zone, fetch, clock, baseUrl });
    kept.set(organization, { setAt: access.updatedAt, dialer });
    return dialer;
  };
}
