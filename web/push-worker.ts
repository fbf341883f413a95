/**
 * Notices on the phone. The push service wakes this with `{ title, body, url, tag? }` (the words are the server's, in
 * the person's language); a tap opens the lead in the tab that is already open, or in a new one.
 */
// Exported so that this file is a module, with a `self` of its own.
export interface Shown {
  title: string;
  body: string;
  url: string;
  tag: string;
}
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface PushWorker {
  addEventListener(type: 'push', run: (event: Waiting & { data: { json(): unknown } | null }) => void): void;
  addEventListener(
    type: 'notificationclick',
    run: (event: Waiting & { notification: Notification }) => void,
  ): void;
  addEventListener(type: 'install' | 'activate', run: (event: Waiting) => void): void;
  skipWaiting(): Promise<void>;
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<OpenTab[]>;
    openWindow(url: string): Promise<unknown>;
  };
}
interface OpenTab {
  focus(): Promise<OpenTab>;
  postMessage(message: { open: string }): void;
}

// The DOM's types describe a page; in this file `self` is a worker.
declare const self: PushWorker;

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function read(data: { json(): unknown } | null): Shown {
  let given: unknown;
  try {
    given = data?.json();
  } catch {
    given = undefined;
  }
  const fields = typeof given === 'object' && given !== null ? { ...given } : {};
  const field = (name: string): unknown => Object.entries(fields).find(([key]) => key === name)?.[1];
  const url = text(field('url'), '/');
  return {
    title: text(field('title'), 'Pauta'),
    body: text(field('body'), ''),
    url,
    tag: text(field('tag'), url),
  };
}

/** Only our own pages: a push must not be a way to another site. */
function ownAddress(url: string): string {
  const address = new URL(url, self.location.origin);
  return address.origin === self.location.origin ? address.href : self.location.origin;
}

async function open(url: string): Promise<void> {
  const [tab] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (tab === undefined) {
    await self.clients.openWindow(url);
    return;
  }
  // The page changes screens itself (push.ts): no reload, nothing typed is lost.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's client takes none
  tab.postMessage({ open: url });
  await tab.focus();
}

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('push', (event) => {
  const { title, body, url, tag } = read(event.data);
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      icon: '/icon-192.png',
      badge: '/icon-192.png',
      data: url,
    }),
  );
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url: unknown = event.notification.data;
  event.waitUntil(open(ownAddress(typeof url === 'string' ? url : '/')));
});
