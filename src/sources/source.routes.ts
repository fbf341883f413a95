import { z } from 'zod';

import { localDate, startOfDay } from '../calendar/index.ts';
import { listPeople } from '../staff/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { instant } from '../platform/time.ts';
import type { Caller, RouteParts } from './caller.ts';
import { listFormLeads } from './meta-graph.adapter.ts';
import { formOf, readBody } from './read-body.ts';
import { organizationOf, readingContext } from './reading.store.ts';
import { graphAccess, settleWaiting, watchForms, type ReceiptJobParts } from './receipts.jobs.ts';
import { receiptById, receiptsOfSource, reopenReceipt } from './receipts.store.ts';
import {
  HAS_DOOR,
  sealedFor,
  SECRETS_OF,
  SOURCE_KINDS,
  sourceKey,
  sourceSettings,
  type Source,
} from './source.ts';
import { allExtensions, allSources, doorOf, secretsOf, sourceStates, sourcesToday } from './sources.store.ts';
import { settleReceipt } from './take-in.ts';
import { embedSnippet } from './web-form-page.ts';

const SECRET_CHARACTERS_MAX = 2_000;
const RECEIPTS_SHOWN_MAX = 100;
const BODY_CHARACTERS_SHOWN = 20_000;
const FORMS_MAX = 200;

const changed = z.strictObject({
  kind: z.enum(SOURCE_KINDS),
  name: z.string().min(1).max(200),
  zone: z.string().max(60).refine(isZone).nullable().default(null),
  settings: sourceSettings.default({}),
  enabled: z.boolean().default(true),
  /** By name; those left out stay as they are. */
  secrets: z.record(z.string(), z.string().min(1).max(SECRET_CHARACTERS_MAX)).default({}),
  /** The secret before each new one stays good too. */
  keepOldSecrets: z.boolean().default(false),
  /** A new address; the one before ends at once. */
  newAddress: z.boolean().default(false),
});
const mapped = z.strictObject({
  id: z.string().max(100).optional(),
  person: z.string().max(100),
  extension: z.string().max(40).nullable().default(null),
  name: z.string().max(200).nullable().default(null),
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }).nullable().default(null),
});
const byKey = z.object({ key: sourceKey });
const forms = z
  .array(z.string().regex(/^\d{1,32}$/))
  .min(1)
  .max(FORMS_MAX);

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export type SourceRouteParts = RouteParts &
  ReceiptJobParts & {
    /** An address nobody can guess: 32 random bytes. */
    newDoor(): string;
  };

/** Settings of sources, and what they sent. */
export function sourceRoutes(app: HttpApp, parts: SourceRouteParts): void {
  settingsRoutes(app, parts);
  metaRoutes(app, parts);
  receiptRoutes(app, parts);
}

const HOOK_OF: Readonly<Record<string, string>> = {
  meta: '/hooks/meta/',
  google: '/hooks/google/',
  pbx: '/hooks/callpicker/',
  'web-form': '/form/',
};

function settingsRoutes(app: HttpApp, parts: SourceRouteParts): void {
  const { database, house, keys, newId, clock } = parts;
  app.get('/api/sources', { config: { may: 'sources.see' } }, async (request, reply) => {
    const caller = parts.whoIs(request);
    const shown = await database.inOrganization(caller.organization, async (tx) => {
      const states = await sourceStates(tx);
      const { zone } = await organizationOf(tx, caller.organization);
      const day = localDate(clock.now(), zone);
      const today = await sourcesToday(tx, startOfDay(day, zone), day);
      const extensions = await allExtensions(tx);
      const list = [];
      for (const source of await allSources(tx)) {
        const secrets = await secretsOf(tx, caller.organization, source.key, keys.seal);
        list.push({
          ...source,
          secretsSet: [...secrets.keys()],
          ...addressOf(parts, source, await doorOf(tx, source.key)),
          state: states.find((one) => one.source === source.key) ?? null,
          today: today.find((one) => one.source === source.key) ?? null,
          extensions: extensions.filter((one) => one.source === source.key),
        });
      }
      // Who may sit at an extension: staff, by name, for the map of a PBX.
      const people = (await listPeople(tx)).filter(({ leftAt }) => leftAt === null);
      const zones = new Set(people.flatMap(({ zone }) => (zone === null ? [] : [zone])));
      return {
        sources: list,
        people: people.map(({ id, name }) => ({ id, name })),
        /** Of the floor: what a lead may say it belongs to. */
        zones: [...zones].toSorted(),
      };
    });
    return reply.send(shown);
  });
  app.put(
    '/api/sources/:key',
    { config: { may: 'sources.manage' }, schema: { params: byKey, body: changed } },
    async (request, reply) => {
      const caller = parts.whoIs(request);
      const { kind, name, zone, settings, enabled, secrets, keepOldSecrets, newAddress } = request.body;
      const { key } = request.params;
      const unknown = Object.keys(secrets).find((one) => !SECRETS_OF[kind].includes(one));
      if (unknown !== undefined) return refuse({ refused: 'secret-not-known', detail: { name: unknown } });
      const door = await database.inOrganization(caller.organization, (tx) => doorOf(tx, key));
      const outcome = await house.submit(caller.organization, {
        fact: 'source.changed',
        actor: caller.actor,
        source: key,
        kind,
        name,
        zone,
        settings,
        enabled,
        secrets: Object.entries(secrets).map(([secret, value]) => ({
          name: secret,
          sealed: keys.seal.seal(value, sealedFor(caller.organization, key, secret)),
          keepOld: keepOldSecrets,
        })),
        door: HAS_DOOR.has(kind) && (door === null || newAddress) ? parts.newDoor() : null,
      } as Parameters<typeof house.submit>[1]);
      if (outcome.refused !== null) return refuse(outcome.refused);
      return reply.send({ key });
    },
  );
  app.post(
    '/api/sources/:key/extensions',
    { config: { may: 'sources.manage' }, schema: { params: byKey, body: mapped } },
    async (request, reply) => {
      const caller = parts.whoIs(request);
      const { id = newId(), person, extension, name, from, until } = request.body;
      const outcome = await house.submit(caller.organization, {
        fact: 'extension.mapped',
        actor: caller.actor,
        id,
        source: request.params.key,
        person,
        extension,
        name: extension === null && name === null ? await nameOf(parts, caller, person) : name,
        fromAt: instant(from),
        untilAt: until === null ? null : instant(until),
      } as Parameters<typeof house.submit>[1]);
      if (outcome.refused !== null) return refuse(outcome.refused);
      return reply.send({ id, at: clock.now() });
    },
  );
}

async function nameOf(parts: RouteParts, caller: Caller, id: string): Promise<string> {
  const people = await parts.database.inOrganization(caller.organization, listPeople);
  return people.find((person) => person.id === id)?.name ?? id;
}

function addressOf({ publicUrl }: RouteParts, source: Source, door: string | null) {
  if (door === null) return { address: null, snippet: null };
  const address = `${publicUrl}${HOOK_OF[source.kind] ?? ''}${door}`;
  const form = formOf(source);
  return { address, snippet: form === null ? null : embedSnippet(form, address) };
}

function metaRoutes(app: HttpApp, parts: SourceRouteParts): void {
  app.post(
    '/api/sources/:key/test',
    {
      config: { may: 'sources.manage' },
      schema: { params: byKey, body: z.strictObject({ form: z.string().regex(/^\d{1,32}$/) }) },
    },
    async (request, reply) => {
      const { organization } = parts.whoIs(request);
      const access = await graphAccess(parts, organization, request.params.key);
      if (access === null) return reply.send({ works: false, why: 'token-missing', remedy: null });
      const seconds = Math.floor(Date.parse(parts.clock.now()) / 1000);
      const listed = await listFormLeads(access, request.body.form, seconds, null);
      if ('leads' in listed) return reply.send({ works: true });
      const why = 'refused' in listed ? listed.refused : listed.retry;
      const { detail, remedy } = listed;
      return reply.send({ works: false, why, detail, remedy: remedy[request.language] });
    },
  );
  app.post(
    '/api/sources/:key/backfill',
    { config: { may: 'sources.manage' }, schema: { params: byKey, body: z.strictObject({ forms }) } },
    async (request, reply) => {
      const { organization } = parts.whoIs(request);
      await watchForms(parts, organization, request.params.key, request.body.forms);
      parts.wake();
      return reply.code(202).send({ forms: request.body.forms });
    },
  );
}

const shown = z.object({ state: z.enum(['new', 'done', 'faulty']).optional() });

function receiptRoutes(app: HttpApp, parts: SourceRouteParts): void {
  const { database } = parts;
  app.get(
    '/api/sources/:key/receipts',
    { config: { may: 'sources.manage' }, schema: { params: byKey, querystring: shown } },
    async (request, reply) => {
      const { organization, masked = false } = parts.whoIs(request);
      const { state = null } = request.query;
      const found = await database.inOrganization(organization, (tx) =>
        receiptsOfSource(tx, request.params.key, state, RECEIPTS_SHOWN_MAX),
      );
      const receipts = found.map(({ body, ...receipt }) => ({
        ...receipt,
        bytes: body.length,
        body: masked ? null : body.toString('utf8').slice(0, BODY_CHARACTERS_SHOWN),
      }));
      return reply.send({ receipts });
    },
  );
  app.post(
    '/api/receipts/:id/process',
    { config: { may: 'sources.manage' }, schema: { params: z.object({ id: z.string().max(100) }) } },
    async (request, reply) => {
      const { organization } = parts.whoIs(request);
      const { id } = request.params;
      const now = parts.clock.now();
      const open = await database.inOrganization(organization, async (tx) => {
        const receipt = await receiptById(tx, id);
        if (receipt === null) return refuse({ refused: 'no-such-receipt' });
        const context = await readingContext(tx, parts.keys, { ...receipt, organization });
        const read = context === null ? null : readBody(receipt, context);
        const sourceId = read !== null && 'sourceId' in read ? read.sourceId : null;
        const reopened = await reopenReceipt(tx, receipt, sourceId, parts.newId(), now);
        return reopened ? receiptById(tx, id) : null;
      });
      if (open === null) return refuse({ refused: 'receipt-not-open' });
      if (open.route === 'meta.lead') await settleWaiting(parts);
      else await settleReceipt(parts, organization, open);
      const after = await database.inOrganization(organization, (tx) => receiptById(tx, id));
      return reply.send({ state: after?.state, fault: after?.fault, answer: after?.answer });
    },
  );
}
