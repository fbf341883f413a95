import { createHash } from 'node:crypto';
import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor, type SignedIn } from '../access/index.ts';
import { localDate } from '../calendar/index.ts';
import type { Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import {
  allDocuments,
  allExams,
  allKinds,
  allResultsOfExams,
  dropFile,
  everybody,
  fileOf,
  HOLDERS,
  person as personOf,
  readFloor,
  roles,
  standingOn,
  storeFile,
  unsignedVersions,
  zoneOf,
} from '../staff/index.ts';
import { fileType } from './file-type.ts';
import { submit, type StaffRouteParts } from './people.routes.ts';
import { papersOf } from './roster-view.ts';

/** A scan of a few pages; a larger one is a photograph nobody made smaller. */
const FILE_BYTES_MAX = 10 * 1024 * 1024;
const NAME_CHARACTERS_MAX = 120;
const WARN_DAYS_MAX = 365;
const MARK_MAX = 1_000;

const id = z.string().min(1).max(64);
const named = {
  id: id.optional(),
  name: z.string().trim().min(1).max(NAME_CHARACTERS_MAX),
  roles: z.array(z.enum(roles)).default([]),
  fromOn: z.iso.date(),
  ended: z.boolean().default(false),
};
const kindBody = z.strictObject({
  ...named,
  expires: z.boolean(),
  warnDays: z.number().int().min(0).max(WARN_DAYS_MAX),
});
const examBody = z.strictObject({
  ...named,
  passingMark: z.number().positive().max(MARK_MAX),
  topMark: z.number().positive().max(MARK_MAX),
});
const resultBody = z.strictObject({ exam: id, mark: z.number().min(0).max(MARK_MAX), takenOn: z.iso.date() });
const filing = z.object({ kind: id, name: z.string().min(1).max(255), expiresOn: z.iso.date().optional() });
const ofPerson = z.object({ person: id });

/** People's files: what is asked, what each has, what runs out (lead-assignment P6, P7). */
export function papersRoutes(app: HttpApp, parts: StaffRouteParts): void {
  const { database, clock, newId, signedIn, rulesFor } = parts;

  app.get('/api/papers', { config: { may: 'papers.see' } }, async (request) => {
    const who = signedIn(request);
    const now = clock.now();
    return database.inOrganization(who.organization.id, async (tx) => {
      const { world, rules, organization } = await readFloor(tx, who.organization.id, now, rulesFor);
      const today = localDate(now, organization.zone);
      const staff = everybody(world);
      const reached = reachedPeople(scopeFor(who, 'papers.see'), who.person.id, staff);
      return {
        now,
        today,
        mayAsk: mayDo(who, 'papers.ask'),
        mayManage: mayDo(who, 'papers.manage'),
        because: [rules.cite('lead-assignment', 'P6'), rules.cite('lead-assignment', 'P7')].filter(
          (c) => c !== null,
        ),
        kinds: (await allKinds(tx)).filter(({ endedAt }) => endedAt === null),
        exams: (await allExams(tx)).filter(({ endedAt }) => endedAt === null),
        people: staff
          .filter((each) => each.leftAt === null && HOLDERS.has(each.role) && reaches(reached, each.id))
          .map((each) => {
            const standing = standingOn(world, each, today);
            return {
              person: each.id,
              name: each.name,
              role: each.role,
              zone: zoneOf(world, each.id),
              documents: standing.documents,
              grade: standing.grade,
              papers: papersOf(world, each, today),
              unsigned: unsignedVersions(each, rules).length,
            };
          }),
      };
    });
  });

  /** One person's file, with what was there before. */
  app.get(
    '/api/papers/people/:person',
    { config: { may: 'papers.see' }, schema: { params: ofPerson } },
    async (request) => {
      const who = signedIn(request);
      const { person } = request.params;
      return database.inOrganization(who.organization.id, async (tx) => {
        await refuseOutOfReach(parts, tx, who, person, 'papers.see');
        const documents = (await allDocuments(tx)).filter((each) => each.person === person);
        const results = (await allResultsOfExams(tx)).filter((each) => each.person === person);
        return {
          documents: documents.toSorted((a, b) => (a.filedAt < b.filedAt ? 1 : -1)),
          results: results.toSorted((a, b) => (a.takenOn < b.takenOn ? 1 : -1)),
        };
      });
    },
  );

  app.get(
    '/api/papers/documents/:id',
    { config: { may: 'papers.see' }, schema: { params: z.object({ id }) } },
    async (request, reply) => {
      const who = signedIn(request);
      const file = await database.inOrganization(who.organization.id, async (tx) => {
        const found = await fileOf(tx, request.params.id);
        if (found === null) return refuse({ refused: 'no-such-document' });
        await refuseOutOfReach(parts, tx, who, found.person, 'papers.see');
        return found;
      });
      return (
        reply
          .type(file.mediaType)
          .header('cache-control', 'private, no-store')
          // What somebody uploaded is shown, never run.
          .header(
            'content-security-policy',
            "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
          )
          .header('x-content-type-options', 'nosniff')
          .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
          .send(file.content)
      );
    },
  );

  app.post(
    '/api/papers/people/:person/documents',
    {
      bodyLimit: FILE_BYTES_MAX,
      config: { may: 'papers.manage', body: 'raw' },
      schema: { params: ofPerson, querystring: filing, summary: 'The file is the body, as it is' },
    },
    async (request, reply) => {
      const who = signedIn(request);
      const { person } = request.params;
      const { kind, name, expiresOn = null } = request.query;
      const content = request.rawBody ?? Buffer.alloc(0);
      if (content.length === 0) refuse({ refused: 'document-empty' });
      const mediaType = fileType(content);
      if (mediaType === null) return refuse({ refused: 'document-type' });
      const document = newId();
      await database.inOrganization(who.organization.id, async (tx) => {
        await refuseOutOfReach(parts, tx, who, person, 'papers.manage');
        await storeFile(tx, who.organization.id, { id: document, content, at: clock.now() });
      });
      const sha256 = createHash('sha256').update(content).digest('hex');
      try {
        await submit(parts, who, {
          fact: 'document.filed',
          by: who.person.id,
          document,
          person,
          kind,
          expiresOn,
          sha256,
          mediaType,
          bytes: content.length,
          fileName: name,
        });
      } catch (fault) {
        await database.inOrganization(who.organization.id, (tx) => dropFile(tx, document));
        throw fault;
      }
      return reply.code(201).send({ id: document });
    },
  );

  app.post(
    '/api/papers/documents/:id/withdraw',
    { config: { may: 'papers.manage' }, schema: { params: z.object({ id }) } },
    async (request) => {
      const who = signedIn(request);
      const { id: document } = request.params;
      await database.inOrganization(who.organization.id, async (tx) => {
        const found = (await allDocuments(tx)).find((each) => each.id === document);
        if (found === undefined) return refuse({ refused: 'no-such-document' });
        return refuseOutOfReach(parts, tx, who, found.person, 'papers.manage');
      });
      await submit(parts, who, { fact: 'document.withdrawn', by: who.person.id, document });
      return { id: document };
    },
  );

  app.post(
    '/api/papers/people/:person/results',
    { config: { may: 'papers.manage' }, schema: { params: ofPerson, body: resultBody } },
    async (request, reply) => {
      const who = signedIn(request);
      const { person } = request.params;
      await database.inOrganization(who.organization.id, (tx) =>
        refuseOutOfReach(parts, tx, who, person, 'papers.manage'),
      );
      const result = newId();
      await submit(parts, who, { fact: 'exam.recorded', by: who.person.id, result, person, ...request.body });
      return reply.code(201).send({ id: result });
    },
  );

  app.post(
    '/api/papers/kinds',
    { config: { may: 'papers.ask' }, schema: { body: kindBody } },
    async (request, reply) => {
      const who = signedIn(request);
      const of = request.body.id ?? newId();
      await submit(parts, who, { fact: 'document.kind-set', by: who.person.id, ...request.body, id: of });
      return reply.code(201).send({ id: of });
    },
  );

  app.post(
    '/api/papers/exams',
    { config: { may: 'papers.ask' }, schema: { body: examBody } },
    async (request, reply) => {
      const who = signedIn(request);
      const of = request.body.id ?? newId();
      await submit(parts, who, { fact: 'exam.set', by: who.person.id, ...request.body, id: of });
      return reply.code(201).send({ id: of });
    },
  );
}

async function refuseOutOfReach(
  { clock, rulesFor }: StaffRouteParts,
  tx: Tx,
  who: SignedIn,
  person: string,
  permission: 'papers.see' | 'papers.manage',
): Promise<void> {
  const { world } = await readFloor(tx, who.organization.id, clock.now(), rulesFor);
  if (personOf(world, person) === undefined) refuse({ refused: 'no-such-person', field: 'person' });
  const reached = reachedPeople(scopeFor(who, permission), who.person.id, everybody(world));
  if (!reaches(reached, person)) refuse({ refused: 'person-out-of-reach', field: 'person' });
}
