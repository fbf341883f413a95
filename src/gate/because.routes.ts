import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { SignedIn } from '../access/index.ts';
import { localDate } from '../calendar/index.ts';
import { readOrganization, type Organization } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { HttpApp } from '../platform/http.ts';
import type { Clock, LocalDate } from '../platform/time.ts';
import { clauseRef, houseRules, procedureNames, rulesOn, type Pack } from '../procedures/index.ts';
import { becauseWords } from './because-words.ts';

const REFS_ASKED_MAX = 60;
const REF_CHARACTERS_MAX = 120;

export interface BecauseRouteParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly packs: readonly Pack[];
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

/** The words behind every `because`, so that any screen can show them beside the decision: one source for all. */
export function becauseRoutes(app: HttpApp, { database, clock, packs, signedIn }: BecauseRouteParts): void {
  const organizationOf = async (request: FastifyRequest): Promise<Organization> => {
    const { id } = signedIn(request).organization;
    const found = await readOrganization(database.kysely, id);
    if (found === null) throw new Error(`no organization ${id}`);
    return found;
  };
  const asked = z.object({ refs: z.string().max(REFS_ASKED_MAX * REF_CHARACTERS_MAX) });
  app.get(
    '/api/because',
    { config: { may: 'procedures.see' }, schema: { querystring: asked } },
    async (request) => {
      const { adoptions } = await organizationOf(request);
      const refs = request.query.refs.split(',').slice(0, REFS_ASKED_MAX);
      return {
        clauses: refs.map((ref) => becauseWords(ref, { packs, adoptions, language: request.language })),
      };
    },
  );
  app.get('/api/clauses', { config: { may: 'procedures.see' } }, async (request) => {
    const organization = await organizationOf(request);
    const { adoptions } = organization;
    const parts = { packs, adoptions, language: request.language };
    const refs = citable(packs, organization, localDate(clock.now(), organization.zone));
    // Without their version: what the journal is narrowed by.
    return { clauses: refs.map((ref) => ({ ...becauseWords(ref, parts), ref: ref.replace(/@[^#]*/, '') })) };
  });
}

/** All that a decision of today may cite: the clauses of what is in force, and the product's own rules. */
function citable(packs: readonly Pack[], { adoptions }: Organization, today: LocalDate): string[] {
  const { procedures } = rulesOn(packs, adoptions, today).data;
  const clauses = procedureNames.flatMap((name) => {
    const held = procedures[name];
    return held === undefined ? [] : Object.keys(held.clauses).map((id) => clauseRef(name, held.version, id));
  });
  return [...clauses, ...Object.keys(houseRules).map((name) => `house#${name}`)];
}
