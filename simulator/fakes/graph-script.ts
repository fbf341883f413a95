/** What the fake Graph server is made of and how a test scripts it. */
import type { Instant } from '../../src/platform/time.ts';
import type { GraphTemplate, SendBody } from './graph-rules.ts';
import type { WebhookFaults } from './graph-webhooks.ts';
import type { PretendTime } from './time.ts';

export interface GraphOptions {
  readonly time: PretendTime;
  readonly seed?: number;
  readonly token: string;
  readonly appSecret: string;
  readonly phoneNumberId: string;
  readonly templates?: readonly GraphTemplate[];
  readonly throughputPerSecond?: number;
  readonly pair?: { readonly milliseconds: number; readonly burst: number };
  /** Takes a webhook as our server would; the status it answers decides whether Meta tries again. */
  readonly deliver?: (raw: Buffer, headers: Readonly<Record<string, string>>) => Promise<number>;
  readonly statusDelays?: { readonly sent: number; readonly delivered: number; readonly read?: number };
}

/** What to do with one send instead of the ordinary. `taken`: the message went out all the same. */
export type GraphFault =
  | { readonly fault: 'error'; readonly code: number; readonly details?: string; readonly http?: number }
  | {
      readonly fault: 'http';
      readonly status: number;
      readonly retryAfterSeconds?: number;
      readonly taken?: boolean;
    }
  | { readonly fault: 'silence' | 'drop'; readonly taken: boolean }
  | { readonly fault: 'fail-later'; readonly code: number; readonly details?: string };

/** Chances of each fault for sends that nothing was scripted for; the rest go well. */
export interface Chaos {
  readonly rateLimited?: number;
  readonly faulty?: number;
  readonly gateway?: number;
  readonly silent?: number;
}

export interface TakenMessage {
  readonly wamid: string;
  readonly at: Instant;
  readonly recipient: string;
  readonly body: SendBody;
}

export interface GraphServer {
  /** `http://127.0.0.1:port` */
  readonly base: string;
  /** What people would have received, in order. */
  readonly taken: readonly TakenMessage[];
  /** Every send that came in, good or bad. */
  readonly asked: () => number;
  next(...faults: GraphFault[]): void;
  chaos(chances: Chaos): void;
  webhookFaults(faults: WebhookFaults): void;
  /** Sends what still waits for its batch to fill. */
  flush(): Promise<void>;
  /** Called when a send came in that will get no answer: where a test lets the client's time-out expire. */
  onSilence(act: () => void): void;
  inbound(message: InboundScript): Promise<string>;
  /** The person stops or resumes marketing. */
  preference(from: string, value: 'stop' | 'resume'): Promise<void>;
  templateStatus(name: string, language: string, event: string, reason?: string): Promise<void>;
  storeMedia(bytes: Uint8Array, mimeType: string): string;
  /** Webhooks not yet taken by our server. */
  undelivered(): number;
  close(): Promise<void>;
}

export interface InboundScript {
  readonly from?: string;
  readonly bsuid?: string;
  readonly name?: string;
  /** The rest of the message as Meta writes it: `{ type: 'text', text: { body } }`, a button, an image, … */
  readonly message: Readonly<Record<string, unknown>> & { readonly type: string };
}
