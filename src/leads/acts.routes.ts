import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Permission } from '../access/index.ts';
import type { DialedAs } from '../calls/index.ts';
import { DEFAULT_SETTINGS, readOrganization, type Fact } from '../decisions/index.ts';
import type { Told } from '../platform/fault.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { listPeople } from '../staff/index.ts';
import type { DialOutcome } from '../switchboard/index.ts';
import { gateRefusal, orRefuse, reachedLead, type LeadRouteParts } from './reach.ts';
import { callIntent, contactView } from './views.store.ts';
import { wayToCall } from './way-to-call.ts';

const TEXT_CHARACTERS_MAX = 4_000;
const INTENT_CHARACTERS_MAX = 64;

const text = z.string().trim().min(1).max(TEXT_CHARACTERS_MAX);

/** What the holder does with a lead: call, note, grade, pass on; and the administrator's placing. */
export function actRoutes(app: HttpApp, parts: LeadRouteParts): void {
  const { database, house, signedIn, dialerOf, newId } = parts;
  const params = z.object({ lead: z.string() });

  /** One act on a lead: the caller must reach it with the permission; the rule decides the rest. */
  async function act(
    request: FastifyRequest,
    lead: string,
    permission: Permission,
    fact: object & { readonly fact: string },
  ) {
    const who = signedIn(request);
    await database.inOrganization(who.organization.id, (tx) => reachedLead(tx, who, lead, permission));
    const told = { ...fact, actor: who.person.id, by: who.person.id, lead } as Fact;
    const outcome = orRefuse(await house.submit(who.organization.id, told));
    return { entries: outcome.entries.map(({ entry, because, fields }) => ({ entry, because, fields })) };
  }

  const note = z.object({ text });
  app.post(
    '/api/leads/:lead/notes',
    { config: { may: 'leads.note' }, schema: { params, body: note } },
    (request) => act(request, request.params.lead, 'leads.note', { fact: 'note', ...request.body }),
  );

  const grade = z.object({ grade: z.enum(['A', 'AA', 'AAA']), reason: text });
  app.post(
    '/api/leads/:lead/grade',
    { config: { may: 'leads.grade' }, schema: { params, body: grade } },
    (request) => act(request, request.params.lead, 'leads.grade', { fact: 'lead.graded', ...request.body }),
  );

  const pass = z.object({ reason: text });
  app.post(
    '/api/leads/:lead/pass',
    { config: { may: 'leads.pass-on' }, schema: { params, body: pass } },
    (request) => act(request, request.params.lead, 'leads.pass-on', { fact: 'lead.passed', ...request.body }),
  );

  const place = z.object({ to: z.string().nullable(), reason: text });
  app.post(
    '/api/leads/:lead/place',
    { config: { may: 'leads.place' }, schema: { params, body: place } },
    (request) => act(request, request.params.lead, 'leads.place', { fact: 'lead.placed', ...request.body }),
  );

  app.post('/api/leads/:lead/test', { config: { may: 'leads.place' }, schema: { params } }, (request) =>
    act(request, request.params.lead, 'leads.place', { fact: 'lead.marked-test' }),
  );

  /** `intent`: made by the screen for one press of the button; `phone`: one of the person's, E.164. */
  const call = z.object({
    intent: z.string().min(1).max(INTENT_CHARACTERS_MAX).optional(),
    phone: z.string().max(20).optional(),
  });
  app.post(
    '/api/leads/:lead/call',
    { config: { may: 'leads.call' }, schema: { params, body: call } },
    async (request) => {
      const who = signedIn(request);
      const id = request.params.lead;
      const { intent = newId(), phone: wanted } = request.body;
      const known = await database.inOrganization(who.organization.id, async (tx) => {
        const { lead } = await reachedLead(tx, who, id, 'leads.call');
        const person = lead.contact === null ? null : await contactView(tx, lead.contact);
        const phones = person?.phones.map(({ value }) => value) ?? [];
        return {
          phone: phones.find((each) => each === wanted) ?? phones[0] ?? null,
          pbx: (await readOrganization(tx, who.organization.id))?.settings.pbx ?? DEFAULT_SETTINGS.pbx,
          extension: (await listPeople(tx)).find((each) => each.id === who.person.id)?.extension ?? null,
          asked: await callIntent(tx, intent),
        };
      });
      // The same press sent again (a slow network): what became of it, and no second ring.
      if (known.asked !== null) return { way: 'pbx' as const, state: known.asked.state, remedy: null };
      const dialer = known.pbx.clickToCall ? await dialerOf(who.organization.id) : null;
      const way = wayToCall({ ...known, canDial: dialer !== null, country: who.organization.country });
      const asking = {
        fact: 'contact.attempted',
        actor: who.person.id,
        by: who.person.id,
        lead: id,
        channel: 'call',
        intent: way.way === 'pbx' ? intent : null,
      };
      const { entries } = orRefuse(await house.submit(who.organization.id, asking));
      const no = gateRefusal(entries);
      if (no !== null) return refuse({ ...no });
      if (way.way !== 'pbx' || dialer === null) return way;
      const outcome = await dialer.dial(way.extension, way.number);
      const { state, code, remedy, pbxCall = null } = dialed(outcome);
      await house.submit(who.organization.id, {
        fact: 'call.dialed',
        actor: 'pbx',
        intent,
        outcome: state,
        code,
        pbxCall,
      } as Fact);
      return { way: 'pbx' as const, state, remedy: remedy?.[request.language] ?? null, number: way.number };
    },
  );
}

interface Dialed {
  readonly state: DialedAs;
  readonly code: string | null;
  readonly remedy: Told | null;
  readonly pbxCall?: string | null;
}

function dialed(outcome: DialOutcome): Dialed {
  if ('dialing' in outcome)
    return { state: 'dialing', code: null, remedy: null, pbxCall: outcome.dialing.callId };
  if ('unknown' in outcome) return { state: 'unknown', code: outcome.unknown, remedy: outcome.remedy };
  if ('retry' in outcome) return { state: 'not-dialed', code: outcome.retry, remedy: outcome.remedy };
  return { state: 'refused', code: outcome.refused, remedy: outcome.remedy };
}
