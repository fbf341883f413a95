import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { mayDo, reaches, type SignedIn } from '../access/index.ts';
import { atLocal } from '../calendar/index.ts';
import { decideFact, type House, type Refusal } from '../decisions/index.ts';
import { leadsInWords, orRefuse, reachedLead, reachOf, referralsOf, referrerOf } from '../leads/index.ts';
import type { LeadInWords } from '../messages/index.ts';
import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import { instant, type Clock } from '../platform/time.ts';
import type { NextActionSet } from './acts.ts';
import { agendaRoutes } from './agenda.routes.ts';
import { behindOn } from './behind.ts';
import { actionKinds, lostReasons } from './statuses.ts';
import { interactionsOf } from './follow-up.store.ts';
import { appointmentsView, followUpView } from './views.store.ts';
import { weekRoutes } from './week.routes.ts';

export interface FollowUpRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const TEXT_CHARACTERS_MAX = 500;
const MINUTES_MAX = 12 * 60;

/** A time as the organization's wall clock shows it: the screen asks for it so, and no browser's zone shifts it. */
const at = z.iso.datetime({ local: true });
const text = z.string().trim().max(TEXT_CHARACTERS_MAX);
/** Decimal text, no more than cents: money is never a float. */
const money = z
  .string()
  .trim()
  .regex(/^\d{1,12}(\.\d{1,2})?$/)
  .nullable()
  .default(null);
const appointment = z.string().max(64);

/** What is done on a lead here, one shape an act; the name is that of the fact. */
const act = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('next-action.set'),
    action: text.min(1),
    kind: z.enum(actionKinds).default('other'),
    dueAt: at,
  }),
  z.strictObject({ act: z.literal('next-action.done') }),
  z.strictObject({
    act: z.literal('appointment.booked'),
    /** Made by the screen for one press of the button: sent twice it books once. */
    appointment,
    startsAt: at,
    minutes: z.int().min(5).max(MINUTES_MAX).optional(),
    kind: z.string().max(40).optional(),
    place: text.nullable().default(null),
  }),
  z.strictObject({ act: z.literal('appointment.held'), appointment: appointment.optional() }),
  z.strictObject({ act: z.literal('appointment.missed'), appointment }),
  z.strictObject({ act: z.literal('appointment.canceled'), appointment }),
  z.strictObject({ act: z.literal('appointment.reopened'), appointment }),
  z.strictObject({ act: z.literal('opportunity.opened') }),
  z.strictObject({ act: z.literal('opportunity.canceled') }),
  z.strictObject({ act: z.literal('reservation.made'), price: money }),
  z.strictObject({ act: z.literal('reservation.canceled') }),
  z.strictObject({
    act: z.literal('sale.closed'),
    sale: z.string().max(64),
    price: money,
    advisorCommission: money,
    managerCommission: money,
  }),
  z.strictObject({ act: z.literal('lead.incubated'), nextContactOn: z.iso.date(), evidence: z.boolean() }),
  z.strictObject({
    act: z.literal('lead.lost'),
    reason: z.enum(lostReasons),
    text: text.nullable().default(null),
  }),
  z.strictObject({ act: z.literal('lead.reopened') }),
]);

/** How far a lead has come, and what its holder does about it. */
export function followUpRoutes(app: HttpApp, parts: FollowUpRouteParts): void {
  const { database, house, clock, signedIn } = parts;
  agendaRoutes(app, parts);
  weekRoutes(app, parts);
  const params = z.object({ lead: z.string() });

  app.get(
    '/api/leads/:lead/follow-up',
    { config: { may: 'leads.see' }, schema: { params } },
    async (request) => {
      const who = signedIn(request);
      const { lead: id } = request.params;
      const now = clock.now();
      const seen = await database.inOrganization(who.organization.id, async (tx) => {
        const { masked } = await reachedLead(tx, who, id, 'leads.see');
        const row = await followUpView(tx, id);
        const appointments = await appointmentsView(tx, [id]);
        const interactions = await interactionsOf(tx, [id]);
        const { reached } = await reachOf(tx, who, 'leads.see');
        const referrer = await referrerOf(tx, id);
        const chain = [...(await referralsOf(tx, id)), ...(referrer === null ? [] : [referrer])];
        const words = masked
          ? new Map<string, LeadInWords>()
          : await leadsInWords(
              tx,
              who.organization.id,
              chain.map((each) => each.id),
            );
        // Of a lead that is somebody else's only its number is told.
        const known = chain.map((each) => ({
          ...each,
          name: reaches(reached, each.holder) ? (words.get(each.id)?.name ?? null) : null,
          open: reaches(reached, each.holder),
        }));
        return {
          referrals: known.filter((each) => each.id !== referrer?.id),
          referredBy: known.find((each) => each.id === referrer?.id) ?? null,
          row: row === null || !masked ? row : { ...row, nextAction: null, lostText: null },
          appointments: masked ? appointments.map((each) => ({ ...each, place: null })) : appointments,
          behind: row === null ? [] : behindOn(row, appointments, now),
          interactions: interactions.filter(({ voidAt }) => voidAt === null).length,
        };
      });
      const refusal: Refusal | null = mayDo(who, 'leads.follow-up')
        ? await whyNot(house, who, id)
        : { refused: 'not-your-role', because: [] };
      return { now, ...seen, refusal };
    },
  );

  app.post(
    '/api/leads/:lead/follow-up',
    { config: { may: 'leads.follow-up' }, schema: { params, body: act } },
    async (request) => {
      const who = signedIn(request);
      const { lead: id } = request.params;
      const { act: name, ...fields } = request.body;
      const { holder, row } = await database.inOrganization(who.organization.id, async (tx) => ({
        holder: (await reachedLead(tx, who, id, 'leads.follow-up')).lead.holder,
        row: await followUpView(tx, id),
      }));
      const me = who.person.id;
      if (name === 'sale.closed' && row?.closedAt != null) return refuse({ refused: 'already-closed' });
      // A closing counts for whoever holds the lead, also when somebody above notes it.
      const by = name === 'sale.closed' ? (holder ?? me) : me;
      const { zone } = who.organization;
      const times = {
        ...('startsAt' in fields ? { startsAt: atLocal(fields.startsAt, zone) } : {}),
        ...('dueAt' in fields ? { dueAt: atLocal(fields.dueAt, zone) } : {}),
      };
      const told = { ...fields, ...times, fact: name, actor: me, by, lead: id };
      const { entries } = orRefuse(await house.submit(who.organization.id, told));
      const held = entries.find(({ entry }) => entry === 'appointment.held');
      return {
        entries: entries.map(({ entry, because }) => ({ entry, because })),
        appointment: typeof held?.fields['appointment'] === 'string' ? held.fields['appointment'] : null,
      };
    },
  );
}

/** The house is asked whether anything may be noted on this lead; it stores nothing. */
function whyNot(house: House, who: SignedIn, lead: string): Promise<Refusal | null> {
  const me = who.person.id;
  const asked: NextActionSet = {
    fact: 'next-action.set',
    actor: me,
    by: me,
    lead,
    action: '',
    dueAt: FAR_OFF,
  };
  return house.look(who.organization.id, [asked], (decider) => decideFact(decider, asked).refused);
}

const FAR_OFF = instant('9000-01-01T00:00:00Z');
