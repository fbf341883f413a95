import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { SignedIn } from '../access/index.ts';
import { listOrganizations, type House } from '../decisions/index.ts';
import { contactChannels } from '../gate/index.ts';
import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { roles } from '../staff/index.ts';

export interface OrganizationRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const settings = z
  .strictObject({
    staffChannel: z.enum(['whatsapp', 'email', 'app']),
    authorizedChannels: z.array(z.enum(contactChannels)).min(1),
    agreedHours: z
      .strictObject({ opens: time, closes: time, weekdays: z.array(z.int().min(1).max(7)).min(1) })
      .refine(({ opens, closes }) => opens < closes, { path: ['closes'] })
      .nullable(),
    secondFactorRoles: z.array(z.enum(roles)),
    fourEyes: z.boolean(),
    retentionDays: z.int().min(1).max(3_650),
    pbx: z.strictObject({
      /** E.164: what a phone dials before it gives the prospect's number to the PBX. */
      accessNumber: z
        .string()
        .regex(/^\+[1-9]\d{6,14}$/)
        .nullable(),
      clickToCall: z.boolean(),
    }),
  })
  .partial();
const change = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  settings: settings.default({}),
});

/** The organization's own settings; every change is an entry of the journal. */
export function organizationRoutes(
  app: HttpApp,
  { database, house, signedIn }: OrganizationRouteParts,
): void {
  app.get('/api/settings/organization', { config: { may: 'settings.manage' } }, async (request) => {
    const { organization } = signedIn(request);
    const own = (await listOrganizations(database.kysely)).find(({ id }) => id === organization.id);
    if (own === undefined) throw new Error(`no organization ${organization.id}`);
    const { name, country, zone, locale, openedAt } = own;
    return { name, country, zone, locale, openedAt, settings: own.settings };
  });

  app.put(
    '/api/settings/organization',
    { config: { may: 'settings.manage' }, schema: { body: change } },
    async (request) => {
      const who = signedIn(request);
      const fact = { fact: 'organization.changed', actor: who.person.id, ...request.body };
      const outcome = await house.submit(who.organization.id, fact);
      if (outcome.refused !== null) return refuse(outcome.refused);
      return { changed: true };
    },
  );
}
