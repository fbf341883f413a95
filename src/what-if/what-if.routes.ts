import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { SignedIn } from '../access/index.ts';
import { localMonth, type Month } from '../calendar/index.ts';
import { readOrganization } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { Clock, Instant } from '../platform/time.ts';
import { adoptionShape, checkAdoption, isProcedure, type Adoption, type Pack } from '../procedures/index.ts';
import { listPeople } from '../staff/index.ts';
import { cancelWhatIf, countWaiting, insertWhatIf, lastWhatIfs, whatIfById } from './what-ifs.store.ts';

export interface WhatIfRouteParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly packs: readonly Pack[];
  readonly signedIn: (request: FastifyRequest) => SignedIn;
  /** Somebody waits for a run. */
  readonly wake: () => void;
}

const SHOWN_MAX = 20;
/** Each takes a core for a while. */
const WAITING_MAX = 5;

const byId = z.object({ id: z.string().min(1).max(64) });
const asked = z.strictObject({
  procedure: z.string().max(60),
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  draft: adoptionShape.omit({ procedure: true, effectiveOn: true }),
});

/** «¿Qué habría pasado?»: a past month under a version that is only thought of. Whoever may publish may ask. */
export function whatIfRoutes(app: HttpApp, parts: WhatIfRouteParts): void {
  const { database, clock, packs, signedIn } = parts;
  const may = { may: 'procedures.publish' } as const;

  app.get(
    '/api/what-ifs',
    { config: may, schema: { querystring: z.object({ procedure: z.string().max(60).optional() }) } },
    async (request) => {
      const who = signedIn(request);
      const { procedure = null } = request.query;
      const { first, last } = await monthsOf(parts, who);
      return database.inOrganization(who.organization.id, async (tx) => ({
        months: { first, last },
        whatIfs: await lastWhatIfs(tx, procedure, SHOWN_MAX),
      }));
    },
  );

  app.get('/api/what-ifs/:id', { config: may, schema: { params: byId } }, async (request) => {
    const who = signedIn(request);
    return database.inOrganization(who.organization.id, async (tx) => {
      const found = await whatIfById(tx, request.params.id);
      if (found === null) return refuse({ refused: 'no-such-what-if' });
      const people = (await listPeople(tx)).map(({ id, name }) => ({ id, name }));
      return { ...found, people };
    });
  });

  app.post('/api/what-ifs', { config: may, schema: { body: asked } }, async (request, reply) => {
    const who = signedIn(request);
    const { procedure, month, draft } = request.body;
    if (!isProcedure(procedure)) return refuse({ refused: 'procedure-unknown' });
    const { first, last } = await monthsOf(parts, who);
    if (month < first || month > last)
      return refuse({ refused: 'what-if-month', field: 'month', detail: { first, last } });
    const adoption: Adoption = { procedure, ...draft, effectiveOn: `${month}-01` };
    const [fault] = checkAdoption(packs, adoption);
    if (fault !== undefined) {
      const detail = { field: fault.field, expected: fault.expected[request.language] };
      return refuse({ refused: 'adoption-faulty', field: fault.field, detail });
    }
    const id = parts.newId();
    const tooMany = await database.inOrganization(who.organization.id, async (tx) => {
      if ((await countWaiting(tx)) >= WAITING_MAX) return true;
      const by = { askedBy: who.person.id, askedAt: clock.now() };
      await insertWhatIf(tx, who.organization.id, { id, procedure, draft: adoption, month, ...by });
      return false;
    });
    if (tooMany) return refuse({ refused: 'too-many-what-ifs', detail: { limit: WAITING_MAX } });
    parts.wake();
    return reply.code(202).send({ id });
  });

  app.post('/api/what-ifs/:id/cancel', { config: may, schema: { params: byId } }, async (request) => {
    const who = signedIn(request);
    const { id } = request.params;
    return database.inOrganization(who.organization.id, async (tx) => {
      if ((await whatIfById(tx, id)) === null) return refuse({ refused: 'no-such-what-if' });
      if (!(await cancelWhatIf(tx, id, clock.now()))) return refuse({ refused: 'what-if-over' });
      return { id };
    });
  });
}

/** From the month in which the organization's journal begins to this one, as far as it has come. */
async function monthsOf(
  { database, clock }: Pick<WhatIfRouteParts, 'database' | 'clock'>,
  who: SignedIn,
): Promise<{ readonly first: Month; readonly last: Month }> {
  const organization = await readOrganization(database.kysely, who.organization.id);
  if (organization === null) throw new Error(`no organization ${who.organization.id}`);
  const { openedAt, zone } = organization;
  const month = (at: Instant): Month => localMonth(at, zone);
  return { first: month(openedAt), last: month(clock.now()) };
}
