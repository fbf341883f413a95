import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { mayDo, reachedPeople, scopeFor, type SignedIn } from '../access/index.ts';
import { contactKeys, noFacts, readEmail, readPhone } from '../contacts/index.ts';
import type { Fact, House, Outcome } from '../decisions/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import { atLocal, DAY } from '../calendar/index.ts';
import { plus, type Clock, type Instant } from '../platform/time.ts';
import type { Pack } from '../procedures/index.ts';
import { listPeople } from '../staff/index.ts';
import { caseView } from './case-view.ts';
import { editRoutes } from './edits.routes.ts';
import { fileRoutes } from './file.routes.ts';
import {
  leadKnownBy,
  listClaims,
  oneClaim,
  rulingsByLine,
  seesClaim,
  type ClaimRow,
} from './claims-views.store.ts';
import { imagesOfLead, useImages } from './images.store.ts';
import { protectionRoutes } from './protection.routes.ts';
import { evidenceChannels } from './what-counts.ts';

export interface ClaimRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly packs: readonly Pack[];
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

/** A fact as it is told, without who tells it. */
interface Telling {
  readonly fact: string;
  readonly [field: string]: unknown;
}

const CLAIMS_MAX = 500;
const TEXT_CHARACTERS_MAX = 4_000;
const SHOWN_AT_ONCE_MAX = 100;
/** Over how long the desk counts what was ruled. */
const RULED_WITHIN = 90 * DAY;

const words = z.string().trim().max(TEXT_CHARACTERS_MAX);
const reasons = words.min(1);
const params = z.object({ claim: z.string().max(100) });

/** What the request says; all may be left out, and what is missing is named (L6). */
const asked = z.strictObject({
  /** The lead, where it is known; else the person is found by phone and e-mail. */
  lead: z.string().max(100).nullable().default(null),
  name: words.max(200).default(''),
  phone: words.max(60).default(''),
  email: words.max(254).default(''),
  source: words.max(200).default(''),
  image: z.string().max(100).nullable().default(null),
  imageDatedOn: z.iso.date().nullable().default(null),
  firstContactShown: z.boolean().default(false),
});

const shown = z.strictObject({
  /** Local to the organization, as one reads it in the image; null: it carries no legible date. */
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
  direction: z.enum(['out', 'in']),
  channel: z.enum(evidenceChannels),
  verifiable: z.boolean().default(true),
  answered: z.boolean().nullable().default(null),
  image: z.string().max(100).nullable().default(null),
});

/** What parties, the control area and those above it see of claims, and do. */
export function claimRoutes(app: HttpApp, parts: ClaimRouteParts): void {
  const { database, clock, newId, signedIn } = parts;
  fileRoutes(app, parts);
  protectionRoutes(app, parts);
  editRoutes(app, parts);

  const submit = (who: SignedIn, fact: Telling): Promise<Outcome> => submitted(parts, who, fact);

  app.get(
    '/api/claims',
    {
      config: { may: 'claims.see' },
      schema: { querystring: z.object({ open: z.stringbool().default(true) }) },
    },
    async (request) => {
      const who = signedIn(request);
      const now = clock.now();
      return database.inOrganization(who.organization.id, async (tx) => {
        const staff = await listPeople(tx);
        const reached = reachedPeople(scopeFor(who, 'claims.see'), who.person.id, staff);
        const desk = mayDo(who, 'claims.rule');
        return {
          now,
          me: who.person.id,
          may: { request: mayDo(who, 'claims.request'), rule: desk },
          rows: await listClaims(tx, reached, { open: request.query.open, limit: CLAIMS_MAX }),
          people: namesOf(staff),
          rulings: desk ? await rulingsByLine(tx, plus(now, -RULED_WITHIN)) : [],
        };
      });
    },
  );

  app.get('/api/claims/:claim', { config: { may: 'claims.see' }, schema: { params } }, async (request) => {
    const who = signedIn(request);
    const row = await reachedClaim(parts, who, request.params.claim);
    return caseView(parts, who, row, request.language);
  });

  app.post(
    '/api/claims',
    { config: { may: 'claims.request' }, schema: { body: asked } },
    async (request, reply) => {
      const who = signedIn(request);
      const lead = await leadMeant(parts, who, request.body);
      const claim = newId();
      const outcome = await submit(who, await requestOf(parts, who, claim, lead, request.body));
      return reply.code(201).send({ claim, missing: missingOf(outcome) });
    },
  );

  /** The same claim again, whole this time. */
  app.post(
    '/api/claims/:claim/request',
    { config: { may: 'claims.request' }, schema: { params, body: asked } },
    async (request) => {
      const who = signedIn(request);
      const { id, lead } = await reachedClaim(parts, who, request.params.claim);
      const outcome = await submit(who, await requestOf(parts, who, id, lead, request.body));
      return { claim: id, missing: missingOf(outcome) };
    },
  );

  const act = (
    path: string,
    may: 'claims.see' | 'claims.request' | 'claims.rule' | 'claims.hear',
    fact: string,
  ): void => {
    app.post(`/api/claims/:claim/${path}`, { config: { may }, schema: { params } }, async (request) => {
      const who = signedIn(request);
      const { id } = await reachedClaim(parts, who, request.params.claim);
      await submit(who, { fact, claim: id });
      return { claim: id };
    });
  };
  act('withdraw', 'claims.request', 'claim.withdrawn');
  act('status', 'claims.rule', 'claim.statusAsked');

  const evidence = z.strictObject({
    interactions: z.array(shown).max(SHOWN_AT_ONCE_MAX).default([]),
    complete: z.boolean().default(false),
  });
  app.post(
    '/api/claims/:claim/evidence',
    { config: { may: 'claims.see' }, schema: { params, body: evidence } },
    async (request) => {
      const who = signedIn(request);
      const { id, lead } = await reachedClaim(parts, who, request.params.claim);
      const images = await database.inOrganization(who.organization.id, (tx) =>
        useImages(
          tx,
          lead,
          who.person.id,
          request.body.interactions.flatMap(({ image }) => image ?? []),
        ),
      );
      const interactions = request.body.interactions.map((each) => {
        const image = images.find((kept) => kept.id === each.image);
        return {
          ...each,
          at: each.at === null ? null : readLocal(each.at, who.organization.zone),
          image: image?.id ?? null,
          sha256: image?.sha256 ?? null,
        };
      });
      await submit(who, { fact: 'evidence.sent', claim: id, interactions, complete: request.body.complete });
      return { claim: id };
    },
  );

  app.post(
    '/api/claims/:claim/sign',
    {
      config: { may: 'claims.see' },
      schema: { params, body: z.strictObject({ holder: z.string().max(100) }) },
    },
    async (request) => {
      const who = signedIn(request);
      const { id } = await reachedClaim(parts, who, request.params.claim);
      // Everybody signs for themselves alone.
      await submit(who, {
        fact: 'claim.agreed',
        claim: id,
        signedBy: [who.person.id],
        holder: request.body.holder,
      });
      return { claim: id };
    },
  );

  const confirmed = z.strictObject({
    outcome: z.enum(['keep', 'reassign']).nullable().default(null),
    reasons: words.nullable().default(null),
  });
  app.post(
    '/api/claims/:claim/confirm',
    { config: { may: 'claims.rule' }, schema: { params, body: confirmed } },
    async (request) => {
      const who = signedIn(request);
      const { id } = await reachedClaim(parts, who, request.params.claim);
      await submit(who, { fact: 'claim.confirmed', claim: id, ...request.body });
      return { claim: id };
    },
  );

  app.post(
    '/api/claims/:claim/appeal',
    { config: { may: 'claims.see' }, schema: { params, body: z.strictObject({ reasons }) } },
    async (request) => {
      const who = signedIn(request);
      const { id } = await reachedClaim(parts, who, request.params.claim);
      await submit(who, { fact: 'claim.appealed', claim: id, reasons: request.body.reasons });
      return { claim: id };
    },
  );

  const heard = z.strictObject({ outcome: z.enum(['keep', 'reassign']), reasons });
  app.post(
    '/api/claims/:claim/appeal-ruling',
    { config: { may: 'claims.hear' }, schema: { params, body: heard } },
    async (request) => {
      const who = signedIn(request);
      const { id } = await reachedClaim(parts, who, request.params.claim);
      await submit(who, { fact: 'claim.appeal-ruled', claim: id, ...request.body });
      return { claim: id };
    },
  );

  /** The control area opens a sanction case beside the claim (L10): it decides nothing about the lead. */
  const breach = z.strictObject({ person: z.string().max(100), text: reasons });
  app.post(
    '/api/claims/:claim/breach',
    { config: { may: 'claims.rule' }, schema: { params, body: breach } },
    async (request) => {
      const who = signedIn(request);
      const { lead } = await reachedClaim(parts, who, request.params.claim);
      const sanction = newId();
      await submit(who, {
        fact: 'breach.reported',
        sanction,
        person: request.body.person,
        clause: 'lead-reassignment#L10',
        lead,
        text: request.body.text,
      });
      return { sanction };
    },
  );
}

/** Told by the caller in their own name; a refusal of the house is an error of the catalog. */
export async function submitted(
  { house }: Pick<ClaimRouteParts, 'house'>,
  who: SignedIn,
  fact: Telling,
): Promise<Outcome> {
  const told = { ...fact, actor: who.person.id, by: who.person.id } as Fact;
  const outcome = await house.submit(who.organization.id, told);
  if (outcome.refused === null) return outcome;
  const { refused, because, detail } = outcome.refused;
  return refuse({ refused, because, ...(detail === undefined ? {} : { detail }) });
}

/** The claim, if the caller may see it; one out of reach does not exist for them. */
export async function reachedClaim(
  { database }: Pick<ClaimRouteParts, 'database'>,
  who: SignedIn,
  id: string,
): Promise<ClaimRow> {
  return database.inOrganization(who.organization.id, async (tx) => {
    const reached = reachedPeople(scopeFor(who, 'claims.see'), who.person.id, await listPeople(tx));
    const claim = await oneClaim(tx, id);
    return claim !== null && seesClaim(reached, claim) ? claim : refuse({ refused: 'no-such-claim' });
  });
}

export function namesOf(
  staff: readonly { readonly id: string; readonly name: string }[],
): Record<string, string> {
  return Object.fromEntries(staff.map(({ id, name }) => [id, name]));
}

type Asked = z.output<typeof asked>;

/** Found by what is known of the person; nothing is said of who has them. */
async function leadMeant({ database }: ClaimRouteParts, who: SignedIn, request: Asked): Promise<string> {
  if (request.lead !== null) return request.lead;
  const { country } = who.organization;
  const phone = request.phone === '' ? null : readPhone(request.phone, country);
  if (phone !== null && 'refused' in phone)
    return refuse({ refused: 'phone-not-understood', field: 'phone' });
  const email = request.email === '' ? null : readEmail(request.email);
  if (email !== null && 'refused' in email)
    return refuse({ refused: 'email-not-understood', field: 'email' });
  const held = {
    ...noFacts,
    phones: phone === null ? [] : [{ value: phone.e164, origin: '', raw: phone.raw }],
    emails: email === null ? [] : [{ value: email.folded, origin: '', raw: email.raw }],
  };
  const found = await database.inOrganization(who.organization.id, (tx: Tx) =>
    leadKnownBy(tx, contactKeys(held)),
  );
  return found ?? refuse({ refused: 'nobody-has-them', field: 'phone' });
}

async function requestOf(
  { database }: ClaimRouteParts,
  who: SignedIn,
  claim: string,
  lead: string,
  { name, phone, email, source, image, imageDatedOn, firstContactShown }: Asked,
): Promise<Telling> {
  const kept = await database.inOrganization(who.organization.id, async (tx) => {
    if (image === null) return null;
    const [used] = await useImages(tx, lead, who.person.id, [image]);
    return used ?? (await imagesOfLead(tx, lead)).find(({ id }) => id === image) ?? null;
  });
  return {
    fact: 'claim.requested',
    claim,
    lead,
    name: name || null,
    phone: phone || null,
    email: email || null,
    source: source || null,
    // The date counts only with the image it is read in.
    sourceImageDatedOn: kept === null ? null : imageDatedOn,
    sourceImage: kept?.id ?? null,
    sourceImageSha256: kept?.sha256 ?? null,
    firstContactShown,
  };
}

/** A day that is not, as the 30th of February, is a fault of the form. */
function readLocal(at: string, zone: string): Instant {
  try {
    return atLocal(at, zone);
  } catch {
    return refuse({ refused: 'bad-date', field: 'at' });
  }
}

function missingOf({ entries }: Outcome): unknown {
  return entries.find(({ entry }) => entry === 'claim.returned')?.fields['missing'] ?? [];
}
