/** Notices on this device: subscribing the browser, and opening what a notice is about. */
import { z } from 'zod';
import { ask } from './api.ts';

const WORKER = '/push-worker.js';
const keySchema = z.object({ publicKey: z.string() });
const openSchema = z.object({ open: z.string() });

/** Taps on a notice while a tab is open: the worker tells which address. */
export function followPushes(go: (to: string) => void): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', (event: MessageEvent<unknown>) => {
    const told = openSchema.safeParse(event.data);
    if (!told.success) return;
    const address = new URL(told.data.open, window.location.origin);
    if (address.origin === window.location.origin) go(address.pathname + address.search);
  });
}

export type PushState = 'on' | 'off' | 'denied' | 'unsupported';

export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ? 'on' : 'off';
}

/** Must follow a click: browsers ask for leave only then. Gives the state it came to. */
export async function switchPushOn(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { publicKey } = await ask('/api/push/key', keySchema);
  const registration = await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  await ask('/api/push/subscriptions', z.unknown(), { method: 'POST', body: subscription.toJSON() });
  return 'on';
}

export async function switchPushOff(): Promise<PushState> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) {
    await ask('/api/push/subscriptions', z.unknown(), {
      method: 'DELETE',
      body: { endpoint: subscription.endpoint },
    });
    await subscription.unsubscribe();
  }
  return 'off';
}
