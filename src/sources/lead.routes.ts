import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Fact } from '../decisions/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { SECOND } from '../platform/time.ts';
import { answerFault, bytesOf, headersOf, type Caller, type RouteParts } from './caller.ts';
import { sourceNamedIn } from './read-body.ts';
import { receiptById, type Receipt } from './receipts.store.ts';
import { decideReceived, takeIn, type Given } from './take-in.ts';

/** A sender waits this long for the decision; then 202, and the lead goes on by itself. */
export const DECISION_WAIT_MAX = 2 * SECOND;
const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/;

/** POST /api/leads, for programs; what people register is POST /api/leads/register, of the leads themselves. */
export function leadRoutes(app: HttpApp, parts: RouteParts): void {
  app.post(
    '/api/leads',
    {
      config: { may: 'key', scope: 'leads.write', body: 'raw' },
      schema: {
        summary: 'A lead comes in',
        description: 'Answers 201 with who has it now, 202 when the decision takes longer than two seconds.',
      },
    },
    async (request, reply) => {
      const caller = parts.whoIs(request);
      const source = caller.source ?? sourceNamedIn(bytesOf(request)) ?? '';
      return answerLead(parts, request, reply, caller, { route: 'api', source, headers: headersOf(request) });
    },
  );
  app.get(
    '/api/receipts/:id',
    {
      config: { may: 'key', scope: 'leads.write' },
      schema: { params: z.object({ id: z.string().max(100) }) },
    },
    async (request, reply) => {
      const { organization } = parts.whoIs(request);
      const found = await parts.database.inOrganization(organization, (tx) =>
        receiptById(tx, request.params.id),
      );
      if (found === null) return refuse({ refused: 'no-such-receipt' });
      return sendAnswer(reply, found, 200);
    },
  );
}

async function answerLead(
  parts: RouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
  about: Pick<Given, 'route' | 'source' | 'headers'>,
): Promise<FastifyReply> {
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)))
    return refuse({ refused: 'idempotency-key-not-valid' });
  const taken = await takeIn(parts, caller.organization, {
    ...about,
    body: bytesOf(request),
    ...(key === undefined ? {} : { request: { caller: caller.actor, key } }),
  });
  if (!('taken' in taken)) throw new Error('a form came by the API');
  switch (taken.taken) {
    case 'other-body':
      return refuse({ refused: 'key-used-for-another-body' });
    case 'faulty':
      return answerFault(request, reply, taken.fault);
    case 'repeat':
      if (taken.receipt.state === 'new' && taken.of === 'request')
        return refuse({ refused: 'request-in-flight', retryAfterSeconds: 1 });
      return sendAnswer(reply, taken.receipt, 201, taken.of === 'source-id');
    case 'new':
    default: {
      const { receipt, lead, fact } = taken;
      const stored = fact === null ? null : await decidedWithin(parts, caller.organization, receipt, fact);
      if (stored === null) return reply.code(202).send({ lead, receipt, stage: 'received' });
      return sendAnswer(reply, stored, 201);
    }
  }
}

/** The receipt with its answer; null when the decision is not there yet. It goes on either way. */
async function decidedWithin(
  parts: RouteParts,
  organization: string,
  receipt: string,
  fact: Fact,
): Promise<Receipt | null> {
  const deciding = decideReceived(parts, organization, receipt, fact);
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), DECISION_WAIT_MAX);
  });
  try {
    const first = await Promise.race([deciding, waited]);
    if (first === 'late') {
      deciding.catch((error: unknown) => parts.log.error('lead-not-decided', { receipt, error }));
      return null;
    }
  } catch (error) {
    // The body is stored: whatever went wrong now, the sweeper finishes it.
    parts.log.error('lead-not-decided', { receipt, error });
    return null;
  } finally {
    clearTimeout(timer);
  }
  // Those decided in one transaction are read in one, too.
  return parts.database.readTogether(organization, (tx) => receiptById(tx, receipt));
}

function sendAnswer(reply: FastifyReply, receipt: Receipt, status: number, repeat = false): FastifyReply {
  const body = receipt.answer ?? { lead: receipt.lead, receipt: receipt.id, stage: 'received' };
  const code = receipt.answer === null && receipt.state === 'new' ? 202 : repeat ? 200 : status;
  return reply.code(code).send(repeat ? { ...body, repeat: true } : body);
}
