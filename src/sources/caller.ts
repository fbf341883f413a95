import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Fault } from '../platform/fault.ts';
import { refuse } from '../platform/http.ts';
import type { RequestRate } from '../platform/request-rate.ts';
import { statusOfFault } from './errors.ts';
import type { IntakeParts } from './take-in.ts';

/** Who asks, as far as the intake cares. Wired from access in main.ts. */
export interface Caller {
  readonly organization: string;
  /** The name a fact is journaled under. */
  readonly actor: string;
  /** The source that an API key is bound to. */
  readonly source: string | null;
  /** Sees no personal data of prospects (access): what a source sent is shown without its body. */
  readonly masked?: boolean;
}

export interface RouteParts extends IntakeParts {
  whoIs(request: FastifyRequest): Caller;
  readonly rate: RequestRate;
  /** Scheme, host and port under which others reach us. */
  readonly publicUrl: string;
}

/** Bodies a minute to one webhook: some hundred times what a busy page sends. */
export const HOOK_REQUESTS_A_MINUTE = 6_000;
/** Posts a minute of one form from one address (an IPv6 customer has a whole /64). */
export const FORM_POSTS_A_MINUTE = 10;
/** Requests a minute of one address that name nothing of ours. */
export const STRANGER_REQUESTS_A_MINUTE = 60;

export function limit({ rate }: Pick<RouteParts, 'rate'>, who: string, aMinute: number): void {
  const seconds = rate.take(who, aMinute);
  if (seconds > 0) refuse({ refused: 'too-many-requests', detail: { seconds }, retryAfterSeconds: seconds });
}

/** Headers that say something about a body; those that could sign anybody in are not kept. */
export function headersOf({ headers }: FastifyRequest): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['content-type', 'user-agent', 'idempotency-key'] as const) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, HEADER_CHARACTERS_MAX);
  }
  return kept;
}
const HEADER_CHARACTERS_MAX = 500;

export function bytesOf({ rawBody }: FastifyRequest): Uint8Array {
  return rawBody ?? new Uint8Array();
}

/** A fault of a body, in the shape of every answer that is no. */
export function answerFault(request: FastifyRequest, reply: FastifyReply, fault: Fault): FastifyReply {
  const { code, field, message, remedy } = fault;
  return reply
    .code(statusOfFault(code))
    .type('application/json; charset=utf-8')
    .send({
      error: {
        code,
        message: message[request.language],
        ...(field === undefined ? {} : { field }),
        remedy: remedy[request.language],
      },
    });
}
