/** The delivery rig with Meta's webhooks at the real door: what clients write is heard, and files are fetched. */
import { sql } from 'kysely';

import type { Delivery } from '../src/messages/delivery.jobs.ts';
import { clientMessage } from '../src/messages/inbound.store.ts';
import { fetchWanted } from '../src/messages/media.jobs.ts';
import { messageErrors } from '../src/messages/errors.ts';
import { readWebhooks, type OptOutHeard, type WebhookParts } from '../src/messages/webhook.jobs.ts';
import { webhookPath, whatsappWebhookRoutes } from '../src/messages/webhook.routes.ts';
import { errorCatalog } from '../src/platform/errors.ts';
import { createHttp, httpErrors } from '../src/platform/http.ts';
import { newId } from '../src/platform/ids.ts';
import { silentLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { MINUTE } from '../src/platform/time.ts';
import { KEY, type RigOptions, type TestRig } from './delivery-rig.ts';

export interface ConversationRig extends TestRig {
  readonly mail: Delivery;
  readonly optOuts: OptOutHeard[];
  /** Reads what webhooks left. */
  read(): Promise<number>;
  /** Fetches the files that are wanted. */
  fetchFiles(): Promise<number>;
  write(given: Partial<Written>): ReturnType<TestRig['submit']>;
  phoneOf(lead: string): Promise<string>;
  thread(): Promise<ThreadRow[]>;
  stop(): Promise<void>;
}

interface Written {
  readonly message: string;
  readonly lead: string;
  readonly by: string;
  readonly channel: string;
  readonly text: string | null;
  readonly template: string | null;
  readonly subject: string;
  readonly repliesTo: string;
}

export interface ThreadRow {
  readonly id: string;
  readonly lead: string;
  readonly direction: string;
  readonly channel: string;
  readonly author: string | null;
  readonly form: string;
  readonly words: string | null;
  readonly counted: boolean;
  readonly state: string | null;
  readonly code: string | null;
}

export async function conversationRig(
  open: (options: RigOptions) => Promise<TestRig>,
  options: RigOptions = {},
): Promise<ConversationRig> {
  const rig = await open({ staffChannel: 'app', ...options });
  const { database, house, organization, graph, time } = rig;
  const http = await createHttp({
    log: silentLog,
    metrics: createMetrics({ processMetrics: false }),
    errors: errorCatalog({ http: httpErrors, messages: messageErrors }),
    publicUrl: 'https://pauta.example.com',
    version: '0',
    health: [],
    admit: async () => {},
  });
  const clock = { now: () => time.now() };
  whatsappWebhookRoutes(http.app, { database, clock, newId, key: KEY, wake: () => undefined });
  await http.app.ready();
  rig.onWebhook(async (raw, headers) => {
    const url = webhookPath(organization);
    return (await http.app.inject({ method: 'POST', url, headers, payload: raw })).statusCode;
  });
  const optOuts: OptOutHeard[] = [];
  const parts: WebhookParts = {
    database,
    house,
    clock,
    log: silentLog,
    letters: rig.parts('door').letters,
    onInbound: async (_organization, message, person) => {
      if (person !== null) return;
      const fact = await database.inOrganization(organization, (tx) =>
        clientMessage(tx, organization, message),
      );
      await house.submit(organization, fact);
    },
    onOptOut: async (_organization, heard) => void optOuts.push(heard),
  };
  const world = { fetch, expire: (milliseconds: number) => AbortSignal.timeout(milliseconds) };
  const never = new AbortController().signal;
  const mail = rig.delivery();
  await rig.round(mail);
  await time.advance(MINUTE);
  let count = 0;
  return {
    ...rig,
    mail,
    optOuts,
    read: () => readWebhooks(parts, never),
    fetchFiles: () =>
      fetchWanted(
        { database, house, clock, log: silentLog, key: KEY, whatsappBase: graph.base, world },
        never,
      ),
    write: (given) =>
      rig.submit({
        fact: 'message.written',
        actor: given.by ?? 'ana',
        message: `written-${(count += 1)}`,
        lead: 'L1',
        by: 'ana',
        channel: 'whatsapp',
        text: given.template === undefined ? 'Hola' : null,
        template: null,
        ...given,
      }),
    phoneOf: (lead) =>
      database.inOrganization(organization, async (tx) => {
        const found = await sql<{ phone: string }>`
          select c.phones->0->>'value' as phone from leads l join contacts c on c.organization_id = l.organization_id
             and c.id = l.contact where l.organization_id = ${organization} and l.id = ${lead}`.execute(tx);
        return found.rows[0]?.phone ?? '';
      }),
    thread: () =>
      database.inOrganization(organization, async (tx) => {
        const found = await sql<ThreadRow>`
          select m.id, m.lead, m.direction, m.channel, m.author, m.form, m.words, m.counted_at is not null as counted,
                 o.state, o.outcome ->> 'code' as code
            from thread_messages m left join outbox o on o.organization_id = m.organization_id and o.id = m.id
           where m.organization_id = ${organization} order by m.at, m.id`.execute(tx);
        return found.rows;
      }),
    stop: () => http.stop(),
  };
}
