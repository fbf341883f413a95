/** An organization with staff on the real database and rules, the fakes of the outside, and time driven by hand. */
import { join } from 'node:path';
import { sql } from 'kysely';

import { features } from '../src/features.ts';
import { startGraphServer, type GraphServer } from '../simulator/fakes/graph-server.ts';
import { startPushSink, type PushSink } from '../simulator/fakes/push-sink.ts';
import { startSmtpSink, type SmtpSink } from '../simulator/fakes/smtp-sink.ts';
import { timeByHand, type HandTime } from '../simulator/fakes/time.ts';
import { fingerprintWith, noFacts } from '../src/contacts/index.ts';
import { createHouse, insertOrganization, type Fact, type House } from '../src/decisions/index.ts';
import { readEntries } from '../src/journal/index.ts';
import { assignmentHours, clientNow, leadsInWords } from '../src/leads/index.ts';
import { mailThreads } from '../src/mailbox/index.ts';
import { CLIENT_CATALOGS, CLIENT_TEMPLATES, clientTemplateName } from '../src/messages/client-templates.ts';
import { NOTICE_CATALOGS, placeholders, templateName } from '../src/messages/templates.ts';
import { createSenders, type Senders } from '../src/messages/senders.adapter.ts';
import { pushKeys, saveChannel } from '../src/messages/channels.store.ts';
import { createDelivery, type Delivery } from '../src/messages/delivery.jobs.ts';
import type { DeliveryParts } from '../src/messages/sending.jobs.ts';
import type { NoticeKind } from '../src/messages/notices.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import { newId } from '../src/platform/ids.ts';
import { silentLog } from '../src/platform/log.ts';
import { keyFor } from '../src/platform/secret.ts';
import { instant, type Instant } from '../src/platform/time.ts';
import { BASELINE } from '../src/staff/index.ts';
import { asWritten, inForce, type Pack, type Rules } from '../src/procedures/index.ts';
import { readPacks } from '../src/procedures/packs.store.ts';
import { testDatabase } from './database.ts';

export const KEY = keyFor('a secret for tests, long enough to be one', 'channels');
const ROOT = join(import.meta.dirname, '..');
const ZONE = 'America/Mexico_City';

export interface TestRig {
  readonly database: Database;
  readonly house: House;
  readonly time: HandTime;
  readonly organization: string;
  readonly graph: GraphServer;
  readonly smtp: SmtpSink;
  readonly push: PushSink;
  readonly parts: (worker: string) => DeliveryParts;
  delivery(worker?: string): Delivery;
  submit(fact: Fact & Record<string, unknown>): Promise<Awaited<ReturnType<House['submit']>>>;
  /** One round, and all it began. */
  round(delivery: Delivery): Promise<number>;
  rows(): Promise<OutboxRow[]>;
  entries(name: string): Promise<Record<string, unknown>[]>;
  lead(id: string): Promise<void>;
  /** Every webhook the fake sends goes here. */
  onWebhook(deliver: (raw: Buffer, headers: Readonly<Record<string, string>>) => Promise<number>): void;
}

export interface OutboxRow {
  readonly id: string;
  readonly recipient: string;
  readonly channel: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly root: string | null;
  readonly followedBy: string | null;
  readonly notBefore: Instant;
  readonly code: string | null;
}

export interface RigOptions {
  readonly start?: string;
  readonly staffChannel?: 'whatsapp' | 'email' | 'app';
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly email?: boolean;
  readonly telegramBase?: string;
  readonly seed?: number;
}

/** Everything that is the same for all organizations of a test file. */
export async function openRigs() {
  const base = await testDatabase();
  const database = openDatabase(base.url, { connectionsMax: 8 });
  const loaded = await readPacks(ROOT);
  if ('faults' in loaded) throw new Error('packs');
  const packs = loaded.packs;
  const closing: (() => Promise<void>)[] = [];
  return {
    rig: async (options: RigOptions = {}) => {
      const rig = await makeRig(database, packs, options, closing);
      return rig;
    },
    databaseUrl: base.url,
    close: async () => {
      for (const close of closing) await close();
      await database.close();
      await base.drop();
    },
  };
}

const LINK: readonly ('quick_reply' | 'url')[] = ['url'];
const CONFIRM_AND_LINK: readonly ('quick_reply' | 'url')[] = ['quick_reply', 'url'];
const toClients = CLIENT_TEMPLATES.map((template) => ({
  name: clientTemplateName(template),
  language: 'es_MX' as const,
  variables: placeholders(CLIENT_CATALOGS['es-MX'].texts[template]).length,
}));
const templates = (['es_MX'] as const).flatMap((language) =>
  (Object.keys(NOTICE_CATALOGS['es-MX'].notices) as NoticeKind[]).map((kind) => ({
    name: templateName(kind),
    language,
    variables: placeholders(NOTICE_CATALOGS['es-MX'].notices[kind].body).length,
    buttons: kind === 'roster-month' || kind === 'roster-asked-again' ? CONFIRM_AND_LINK : LINK,
  })),
);

async function makeRig(
  database: Database,
  packs: readonly Pack[],
  options: RigOptions,
  closing: (() => Promise<void>)[],
): Promise<TestRig> {
  const organization = crypto.randomUUID();
  // A worker sends for all organizations: what an earlier test left behind would go to this one's fakes.
  await database.acrossOrganizations(async (tx) => {
    await sql`update outbox set state = 'canceled' where state in ('queued', 'sending')`.execute(tx);
    await sql`update receipts set state = 'done' where state = 'new'`.execute(tx);
  });
  const time = timeByHand(instant(options.start ?? '2024-07-01T15:00:00.000Z'));
  let webhook: Parameters<TestRig['onWebhook']>[0] | null = null;
  const graph = await startGraphServer({
    time,
    seed: options.seed ?? 1,
    token: 'T',
    appSecret: 'app secret',
    phoneNumberId: '1001',
    templates: [...templates, ...toClients],
    deliver: (raw, headers) => webhook?.(raw, headers) ?? Promise.resolve(200),
  });
  const smtp = await startSmtpSink();
  const push = await startPushSink();
  closing.push(
    () => graph.close(),
    () => smtp.close(),
    () => push.close(),
  );
  const line = patientLine();
  graph.onSilence(line.silence);
  const clock = { now: () => time.now() };
  const rules = new Map<string, Rules>();
  const rulesFor: DeliveryParts['letters']['rulesFor'] = ({ adoptions }, at) => {
    const key = `${adoptions.length} ${at.slice(0, 13)}`;
    const known = rules.get(key) ?? inForce(packs, adoptions, ZONE, at);
    rules.set(key, known);
    return known;
  };
  const house = createHouse({
    database,
    features,
    clock,
    newId,
    salt: () => crypto.randomUUID(),
    fingerprint: fingerprintWith('rig'),
    rulesFor,
    announce: () => undefined,
  });
  const keys = await pushKeys(database, KEY);
  const senders = (): Senders =>
    createSenders({
      fetch: line.fetch,
      now: clock.now,
      monotonic: () => time.monotonic(),
      wait: (milliseconds) => time.wait(milliseconds),
      expire: line.expire,
      whatsappBase: graph.base,
      telegramBase: options.telegramBase ?? 'http://127.0.0.1:9',
      push: { ...keys, subject: 'mailto:a@example.com', endpoints: { hosts: [], allowLoopback: true } },
    });
  const parts = (worker: string): DeliveryParts => ({
    database,
    house,
    clock,
    log: silentLog,
    senders: senders(),
    letters: {
      rulesFor,
      leadsInWords,
      sourceNames: async () => new Map([['web', 'Sitio web']]),
      client: clientNow,
      mailThreads: (tx, id, drafts) => mailThreads(tx, id, KEY, drafts),
      assignmentHours,
      key: KEY,
      publicUrl: 'https://pauta.example.com',
    },
    worker,
    wait: () => Promise.resolve(),
  });
  const submit: TestRig['submit'] = (fact) => house.submit(organization, fact);

  await insertOrganization(database.kysely, {
    id: organization,
    name: 'Inmobiliaria Prueba',
    country: 'MX',
    zone: ZONE,
    locale: 'es-MX',
    openedAt: time.now(),
  });
  await submit({
    fact: 'organization.opened',
    actor: 'system',
    name: 'Inmobiliaria Prueba',
    country: 'MX',
    zone: ZONE,
    locale: 'es-MX',
    settings: { staffChannel: options.staffChannel ?? 'whatsapp', ...options.settings },
  });
  const names = ['lead-assignment', 'contact-center-policy', 'lead-reassignment'] as const;
  const adoptions = asWritten(packs, names, time.now().slice(0, 10));
  for (const adoption of adoptions)
    await submit({ fact: 'procedure.adopted', actor: 'system', adoption: { ...adoption, readings: {} } });
  await staff(submit);
  await database.inOrganization(organization, async (tx) => {
    const at = time.now();
    await saveChannel(tx, organization, KEY, {
      kind: 'whatsapp',
      at,
      by: 'lola',
      settings: {
        apiVersion: 'v24.0',
        phoneNumberId: '1001',
        token: 'T',
        appSecrets: ['app secret'],
        verifyToken: 'verify me',
        peopleADay: null,
      },
    });
    if (options.email === false) return;
    await saveChannel(tx, organization, KEY, {
      kind: 'email',
      at,
      by: 'lola',
      settings: { url: smtp.url, from: { name: 'Pauta', address: 'avisos@example.com' } },
    });
  });
  return {
    database,
    house,
    time,
    organization,
    graph,
    smtp,
    push,
    parts,
    delivery: (worker = 'w1') => createDelivery(parts(worker)),
    submit,
    round: async (delivery) => {
      const took = await delivery.run(new AbortController().signal);
      await delivery.idle();
      return took;
    },
    rows: () =>
      database.inOrganization(organization, async (tx) => {
        const found = await sql<OutboxRow>`
          select id, recipient, channel, kind, state, attempts, root, followed_by, not_before, outcome ->> 'code' as code
            from outbox where organization_id = ${organization} order by queued_at, id`.execute(tx);
        return found.rows;
      }),
    entries: (name) =>
      database.inOrganization(organization, async (tx) => {
        const all = await readEntries(tx, 0, 10_000);
        return all.filter(({ entry }) => entry === name).map(({ fields, at }) => ({ ...fields, at }));
      }),
    lead: async (id) => {
      await submit(arrival(id));
    },
    onWebhook: (deliver) => {
      webhook = deliver;
    },
  };
}

/**
 * Requests whose patience ends without time passing: once all that will be answered has been, those that the fake keeps
 * silent to expire.
 */
function patientLine() {
  const waiting = new Map<AbortSignal, AbortController>();
  const asked = new Set<AbortSignal>();
  let silent = 0;
  const giveUp = (): void => {
    if (silent === 0 || asked.size > silent) return;
    silent = 0;
    for (const signal of asked) waiting.get(signal)?.abort(new DOMException('too long', 'TimeoutError'));
  };
  const settled = (signal: AbortSignal): void => {
    asked.delete(signal);
    waiting.delete(signal);
    giveUp();
  };
  return {
    expire: (): AbortSignal => {
      const controller = new AbortController();
      waiting.set(controller.signal, controller);
      return controller.signal;
    },
    fetch: (async (input, init) => {
      const signal = init?.signal;
      if (signal == null) return fetch(input, init);
      asked.add(signal);
      try {
        return await fetch(input, init);
      } finally {
        settled(signal);
      }
    }) as typeof fetch,
    silence: (): void => {
      silent += 1;
      giveUp();
    },
  };
}

async function staff(submit: TestRig['submit']): Promise<void> {
  const people = [
    ['dora', 'direction', null, '+525550000001'],
    ['mara', 'manager', 'dora', '+525550000002'],
    ['lola', 'administrator', null, '+525550000003'],
    ['ana', 'advisor', 'mara', '+525550000004'],
    ['beto', 'advisor', 'mara', '+525550000005'],
  ] as const;
  for (const [id, role, reportsTo, phone] of people) {
    await submit({
      fact: 'person.registered',
      actor: 'system',
      person: id,
      name: `${id[0]?.toUpperCase()}${id.slice(1)} Prueba`,
      role,
      zone: 'norte',
      reportsTo,
      email: `${id}@example.com`,
      phone,
      extension: null,
      internal: true,
      documents: 'complete',
      grade: 'pass',
      signed: true,
    });
  }
  for (const person of ['ana', 'beto']) {
    const figures = { sales: 9, leads: 10, closings: 9 };
    await submit({ fact: 'month.results', actor: 'lola', person, month: BASELINE, ...figures });
  }
  await submit({
    fact: 'roster.submitted',
    actor: 'lola',
    by: 'lola',
    month: '2024-07',
    zone: null,
    advisors: ['ana', 'beto'],
    byAdministrator: true,
  });
}

function arrival(id: string): Fact & Record<string, unknown> {
  const phone = `55${String(10_000_000 + (Math.abs(hash(id)) % 80_000_000))}`;
  return {
    fact: 'lead.received',
    actor: 'web',
    lead: id,
    source: 'web',
    sourceId: id,
    zone: null,
    referredBy: null,
    sentAt: null,
    test: false,
    identity: {
      ...noFacts,
      names: [{ value: `Persona ${id}`, origin: `lead:${id}`, raw: `Persona ${id}` }],
      phones: [{ value: `+52${phone}`, origin: `lead:${id}`, raw: phone }],
    },
    consent: null,
    asReceived: { name: `Persona ${id}`, phones: [phone], emails: [], message: null, fields: {} },
    campaign: {},
    receipt: null,
  };
}

function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (Math.imul(value, 31) + letter.charCodeAt(0)) | 0;
  return value;
}
