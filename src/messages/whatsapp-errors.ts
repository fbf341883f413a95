/**
 * What each error of the WhatsApp Cloud API means for us, in one table. The same codes come in the answer to a send
 * and, later, in the `errors` of a status webhook. Branch on the code, never on titles: Meta is retiring them.
 *
 * Source: Meta "Cloud API error codes"; gathered in the project's integration notes, section 1.6. Rows marked K are
 * general knowledge, kept because an unlisted 4xx would only say "refused".
 */
import type { Outcome, RefusalEffect, RetryScope } from './channel.ts';
import { HOUR, MINUTE, SECOND } from '../platform/time.ts';

type Action =
  | {
      readonly do: 'retry';
      readonly scope: RetryScope;
      readonly firstMilliseconds: number;
      readonly attemptsMax: number;
    }
  | { readonly do: 'refuse'; readonly effect?: RefusalEffect };

interface Row {
  readonly codes: readonly number[];
  readonly why: string;
  readonly action: Action;
}

/** A fault of Meta's is tried again for about four hours; after that a person should know. */
const FAULT_ATTEMPTS_MAX = 8;
/** Waiting for room is no fault: patience costs nothing, but it has an end. */
const RATE_ATTEMPTS_MAX = 20;
const RETRY_MILLISECONDS_MAX = HOUR;
/** Meta asks for 4^n seconds after 131056, and doubling serves the others. */
const PAIR_GROWTH = 4;
const GROWTH = 2;

const stopSender: Action = { do: 'refuse', effect: 'stop-sender' };
const badTemplate: Action = { do: 'refuse', effect: 'bad-template' };
const fault: Action = {
  do: 'retry',
  scope: 'message',
  firstMilliseconds: 30 * SECOND,
  attemptsMax: FAULT_ATTEMPTS_MAX,
};

export const WHATSAPP_ERRORS: readonly Row[] = [
  { codes: [0, 190], why: 'the access token is bad or has expired', action: stopSender },
  { codes: [10, ...range(200, 299), 131005], why: 'the permission is missing', action: stopSender },
  { codes: [131042], why: 'billing problem', action: stopSender },
  { codes: [131031, 368], why: 'the account is locked or restricted', action: stopSender },
  { codes: [131045, 133010], why: 'the sender number is not registered (K)', action: stopSender },
  { codes: [131048], why: 'spam limit on the sender number', action: stopSender },
  {
    codes: [4, 80007, 130429],
    why: 'rate limit of the sender',
    action: { do: 'retry', scope: 'sender', firstMilliseconds: SECOND, attemptsMax: RATE_ATTEMPTS_MAX },
  },
  {
    codes: [131056],
    why: 'too many messages to this person in a short time',
    action: {
      do: 'retry',
      scope: 'recipient',
      firstMilliseconds: 6 * SECOND,
      attemptsMax: RATE_ATTEMPTS_MAX,
    },
  },
  { codes: [131000, 131016, 2], why: 'a fault of Meta', action: fault },
  {
    codes: [131057],
    why: 'the account is in maintenance',
    action: { do: 'retry', scope: 'sender', firstMilliseconds: 5 * MINUTE, attemptsMax: FAULT_ATTEMPTS_MAX },
  },
  {
    codes: [131026],
    why: 'undeliverable: not on WhatsApp, an old app, or its terms not accepted',
    action: { do: 'refuse', effect: 'channel-unusable' },
  },
  { codes: [131047], why: 'outside the 24-hour window', action: { do: 'refuse', effect: 'needs-template' } },
  // Not for 24 hours or more; a notice is stale by then, and a campaign chooses its own next try.
  {
    codes: [131049],
    why: 'Meta chose not to deliver: marketing limit of this person',
    action: { do: 'refuse' },
  },
  {
    codes: [131050],
    why: 'the person stopped marketing from this business',
    action: { do: 'refuse', effect: 'opt-out' },
  },
  { codes: [130472], why: 'the person is in an experiment of Meta', action: { do: 'refuse' } },
  { codes: [100, 131008, 131009], why: 'a parameter is missing or not valid (K)', action: { do: 'refuse' } },
  { codes: [131021], why: 'sender and recipient are the same number (K)', action: { do: 'refuse' } },
  { codes: [131051], why: 'unsupported kind of message', action: { do: 'refuse' } },
  { codes: [131052], why: 'the media could not be fetched', action: { do: 'refuse' } },
  { codes: [131053], why: 'the media could not be uploaded', action: { do: 'refuse' } },
  { codes: [132000], why: 'the template takes another number of parameters', action: badTemplate },
  { codes: [132001], why: 'no such template in this language, or not approved', action: badTemplate },
  { codes: [132005], why: 'the filled template is too long', action: badTemplate },
  { codes: [132007], why: 'the template breaks a policy', action: badTemplate },
  { codes: [132012, 132018], why: 'a template parameter has the wrong format', action: badTemplate },
  { codes: [132015], why: 'the template is paused', action: badTemplate },
  { codes: [132016], why: 'the template is disabled', action: badTemplate },
];

const byCode: ReadonlyMap<number, Row> = new Map(
  WHATSAPP_ERRORS.flatMap((row) => row.codes.map((code) => [code, row] as const)),
);

export interface GraphError {
  readonly code: number;
  readonly details?: string | undefined;
  /** Meta's own word that the same may work later; trusted only for codes the table does not know. */
  readonly transient?: boolean | undefined;
}

/**
 * Takes the error, which attempt this was (1 = first) and what the answer's Retry-After asked for; gives what to do.
 * Never `unknown`: an error with a code is Meta saying that the message did not go out.
 */
export function outcomeOfError(error: GraphError, attempt: number, retryAfterMilliseconds = 0): Outcome {
  const row = byCode.get(error.code);
  const action = row?.action ?? (error.transient ? fault : ({ do: 'refuse' } satisfies Action));
  const code = String(error.code);
  const why = [row?.why ?? 'a code we do not know', error.details].filter(Boolean).join(': ');
  if (action.do === 'refuse') {
    return action.effect === undefined
      ? { outcome: 'refused', code, why }
      : { outcome: 'refused', code, why, effect: action.effect };
  }
  if (attempt >= action.attemptsMax) {
    return { outcome: 'refused', code, why: `${why}; given up after ${String(attempt)} attempts` };
  }
  const growth = action.scope === 'recipient' ? PAIR_GROWTH : GROWTH;
  const backOff = Math.min(action.firstMilliseconds * growth ** (attempt - 1), RETRY_MILLISECONDS_MAX);
  return {
    outcome: 'retry',
    afterMilliseconds: Math.max(backOff, retryAfterMilliseconds),
    scope: action.scope,
    code,
    why,
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
