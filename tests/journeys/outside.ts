/** Meta and Telegram as the floor's journeys have them: fakes on loopback, set up by the administrator as on the screens. */
import type { Page } from 'playwright-core';

import { startGraphServer, type GraphServer } from '../../simulator/fakes/graph-server.ts';
import { startTelegramServer, type TelegramServer } from '../../simulator/fakes/telegram-server.ts';
import { realTime } from '../../simulator/fakes/time.ts';
import { graphTemplates, setUpWhatsApp, WHATSAPP } from '../../simulator/whatsapp-world.ts';
import { emailOf, PASSWORD, type FloorOptions } from './floor.ts';
import { LAPTOP, openJourney, type Journey } from './program.ts';

const TELEGRAM = { token: '123456:abcdefghijklmnopqrstuvwxyz_ABCDEFGHI', chatId: '-100200300' };

export interface OutsideJourney extends Journey {
  readonly telegram: TelegramServer;
  /** The administrator, signed in: who set all this up. */
  readonly nora: Page;
  /** What a phone has got so far of one kind of notice, latest last. */
  got(phone: string, template: string): readonly Got[];
  /** Presses the button of a message, or writes, from a phone. */
  press(phone: string, got: Got): Promise<unknown>;
  write(phone: string, body: string): Promise<unknown>;
}

export interface Got {
  readonly wamid: string;
  /** The words that fill the template. */
  readonly words: readonly string[];
  /** Where its link leads, as a path of the product. */
  readonly path: string;
  /** What the button to confirm carries; null without one. */
  readonly payload: string | null;
}

export async function openOutsideJourney(options: FloorOptions): Promise<OutsideJourney> {
  let webhookUrl: string | null = null;
  let now = realTime().now;
  const graph: GraphServer = await startGraphServer({
    time: { ...realTime(), now: () => now() },
    token: WHATSAPP.token,
    appSecret: WHATSAPP.appSecrets[0],
    phoneNumberId: WHATSAPP.phoneNumberId,
    templates: graphTemplates('http://127.0.0.1'),
    statusDelays: { sent: 20, delivered: 40, read: 60 },
    deliver: async (raw, headers) => {
      if (webhookUrl === null) return 0;
      const answer = await fetch(webhookUrl, { method: 'POST', body: new Uint8Array(raw), headers });
      return answer.status;
    },
  });
  const telegram = await startTelegramServer({ token: TELEGRAM.token });
  const journey = await openJourney({
    ...options,
    outside: { whatsappBase: graph.base, telegramBase: telegram.base },
  });
  now = journey.now;
  webhookUrl = await setUpWhatsApp(journey.address, emailOf('administrator'), PASSWORD);
  const nora = await journey.signedIn('administrator', LAPTOP);
  const headers = { origin: journey.address };
  const saved = await nora.request.put(`${journey.address}/api/channels/telegram`, {
    data: TELEGRAM,
    headers,
  });
  if (!saved.ok()) throw new Error(`Telegram cannot be set up: ${await saved.text()}`);

  return {
    ...journey,
    telegram,
    nora,
    got: (phone, template) =>
      graph.taken
        .filter(({ recipient, body }) => recipient === phone && body.template?.name === template)
        .map(({ wamid, body }) => {
          const parts = body.template?.components ?? [];
          const button = (kind: string) => parts.find(({ sub_type }) => sub_type === kind)?.parameters[0];
          return {
            wamid,
            words: parts.filter(({ type }) => type === 'body').flatMap(textsOf),
            path: `/${button('url')?.text ?? ''}`,
            payload: button('quick_reply')?.payload ?? null,
          };
        }),
    press: (from, { wamid, payload }) =>
      graph.inbound({
        from,
        message: {
          type: 'button',
          context: { id: wamid },
          button: { payload: payload ?? '', text: 'Confirmo' },
        },
      }),
    write: (from, body) => graph.inbound({ from, message: { type: 'text', text: { body } } }),
    stop: async () => {
      await journey.stop();
      await Promise.all([graph.close(), telegram.close()]);
    },
  };
}

function textsOf({
  parameters,
}: {
  readonly parameters: readonly { readonly text?: string | undefined }[];
}): string[] {
  return parameters.map(({ text }) => text ?? '');
}
