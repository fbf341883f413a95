/**
 * The webhooks of the fake Graph server: written as Meta writes them (accents and emoji escaped), signed with the real
 * algorithm over those bytes, and delivered as badly as told: twice, shuffled, several in one body. A delivery that is
 * not answered with 200 is tried again later, with falling frequency.
 */
import { metaSignature } from '../../src/messages/whatsapp-signature.ts';
import { waId } from './graph-rules.ts';
import type { GraphOptions, InboundScript, TakenMessage } from './graph-script.ts';

export interface WebhookFaults {
  /** Each event is sent this many times (1 = once). */
  readonly times?: number;
  /** How many events wait to go together in one body. */
  readonly batch?: number;
  /** Events of a batch leave in an order drawn from the seed. */
  readonly shuffle?: boolean;
}

/** One element of a `messages` or `statuses` list, with the contact it brings. */
interface Piece {
  readonly field: 'messages' | 'user_preferences' | 'message_template_status_update';
  readonly list?: 'messages' | 'statuses' | 'user_preferences';
  readonly element: Readonly<Record<string, unknown>>;
  readonly contact?: Readonly<Record<string, unknown>>;
}

const DELAYS = { sent: 400, delivered: 1_200, read: 20_000 };
const RETRY_MILLISECONDS = [5_000, 30_000, 300_000, 3_600_000, 6 * 3_600_000] as const;

export function webhookSender(options: GraphOptions & { readonly random: () => number }) {
  const { time, random } = options;
  const delays = options.statusDelays ?? DELAYS;
  let how: WebhookFaults = {};
  let waiting: Piece[] = [];
  let undelivered = 0;

  async function put(piece: Piece): Promise<void> {
    for (let copy = 0; copy < (how.times ?? 1); copy += 1) waiting.push(piece);
    if (waiting.length < (how.batch ?? 1)) return;
    await flush();
  }

  async function flush(): Promise<void> {
    const pieces = how.shuffle === true ? shuffled(waiting, random) : waiting;
    waiting = [];
    const size = Math.max(1, how.batch ?? 1);
    for (let from = 0; from < pieces.length; from += size)
      await post(bodyOf(pieces.slice(from, from + size), options), 0);
  }

  async function post(raw: Buffer, attempt: number): Promise<void> {
    if (!options.deliver) return;
    if (attempt === 0) undelivered += 1;
    const headers = {
      'content-type': 'application/json',
      'x-hub-signature-256': metaSignature(raw, options.appSecret),
    };
    const status = await options.deliver(raw, headers).catch(() => 0);
    const pause = RETRY_MILLISECONDS[attempt];
    if (status === 200 || pause === undefined) undelivered -= 1;
    else time.after(pause, () => post(raw, attempt + 1));
  }

  function statuses(message: TakenMessage, failure?: { code: number; details?: string | undefined }): void {
    const at = (milliseconds: number, status: string, more: Record<string, unknown> = {}) => {
      time.after(milliseconds, () => put(statusPiece(message, status, seconds(), more)));
    };
    at(delays.sent, 'sent', priced(message));
    if (failure) {
      const errors = [
        { code: failure.code, title: 'failed', error_data: { details: failure.details ?? '' } },
      ];
      return at(delays.delivered, 'failed', { errors });
    }
    at(delays.delivered, 'delivered', priced(message));
    if (delays.read !== undefined) at(delays.read, 'read');
    return undefined;
  }

  function seconds(): string {
    return String(Math.floor(Date.parse(time.now()) / 1_000));
  }

  return {
    statuses,
    inbound(id: string, script: InboundScript): Promise<void> {
      const person = {
        ...(script.from === undefined ? {} : { wa_id: waId(script.from) }),
        ...(script.bsuid === undefined ? {} : { user_id: script.bsuid }),
      };
      const from = {
        ...(script.from === undefined ? {} : { from: waId(script.from) }),
        ...(script.bsuid === undefined ? {} : { from_user_id: script.bsuid }),
      };
      return put({
        field: 'messages',
        list: 'messages',
        element: { ...from, id, timestamp: seconds(), ...script.message },
        contact: { profile: { name: script.name ?? 'Ana Prueba' }, ...person },
      });
    },
    preference(from: string, value: 'stop' | 'resume'): Promise<void> {
      return put({
        field: 'user_preferences',
        list: 'user_preferences',
        element: {
          wa_id: waId(from),
          detail: `User requested to ${value} marketing messages`,
          category: 'marketing_messages',
          value,
          timestamp: Number(seconds()),
        },
      });
    },
    templateStatus(name: string, language: string, event: string, reason = 'NONE'): Promise<void> {
      const element = {
        event,
        message_template_id: 1,
        message_template_name: name,
        message_template_language: language,
        reason,
      };
      return put({ field: 'message_template_status_update', element });
    },
    faults(given: WebhookFaults) {
      how = given;
    },
    flush,
    undelivered: () => undelivered + waiting.length,
  };
}

function statusPiece(
  message: TakenMessage,
  status: string,
  timestamp: string,
  more: Record<string, unknown>,
): Piece {
  const { to, recipient, biz_opaque_callback_data: callback } = message.body;
  const person = to === undefined ? { recipient_user_id: recipient } : { recipient_id: waId(to) };
  return {
    field: 'messages',
    list: 'statuses',
    element: {
      id: message.wamid,
      status,
      timestamp,
      ...person,
      ...(callback === undefined ? {} : { biz_opaque_callback_data: callback }),
      ...more,
    },
  };
}

function priced(message: TakenMessage): Record<string, unknown> {
  const category = message.body.type === 'template' ? 'utility' : 'service';
  return { pricing: { billable: true, pricing_model: 'PMP', category } };
}

function bodyOf(pieces: readonly Piece[], options: GraphOptions): Buffer {
  const changes = pieces.map(({ field, list, element, contact }) => ({
    field,
    value:
      list === undefined
        ? element
        : {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '525500000000', phone_number_id: options.phoneNumberId },
            ...(contact === undefined ? {} : { contacts: [contact] }),
            [list]: [element],
          },
  }));
  const time = Math.floor(Date.parse(options.time.now()) / 1_000);
  return Buffer.from(
    escaped(JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', time, changes }] })),
  );
}

/** Meta writes everything beyond ASCII as \uXXXX: what breaks a signature taken over JSON written again. */
function escaped(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ item }) => item);
}
