import type { FastifyRequest } from 'fastify';

import type { SignedIn } from '../access/index.ts';
import type { House } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { Clock } from '../platform/time.ts';
import type { CallpickerDialer } from './callpicker-dial.adapter.ts';
import { pbxSettings } from './pbx-access.ts';
import { readPbxAccess, savePbxAccess } from './pbx.store.ts';

export interface PbxRouteParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit'>;
  readonly clock: Clock;
  /** `keyFor(secret, 'pbx')` */
  readonly key: Buffer;
  readonly dialerOf: (organization: string) => Promise<CallpickerDialer | null>;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const config = { may: 'settings.manage' } as const;
/** The secret left out stays as it is: it is never shown, so nobody could send it back. */
const change = pbxSettings.partial({ clientSecret: true });

/** How an organization's PBX is asked to make calls; whether it lets us. */
export function pbxRoutes(app: HttpApp, parts: PbxRouteParts): void {
  const { database, house, clock, key, dialerOf, signedIn } = parts;

  app.get('/api/pbx', { config }, async (request) => {
    const { id } = signedIn(request).organization;
    const access = await database.inOrganization(id, (tx) => readPbxAccess(tx, id, key));
    if (access === null) return { state: 'not-set-up' as const, clientId: null, updatedAt: null };
    return { state: 'set-up' as const, clientId: access.settings.clientId, updatedAt: access.updatedAt };
  });

  app.put('/api/pbx', { config, schema: { body: change } }, async (request) => {
    const { organization, person } = signedIn(request);
    const { clientId, clientSecret } = request.body;
    const saved = await database.inOrganization(organization.id, async (tx) => {
      const before = await readPbxAccess(tx, organization.id, key);
      const secret = clientSecret ?? before?.settings.clientSecret;
      if (secret === undefined) return false;
      const settings = { clientId, clientSecret: secret };
      await savePbxAccess(tx, organization.id, key, { settings, at: clock.now(), by: person.id });
      return true;
    });
    if (!saved)
      return refuse({
        refused: 'secret-missing',
        field: 'clientSecret',
        detail: { field: 'clientSecret' },
      });
    const fact = { fact: 'channel.saved', actor: person.id, by: person.id, channel: 'pbx' };
    const { refused } = await house.submit(organization.id, fact);
    return refused === null ? { saved: true } : refuse(refused);
  });

  // Signs in to the dial API and rings nobody.
  app.post('/api/pbx/test', { config }, async (request) => {
    const dialer = await dialerOf(signedIn(request).organization.id);
    if (dialer === null) return refuse({ refused: 'no-such-channel' });
    const checked = await dialer.check();
    if (checked === 'works') return { works: true, remedy: null };
    return { works: false, remedy: checked.remedy[request.language] };
  });
}
