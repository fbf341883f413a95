import type { FastifyRequest } from 'fastify';
import type { RawBuilder } from 'kysely';
import { z } from 'zod';

import {
  reachedPeople,
  reaches,
  scopeFor,
  type Permission,
  type ReachedPeople,
  type SignedIn,
} from '../access/index.ts';
import type { House, Outcome } from '../decisions/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { instant, type Clock } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import type { Contact } from './contact.ts';
import { exportPage, type PersonExport } from './export-page.ts';
import { exportTexts } from './export-texts.ts';
import type { KeptBy } from './kept.ts';
import { shownPerson, sideBySide } from './on-screen.ts';
import { readOpenDoubts, readPeople, readPerson, searchPeople, type LeadOfPerson } from './people.store.ts';
import {
  erasureReasons,
  type ContactErased,
  type ContactExported,
  type ContactOptedIn,
  type ContactOptedOut,
  type ContactUnmerged,
  type DoubtSettled,
} from './person-facts.ts';
import { requestTerms } from './request-terms.ts';
import { searchParts } from './search-text.ts';

/** More than this on one screen is not looked at; what is settled makes room. */
const DOUBTS_SHOWN_MAX = 100;
const FOUND_MAX = 50;
const TEXT_CHARACTERS_MAX = 4_000;

/** Who asks, and how far a permission carries them. */
interface Asking {
  readonly organization: SignedIn['organization'];
  readonly person: string;
  /** Whose leads they reach. */
  readonly reached: ReachedPeople;
  /** They see people without their personal data. */
  readonly masked: boolean;
}

export interface ContactRoutesParts {
  readonly house: Pick<House, 'submit'>;
  readonly database: Database;
  readonly clock: Clock;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
  leadsOfPeople(tx: Tx, contacts: readonly string[]): Promise<LeadOfPerson[]>;
  contactsHeldBy(people: readonly string[]): RawBuilder<unknown>;
  /** What each feature keeps about a person, in the order of the file. */
  readonly keptBy: readonly KeptBy[];
}

const Id = z.object({ id: z.string().min(1).max(200) });
const Scope = z.enum(['calls', 'messages', 'email', 'all']);
const Words = z.string().trim().min(1).max(TEXT_CHARACTERS_MAX);
const Origin = z.string().trim().min(1).max(200);
const At = z.iso.datetime({ offset: true }).transform((text) => instant(text));
const Settlement = z.strictObject({
  outcome: z.enum(['same', 'different']),
  keep: z.string().max(200).optional(),
});
const OptOut = z.strictObject({ scope: Scope, origin: Origin, text: Words });
const OptIn = OptOut.extend({ givenAt: At.optional() });
const Erasure = z.strictObject({ reason: z.enum(erasureReasons), requestedAt: At });
const Export = z.strictObject({ format: z.enum(['json', 'html']).default('html') });
const Search = z.object({ search: z.string().max(200) });

/** The people's own routes: the duplicates queue, one person, consent, export and erasure. */
export function contactRoutes(app: HttpApp, parts: ContactRoutesParts): void {
  duplicatesRoutes(app, parts);
  lookingRoutes(app, parts);
  actingRoutes(app, parts);
  app.post(
    '/api/contacts/:id/export',
    { config: { may: 'contacts.export' }, schema: { params: Id, body: Export } },
    async (request, reply) => {
      const asker = await asking(parts, request, 'contacts.export');
      const { format } = request.body;
      const contact = await reached(parts, asker, request.params.id);
      await submit(parts, asker, { fact: 'contact.exported', contact: contact.id, lead: null, format });
      const file = await gather(parts, asker, contact.id);
      void reply.header('content-disposition', `attachment; filename="${contact.id}.${format}"`);
      void reply.header('cache-control', 'no-store');
      if (format === 'json') return reply.type('application/json').send(JSON.stringify(file, null, 2));
      const { language } = request;
      return reply.type('text/html; charset=utf-8').send(exportPage(file, language, exportTexts[language]));
    },
  );
}

function duplicatesRoutes(app: HttpApp, parts: ContactRoutesParts): void {
  app.get('/api/duplicates', { config: { may: 'duplicates.settle' } }, async (request) => {
    const { organization } = await asking(parts, request, 'duplicates.settle');
    return parts.database.inOrganization(organization.id, async (tx) => {
      const open = await readOpenDoubts(tx, DOUBTS_SHOWN_MAX);
      const ids = open.flatMap(({ people }) => people.map(({ id }) => id));
      const leads = Map.groupBy(await parts.leadsOfPeople(tx, ids), ({ contact }) => contact);
      return {
        doubts: open.map(({ doubt, people: [one, other] }) => ({
          id: doubt.id,
          lead: doubt.lead,
          raisedAt: doubt.raisedAt,
          raised: { score: doubt.score, evidence: doubt.evidence },
          ...sideBySide(one, other),
          people: [one, other].map((each) => shownPerson(each, [each], leads.get(each.id) ?? [], false)),
        })),
      };
    });
  });
  app.post(
    '/api/duplicates/:id',
    { config: { may: 'duplicates.settle' }, schema: { params: Id, body: Settlement } },
    async (request) => {
      const asker = await asking(parts, request, 'duplicates.settle');
      const { outcome, keep = null } = request.body;
      const { entries } = await submit(parts, asker, {
        fact: 'doubt.settled',
        doubt: request.params.id,
        lead: null,
        of: null,
        outcome,
        keep,
      });
      const given = entries.filter(({ entry }) => entry === 'lead.given');
      const merged = entries.find(({ entry }) => entry === 'contact.merged');
      return {
        outcome,
        kept: merged?.fields['kept'] ?? null,
        leads: given.map(({ fields }) => ({ lead: fields['lead'], from: fields['from'], to: fields['to'] })),
      };
    },
  );
}

function lookingRoutes(app: HttpApp, parts: ContactRoutesParts): void {
  app.get(
    '/api/contacts',
    { config: { may: 'leads.see' }, schema: { querystring: Search } },
    async (request) => {
      const asker = await asking(parts, request, 'leads.see');
      const words = searchParts(request.query.search);
      if (words === null) return refuse({ refused: 'search-too-short', field: 'search' });
      // Without personal data there is nothing to look for: a hit would tell that the number is here.
      if (asker.masked) return { contacts: [] };
      const within = asker.reached === 'all' ? null : parts.contactsHeldBy([...asker.reached]);
      return parts.database.inOrganization(asker.organization.id, async (tx) => {
        const found = await searchPeople(tx, { parts: words, within, limit: FOUND_MAX });
        const people = await readPeople(tx, found);
        const leads = Map.groupBy(await parts.leadsOfPeople(tx, found), ({ contact }) => contact);
        return {
          contacts: people.map((each) => shownPerson(each, [each], leads.get(each.id) ?? [], false)),
        };
      });
    },
  );
  app.get('/api/contacts/:id', { config: { may: 'leads.see' }, schema: { params: Id } }, async (request) => {
    const asker = await asking(parts, request, 'leads.see');
    const { organization, masked } = asker;
    const contact = await reached(parts, asker, request.params.id);
    return parts.database.inOrganization(organization.id, async (tx) => {
      const found = await readPerson(tx, contact.id);
      if (found === null) return refuse({ refused: 'no-such-contact' });
      const { person, contacts } = found;
      return {
        ...shownPerson(person, contacts, await parts.leadsOfPeople(tx, [person.id]), masked),
        merged: contacts
          .slice(1)
          .map(({ id, mergedInto, merge }) => ({ contact: id, into: mergedInto, at: merge?.at })),
        consents: masked ? [] : contacts.flatMap(({ consents }) => consents),
        /** The terms of a request about their data that came now. */
        terms: requestTerms(parts.clock.now(), organization),
      };
    });
  });
}

function actingRoutes(app: HttpApp, parts: ContactRoutesParts): void {
  app.post(
    '/api/contacts/:id/unmerge',
    { config: { may: 'duplicates.settle' }, schema: { params: Id } },
    async (request) => {
      const asker = await asking(parts, request, 'duplicates.settle');
      const { id } = request.params;
      const { entries } = await submit(parts, asker, { fact: 'contact.unmerged', contact: id, lead: null });
      const parted = entries.find(({ entry }) => entry === 'contact.unmerged');
      return { contact: id, from: parted?.fields['kept'] ?? null, leads: parted?.fields['leads'] ?? [] };
    },
  );
  app.post(
    '/api/contacts/:id/opt-out',
    { config: { may: 'leads.note' }, schema: { params: Id, body: OptOut } },
    async (request) => {
      const asker = await asking(parts, request, 'leads.note');
      const { id: contact } = await reached(parts, asker, request.params.id);
      await submit(parts, asker, { fact: 'contact.opted-out', contact, lead: null, ...request.body });
      return { contact };
    },
  );
  app.post(
    '/api/contacts/:id/opt-in',
    { config: { may: 'leads.note' }, schema: { params: Id, body: OptIn } },
    async (request) => {
      const asker = await asking(parts, request, 'leads.note');
      const { id: contact } = await reached(parts, asker, request.params.id);
      const { givenAt = null, ...said } = request.body;
      await submit(parts, asker, { fact: 'contact.opted-in', contact, lead: null, ...said, givenAt });
      return { contact };
    },
  );
  app.post(
    '/api/contacts/:id/erase',
    { config: { may: 'contacts.erase' }, schema: { params: Id, body: Erasure } },
    async (request) => {
      const asker = await asking(parts, request, 'contacts.erase');
      const { id: contact } = await reached(parts, asker, request.params.id);
      const { requestedAt } = request.body;
      await submit(parts, asker, { fact: 'contact.erased', contact, lead: null, ...request.body });
      return { contact, terms: requestTerms(requestedAt, asker.organization) };
    },
  );
}

async function asking(
  { database, signedIn }: ContactRoutesParts,
  request: FastifyRequest,
  permission: Permission,
): Promise<Asking> {
  const who = signedIn(request);
  const scope = scopeFor(who, permission);
  const staff = await database.inOrganization(who.organization.id, listPeople);
  return {
    organization: who.organization,
    person: who.person.id,
    reached: reachedPeople(scope, who.person.id, staff),
    masked: scope === 'all-without-personal-data',
  };
}

/** The person, if some lead of theirs is within reach; else as if they were not here. */
async function reached(parts: ContactRoutesParts, asker: Asking, id: string): Promise<Contact> {
  const { organization, reached: people } = asker;
  return parts.database.inOrganization(organization.id, async (tx) => {
    const found = await readPerson(tx, id);
    if (found === null) return refuse({ refused: 'no-such-contact' });
    if (people === 'all') return found.person;
    const leads = await parts.leadsOfPeople(tx, [found.person.id]);
    const theirs = leads.some(({ holder }) => reaches(people, holder));
    return theirs ? found.person : refuse({ refused: 'no-such-contact' });
  });
}

type PersonFact =
  | DoubtSettled
  | ContactUnmerged
  | ContactOptedOut
  | ContactOptedIn
  | ContactExported
  | ContactErased;
type WithoutWho<F> = F extends PersonFact ? Omit<F, 'actor' | 'by'> : never;
/** A fact of this feature as a request tells it; who tells it comes from the session alone. */
type Told = WithoutWho<PersonFact>;

async function submit(
  parts: ContactRoutesParts,
  { organization, person }: Asking,
  fact: Told,
): Promise<Outcome> {
  const submitted: PersonFact = { ...fact, actor: person, by: person };
  const outcome = await parts.house.submit(organization.id, submitted);
  return outcome.refused === null ? outcome : refuse(outcome.refused);
}

async function gather(parts: ContactRoutesParts, asker: Asking, contact: string): Promise<PersonExport> {
  return parts.database.inOrganization(asker.organization.id, async (tx) => {
    const found = await readPerson(tx, contact);
    const contacts = found?.contacts.map(({ id }) => id) ?? [];
    const leads = (await parts.leadsOfPeople(tx, [contact])).map(({ id }) => id);
    const sections: { section: KeptBy['section']; rows: PersonExport['sections'][number]['rows'] }[] = [];
    for (const keeper of parts.keptBy)
      sections.push({ section: keeper.section, rows: await keeper.of(tx, { contacts, leads }) });
    return {
      organization: asker.organization.name,
      contact,
      exportedAt: parts.clock.now(),
      exportedBy: asker.person,
      sections,
    };
  });
}
