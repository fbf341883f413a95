import { z } from 'zod';

import type { SignedIn } from '../access/index.ts';
import { localDate } from '../calendar/index.ts';
import type { Organization } from '../decisions/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { adoptionShape, checkAdoption, isProcedure, type Adoption } from '../procedures/index.ts';
import { listPeople } from '../staff/index.ts';
import { organizationOf, type ProcedureRouteParts } from './procedures.routes.ts';
import { readProposals } from './proposals.store.ts';
import { othersWhoPublish } from './publishing.ts';

const REASONS_CHARACTERS_MAX = 2_000;
const DECIDED_SHOWN_MAX = 20;

const byId = z.object({ id: z.string().min(1).max(64) });
const may = { may: 'procedures.publish' } as const;

type Parts = Pick<ProcedureRouteParts, 'database' | 'house' | 'clock' | 'newId' | 'packs' | 'signedIn'>;

/** Versions: proposed, and published by another; by who proposed them where nobody else could, or where it is not asked. */
export function publishingRoutes(app: HttpApp, parts: Parts): void {
  const { database, signedIn } = parts;

  app.get('/api/procedures/proposals', { config: { may: 'procedures.see' } }, async (request) => {
    const who = signedIn(request);
    const { settings } = await organizationOf(database, who);
    return database.inOrganization(who.organization.id, async (tx) => {
      const people = await listPeople(tx);
      const name = (id: string | null): string | null => people.find((each) => each.id === id)?.name ?? id;
      const all = await readProposals(tx);
      const open = all.filter(({ state }) => state === 'open');
      const decided = all.filter(({ state }) => state !== 'open').slice(0, DECIDED_SHOWN_MAX);
      return {
        fourEyes: settings.fourEyes,
        me: who.person.id,
        /** Who else may publish: with nobody, one publishes alone. */
        others: othersWhoPublish(people, who.person.id).map((each) => each.name),
        proposals: [...open, ...decided].map((each) => ({
          ...each,
          proposedByName: name(each.proposedBy),
          decidedByName: name(each.decidedBy),
          outdated: all.some(
            (other) =>
              each.state === 'open' &&
              other.procedure === each.procedure &&
              other.state === 'adopted' &&
              (other.decidedAt ?? '') >= each.proposedAt,
          ),
        })),
      };
    });
  });

  const body = adoptionShape.omit({ procedure: true });
  app.post(
    '/api/procedures/:procedure/versions',
    { config: may, schema: { params: z.object({ procedure: z.string() }), body } },
    async (request) => {
      const who = signedIn(request);
      const { procedure } = request.params;
      if (!isProcedure(procedure)) return refuse({ refused: 'procedure-unknown' });
      const adoption: Adoption = { procedure, ...request.body };
      const organization = await organizationOf(database, who);
      checkOrRefuse(parts, organization, adoption, request.language);
      const proposal = parts.newId();
      const proposed = { fact: 'procedure.proposed', proposal, by: who.person.id, adoption };
      await told(parts, who, proposed);
      const waits = await waitsForAnother(parts, who, organization);
      if (!waits)
        await told(parts, who, { fact: 'procedure.adopted', proposal, by: who.person.id, adoption });
      return { procedure, effectiveOn: adoption.effectiveOn, proposal, published: !waits };
    },
  );

  app.post(
    '/api/procedures/proposals/:id/publish',
    { config: may, schema: { params: byId } },
    async (request) => {
      const who = signedIn(request);
      const { id } = request.params;
      const all = await database.inOrganization(who.organization.id, readProposals);
      const asked = all.find((each) => each.id === id);
      if (asked === undefined) return refuse({ refused: 'no-such-proposal' });
      const { adoption } = asked;
      checkOrRefuse(parts, await organizationOf(database, who), adoption, request.language);
      await told(parts, who, { fact: 'procedure.adopted', proposal: id, by: who.person.id, adoption });
      return {
        procedure: adoption.procedure,
        effectiveOn: adoption.effectiveOn,
        proposal: id,
        published: true,
      };
    },
  );

  const reasons = z.strictObject({ reasons: z.string().trim().max(REASONS_CHARACTERS_MAX) });
  app.post(
    '/api/procedures/proposals/:id/reject',
    { config: may, schema: { params: byId, body: reasons } },
    async (request) => {
      const who = signedIn(request);
      const { id } = request.params;
      const said = { by: who.person.id, reasons: request.body.reasons };
      await told(parts, who, { fact: 'procedure.rejected', proposal: id, ...said });
      return { proposal: id };
    },
  );

  app.post(
    '/api/procedures/proposals/:id/withdraw',
    { config: may, schema: { params: byId } },
    async (request) => {
      const who = signedIn(request);
      const { id } = request.params;
      await told(parts, who, { fact: 'procedure.withdrawn', proposal: id, by: who.person.id });
      return { proposal: id };
    },
  );
}

async function told({ house }: Parts, who: SignedIn, fact: Submitted): Promise<void> {
  const outcome = await house.submit(who.organization.id, { ...fact, actor: who.person.id });
  if (outcome.refused !== null) refuse(outcome.refused);
}

interface Submitted {
  readonly fact: string;
  readonly [field: string]: unknown;
}

/** From tomorrow at the earliest, and without fault: also when it is published long after it was proposed. */
function checkOrRefuse(
  { clock, packs }: Parts,
  organization: Organization,
  adoption: Adoption,
  language: 'es' | 'en',
): void {
  if (adoption.effectiveOn <= localDate(clock.now(), organization.zone))
    return refuse({ refused: 'effective-in-the-past', field: 'effectiveOn' });
  const { procedure, effectiveOn, version } = adoption;
  const exists = organization.adoptions.some(
    (each) => each.procedure === procedure && each.effectiveOn === effectiveOn && each.version === version,
  );
  if (exists) return refuse({ refused: 'version-exists', field: 'effectiveOn' });
  const [fault] = checkAdoption(packs, adoption);
  if (fault === undefined) return undefined;
  const detail = { field: fault.field, expected: fault.expected[language] };
  return refuse({ refused: 'adoption-faulty', field: fault.field, detail });
}

async function waitsForAnother(
  { database }: Parts,
  who: SignedIn,
  { settings }: Organization,
): Promise<boolean> {
  if (!settings.fourEyes) return false;
  const people = await database.inOrganization(who.organization.id, listPeople);
  return othersWhoPublish(people, who.person.id).length > 0;
}
