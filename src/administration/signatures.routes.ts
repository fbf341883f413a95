import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor } from '../access/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { clauseText, isProcedure, rulesOn, type Pack, type Procedure } from '../procedures/index.ts';
import {
  allSignatures,
  everybody,
  person as personOf,
  readFloor,
  signs,
  versionsToSign,
  zoneOf,
  type Person,
  type Signature,
} from '../staff/index.ts';
import { submit, type StaffRouteParts } from './people.routes.ts';

const NAME_CHARACTERS_MAX = 120;
const version = { procedure: z.string().max(60), version: z.iso.date() };

/** Each version of a procedure, read and signed with full name (contact-center-policy S1), and who is missing. */
export function signaturesRoutes(
  app: HttpApp,
  parts: StaffRouteParts & { readonly packs: readonly Pack[] },
): void {
  const { database, clock, signedIn, rulesFor, packs } = parts;

  app.get('/api/signatures', { config: { may: 'signatures.give' } }, async (request) => {
    const who = signedIn(request);
    const now = clock.now();
    return database.inOrganization(who.organization.id, async (tx) => {
      const { world, rules } = await readFloor(tx, who.organization.id, now, rulesFor);
      const versions = versionsToSign({ world, rules, now });
      const given = await allSignatures(tx);
      const staff = everybody(world);
      const seesOthers = mayDo(who, 'staff.see');
      const reached = reachedPeople(seesOthers ? scopeFor(who, 'staff.see') : 'own', who.person.id, staff);
      const me = personOf(world, who.person.id);
      const inForce = (procedure: Procedure, of: string) => rules.data.procedures[procedure]?.version === of;
      return {
        now,
        seesOthers,
        versions: versions.map((each) => ({
          ...each,
          title: packs.find(({ name }) => name === each.procedure)?.title[request.language] ?? each.procedure,
          inForce: inForce(each.procedure, each.version),
          mine: me === undefined ? null : stateOf(me, each, given),
          people: staff
            .filter((other) => signs(other) && reaches(reached, other.id))
            .map((other) => ({
              person: other.id,
              name: other.name,
              role: other.role,
              zone: zoneOf(world, other.id),
              ...stateOf(other, each, given),
            })),
        })),
      };
    });
  });

  /** The version as it is read before it is signed: every clause in the organization's words, with its figures. */
  app.get(
    '/api/signatures/:procedure/:version',
    { config: { may: 'signatures.give' }, schema: { params: z.object(version) } },
    async (request) => {
      const who = signedIn(request);
      const { procedure, version: of } = request.params;
      return database.inOrganization(who.organization.id, async (tx) => {
        const { organization } = await readFloor(tx, who.organization.id, clock.now(), rulesFor);
        if (!isProcedure(procedure)) return refuse({ refused: 'procedure-not-in-force' });
        const adoption = organization.adoptions.findLast(
          (a) => a.procedure === procedure && a.effectiveOn === of,
        );
        const pack = packs.find(
          ({ name, version: base }) => name === procedure && base === adoption?.version,
        );
        if (adoption === undefined || pack === undefined)
          return refuse({ refused: 'procedure-not-in-force' });
        const rules = rulesOn(packs, organization.adoptions, of);
        const readings: Readonly<Record<string, unknown>> = rules.data.readings[procedure];
        return {
          procedure,
          version: of,
          title: pack.title[request.language],
          aim: pack.aim[request.language],
          clauses: pack.clauses.map((clause) => ({
            id: clause.id,
            kind: clause.kind,
            text: clauseText(
              {
                ...clause,
                parameters:
                  rules.data.procedures[procedure]?.clauses[clause.id]?.parameters ?? clause.parameters,
              },
              request.language,
            ),
            readings: pack.readings
              .filter((each) => each.clauses.includes(clause.id))
              .map((each) => ({
                question: each.question[request.language],
                answer: answerOf(each.alternatives, readings[each.token] ?? each.default, request.language),
              })),
          })),
        };
      });
    },
  );

  const signature = z.strictObject({
    ...version,
    // A name alone is no full name.
    fullName: z
      .string()
      .trim()
      .min(5)
      .max(NAME_CHARACTERS_MAX)
      .regex(/\S\s+\S/u),
  });
  app.post(
    '/api/signatures',
    { config: { may: 'signatures.give' }, schema: { body: signature } },
    async (request, reply) => {
      const who = signedIn(request);
      await submit(parts, who, { fact: 'policy.signed', by: who.person.id, ...request.body });
      return reply.code(201).send({ procedure: request.body.procedure });
    },
  );
}

function stateOf(
  person: Person,
  { procedure, version: of }: { procedure: string; version: string },
  given: readonly Signature[],
) {
  const found = given.find(
    (each) => each.person === person.id && each.procedure === procedure && each.version === of,
  );
  const onPaper =
    person.signed || (found?.signedAt == null && person.signatures.includes(`${procedure}@${of}`));
  return {
    state:
      found?.signedAt != null
        ? 'signed'
        : onPaper
          ? 'on-paper'
          : found?.duePassed === true
            ? 'overdue'
            : 'missing',
    signedAt: found?.signedAt ?? null,
    fullName: found?.fullName ?? null,
    dueAt: found?.dueAt ?? null,
  };
}

function answerOf(
  alternatives: readonly {
    readonly label: { readonly es: string; readonly en: string };
    readonly value?: unknown;
  }[],
  value: unknown,
  language: 'es' | 'en',
): string {
  const chosen = alternatives.find(
    (each) => 'value' in each && JSON.stringify(each.value) === JSON.stringify(value),
  );
  return chosen?.label[language] ?? (typeof value === 'string' ? value : JSON.stringify(value));
}
