import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { reachedPeople, scopeFor, type SignedIn } from '../access/index.ts';
import { localDate } from '../calendar/index.ts';
import { listOrganizations, type House, type Organization } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { ErrorEntry } from '../platform/errors.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { Clock } from '../platform/time.ts';
import {
  adoptionShape,
  checkAdoption,
  clauseText,
  isProcedure,
  rulesOn,
  standingOf,
  type Adoption,
  type CoverageRow,
  type Pack,
  type Rules,
} from '../procedures/index.ts';
import { listPeople } from '../staff/index.ts';
import { lastDecisions } from './procedures.store.ts';

export interface ProcedureRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly packs: readonly Pack[];
  /** Clause → rule → test, read from the source once. */
  readonly coverage: () => Promise<readonly CoverageRow[]>;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const DECISIONS_SHOWN_MAX = 20;

export const procedureErrors: readonly ErrorEntry[] = [
  {
    code: 'procedure-unknown',
    status: 404,
    es: 'Ese procedimiento no existe.',
    en: 'There is no such procedure.',
  },
  {
    code: 'adoption-faulty',
    status: 422,
    es: 'La versión no se puede publicar: {field} debe ser {expected}.',
    en: 'The version cannot be published: {field} must be {expected}.',
  },
  {
    code: 'effective-in-the-past',
    status: 422,
    es: 'La vigencia no puede empezar antes de mañana: lo ya decidido no se cambia.',
    en: 'It cannot take effect before tomorrow: what has been decided is not changed.',
  },
  {
    code: 'version-exists',
    status: 409,
    es: 'Ya hay una versión con esa fecha de vigencia.',
    en: 'There already is a version with that effective date.',
  },
];

/** Procedures as the organization runs them: clauses, readings with their alternatives, the tests behind each. */
export function procedureRoutes(app: HttpApp, parts: ProcedureRouteParts): void {
  const { database, house, clock, packs, signedIn } = parts;

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

  const body = adoptionShape.omit({ procedure: true });
  app.post(
    '/api/procedures/:procedure/versions',
    { config: { may: 'procedures.publish' }, schema: { params: z.object({ procedure: z.string() }), body } },
    async (request) => {
      const who = signedIn(request);
      const { procedure } = request.params;
      if (!isProcedure(procedure)) return refuse({ refused: 'procedure-unknown' });
      const organization = await organizationOf(database, who);
      const adoption: Adoption = { procedure, ...request.body };
      if (adoption.effectiveOn <= localDate(clock.now(), organization.zone)) {
        return refuse({ refused: 'effective-in-the-past', field: 'effectiveOn' });
      }
      const [fault] = checkAdoption(packs, adoption);
      if (fault !== undefined) {
        const detail = { field: fault.field, expected: fault.expected[request.language] };
        return refuse({ refused: 'adoption-faulty', field: fault.field, detail });
      }
      const fact = { fact: 'procedure.adopted', actor: who.person.id, adoption };
      const outcome = await house.submit(organization.id, fact);
      if (outcome.refused !== null) return refuse(outcome.refused);
      return { procedure, effectiveOn: adoption.effectiveOn };
    },
  );
}

async function organizationOf(database: Database, who: SignedIn): Promise<Organization> {
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
