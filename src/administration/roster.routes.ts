import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor } from '../access/index.ts';
import { localMonth, nextMonth } from '../calendar/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import {
  EXCEPTED_CLAUSES,
  everybody,
  isActive,
  mayHoldLeads,
  person as personOf,
  placeOf,
  readFloor,
  rosterMonth,
  zoneOf,
} from '../staff/index.ts';
import { submit, type StaffRouteParts } from './people.routes.ts';
import { judged } from './roster-view.ts';

const PEOPLE_MAX = 2_000;
/** A reason of a word is none. */
const REASONS_CHARACTERS_MIN = 10;
const REASONS_CHARACTERS_MAX = 1_000;
/** A full name has two words of some length. */
const NAME_CHARACTERS_MIN = 5;
const NAME_CHARACTERS_MAX = 120;
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);
const list = z.strictObject({
  month,
  zone: z.string().trim().min(1).max(60).nullable(),
  // Nobody at all is a list too: the zone keeps its month for who is added later.
  advisors: z.array(z.string().min(1).max(64)).max(PEOPLE_MAX),
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
          /** The zone whose list the caller hands in; null: any of them. */
          ownZone: scopeFor(who, 'roster.enter') === 'all' ? null : zoneOf(world, who.person.id),
          exceptions: {
            allowed: rules.reading('lead-assignment', 'roster.exceptions') === 'direction',
            maySign: mayDo(who, 'roster.except'),
            clauses: EXCEPTED_CLAUSES.map((clause) => rules.cite('lead-assignment', clause)).filter(
              (clause) => clause !== null,
            ),
          },
          people: staff
            .filter((each) => mayHoldLeads(each) || placeOf(world, shown, each.id) !== undefined)
            .map((each) => {
              const place = placeOf(world, shown, each.id) ?? null;
              return {
                person: each.id,
                name: each.name,
                role: each.role,
                zone: zoneOf(world, each.id),
                mayTake: mayHoldLeads(each),
                submittedByName: place === null ? null : (personOf(world, place.submittedBy)?.name ?? null),
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

  const exception = z.strictObject({
    month,
    person: z.string().min(1).max(64),
    clauses: z.array(z.enum(EXCEPTED_CLAUSES)).min(1).max(EXCEPTED_CLAUSES.length),
    reasons: z.string().trim().min(REASONS_CHARACTERS_MIN).max(REASONS_CHARACTERS_MAX),
    fullName: z.string().trim().min(NAME_CHARACTERS_MIN).max(NAME_CHARACTERS_MAX),
  });
  app.post(
    '/api/roster/exceptions',
    { config: { may: 'roster.except' }, schema: { body: exception } },
    async (request, reply) => {
      const who = signedIn(request);
      const clauses = [...new Set(request.body.clauses)];
      await submit(parts, who, {
        fact: 'roster.exception.signed',
        by: who.person.id,
        ...request.body,
        clauses,
      });
      return reply.code(201).send({ person: request.body.person });
    },
  );

  const withdrawn = z.strictObject({ month, person: z.string().min(1).max(64) });
  app.post(
    '/api/roster/exceptions/withdrawals',
    { config: { may: 'roster.except' }, schema: { body: withdrawn } },
    async (request, reply) => {
      const who = signedIn(request);
      await submit(parts, who, { fact: 'roster.exception.withdrawn', by: who.person.id, ...request.body });
      return reply.code(201).send({ person: request.body.person });
    },
  );
}
