import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { refuse, type HttpApp } from '../platform/http.ts';
import { signedBy } from '../platform/signed-body.ts';
import {
  answerFault,
  bytesOf,
  headersOf,
  HOOK_REQUESTS_A_MINUTE,
  limit,
  STRANGER_REQUESTS_A_MINUTE,
  type RouteParts,
} from './caller.ts';
import { readGoogleLead } from './google-lead.ts';
import { metaHandshake } from './meta-notification.ts';
import { secretsOf, sourceAtDoor } from './sources.store.ts';
import { takeIn, takeInAndSettle } from './take-in.ts';

const params = z.object({ door: z.string().max(100) });
const hook = { may: 'public', body: 'raw', foreignOrigin: true } as const;

export interface AtDoor {
  readonly organization: string;
  readonly source: string;
}

/** Whose address was called. An unknown one is answered like any page that is not there, and counted against the caller. */
export async function atDoor(parts: RouteParts, request: FastifyRequest, door: string): Promise<AtDoor> {
  const found = /^[\w-]{1,100}$/.test(door)
    ? await parts.database.acrossOrganizations((tx) => sourceAtDoor(tx, door))
    : null;
  if (found === null) {
    limit(parts, `stranger:${request.ip}`, STRANGER_REQUESTS_A_MINUTE);
    return refuse({ refused: 'not-found' });
  }
  limit(parts, `door:${door}`, HOOK_REQUESTS_A_MINUTE);
  return { organization: found.organizationId, source: found.source };
}

/** Where Meta, Google and the PBX send. */
export function hookRoutes(app: HttpApp, parts: RouteParts): void {
  metaHook(app, parts);
  app.post('/hooks/google/:door', { config: hook, schema: { params } }, async (request, reply) => {
    const { organization, source } = await atDoor(parts, request, request.params.door);
    const secrets = await liveSecrets(parts, organization, source);
    const door = { source, zone: 'UTC', now: parts.clock.now() };
    const looked = readGoogleLead(bytesOf(request), secrets.get('key') ?? [], door);
    // Not authentic: nothing of it is kept.
    if (!looked.authentic) return answerFault(request, reply, looked.fault).code(looked.status);
    const given = { route: 'google', source, headers: headersOf(request), body: bytesOf(request) } as const;
    await takeInAndSettle(parts, organization, given);
    return reply.code(looked.status).send({});
  });
  app.post('/hooks/callpicker/:door', { config: hook, schema: { params } }, async (request, reply) => {
    const { organization, source } = await atDoor(parts, request, request.params.door);
    const given = { route: 'pbx', source, headers: headersOf(request), body: bytesOf(request) } as const;
    const taken = await takeInAndSettle(parts, organization, given);
    if ('taken' in taken && taken.taken === 'faulty') return answerFault(request, reply, taken.fault);
    return reply.code(200).send({});
  });
}

function metaHook(app: HttpApp, parts: RouteParts): void {
  app.get(
    '/hooks/meta/:door',
    { config: { may: 'public', foreignOrigin: true }, schema: { params } },
    async (request, reply) => {
      const { organization, source } = await atDoor(parts, request, request.params.door);
      const secrets = await liveSecrets(parts, organization, source);
      for (const token of secrets.get('verify-token') ?? []) {
        const shaken = metaHandshake(request.query, token);
        if ('challenge' in shaken) return reply.type('text/plain; charset=utf-8').send(shaken.challenge);
      }
      return refuse({ refused: 'handshake-refused' });
    },
  );
  app.post('/hooks/meta/:door', { config: hook, schema: { params } }, async (request, reply) => {
    const { organization, source } = await atDoor(parts, request, request.params.door);
    const secrets = await liveSecrets(parts, organization, source);
    const signature = request.headers['x-hub-signature-256'];
    const signed = signedBy(
      bytesOf(request),
      typeof signature === 'string' ? signature : undefined,
      secrets.get('app-secret') ?? [],
    );
    if (!signed) return refuse({ refused: 'signature-not-valid' });
    const given = { route: 'meta.notification', source, headers: headersOf(request) } as const;
    await takeIn(parts, organization, { ...given, body: bytesOf(request) });
    parts.wake();
    // Also for a body with a fault: any other answer makes Meta send all of it again.
    return reply.code(200).send({});
  });
}

function liveSecrets({ database, keys }: RouteParts, organization: string, source: string) {
  return database.inOrganization(organization, (tx) => secretsOf(tx, organization, source, keys.seal));
}
