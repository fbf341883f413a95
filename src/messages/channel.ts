/**
 * What every way of reaching a person outside the product looks like to the outbox.
 *
 * A channel does one thing once and says what it knows. It keeps no queue, repeats nothing by itself and never
 * throws for what the other side did: the outbox owns intent, attempts and outcome (invariant 6 of the design).
 */

export type Address =
  | { readonly kind: 'phone'; readonly e164: string }
  /** WhatsApp users may have no phone for us: the business-scoped user id is opaque and belongs to one portfolio. */
  | { readonly kind: 'whatsapp-user'; readonly portfolio: string; readonly bsuid: string }
  | { readonly kind: 'email'; readonly address: string; readonly name?: string }
  | { readonly kind: 'push'; readonly subscription: PushSubscription }
  /** A group; `threadId`: a topic of it. */
  | { readonly kind: 'telegram'; readonly chatId: string; readonly threadId?: number };

/** As the browser gives it: `JSON.stringify(pushSubscription)`. */
export interface PushSubscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** `reply` comes back as a message with this payload; for `link` the payload is what follows the public address. */
export interface TemplateButton {
  readonly index: number;
  readonly kind: 'reply' | 'link';
  readonly payload: string;
}

export interface TemplateContent {
  readonly kind: 'template';
  readonly name: string;
  readonly language: string;
  readonly variables: readonly string[];
  readonly buttons?: readonly TemplateButton[];
  /** The same in words: what the thread shows, and what another channel sends in its place. */
  readonly fallbackText: string;
}

export interface EmailContent {
  readonly kind: 'email';
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A person wrote it to another: it is not marked as automatic, so that an absence may answer it. */
  readonly written?: true;
  /** In place of the organization's name beside its address. */
  readonly fromName?: string;
  readonly replyTo?: string;
  /** Advertising must offer a way out in its headers; a notice to our own staff must not. */
  readonly unsubscribe?: { readonly url: string; readonly mailto?: string };
}

export interface PushContent {
  readonly kind: 'push';
  readonly title: string;
  readonly body: string;
  readonly url: string;
  /** Two pushes with one tag show as one on the phone; the later replaces the earlier. */
  readonly tag: string;
  readonly ttlSeconds: number;
}

export type Content =
  /** `quotes`: the channel's id of the message it answers. */
  | { readonly kind: 'text'; readonly text: string; readonly subject?: string; readonly quotes?: string }
  | TemplateContent
  | EmailContent
  | PushContent;

export interface OutgoingMessage {
  /** Our outbox id: unique, repeated unchanged on every attempt. */
  readonly id: string;
  readonly to: Address;
  readonly content: Content;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** What a retry must wait for: only this message, everything to this person, or everything from this sender. */
export type RetryScope = 'message' | 'recipient' | 'sender';

/** What a refusal changes beyond this one message. */
export type RefusalEffect =
  | 'opt-out'
  | 'channel-unusable'
  | 'stop-sender'
  | 'needs-template'
  | 'bad-template';

/**
 * accepted  the other side took it; delivered and read come later, by webhook (message-status.ts)
 * retry     it certainly did not go out; `own-…` codes are our own pacing, where nothing left the house
 * refused   it did not go out and the same again would not either
 * unknown   it may have gone out: never repeat blindly; settled by a status that carries our id, or by a person
 */
export type Outcome =
  | { readonly outcome: 'accepted'; readonly providerId: string }
  | {
      readonly outcome: 'retry';
      readonly afterMilliseconds: number;
      readonly scope: RetryScope;
      readonly code: string;
      readonly why: string;
      /** The group has another id from now on: it is kept before the next try. */
      readonly movedTo?: string;
    }
  | {
      readonly outcome: 'refused';
      readonly code: string;
      readonly why: string;
      readonly effect?: RefusalEffect;
    }
  | { readonly outcome: 'unknown'; readonly why: string };

export type Settled = 'sent' | 'not-sent' | 'still-unknown';

export interface MessageChannel {
  readonly name: 'whatsapp' | 'email' | 'push' | 'telegram';
  send(message: OutgoingMessage): Promise<Outcome>;
  /** Only where the other side can be asked about our id. WhatsApp, SMTP and Web Push cannot be. */
  settle?(message: OutgoingMessage): Promise<Settled>;
}

/** A refusal by us, before anything left the house: this channel cannot carry that content or reach that address. */
export function unsuited(channel: MessageChannel['name'], what: string): Outcome {
  return { outcome: 'refused', code: 'unsuited', why: `${channel} cannot carry ${what}` };
}
