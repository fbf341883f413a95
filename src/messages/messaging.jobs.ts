import type { House } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { SECOND, type Clock } from '../platform/time.ts';
import { createWorker, type Worker, type WorkMetrics } from '../platform/work.ts';
import { channelRoutes } from './channels.routes.ts';
import { pushKeys } from './channels.store.ts';
import { startDelivery } from './delivery.jobs.ts';
import type { LetterParts } from './letters.store.ts';
import { PUSH_SERVICES, type EndpointRule } from './push-endpoint.ts';
import { noticeRoutes, type NoticeRouteParts } from './routes.ts';
import { fetchWanted } from './media.jobs.ts';
import { deliveryMetrics } from './sending.jobs.ts';
import { createSenders, META_GRAPH } from './senders.adapter.ts';
import { TELEGRAM_API } from './telegram.adapter.ts';
import { readWebhooks, type WebhookParts } from './webhook.jobs.ts';
import { whatsappWebhookRoutes } from './webhook.routes.ts';

/** A stored webhook is read at once, on the hint of the route; the poll finds what another process stored. */
const WEBHOOK_POLL_MILLISECONDS = SECOND;
const MEDIA_POLL_MILLISECONDS = 2 * SECOND;

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds));

const expire = (milliseconds: number): AbortSignal => AbortSignal.timeout(milliseconds);

/** Where the outside is, for whoever pretends to be it: the sample organization, tests. */
export interface Outside {
  readonly whatsappBase?: string;
  readonly telegramBase?: string;
  readonly pushEndpoints?: EndpointRule;
}

export interface MessagingParts extends Pick<WebhookParts, 'onInbound' | 'onOptOut'> {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewId;
  readonly letters: LetterParts;
  readonly metrics: Metrics;
  readonly outside?: Outside;
  signedIn: NoticeRouteParts['signedIn'];
}

export interface Messaging {
  routes(app: HttpApp): void;
  /** Begins to send and to read what came; wake the workers whenever something was decided. */
  workers(common: {
    readonly metrics: WorkMetrics;
    readonly wake: (wake: () => void) => () => void;
  }): Worker[];
}

/** All of this folder that runs, put together. */
export async function openMessaging(parts: MessagingParts): Promise<Messaging> {
  const { database, house, clock, log, newId, letters, metrics, outside = {}, signedIn } = parts;
  const { key, publicUrl } = letters;
  const keys = await pushKeys(database, key);
  const endpoints = outside.pushEndpoints ?? { hosts: PUSH_SERVICES };
  const wakeUps = new Set<() => void>();
  const wakeAll = (): void => {
    for (const wake of wakeUps) wake();
  };
  const whatsappBase = outside.whatsappBase ?? META_GRAPH;
  const senders = createSenders({
    fetch,
    now: () => clock.now(),
    monotonic: () => performance.now(),
    wait,
    expire,
    whatsappBase,
    telegramBase: outside.telegramBase ?? TELEGRAM_API,
    push: { ...keys, subject: pushSubject(publicUrl), endpoints },
  });
  return {
    routes: (app) => {
      whatsappWebhookRoutes(app, { database, clock, newId, key, wake: wakeAll });
      noticeRoutes(app, { database, house, clock, letters, signedIn, push: { ...keys, endpoints } });
      channelRoutes(app, { database, house, clock, key, publicUrl, signedIn });
    },
    workers: (common) => [
      startDelivery(
        {
          database,
          house,
          clock,
          log,
          senders,
          letters,
          worker: newId(),
          wait,
          metrics: deliveryMetrics(metrics),
        },
        common,
      ),
      createWorker({
        name: 'media',
        everyMilliseconds: MEDIA_POLL_MILLISECONDS,
        run: (signal) =>
          fetchWanted({ database, house, clock, log, key, whatsappBase, world: { fetch, expire } }, signal),
        log,
        metrics: common.metrics,
      }),
      createWorker({
        name: 'webhooks',
        everyMilliseconds: WEBHOOK_POLL_MILLISECONDS,
        run: (signal) => readWebhooks(parts, signal),
        log,
        metrics: common.metrics,
        wake: (wake) => {
          wakeUps.add(wake);
          return () => void wakeUps.delete(wake);
        },
      }),
    ],
  };
}

/** Push services want a way to reach whoever runs the server: its https address, else a mailbox of the same host. */
function pushSubject(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? publicUrl : `mailto:postmaster@${new URL(publicUrl).hostname}`;
}
