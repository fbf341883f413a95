import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor, type SignedIn } from '../access/index.ts';
import { localMonth, nextMonth, type Month } from '../calendar/index.ts';
import type { World } from '../decisions/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import {
  absenceKinds,
  absencesSlice,
  answersFor,
  everybody,
  hoursToCover,
  isActive,
  mayHoldLeads,
  person as personOf,
  placeOf,
  planOf,
  readFloor,
  shiftsOf,
  swapsOfMonths,
  zoneOf,
  type Absence,
} from '../staff/index.ts';
import { submit, type StaffRouteParts } from './people.routes.ts';

/** Three guards a day for five hundred people is more than any zone has. */
const SHIFTS_MAX = 50_000;
const TEXT_CHARACTERS_MAX = 500;
const MINIMUM_MAX = 100;

const id = z.string().min(1).max(64);
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);
const zone = z.string().trim().max(60);
const time = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/);
const text = z.string().trim().max(TEXT_CHARACTERS_MAX);
const guard = z.strictObject({ person: id, on: z.iso.date(), from: time, until: time });
const plan = z.strictObject({
  month,
  zone,
  minimum: z.number().int().min(1).max(MINIMUM_MAX),
  shifts: z.array(guard).max(SHIFTS_MAX),
  publish: z.boolean(),
});
const guardAt = z.strictObject({ on: z.iso.date(), from: time });
const swap = z.strictObject({ of: id, gives: guardAt, takes: guardAt.nullable(), reason: text });
const absence = z.strictObject({
  person: id,
  fromOn: z.iso.date(),
  untilOn: z.iso.date(),
  kind: z.enum(absenceKinds),
  reason: text,
});
const verdict = z.strictObject({ approved: z.boolean(), reason: text });
const byId = z.object({ id });

/** The month's guards of a zone, and what people ask of each other and of whoever answers for them. */
export function shiftsRoutes(app: HttpApp, parts: StaffRouteParts): void {
  calendarRoutes(app, parts);
  swapRoutes(app, parts);
  absenceRoutes(app, parts);
}

function calendarRoutes(app: HttpApp, parts: StaffRouteParts): void {
  const { database, clock, signedIn, rulesFor } = parts;
  const asked = z.object({ month: month.optional(), zone: zone.optional() });

  app.get(
    '/api/shifts',
    { config: { may: 'shifts.see' }, schema: { querystring: asked } },
    async (request) => {
      const who = signedIn(request);
      const now = clock.now();
      return database.inOrganization(who.organization.id, async (tx) => {
        const months = request.query.month === undefined ? [] : [request.query.month];
        const { world, rules, organization } = await readFloor(
          tx,
          who.organization.id,
          now,
          rulesFor,
          months,
        );
        const current = localMonth(now, organization.zone);
        const shown = request.query.month ?? current;
        const me = who.person.id;
        const zones = zonesOf(world, who);
        const own = zoneOf(world, me) ?? '';
        const of =
          request.query.zone !== undefined && zones.includes(request.query.zone)
            ? request.query.zone
            : zones.includes(own)
              ? own
              : (zones[0] ?? own);
        const planned = planOf(world, shown, of);
        const plans = mayPlan(who, world, of);
        const grace = rules.reading('contact-center-policy', 'roster.grace');
        const people = everybody(world).filter(
          (each) =>
            (zoneOf(world, each.id) ?? '') === of &&
            mayHoldLeads(each) &&
            onCalendar(world, shown, each.id, each.role),
        );
        const reached = reachedPeople(scopeFor(who, 'staff.see'), me, everybody(world));
        const hours = hoursToCover(rules);
        return {
          now,
          month: shown,
          current,
          next: nextMonth(current),
          me,
          zone: of,
          zones,
          mayPlan: plans,
          mayAsk: mayDo(who, 'shifts.ask'),
          published: planned?.publishedAt ?? null,
          minimum: planned?.minimum ?? 1,
          draft: plans ? (planned?.draft ?? null) : null,
          /** The open hours of each weekday, Monday first; null: closed. 2024-07-01 was a Monday. */
          hours: [1, 2, 3, 4, 5, 6, 7].map((day) => hours(`2024-07-0${day}`)),
          because: [rules.cite('contact-center-policy', 'L1')].filter((clause) => clause !== null),
          people: people.map((each) => ({
            person: each.id,
            name: each.name,
            role: each.role,
            decision: placeOf(world, shown, each.id)?.decision ?? null,
            listed: placeOf(world, shown, each.id) !== undefined,
            active: isActive(world, shown, each.id, now, grace),
            shifts: planned?.publishedAt == null ? [] : shiftsOf(world, shown, each.id),
          })),
          absences: absencesFor(world, who, (each) => each === me || reaches(reached, each)),
          swaps: (await swapsOfMonths(tx, [current, nextMonth(current)]))
            .filter(
              (each) => [each.askedBy, each.askedOf].includes(me) || answersFor(world, me, each.askedBy),
            )
            .map((each) => ({
              ...each,
              byName: personOf(world, each.askedBy)?.name ?? each.askedBy,
              ofName: personOf(world, each.askedOf)?.name ?? each.askedOf,
              mine: each.askedBy === me,
              toAnswer: each.state === 'asked' && each.askedOf === me,
              toApprove: each.state === 'accepted' && answersFor(world, me, each.askedBy),
            })),
        };
      });
    },
  );

  app.post(
    '/api/shifts',
    { bodyLimit: 8 * 1024 * 1024, config: { may: 'shifts.plan' }, schema: { body: plan } },
    async (request, reply) => {
      const who = signedIn(request);
      const { zone: of, shifts } = request.body;
      await database.inOrganization(who.organization.id, async (tx) => {
        const { world } = await readFloor(tx, who.organization.id, clock.now(), rulesFor);
        if (!mayPlan(who, world, of)) refuse({ refused: 'roster-not-yours', field: 'zone' });
        const foreign = shifts.find(({ person }) => (zoneOf(world, person) ?? '') !== of);
        if (foreign !== undefined) refuse({ refused: 'person-out-of-reach', field: 'shifts' });
      });
      await submit(parts, who, {
        fact: 'shifts.planned',
        by: who.person.id,
        ...request.body,
        zone: of === '' ? null : of,
      });
      return reply.code(201).send({ month: request.body.month });
    },
  );
}

/** Whose calendars the caller may look at: all, or their own zone's. */
function zonesOf(world: World, who: SignedIn): string[] {
  const own = zoneOf(world, who.person.id) ?? '';
  const scope = scopeFor(who, 'shifts.see');
  if (scope !== 'all') return [own];
  const holders = everybody(world).filter((each) => mayHoldLeads(each));
  return [...new Set(holders.map(({ id: each }) => zoneOf(world, each) ?? ''))].toSorted();
}

function mayPlan(who: SignedIn, world: World, of: string): boolean {
  const scope = mayDo(who, 'shifts.plan') ? scopeFor(who, 'shifts.plan') : null;
  return scope === 'all' || (scope === 'zone' && of !== '' && of === zoneOf(world, who.person.id));
}

/** Managers stand on the calendar only where the roster names them. */
function onCalendar(world: World, of: Month, person: string, role: string): boolean {
  return (
    role !== 'manager' || placeOf(world, of, person) !== undefined || shiftsOf(world, of, person).length > 0
  );
}

/** Everybody's days away matter to the calendar; why is for the person and whoever answers for them. */
function absencesFor(world: World, who: SignedIn, sees: (person: string) => boolean) {
  const visible = ({ state, person }: Absence): boolean => state === 'approved' || sees(person);
  return world
    .get(absencesSlice)
    .absences.values()
    .filter(visible)
    .toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1))
    .map((each) => {
      const open = sees(each.person);
      return {
        id: each.id,
        person: each.person,
        name: personOf(world, each.person)?.name ?? each.person,
        fromOn: each.fromOn,
        untilOn: each.untilOn,
        state: each.state,
        kind: open ? each.kind : null,
        reason: open ? each.reason : null,
        answer: open ? each.answer : null,
        mine: each.person === who.person.id,
        toAnswer: each.state === 'asked' && answersFor(world, who.person.id, each.person),
      };
    });
}

function swapRoutes(app: HttpApp, parts: StaffRouteParts): void {
  const { newId, signedIn } = parts;
  app.post(
    '/api/shifts/swaps',
    { config: { may: 'shifts.ask' }, schema: { body: swap } },
    async (request, reply) => {
      const who = signedIn(request);
      const made = newId();
      await submit(parts, who, { fact: 'shift.swap-asked', swap: made, by: who.person.id, ...request.body });
      return reply.code(201).send({ id: made });
    },
  );
  app.post(
    '/api/shifts/swaps/:id/answer',
    {
      config: { may: 'shifts.ask' },
      schema: { params: byId, body: z.strictObject({ accepts: z.boolean() }) },
    },
    async (request) => {
      const who = signedIn(request);
      const { id: of } = request.params;
      await submit(parts, who, { fact: 'shift.swap-answered', swap: of, by: who.person.id, ...request.body });
      return { id: of };
    },
  );
  app.post(
    '/api/shifts/swaps/:id/cancel',
    { config: { may: 'shifts.ask' }, schema: { params: byId } },
    async (request) => {
      const who = signedIn(request);
      const { id: of } = request.params;
      await submit(parts, who, { fact: 'shift.swap-canceled', swap: of, by: who.person.id });
      return { id: of };
    },
  );
  app.post(
    '/api/shifts/swaps/:id/verdict',
    { config: { may: 'shifts.decide' }, schema: { params: byId, body: verdict } },
    async (request) => {
      const who = signedIn(request);
      const { id: of } = request.params;
      const { approved: approves, reason } = request.body;
      await submit(parts, who, {
        fact: 'shift.swap-approved',
        swap: of,
        by: who.person.id,
        approves,
        reason,
      });
      return { id: of };
    },
  );
}

function absenceRoutes(app: HttpApp, parts: StaffRouteParts): void {
  const { newId, signedIn } = parts;
  app.post(
    '/api/absences',
    { config: { may: 'shifts.see' }, schema: { body: absence } },
    async (request, reply) => {
      const who = signedIn(request);
      const made = newId();
      await submit(parts, who, { fact: 'absence.asked', absence: made, by: who.person.id, ...request.body });
      return reply.code(201).send({ id: made });
    },
  );
  app.post(
    '/api/absences/:id/verdict',
    { config: { may: 'shifts.decide' }, schema: { params: byId, body: verdict } },
    async (request) => {
      const who = signedIn(request);
      const { id: of } = request.params;
      await submit(parts, who, { fact: 'absence.answered', absence: of, by: who.person.id, ...request.body });
      return { id: of };
    },
  );
  app.post(
    '/api/absences/:id/cancel',
    { config: { may: 'shifts.see' }, schema: { params: byId } },
    async (request) => {
      const who = signedIn(request);
      const { id: of } = request.params;
      await submit(parts, who, { fact: 'absence.canceled', absence: of, by: who.person.id });
      return { id: of };
    },
  );
}
