import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { SignedIn } from '../access/index.ts';
import { contactsKnownBy, type LeadOfPerson } from '../contacts/index.ts';
import type { House, Outcome } from '../decisions/index.ts';
import { readBytes } from '../messages/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { listPeople } from '../staff/index.ts';
import { listDrafts, oneDraft, saveWords, wordsOf } from './drafts.store.ts';
import { filesOf, looseMails, mailsOfDraft, type ShownMail } from './mails.store.ts';
import { parseMail } from './parse-mail.adapter.ts';
import { identityOf } from './settle-mail.jobs.ts';

const DRAFTS_MAX = 200;
const LOOSE_MAX = 100;
const TEXT_CHARACTERS_SHOWN = 20_000;
const SHOWN_IN_PLACE = /^image\/(?:jpeg|png|webp|gif)$/;

export interface DraftRouteParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit'>;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
  readonly leadsOfPeople: (tx: Tx, contacts: readonly string[]) => Promise<LeadOfPerson[]>;
}

const config = { may: 'drafts.settle' } as const;
const params = z.object({ draft: z.string().min(1).max(64) });
const text = (max: number) => z.string().trim().min(1).max(max).nullable();

/** What the control area sees of the mailbox: each request with its mail beside what was read of it, and settling it. */
export function draftRoutes(app: HttpApp, parts: DraftRouteParts): void {
  const { database, house, signedIn } = parts;

  const filter = z.object({ settled: z.stringbool().default(false) });
  app.get('/api/drafts', { config, schema: { querystring: filter } }, async (request) => {
    const { id } = signedIn(request).organization;
    return database.inOrganization(id, async (tx) => ({
      drafts: await listDrafts(tx, request.query, DRAFTS_MAX),
      loose: (await looseMails(tx, id, LOOSE_MAX)).length,
    }));
  });

  app.get('/api/drafts/:draft', { config, schema: { params } }, async (request) => {
    const { id } = signedIn(request).organization;
    const seen = await database.inOrganization(id, async (tx) => {
      const draft = await oneDraft(tx, request.params.draft);
      if (draft === null) return refuse({ refused: 'no-such-draft' });
      const words = await wordsOf(tx, draft.id);
      const mails = await mailsOfDraft(tx, id, draft.id);
      const files = await filesOf(
        tx,
        id,
        mails.map((each) => each.id),
      );
      const people = Object.fromEntries((await listPeople(tx)).map((each) => [each.id, each.name]));
      return { draft, words, mails, files, people, leads: await leadsLike(tx, words) };
    });
    return { ...seen, mails: await Promise.all(seen.mails.map(shownMail)) };
  });

  app.get('/api/mails/loose', { config }, async (request) => {
    const { id } = signedIn(request).organization;
    const mails = await database.inOrganization(id, (tx) => looseMails(tx, id, LOOSE_MAX));
    return { mails: await Promise.all(mails.map(shownMail)) };
  });

  const correction = z.object({
    name: text(200),
    phone: text(20),
    email: text(254),
    source: text(200),
    imageDatedOn: z.iso.date().nullable(),
    image: z.string().max(120).nullable(),
    firstContact: z.boolean(),
    lead: z.string().max(64).nullable(),
  });
  app.post(
    '/api/drafts/:draft/correct',
    { config, schema: { params, body: correction } },
    async (request) => {
      const { organization, person } = signedIn(request);
      const { draft } = request.params;
      await database.inOrganization(organization.id, async (tx) => {
        if ((await oneDraft(tx, draft)) === null) refuse({ refused: 'no-such-draft' });
        await saveWords(tx, organization.id, draft, request.body);
      });
      const about = { actor: person.id, by: person.id, draft, identity: identityOf(request.body) };
      orRefuse(await house.submit(organization.id, { fact: 'draft.corrected', ...about, ...request.body }));
      return { status: true };
    },
  );

  const refusal = z.object({ reason: z.string().trim().min(1).max(400) });
  app.post('/api/drafts/:draft/refuse', { config, schema: { params, body: refusal } }, async (request) => {
    const { organization, person } = signedIn(request);
    const { draft } = request.params;
    const { reason } = request.body;
    await database.inOrganization(organization.id, async (tx) => {
      const words = await wordsOf(tx, draft);
      await saveWords(tx, organization.id, draft, { ...words, reason });
    });
    const fact = { fact: 'draft.refused', actor: person.id, by: person.id, draft, reason };
    orRefuse(await house.submit(organization.id, fact));
    return { status: true };
  });

  const ofFile = z.object({ draft: z.string().max(64), file: z.string().max(120) });
  app.get(
    '/api/drafts/:draft/files/:file',
    { config, schema: { params: ofFile } },
    async (request, reply) => {
      const { id } = signedIn(request).organization;
      const { draft, file: asked } = request.params;
      const file = await database.inOrganization(id, async (tx) => {
        const mails = await mailsOfDraft(tx, id, draft);
        const about = (
          await filesOf(
            tx,
            id,
            mails.map((each) => each.id),
          )
        ).find((each) => each.id === asked);
        const bytes = about === undefined ? null : await readBytes(tx, id, asked);
        return about === undefined || bytes === null
          ? refuse({ refused: 'no-such-media' })
          : { ...about, ...bytes };
      });
      const mime = file.picture === null ? 'application/octet-stream' : `image/${file.picture}`;
      const isShown = SHOWN_IN_PLACE.test(mime);
      return reply
        .header(
          'content-disposition',
          `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name ?? asked)}`,
        )
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, max-age=86400')
        .type(isShown ? mime : 'application/octet-stream')
        .send(file.bytes);
    },
  );

  /** Open or not: the control area should see that what is asked for was closed long ago. */
  async function leadsLike(
    tx: Tx,
    { phone, email }: { readonly phone: string | null; readonly email: string | null },
  ): Promise<LeadOfPerson[]> {
    const [held] = identityOf({ phone: null, email }).emails;
    const contacts = await contactsKnownBy(tx, { phone, whatsappId: null, email: held?.value ?? null });
    return parts.leadsOfPeople(tx, contacts);
  }
}

/** The mail in words, and never its markup: what a stranger wrote is shown as text. */
async function shownMail({ id, receivedAt, kind, fault, raw }: ShownMail) {
  const parsed = await parseMail(raw);
  if ('fault' in parsed)
    return { id, receivedAt, kind, fault: fault ?? parsed.fault, from: null, subject: null, text: null };
  const { fromAddress, subject, text: words } = parsed.mail;
  return {
    id,
    receivedAt,
    kind,
    fault,
    from: fromAddress,
    subject,
    text: words.slice(0, TEXT_CHARACTERS_SHOWN),
  };
}

function orRefuse(outcome: Outcome): Outcome {
  if (outcome.refused === null) return outcome;
  const { refused, because, detail } = outcome.refused;
  return refuse({ refused, because, ...(detail === undefined ? {} : { detail }) });
}
