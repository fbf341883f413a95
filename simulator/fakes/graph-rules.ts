/** What the real Graph API checks of a send, as far as we know it: shape, template, throughput, pair rate, window. */
import { z } from 'zod';
import type { PretendTime } from './time.ts';

export interface GraphTemplate {
  readonly name: string;
  readonly language: string;
  /** How many variables the body takes. */
  readonly variables: number;
  readonly buttons?: readonly ('quick_reply' | 'url')[];
  readonly status?: 'APPROVED' | 'PAUSED' | 'DISABLED';
}

export interface RuleOptions {
  readonly time: PretendTime;
  readonly templates?: readonly GraphTemplate[];
  readonly throughputPerSecond?: number;
  readonly pair?: { readonly milliseconds: number; readonly burst: number };
}

const component = z.object({
  type: z.enum(['header', 'body', 'button']),
  sub_type: z.enum(['quick_reply', 'url']).optional(),
  index: z.string().optional(),
  parameters: z.array(
    z.object({ type: z.string(), text: z.string().optional(), payload: z.string().max(256).optional() }),
  ),
});

export const sendBody = z
  .object({
    messaging_product: z.literal('whatsapp'),
    to: z
      .string()
      .regex(/^\d{8,15}$/)
      .optional(),
    recipient: z
      .string()
      .regex(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/)
      .optional(),
    type: z.enum(['text', 'template', 'image']),
    text: z.object({ body: z.string().min(1).max(4_096) }).optional(),
    template: z
      .object({
        name: z.string(),
        language: z.object({ code: z.string() }),
        components: z.array(component).default([]),
      })
      .optional(),
    biz_opaque_callback_data: z.string().max(512).optional(),
  })
  .refine((body) => (body.to === undefined) !== (body.recipient === undefined), 'either to or recipient');
export type SendBody = z.output<typeof sendBody>;

interface Wrong {
  readonly http: number;
  readonly code: number;
  readonly details: string;
}

const THROUGHPUT_PER_SECOND = 80;
const PAIR = { milliseconds: 6_000, burst: 3 };
const WINDOW_MILLISECONDS = 24 * 3_600_000;

export function checkSend(options: RuleOptions) {
  const { time } = options;
  const perSecond = options.throughputPerSecond ?? THROUGHPUT_PER_SECOND;
  const pair = options.pair ?? PAIR;
  const lastSecond: number[] = [];
  /** For each person, until when what was sent to them is paid back at one a turn. */
  const paidBackAt = new Map<string, number>();
  const heardAt = new Map<string, number>();

  function check(body: SendBody): Wrong | undefined {
    const now = time.monotonic();
    while ((lastSecond[0] ?? Infinity) <= now - 1_000) lastSecond.shift();
    if (lastSecond.length >= perSecond) return { http: 400, code: 130429, details: 'throughput reached' };
    const person = body.to ?? body.recipient ?? '';
    const from = Math.max(paidBackAt.get(person) ?? 0, now);
    if (from - now > (pair.burst - 1) * pair.milliseconds) {
      return { http: 400, code: 131056, details: 'too many messages to this person' };
    }
    const wrong =
      body.type === 'template' ? checkTemplate(body.template, options.templates ?? []) : checkText(body);
    if (wrong) return wrong;
    lastSecond.push(now);
    paidBackAt.set(person, from + pair.milliseconds);
    return undefined;
  }

  /** Outside the window the real API takes a free text and fails it later. */
  function windowFault(body: SendBody): { code: number; details: string } | undefined {
    if (body.type === 'template') return undefined;
    const heard = heardAt.get(personKey(body.to ?? body.recipient ?? ''));
    const open = heard !== undefined && time.monotonic() - heard < WINDOW_MILLISECONDS;
    return open ? undefined : { code: 131047, details: 'more than 24 hours since the person wrote' };
  }

  return {
    check,
    windowFault,
    heardFrom: (person: string) => void heardAt.set(personKey(person), time.monotonic()),
  };
}

function personKey(person: string): string {
  return /^521\d{10}$/.test(person) ? `52${person.slice(3)}` : person;
}

function checkText(body: SendBody): Wrong | undefined {
  return body.type === 'text' && !body.text
    ? { http: 400, code: 131008, details: 'text is missing' }
    : undefined;
}

function checkTemplate(given: SendBody['template'], templates: readonly GraphTemplate[]): Wrong | undefined {
  if (!given) return { http: 400, code: 131008, details: 'template is missing' };
  const known = templates.find((one) => one.name === given.name && one.language === given.language.code);
  if (!known) return { http: 404, code: 132001, details: 'no such template in this language' };
  if (known.status === 'PAUSED') return { http: 400, code: 132015, details: 'template paused' };
  if (known.status === 'DISABLED') return { http: 400, code: 132016, details: 'template disabled' };
  const texts = given.components.find((one) => one.type === 'body')?.parameters ?? [];
  if (texts.length !== known.variables) {
    const details = `body takes ${String(known.variables)} parameters, ${String(texts.length)} came`;
    return { http: 400, code: 132000, details };
  }
  if (texts.some(({ text }) => text === undefined || text === '' || /[\n\t]| {5}/.test(text))) {
    return { http: 400, code: 132012, details: 'a parameter is empty or has line breaks, tabs or spaces' };
  }
  for (const button of given.components.filter((one) => one.type === 'button')) {
    if (known.buttons?.[Number(button.index)] !== button.sub_type) {
      return { http: 400, code: 132012, details: `button ${String(button.index)} is of another kind` };
    }
  }
  return undefined;
}

/** Meta names Mexican mobiles with the 1 of before 2019. */
export function waId(phone: string): string {
  return phone.length === 12 && phone.startsWith('52') ? `521${phone.slice(2)}` : phone;
}
