import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { SignedIn } from '../access/index.ts';
import type { House } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { Clock } from '../platform/time.ts';
import { noticesInWords, type LetterParts } from './letters.store.ts';
import { markNoticesSeen, noticesOf, unreadOf, type NoticeRow } from './notices.store.ts';
import { isPushEndpoint, type EndpointRule } from './push-endpoint.ts';
import { devicesOf, removeSubscription, saveSubscription } from './push-subscriptions.store.ts';
import type { RenderedNotice } from './templates.ts';

const NOTICES_A_PAGE_MAX = 100;

export interface NoticeRouteParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit'>;
  readonly clock: Clock;
  readonly letters: LetterParts;
  readonly push: { readonly publicKey: string; readonly endpoints: EndpointRule };
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const id = z.string().min(1).max(64);

/** A person's own notices: all they were told, whatever channel carried it, with what is new since they last looked. */
export function noticeRoutes(app: HttpApp, parts: NoticeRouteParts): void {
  const { database, house, clock, letters, signedIn } = parts;

  app.get(
    '/api/notices',
    {
      config: { may: 'signed-in' },
      schema: {
        querystring: z.object({
          before: id.optional(),
          limit: z.coerce.number().int().min(1).max(NOTICES_A_PAGE_MAX).default(30),
        }),
      },
    },
    async (request) => {
      const { organization, person } = signedIn(request);
      const { before = null, limit } = request.query;
      return database.inOrganization(organization.id, async (tx) => {
        const rows = await noticesOf(tx, organization.id, person.id, { before, limit });
        const words = await noticesInWords(tx, organization.id, person.id, rows, clock.now(), letters);
        const unread = await unreadOf(tx, organization.id, person.id);
        return { notices: rows.map((row, place) => shown(row, words[place] ?? null)), unread };
      });
    },
  );

  app.post(
    '/api/notices/seen',
    {
      config: { may: 'signed-in' },
      schema: { body: z.strictObject({ ids: z.array(id).max(NOTICES_A_PAGE_MAX).nullable() }) },
    },
    async (request) => {
      const { organization, person } = signedIn(request);
      const open = await database.inOrganization(organization.id, (tx) =>
        markNoticesSeen(tx, organization.id, person.id, request.body.ids, clock.now()),
      );
      // Whoever reads it here has been told, whatever the channel says: nothing more is sent, and a running clock knows.
      for (const message of open) {
        await house.submit(organization.id, {
          fact: 'message.outcome',
          actor: person.id,
          message,
          channel: 'app',
          outcome: 'read',
        } as Parameters<House['submit']>[1]);
      }
      return {
        unread: await database.inOrganization(organization.id, (tx) =>
          unreadOf(tx, organization.id, person.id),
        ),
      };
    },
  );

  pushRoutes(app, parts);
}

function shown(row: NoticeRow, words: RenderedNotice | null) {
  const { id: notice, kind, lead, queuedAt, seenAt, channel, state } = row;
  const address = words === null ? null : new URL(words.url);
  return {
    id: notice,
    about: kind,
    lead,
    at: queuedAt,
    seenAt,
    channel,
    state,
    title: words?.subject ?? kind,
    text: words?.body ?? '',
    path: address === null ? null : address.pathname + address.search,
  };
}

/** The browsers that ring for a person. */
function pushRoutes(app: HttpApp, { database, clock, push, signedIn }: NoticeRouteParts): void {
  const config = { may: 'signed-in' } as const;
  const key = z.string().min(1).max(200);
  const subscription = z.object({
    endpoint: z.url().max(2_048),
    keys: z.object({ p256dh: key, auth: key }),
    device: z.string().trim().max(80).default(''),
  });

  app.get('/api/push', { config }, async (request) => {
    const { organization, person } = signedIn(request);
    const devices = await database.inOrganization(organization.id, (tx) =>
      devicesOf(tx, organization.id, person.id),
    );
    return { publicKey: push.publicKey, devices };
  });

  app.post('/api/push', { config, schema: { body: subscription } }, async (request) => {
    const { organization, person } = signedIn(request);
    const { device, ...given } = request.body;
    if (!isPushEndpoint(given.endpoint, push.endpoints)) return refuse({ refused: 'push-endpoint' });
    const saved = await database.inOrganization(organization.id, (tx) =>
      saveSubscription(tx, organization.id, {
        person: person.id,
        subscription: given,
        device,
        at: clock.now(),
      }),
    );
    return { id: saved };
  });

  app.delete('/api/push/:id', { config, schema: { params: z.object({ id }) } }, async (request) => {
    const { organization, person } = signedIn(request);
    const removed = await database.inOrganization(organization.id, (tx) =>
      removeSubscription(tx, organization.id, request.params.id, person.id),
    );
    return { removed };
  });
}
