import { z } from 'zod';
import type { FastifyRequest } from 'fastify';

import { accessOfStaff, mayDo, reachedPeople, reaches, scopeFor, type SignedIn } from '../access/index.ts';
import { localDate, localMonth, previousMonth } from '../calendar/index.ts';
import { readPhone } from '../contacts/index.ts';
import type { Fact, House, World } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { Clock } from '../platform/time.ts';
import {
  dutyAt,
  everybody,
  lineOf,
  person as personOf,
  readFloor,
  resultsOf,
  roles,
  standingOn,
  unsignedVersions,
  type Person,
  type RulesFor,
} from '../staff/index.ts';

export interface StaffRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly rulesFor: RulesFor;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const NAME_CHARACTERS_MAX = 120;
const FIGURE_MAX = 100_000;

const id = z.string().min(1).max(64);
const described = {
  name: z.string().trim().min(1).max(NAME_CHARACTERS_MAX),
  role: z.enum(roles),
  zone: z.string().trim().min(1).max(60).nullable(),
  reportsTo: id.nullable(),
  email: z.email().max(254).nullable(),
  phone: z.string().trim().max(40).nullable(),
  extension: z.string().trim().max(20).nullable(),
  internal: z.boolean(),
  documents: z.enum(['complete', 'incomplete', 'expired']),
  grade: z.enum(['pass', 'fail', 'none']),
};
const newPerson = z.strictObject({ ...described, signed: z.boolean().default(false) });
const changes = z.strictObject({ ...described, absent: z.boolean() }).partial();
const results = z.strictObject({
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  sales: z.number().int().min(0).max(FIGURE_MAX),
  leads: z.number().int().min(0).max(FIGURE_MAX),
  closings: z.number().int().min(0).max(FIGURE_MAX),
});

/** The staff: who is who, their line, what they may, how they get in. */
export function peopleRoutes(app: HttpApp, parts: StaffRouteParts): void {
  const { database, clock, signedIn, rulesFor } = parts;
  const params = z.object({ person: id });
  const manage = { may: 'people.manage' } as const;

  app.get('/api/people', { config: { may: 'staff.see' } }, async (request) => {
    const who = signedIn(request);
    const now = clock.now();
    return database.inOrganization(who.organization.id, async (tx) => {
      const { world, rules, organization } = await readFloor(tx, who.organization.id, now, rulesFor);
      const month = localMonth(now, organization.zone);
      const staff = everybody(world);
      const reached = reachedPeople(scopeFor(who, 'staff.see'), who.person.id, staff);
      const off = new Map(dutyAt(world, now, rules).offDuty.map(({ person, why }) => [person.id, why]));
      const onDuty = new Set(dutyAt(world, now, rules).onDuty.map((each) => each.id));
      const access = new Map(
        (await accessOfStaff(tx, who.organization.id, now)).map(({ person, ...rest }) => [person, rest]),
      );
      const names = new Map(staff.map(({ id: of, name }) => [of, name]));
      return {
        now,
        month,
        zones: [...new Set(staff.flatMap(({ zone }) => zone ?? []))].toSorted(),
        people: staff
          .filter((each) => reaches(reached, each.id))
          .map((each) => ({
            ...each,
            ...standingOf(world, each, localDate(now, organization.zone)),
            signed: unsignedVersions(each, rules).length === 0,
            reportsToName: each.reportsTo === null ? null : (names.get(each.reportsTo) ?? each.reportsTo),
            access: access.get(each.id) ?? null,
            onDuty: onDuty.has(each.id),
            offDuty: off.get(each.id) ?? null,
            thisMonth: resultsOf(world, month, each.id),
            lastMonth: resultsOf(world, previousMonth(month), each.id),
          })),
      };
    });
  });

  app.post('/api/people', { config: manage, schema: { body: newPerson } }, async (request, reply) => {
    const who = signedIn(request);
    const person = await freeId(parts, who.organization.id, request.body.name);
    await refuseRing(parts, who, person, request.body.reportsTo);
    const phone = phoneOf(request.body.phone, who);
    const { signed, ...rest } = request.body;
    // Signed on paper are the versions of today; those to come they read and sign here.
    const signatures = signed ? await versionsInForce(parts, who.organization.id) : [];
    await submit(parts, who, {
      fact: 'person.registered',
      person,
      ...rest,
      signed: false,
      signatures,
      phone,
    });
    return reply.code(201).send({ person });
  });

  app.patch('/api/people/:person', { config: manage, schema: { params, body: changes } }, async (request) => {
    const who = signedIn(request);
    const { person } = request.params;
    const { phone, ...rest } = request.body;
    if (rest.reportsTo !== undefined) await refuseRing(parts, who, person, rest.reportsTo);
    const changed = phone === undefined ? rest : { ...rest, phone: phoneOf(phone, who) };
    await submit(parts, who, { fact: 'person.changed', person, ...changed });
    return { person };
  });

  // The leads of one who left go on by turn and every sign-in ends; there is no way back but to register anew.
  app.post('/api/people/:person/leave', { config: manage, schema: { params } }, async (request) => {
    const who = signedIn(request);
    const { person } = request.params;
    await submit(parts, who, { fact: 'person.changed', person, left: true });
    return { person };
  });

  app.post(
    '/api/people/:person/results',
    { config: manage, schema: { params, body: results } },
    async (request) => {
      const who = signedIn(request);
      const { person } = request.params;
      await submit(parts, who, { fact: 'month.results', person, ...request.body });
      return { person };
    },
  );

  /** What the caller may do here; screens offer nothing else. */
  app.get('/api/people/acts', { config: { may: 'staff.see' } }, async (request) => {
    const who = signedIn(request);
    return { manage: mayDo(who, 'people.manage'), enterRoster: mayDo(who, 'roster.enter') };
  });
}

type Told = { readonly fact: string; readonly [field: string]: unknown };

/** Tells the house; a refusal becomes an error of the catalog. */
export async function submit(parts: StaffRouteParts, who: SignedIn, fact: Told): Promise<void> {
  const told: Fact = { ...fact, actor: who.person.id };
  const { refused } = await parts.house.submit(who.organization.id, told);
  if (refused !== null) refuse({ refused: refused.refused, because: refused.because });
}

/** E.164, or null where none is given; one that is not understood is refused, never guessed. */
function phoneOf(text: string | null, who: SignedIn): string | null {
  if (text === null || text === '') return null;
  const read = readPhone(text, who.organization.country);
  if ('refused' in read) return refuse({ refused: 'phone-not-understood', field: 'phone' });
  return read.e164;
}

/** A short id that people can read in an address: "ana-ruiz", "ana-ruiz-2". */
async function freeId(parts: StaffRouteParts, organization: string, name: string): Promise<string> {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();
  const base =
    plain
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 40) || parts.newId();
  const { world } = await floorOf(parts, organization);
  let free = base;
  for (let next = 2; personOf(world, free) !== undefined; next += 1) free = `${base}-${next}`;
  return free;
}

async function versionsInForce(parts: StaffRouteParts, organization: string): Promise<string[]> {
  const { rules } = await floorOf(parts, organization);
  return Object.entries(rules.data.procedures).map(([name, { version }]) => `${name}@${version}`);
}

/** What their file and exams say, where the organization asks for them; else what was stated of the person. */
function standingOf(world: World, person: Person, on: string): Pick<Person, 'documents' | 'grade'> {
  const { documents, grade } = standingOn(world, person, on);
  return { documents, grade };
}

async function floorOf({ database, clock, rulesFor }: StaffRouteParts, organization: string) {
  return database.inOrganization(organization, (tx) => readFloor(tx, organization, clock.now(), rulesFor));
}

async function refuseRing(
  parts: StaffRouteParts,
  who: SignedIn,
  person: string,
  reportsTo: Person['reportsTo'],
): Promise<void> {
  if (reportsTo === null) return;
  const { world } = await floorOf(parts, who.organization.id);
  if (personOf(world, reportsTo) === undefined) refuse({ refused: 'no-such-person', field: 'reportsTo' });
  const above = [reportsTo, ...lineOf(world, reportsTo).map((each) => each.id)];
  if (above.includes(person)) refuse({ refused: 'reports-to-ring', field: 'reportsTo' });
}
