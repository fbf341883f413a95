import { z } from 'zod';
import type { FastifyRequest } from 'fastify';

import {
  reachedPeople,
  scopeFor,
  type Permission,
  type ReachedPeople,
  type SignedIn,
} from '../access/index.ts';
import { maskPhone } from '../contacts/index.ts';
import type { Fact, House, Outcome } from '../decisions/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { Clock } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import { asReceived, heldBy, listLeads, oneLead, type LeadRow } from './views.store.ts';

export interface LeadRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const LEADS_A_PAGE_MAX = 200;
const TEXT_CHARACTERS_MAX = 4_000;

const filter = z.object({
  stage: z.enum(['held', 'assigned', 'waiting', 'refused']).optional(),
  holder: z.string().optional(),
  source: z.string().optional(),
  contact: z.string().optional(),
  status: z.string().optional(),
  search: z.string().max(80).optional(),
  missed: z.stringbool().optional(),
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(LEADS_A_PAGE_MAX).default(50),
});

const text = z.string().trim().min(1).max(TEXT_CHARACTERS_MAX);

/** Whose leads this caller reaches with a permission; also whether names and phones must be masked. */
export async function reachOf(
  tx: Tx,
  who: SignedIn,
  permission: Permission,
): Promise<{ readonly reached: ReachedPeople; readonly masked: boolean }> {
  const scope = scopeFor(who, permission);
  return {
    reached: reachedPeople(scope, who.person.id, await listPeople(tx)),
    masked: scope === 'all-without-personal-data',
  };
}

export function masked<Row extends LeadRow>(row: Row): Row {
  const phone = row.phone === null ? null : maskPhone(row.phone);
  return {
    ...row,
    name: row.name === null ? null : `${row.name.slice(0, 1)}…`,
    phone,
    email: row.email === null ? null : '…',
  };
}

/** Refusals of the house, told to the person as errors of the catalog. */
export function orRefuse(outcome: Outcome): Outcome {
  if (outcome.refused === null) return outcome;
  const { refused, because, detail } = outcome.refused;
  return refuse({ refused, because, ...(detail === undefined ? {} : { detail }) });
}

export function leadRoutes(app: HttpApp, parts: LeadRouteParts): void {
  const { database, house, clock, signedIn } = parts;

  app.get('/api/my-day', { config: { may: 'leads.see' } }, async (request) => {
    const who = signedIn(request);
    return database.inOrganization(who.organization.id, async (tx) => ({
      now: clock.now(),
      leads: await heldBy(tx, who.person.id, LEADS_A_PAGE_MAX),
    }));
  });

  app.get(
    '/api/leads',
    { config: { may: 'leads.see' }, schema: { querystring: filter } },
    async (request) => {
      const who = signedIn(request);
      const { limit, ...wanted } = request.query;
      return database.inOrganization(who.organization.id, async (tx) => {
        const { reached, masked: hide } = await reachOf(tx, who, 'leads.see');
        const rows = await listLeads(tx, reached, wanted, limit);
        const next = rows.length === limit ? (rows.at(-1)?.number ?? null) : null;
        return { now: clock.now(), rows: hide ? rows.map(masked) : rows, next };
      });
    },
  );

  const params = z.object({ lead: z.string() });

  /** The lead, if the caller may see it; a lead out of reach does not exist for them. */
  async function reachedLead(who: SignedIn, id: string, permission: Permission) {
    return database.inOrganization(who.organization.id, async (tx) => {
      const { reached, masked: hide } = await reachOf(tx, who, permission);
      const lead = await oneLead(tx, id);
      const mine = lead !== null && (reached === 'all' || (lead.holder !== null && reached.has(lead.holder)));
      if (lead === null || !mine) return refuse({ refused: 'no-such-lead' });
      return { lead: hide ? masked(lead) : lead, received: hide ? null : await asReceived(tx, id) };
    });
  }

  app.get('/api/leads/:lead', { config: { may: 'leads.see' }, schema: { params } }, async (request) => ({
    now: clock.now(),
    ...(await reachedLead(signedIn(request), request.params.lead, 'leads.see')),
  }));

  /** One act on a lead: the caller must reach it with the permission; the rule decides the rest. */
  async function act(
    request: FastifyRequest,
    lead: string,
    permission: Permission,
    fact: Omit<Fact, 'actor'> & object,
  ) {
    const who = signedIn(request);
    await reachedLead(who, lead, permission);
    const told = { ...fact, actor: who.person.id, by: who.person.id, lead } as Fact;
    const outcome = orRefuse(await house.submit(who.organization.id, told));
    return { entries: outcome.entries.map(({ entry, because, fields }) => ({ entry, because, fields })) };
  }

  const note = z.object({ text });
  app.post(
    '/api/leads/:lead/notes',
    { config: { may: 'leads.note' }, schema: { params, body: note } },
    (request) =>
      act(request, request.params.lead, 'leads.note', { fact: 'note', text: request.body.text } as object & {
        fact: string;
      }),
  );

  const grade = z.object({ grade: z.enum(['A', 'AA', 'AAA']), reason: text });
  app.post(
    '/api/leads/:lead/grade',
    { config: { may: 'leads.grade' }, schema: { params, body: grade } },
    (request) =>
      act(request, request.params.lead, 'leads.grade', { fact: 'lead.graded', ...request.body } as object & {
        fact: string;
      }),
  );

  const pass = z.object({ reason: text });
  app.post(
    '/api/leads/:lead/pass',
    { config: { may: 'leads.pass-on' }, schema: { params, body: pass } },
    (request) =>
      act(request, request.params.lead, 'leads.pass-on', {
        fact: 'lead.passed',
        ...request.body,
      } as object & { fact: string }),
  );

  const place = z.object({ to: z.string().nullable(), reason: text });
  app.post(
    '/api/leads/:lead/place',
    { config: { may: 'leads.place' }, schema: { params, body: place } },
    (request) =>
      act(request, request.params.lead, 'leads.place', { fact: 'lead.placed', ...request.body } as object & {
        fact: string;
      }),
  );

  app.post('/api/leads/:lead/test', { config: { may: 'leads.place' }, schema: { params } }, (request) =>
    act(request, request.params.lead, 'leads.place', { fact: 'lead.marked-test' } as object & {
      fact: string;
    }),
  );
}
