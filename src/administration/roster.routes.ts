import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor } from '../access/index.ts';
import { localMonth, nextMonth, previousMonth, type Month } from '../calendar/index.ts';
import type { World } from '../decisions/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { Rules } from '../procedures/index.ts';
import {
  everybody,
  isActive,
  judgePlace,
  mayHoldLeads,
  placeOf,
  readFloor,
  resultsOf,
  rosterMonth,
  zoneOf,
  type Person,
  type RosterPlace,
} from '../staff/index.ts';
import { submit, type StaffRouteParts } from './people.routes.ts';

const PEOPLE_MAX = 2_000;
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);
const list = z.strictObject({
  month,
  zone: z.string().trim().min(1).max(60).nullable(),
  advisors: z.array(z.string().min(1).max(64)).min(1).max(PEOPLE_MAX),
});

/** A month's roster: who is proposed, what each condition says of them and with which figures. */
export function rosterRoutes(app: HttpApp, parts: StaffRouteParts): void {
  const { database, clock, signedIn, rulesFor } = parts;

  app.get(
    '/api/roster',
    { config: { may: 'roster.see' }, schema: { querystring: z.object({ month: month.optional() }) } },
    async (request) => {
      const who = signedIn(request);
      const now = clock.now();
      return database.inOrganization(who.organization.id, async (tx) => {
        const asked = request.query.month;
        const floor = await readFloor(
          tx,
          who.organization.id,
          now,
          rulesFor,
          asked === undefined ? [] : [asked],
        );
        const { world, rules, organization } = floor;
        const current = localMonth(now, organization.zone);
        const shown = asked ?? current;
        const staff = everybody(world);
        const reached = reachedPeople(scopeFor(who, 'staff.see'), who.person.id, staff);
        const grace = rules.reading('contact-center-policy', 'roster.grace');
        return {
          now,
          month: shown,
          current,
          next: nextMonth(current),
          instants: rosterMonth(world, shown) ?? null,
          because: [rules.cite('lead-assignment', 'P1'), rules.cite('contact-center-policy', 'L2')].filter(
            (clause) => clause !== null,
          ),
          mayEnter: mayDo(who, 'roster.enter'),
          people: staff
            .filter((each) => mayHoldLeads(each) || placeOf(world, shown, each.id) !== undefined)
            .map((each) => {
              const place = placeOf(world, shown, each.id) ?? null;
              return {
                person: each.id,
                name: each.name,
                role: each.role,
                zone: zoneOf(world, each.id),
                place,
                active: isActive(world, shown, each.id, now, grace),
                // Figures and failings of others are for their line, not for the whole floor.
                judged:
                  reaches(reached, each.id) || each.id === who.person.id
                    ? judged(world, rules, shown, each, place)
                    : null,
              };
            }),
        };
      });
    },
  );

  app.post(
    '/api/roster',
    { config: { may: 'roster.enter' }, schema: { body: list } },
    async (request, reply) => {
      const who = signedIn(request);
      const { zone, advisors } = request.body;
      const byAdministrator = scopeFor(who, 'roster.enter') === 'all';
      await database.inOrganization(who.organization.id, async (tx) => {
        const { world } = await readFloor(tx, who.organization.id, clock.now(), rulesFor);
        const staff = everybody(world);
        const reached = reachedPeople(scopeFor(who, 'roster.enter'), who.person.id, staff);
        if (!byAdministrator && (zone === null || zone !== zoneOf(world, who.person.id)))
          refuse({ refused: 'roster-not-yours', field: 'zone' });
        if (!advisors.every((advisor) => reaches(reached, advisor)))
          refuse({ refused: 'person-out-of-reach', field: 'advisors' });
      });
      const by = who.person.id;
      await submit(parts, who, {
        fact: 'roster.submitted',
        by,
        ...request.body,
        ...(byAdministrator ? { byAdministrator } : {}),
      });
      return reply.code(201).send({ month: request.body.month });
    },
  );

  const confirmation = z.strictObject({ month, person: z.string().min(1).max(64) });
  app.post(
    '/api/roster/confirmations',
    { config: { may: 'roster.enter' }, schema: { body: confirmation } },
    async (request, reply) => {
      const who = signedIn(request);
      const { person } = request.body;
      await database.inOrganization(who.organization.id, async (tx) => {
        const { world } = await readFloor(tx, who.organization.id, clock.now(), rulesFor);
        const reached = reachedPeople(scopeFor(who, 'roster.enter'), who.person.id, everybody(world));
        if (!reaches(reached, person)) refuse({ refused: 'person-out-of-reach', field: 'person' });
      });
      await submit(parts, who, { fact: 'roster.confirmed', month: request.body.month, by: person });
      return reply.code(201).send({ person });
    },
  );
}

/** Each condition of the roster for one person, met or not, and the figures behind it. */
function judged(world: World, rules: Rules, of: Month, person: Person, place: RosterPlace | null) {
  const figures = resultsOf(world, previousMonth(of), person.id);
  const judgement = judgePlace(place ?? unplaced(of, person), person, figures, rules);
  // What was decided on the 1st stands, whatever the figures say since.
  const failing = new Set(place?.decision == null ? judgement.failing : place.failing);
  return {
    clauses: judgement.because.map((clause) => ({
      clause,
      holds: !failing.has(clause.replace(/@[^#]+/, '')),
    })),
    figuresOf: previousMonth(of),
    figures,
    internal: person.internal,
    documents: person.documents,
    grade: person.grade,
    signed: person.signed,
  };
}

/** As if handed in in time: shows what would be decided. */
function unplaced(of: Month, person: Person): RosterPlace {
  return {
    month: of,
    person: person.id,
    zone: person.zone,
    submittedAt: '' as RosterPlace['submittedAt'],
    submittedBy: '',
    late: false,
    decision: null,
    failing: [],
    sentAt: null,
    confirmedAt: null,
    activatedAt: null,
    removedAt: null,
    withdrawnAt: null,
  };
}
