import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

import type { FeedRequest } from './feed-leads.ts';
import { addRefused, emptyTally, type Tally } from './reconcile.ts';

export interface FeedSending {
  /** Scheme, host and port. */
  readonly to: string;
  readonly key: string;
  /** Leads a second; 0: as fast as answers come. */
  readonly speed: number;
  /** Makes the idempotency keys of this feed its own. */
  readonly name: string;
  readonly signal: AbortSignal;
  readonly progress: (sent: number, answered: number) => void;
}

/** Requests under way at once. */
const UNDER_WAY_MAX = 32;
const REQUEST_MILLISECONDS_MAX = 30_000;
/** Tries of one request, with the same idempotency key; a lead is given up, and counted, only after these. */
const TRIES_MAX = 8;
const PAUSE_MILLISECONDS = 250;
const PENDING_POLLS_MAX = 120;

const answerSchema = z.object({
  stage: z.enum(['received', 'held', 'assigned', 'waiting', 'refused']).optional(),
  receipt: z.string().optional(),
  duplicateOf: z.string().optional(),
  why: z.string().optional(),
  repeat: z.boolean().optional(),
  error: z.object({ code: z.string() }).optional(),
});
type Answer = z.infer<typeof answerSchema>;

/** Sends all in their order at the pace given; resolves when every answer is in, with where each lead went. */
export async function sendAll(requests: readonly FeedRequest[], sending: FeedSending): Promise<Tally> {
  const tally = emptyTally();
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  let answered = 0;
  for (const [place, request] of requests.entries()) {
    if (sending.signal.aborted) break;
    const dueAt = sending.speed === 0 ? 0 : began + (place * 1_000) / sending.speed;
    const early = dueAt - performance.now();
    if (early > 0) await pause(early);
    while (underWay.size >= UNDER_WAY_MAX) await Promise.race(underWay);
    const one = sendOne(request, `${sending.name}-${place}`, sending)
      .then((answer) => count(tally, answer))
      .catch((error: unknown) =>
        addRefused(tally, `no answer: ${error instanceof Error ? error.message : String(error)}`),
      )
      .then(() => {
        underWay.delete(one);
        sending.progress(place + 1, (answered += 1));
        return undefined;
      });
    underWay.add(one);
  }
  await Promise.all(underWay);
  return tally;
}

async function sendOne(
  { body }: FeedRequest,
  idempotencyKey: string,
  { to, key }: FeedSending,
): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${key}`,
    'idempotency-key': idempotencyKey,
  };
  const answer = await asked(`${to}/api/leads`, { method: 'POST', headers, body: JSON.stringify(body) });
  // 202: taken in and not decided within the product's two seconds; the receipt tells when it is.
  // A repeat is answered for good, also while the first is still being decided.
  let decided = answer;
  if (answer.repeat === true) return answer;
  for (
    let polls = 0;
    decided.stage === 'received' && answer.receipt !== undefined && polls < PENDING_POLLS_MAX;
    polls += 1
  ) {
    await pause(PAUSE_MILLISECONDS);
    decided = await asked(`${to}/api/receipts/${answer.receipt}`, {
      headers: { authorization: headers.authorization },
    });
  }
  return decided;
}

async function asked(url: string, request: RequestInit): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(url, {
      ...request,
      signal: AbortSignal.timeout(REQUEST_MILLISECONDS_MAX),
    }).catch((error: unknown) => {
      if (tries >= TRIES_MAX) throw error;
      return null;
    });
    if (response !== null && !isPassing(response.status)) return answerSchema.parse(await response.json());
    if (response !== null && tries >= TRIES_MAX) return { error: { code: `http-${response.status}` } };
    await response?.arrayBuffer();
    const asksFor = Number(response?.headers.get('retry-after') ?? 0) * 1_000;
    await pause(Math.max(asksFor, PAUSE_MILLISECONDS * tries));
  }
}

/** Too fast, the same key under way, or broken for the moment: to be asked again. */
function isPassing(status: number): boolean {
  return status === 429 || status === 409 || status >= 500;
}

function count(tally: Tally, answer: Answer): void {
  if (answer.error !== undefined) addRefused(tally, answer.error.code);
  else if (answer.repeat === true) tally.repeats += 1;
  else if (answer.duplicateOf !== undefined) tally.duplicates += 1;
  else if (answer.stage === 'assigned') tally.assigned += 1;
  else if (answer.stage === 'held') tally.held += 1;
  else if (answer.stage === 'waiting') tally.waiting += 1;
  else if (answer.stage === 'refused') addRefused(tally, answer.why ?? '—');
  else tally.other += 1;
}
