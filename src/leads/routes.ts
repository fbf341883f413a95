import { z } from 'zod';

import { mayDo, reaches, type SignedIn } from '../access/index.ts';
import { addDays, startOfDay } from '../calendar/index.ts';
import { decideFact, readOrganization, type Fact, type Refusal } from '../decisions/index.ts';
import { becauseWords } from '../gate/index.ts';
import type { Tx } from '../platform/database.ts';
import { refuse, type AnswerLanguage, type HttpApp } from '../platform/http.ts';
import { instant, type LocalDate } from '../platform/time.ts';
import { allSources } from '../sources/index.ts';
import { listPeople } from '../staff/index.ts';
import { actRoutes } from './acts.routes.ts';
import type { Arrived } from './arrived.store.ts';
import { conversationRoutes } from './conversation.routes.ts';
import { dayRoutes } from './day.routes.ts';
import { gateRefusal, masked, reachedLead, reachOf, type LeadRouteParts } from './reach.ts';
import { registerRoutes } from './register.routes.ts';
import { teamRoutes } from './team.routes.ts';
import { timelineOf, type TimelineItem } from './timeline.ts';
import { asReceived, contactView, doneTokens, journalOf, listLeads, type LeadFilter } from './views.store.ts';

export { masked, orRefuse, reachedLead, reachOf, type LeadRouteParts } from './reach.ts';

const LEADS_A_PAGE_MAX = 200;
const ENTRIES_OF_A_LEAD_MAX = 500;

const filter = z.object({
  stage: z.enum(['held', 'assigned', 'waiting', 'refused']).optional(),
  holder: z.string().optional(),
  source: z.string().optional(),
  contact: z.string().optional(),
  status: z.string().optional(),
  search: z.string().max(80).optional(),
  missed: z.stringbool().optional(),
  open: z.enum(['running', 'not-contacted']).optional(),
  /** A figure of somebody's, opened: `who` did `did` since `from`. */
  who: z.string().optional(),
  did: z.enum(doneTokens).optional(),
  from: z.iso.datetime().optional(),
  /** What came in on that local day, or from it to `until`; at that local hour, on that weekday (1 Monday … 7 Sunday). */
  day: z.iso.date().optional(),
  until: z.iso.date().optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(LEADS_A_PAGE_MAX).default(50),
});

/** What people see of leads, and do with them. */
export function leadRoutes(app: HttpApp, parts: LeadRouteParts): void {
  const { database, clock, signedIn } = parts;
  dayRoutes(app, parts);
  actRoutes(app, parts);
  conversationRoutes(app, parts);
  registerRoutes(app, parts);
  teamRoutes(app, parts);

  app.get(
    '/api/leads',
    { config: { may: 'leads.see' }, schema: { querystring: filter } },
    async (request) => {
      const caller = signedIn(request);
      const { limit, who, did, from, day, until, hour, weekday, ...wanted } = request.query;
      return database.inOrganization(caller.organization.id, async (tx) => {
        const { reached, masked: hide } = await reachOf(tx, caller, 'leads.see');
        const figure: Pick<LeadFilter, 'did'> =
          who === undefined || did === undefined || from === undefined
            ? {}
            : { did: { person: who, what: did, from: instant(from) } };
        if (figure.did !== undefined && !reaches(reached, figure.did.person))
          return refuse({ refused: 'no-such-person' });
        const arrival: Pick<LeadFilter, 'arrived'> =
          day === undefined
            ? {}
            : { arrived: { ...daysOf(day, until ?? day, await zoneOf(tx, caller)), hour, weekday } };
        const rows = await listLeads(
          tx,
          reached,
          { ...wanted, ...figure, ...arrival, searchPeople: !hide },
          limit,
        );
        const next = rows.length === limit ? (rows.at(-1)?.number ?? null) : null;
        const shown = rows.map((row) =>
          hide || (row.holder !== null && !reaches(reached, row.holder)) ? masked(row) : row,
        );
        return { now: clock.now(), rows: shown, next };
      });
    },
  );

  app.get('/api/leads/sources', { config: { may: 'leads.see' } }, async (request) => {
    const caller = signedIn(request);
    return database.inOrganization(caller.organization.id, async (tx) => ({
      sources: (await allSources(tx)).map(({ key, name }) => ({ key, name })),
    }));
  });

  const params = z.object({ lead: z.string() });

  app.get('/api/leads/:lead', { config: { may: 'leads.see' }, schema: { params } }, async (request) => {
    const who = signedIn(request);
    const id = request.params.lead;
    const seen = await database.inOrganization(who.organization.id, async (tx) => {
      const { lead, masked: hide } = await reachedLead(tx, who, id, 'leads.see');
      return {
        lead: hide ? masked(lead) : lead,
        received: hide ? null : await asReceived(tx, id),
        person: hide || lead.contact === null ? null : await contactView(tx, lead.contact),
        people: await namesOf(tx),
      };
    });
    return { now: clock.now(), ...seen, acts: await actsOf(parts, who, id) };
  });

  app.get(
    '/api/leads/:lead/timeline',
    { config: { may: 'leads.see' }, schema: { params } },
    async (request) => {
      const who = signedIn(request);
      return database.inOrganization(who.organization.id, async (tx) => {
        const { lead, masked: hide } = await reachedLead(tx, who, request.params.lead, 'leads.see');
        const entries = await journalOf(tx, lead.id, lead.contact, ENTRIES_OF_A_LEAD_MAX);
        const items = timelineOf(entries).map((item) => (hide ? { ...item, text: null } : item));
        const refs = new Set(items.flatMap(({ why }) => why?.because ?? []));
        return {
          now: clock.now(),
          items: items.toReversed() satisfies TimelineItem[],
          people: await namesOf(tx),
          clauses: await wordsOf(tx, who, [...refs], request.language),
        };
      });
    },
  );

  async function wordsOf(tx: Tx, who: SignedIn, refs: readonly string[], language: AnswerLanguage) {
    const adoptions = (await readOrganization(tx, who.organization.id))?.adoptions ?? [];
    return refs.map((ref) => becauseWords(ref, { packs: parts.packs, adoptions, language }));
  }
}

async function zoneOf(tx: Tx, { organization }: SignedIn): Promise<string> {
  const found = await readOrganization(tx, organization.id);
  if (found === null) throw new Error(`no organization ${organization.id}`);
  return found.zone;
}

/** From the first of these local days to the end of the last. */
function daysOf(day: LocalDate, until: LocalDate, zone: string): Pick<Arrived, 'from' | 'to' | 'zone'> {
  return { from: startOfDay(day, zone), to: startOfDay(addDays(until, 1), zone), zone };
}

async function namesOf(tx: Tx): Promise<Record<string, string>> {
  return Object.fromEntries((await listPeople(tx)).map(({ id, name }) => [id, name]));
}

/** What may be done now, and for what may not, the rule that says no: the house itself is asked, and stores nothing. */
async function actsOf({ house }: LeadRouteParts, who: SignedIn, lead: string) {
  const me = who.person.id;
  const ask = (told: {
    readonly fact: string;
    readonly [field: string]: unknown;
  }): Promise<Refusal | null> => {
    const fact = { ...told, actor: me } as Fact;
    return house.look(who.organization.id, [fact], (decider) => {
      const { refused, entries } = decideFact(decider, fact);
      return refused ?? gateRefusal(entries.map(({ entry }) => entry));
    });
  };
  const call = mayDo(who, 'leads.call')
    ? await ask({ fact: 'contact.attempted', lead, by: me, channel: 'call' })
    : NOT_YOURS;
  const pass = mayDo(who, 'leads.pass-on')
    ? await ask({ fact: 'lead.passed', lead, by: me, reason: '' })
    : NOT_YOURS;
  return {
    call,
    pass,
    note: mayDo(who, 'leads.note') ? null : NOT_YOURS,
    grade: mayDo(who, 'leads.grade') ? null : NOT_YOURS,
  };
}

const NOT_YOURS: Refusal = { refused: 'not-your-role', because: [] };
