import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { reachedPeople, scopeFor, type SignedIn } from '../access/index.ts';
import { localDate } from '../calendar/index.ts';
import { listOrganizations, type House, type Organization } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { Clock } from '../platform/time.ts';
import {
  clauseText,
  rulesOn,
  standingOf,
  type CoverageRow,
  type Pack,
  type Rules,
} from '../procedures/index.ts';
import { listPeople } from '../staff/index.ts';
import { lastDecisions } from './procedures.store.ts';
import { publishingRoutes } from './publishing.routes.ts';

export interface ProcedureRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly packs: readonly Pack[];
  /** Clause → rule → test, read from the source once. */
  readonly coverage: () => Promise<readonly CoverageRow[]>;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const DECISIONS_SHOWN_MAX = 20;

/** Procedures as the organization runs them: clauses, readings with their alternatives, the tests behind each. */
export function procedureRoutes(app: HttpApp, parts: ProcedureRouteParts): void {
  const { database, clock, packs, signedIn } = parts;

  app.get('/api/procedures', { config: { may: 'procedures.see' } }, async (request) => {
    const who = signedIn(request);
    const organization = await organizationOf(database, who);
    const today = localDate(clock.now(), organization.zone);
    const rules = rulesOn(packs, organization.adoptions, today);
    const coverage = await parts.coverage();
    const shown = packs.filter(
      (pack) =>
        pack.country === organization.country ||
        organization.adoptions.some((a) => a.procedure === pack.name),
    );
    return {
      today,
      procedures: shown.map((pack) => describe(pack, organization, rules, coverage, request.language)),
    };
  });

  const clauseParams = z.object({ procedure: z.string(), clause: z.string() });
  app.get(
    '/api/procedures/:procedure/clauses/:clause/decisions',
    { config: { may: 'journal.see' }, schema: { params: clauseParams } },
    async (request) => {
      const { procedure, clause } = request.params;
      const who = signedIn(request);
      const decisions = await database.inOrganization(who.organization.id, async (tx) => {
        const reached = reachedPeople(scopeFor(who, 'journal.see'), who.person.id, await listPeople(tx));
        return lastDecisions(tx, { procedure, clause, reached, limit: DECISIONS_SHOWN_MAX });
      });
      return { decisions };
    },
  );
  publishingRoutes(app, parts);
}

export async function organizationOf(database: Database, who: SignedIn): Promise<Organization> {
  const all = await listOrganizations(database.kysely);
  const own = all.find((each) => each.id === who.organization.id);
  if (own === undefined) throw new Error(`no organization ${who.organization.id}`);
  return own;
}

function describe(
  pack: Pack,
  organization: Organization,
  inForceNow: Rules,
  coverage: readonly CoverageRow[],
  language: 'es' | 'en',
) {
  const inForce = inForceNow.data.procedures[pack.name] ?? null;
  const values: Readonly<Record<string, unknown>> = inForceNow.data.readings[pack.name];
  const versions = organization.adoptions.filter((each) => each.procedure === pack.name);
  return {
    name: pack.name,
    title: pack.title[language],
    aim: pack.aim[language],
    note: pack.note?.[language] ?? null,
    base: pack.version,
    inForce: inForce === null ? null : { version: inForce.version, base: inForce.base },
    versions: versions.map(({ version, effectiveOn, readings = {}, parameters = {} }) => ({
      version,
      effectiveOn,
      readings,
      parameters,
    })),
    clauses: pack.clauses.map((clause) => {
      const row = coverage.find((each) => each.procedure === pack.name && each.clause === clause.id);
      const { rules, tests } = row ?? { rules: [], tests: [] };
      const parameters = inForce?.clauses[clause.id]?.parameters ?? clause.parameters;
      return {
        id: clause.id,
        kind: clause.kind,
        text: clauseText({ ...clause, parameters }, language),
        effect: clause.effect[language],
        who: clause.who,
        parameters,
        written: clause.parameters,
        rules,
        tests,
        standing: standingOf({ rules, tests }),
        readings: pack.readings.filter((each) => each.clauses.includes(clause.id)).map((each) => each.token),
      };
    }),
    readings: pack.readings.map((reading) => ({
      token: reading.token,
      type: reading.type,
      clauses: reading.clauses,
      question: reading.question[language],
      default: reading.default,
      value: values[reading.token] ?? reading.default,
      alternatives: reading.alternatives.map((each) =>
        'value' in each
          ? { value: each.value, label: each.label[language] }
          : { example: each.example, label: each.label[language] },
      ),
    })),
  };
}
