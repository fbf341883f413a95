import { z } from 'zod';

import { whatsappTemplates } from '../src/messages/index.ts';
import { MINUTE, SECOND } from '../src/platform/time.ts';
import { startGraphServer, type GraphServer } from './fakes/graph-server.ts';
import type { GraphTemplate } from './fakes/graph-rules.ts';
import { realTime } from './fakes/time.ts';
import { seededFor, whole } from './random.ts';

/** Meta as the demo has it: a Graph server on loopback, people who get its messages, read them and press its buttons. */
export interface WhatsAppWorld {
  /** Where the product finds it. */
  readonly base: string;
  /** From now on statuses and answers go to the product at this address. */
  deliverTo(webhookUrl: string): void;
  /** Presses the buttons of the messages that came since it was last called. */
  answer(): void;
  close(): Promise<void>;
}

/** Not secret: they open a pretend world and nothing else. */
export const WHATSAPP = {
  apiVersion: 'v24.0',
  phoneNumberId: '100200300',
  token: 'demo-token-of-a-pretend-graph',
  appSecrets: ['demo-app-secret-of-a-pretend-graph'],
  verifyToken: 'demo-verify-token',
} as const;
/** A message shows as delivered soon, as read when somebody has looked. */
const STATUS_DELAYS = { sent: SECOND / 4, delivered: SECOND, read: 12 * SECOND };
const ANSWERS_WITHIN = 20 * MINUTE;

export async function startWhatsAppWorld(seed: number, publicUrl: string): Promise<WhatsAppWorld> {
  const time = realTime();
  let webhookUrl: string | null = null;
  const graph: GraphServer = await startGraphServer({
    time,
    seed,
    token: WHATSAPP.token,
    appSecret: WHATSAPP.appSecrets[0],
    phoneNumberId: WHATSAPP.phoneNumberId,
    templates: graphTemplates(publicUrl),
    statusDelays: STATUS_DELAYS,
    deliver: async (raw, headers) => {
      if (webhookUrl === null) return 0;
      const answer = await fetch(webhookUrl, { method: 'POST', body: new Uint8Array(raw), headers });
      await answer.arrayBuffer();
      return answer.status;
    },
  });
  let looked = 0;
  return {
    base: graph.base,
    deliverTo: (url) => {
      webhookUrl = url;
    },
    answer() {
      for (const { body, recipient, wamid } of graph.taken.slice(looked)) {
        const pressed = (body.template?.components ?? []).find(({ sub_type }) => sub_type === 'quick_reply');
        const payload = pressed?.parameters[0]?.payload;
        if (payload === undefined) continue;
        const message = { type: 'button', context: { id: wamid }, button: { payload, text: 'Confirmo' } };
        const after = whole(seededFor(seed, 'confirms', recipient), MINUTE, ANSWERS_WITHIN);
        time.after(after, async () => void (await graph.inbound({ from: recipient, message })));
      }
      looked = graph.taken.length;
    },
    close: () => graph.close(),
  };
}

/** What Meta would have approved: the product's own templates. */
export function graphTemplates(publicUrl: string): GraphTemplate[] {
  return whatsappTemplates(publicUrl).map(({ name, language, components }) => {
    const body = components.find((one) => one.type === 'BODY');
    const buttons = components.find((one) => one.type === 'BUTTONS');
    return {
      name,
      language,
      variables: body?.type === 'BODY' ? (body.example.body_text[0]?.length ?? 0) : 0,
      buttons:
        buttons?.type === 'BUTTONS'
          ? buttons.buttons.map(({ type }) => (type === 'URL' ? 'url' : 'quick_reply'))
          : [],
    };
  });
}

/** As an administrator would set it up on the screen; gives the address to which Meta writes. */
export async function setUpWhatsApp(address: string, email: string, password: string): Promise<string> {
  const signIn = await fetch(`${address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ email, password }),
  });
  if (!signIn.ok)
    throw new Error(`the administrator cannot sign in: ${signIn.status} ${await signIn.text()}`);
  const cookie = signIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0] ?? '')
    .join('; ');
  const headers = { cookie, origin: address, 'content-type': 'application/json' };
  const saved = await fetch(`${address}/api/channels/whatsapp`, {
    method: 'PUT',
    headers,
    body: JSON.stringify(WHATSAPP),
  });
  if (!saved.ok) throw new Error(`WhatsApp cannot be set up: ${saved.status} ${await saved.text()}`);
  const channels = await fetch(`${address}/api/channels`, { headers });
  const { webhookUrl } = z.object({ webhookUrl: z.url() }).parse(await channels.json());
  await fetch(`${address}/api/auth/sign-out`, { method: 'POST', headers, body: '{}' });
  return webhookUrl;
}
