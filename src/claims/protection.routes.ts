import { z } from 'zod';

import { reachedPeople, reaches, scopeFor } from '../access/index.ts';
import { currentOrganization, type Fact } from '../decisions/index.ts';
import { freezeInForce, holdsOf } from '../gate/index.ts';
import { lead as leadOf } from '../leads/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { everybody } from '../staff/index.ts';
import { caseOf } from './case-of.ts';
import { protectionOf } from './protection-slice.ts';
import type { ClaimRouteParts } from './routes.ts';
import { rule } from './ruling.ts';

/** How a lead is protected now: the clock that runs, and how a claim of this instant would be ruled. */
export function protectionRoutes(app: HttpApp, { house, signedIn }: ClaimRouteParts): void {
  app.get(
    '/api/leads/:lead/protection',
    { config: { may: 'leads.see' }, schema: { params: z.object({ lead: z.string().max(100) }) } },
    async (request) => {
      const who = signedIn(request);
      const id = request.params.lead;
      const about = { fact: 'lead.edited', actor: who.person.id, lead: id } as Fact;
      return house.look(who.organization.id, [about], (decider) => {
        const { world, now, rulesAt } = decider;
        const lead = leadOf(world, id);
        const reached = reachedPeople(scopeFor(who, 'leads.see'), who.person.id, everybody(world));
        if (lead === undefined || !reaches(reached, lead.holder)) return refuse({ refused: 'no-such-lead' });
        const rules = rulesAt(now);
        const at = protectionOf(world, id);
        const frozen = lead.contact === null ? null : freezeInForce(holdsOf(world, lead.contact));
        const inForce = rules.cite('lead-reassignment', 'R4') !== null;
        const isOpen = lead.holder !== null && at !== undefined && !at.over;
        const organization = currentOrganization(world);
        const asked = {
          id: '',
          requestedAt: now,
          askedAt: now,
          holder: lead.holder,
          requester: '',
          evidence: [],
          signatures: [],
        };
        const ruled =
          inForce && isOpen ? rule(caseOf({ world, organization, rulesAt, now }, asked, lead)) : null;
        return {
          now,
          term: at?.term ?? null,
          from: at?.lastAt ?? at?.heldFrom ?? null,
          dueAt: at?.dueAt ?? null,
          missed: at?.missed ?? null,
          frozen: frozen === null ? null : { claim: frozen.claim, since: frozen.since },
          claims: lead.claims,
          /** Were it claimed now. */
          ruling:
            ruled === null ? null : { outcome: ruled.outcome, line: ruled.line, clauses: ruled.clauses },
        };
      });
    },
  );
}
