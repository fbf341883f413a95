import { z } from 'zod';

import { addDays, localDate, startOfDay } from '../calendar/index.ts';
import { leadsInWords, reachOf } from '../leads/index.ts';
import type { HttpApp } from '../platform/http.ts';
import { listPeople, mayHoldLeads } from '../staff/index.ts';
import { behindOn } from './behind.ts';
import type { FollowUp } from './follow-up.ts';
import type { FollowUpRouteParts } from './routes.ts';
import { appointmentsBetween, appointmentsView, behindByPerson, openOf, unsettledOf } from './views.store.ts';

const OPEN_LEADS_MAX = 1_000;
const APPOINTMENTS_MAX = 1_000;
const DAYS_MAX = 42;

/** Meetings by day, what is due today, and what is not up to date. */
export function agendaRoutes(app: HttpApp, { database, clock, signedIn }: FollowUpRouteParts): void {
  const days = z.object({
    from: z.iso.date().optional(),
    days: z.coerce.number().int().min(1).max(DAYS_MAX).default(7),
    person: z.string().optional(),
  });
  app.get(
    '/api/agenda',
    { config: { may: 'leads.follow-up' }, schema: { querystring: days } },
    async (request) => {
      const who = signedIn(request);
      const { id: organization, zone } = who.organization;
      const now = clock.now();
      const from = request.query.from ?? localDate(now, zone);
      const { person } = request.query;
      return database.inOrganization(organization, async (tx) => {
        const { reached } = await reachOf(tx, who, 'leads.follow-up');
        const staff = await listPeople(tx);
        const within = staff.filter(({ id }) => reached === 'all' || reached.has(id));
        const wanted = within.filter(({ id }) => person === undefined || id === person);
        const ids = wanted.map(({ id }) => id);
        const bounds = {
          from: startOfDay(from, zone),
          to: startOfDay(addDays(from, request.query.days), zone),
        };
        const booked = await appointmentsBetween(tx, ids, bounds, APPOINTMENTS_MAX);
        const late = await unsettledOf(tx, ids, bounds.from < now ? bounds.from : now);
        const rows = [...late.filter(({ id }) => !booked.some((each) => each.id === id)), ...booked];
        const words = await leadsInWords(tx, organization, [...new Set(rows.map(({ lead }) => lead))]);
        return {
          now,
          from,
          days: request.query.days,
          rows: rows.map((each) => ({ ...each, leadName: words.get(each.lead)?.name ?? null })),
          people: within.filter((each) => mayHoldLeads(each)).map(({ id, name }) => ({ id, name })),
        };
      });
    },
  );

  /** One's own open leads with what comes next; `due`: today or before. */
  app.get('/api/my-follow-ups', { config: { may: 'leads.follow-up' } }, async (request) => {
    const who = signedIn(request);
    const { id: organization, zone } = who.organization;
    const now = clock.now();
    const endOfToday = startOfDay(addDays(localDate(now, zone), 1), zone);
    return database.inOrganization(organization, async (tx) => {
      const rows = await openOf(tx, [who.person.id], OPEN_LEADS_MAX);
      const meetings = await appointmentsView(
        tx,
        rows.map(({ lead }) => lead),
      );
      const words = await leadsInWords(
        tx,
        organization,
        rows.map(({ lead }) => lead),
      );
      const told = rows.map((row) => {
        const own = meetings.filter(({ lead, state }) => lead === row.lead && state === 'booked');
        return {
          lead: row.lead,
          name: words.get(row.lead)?.name ?? null,
          status: row.status,
          grade: row.grade,
          ...nextOf(row, own),
          behind: behindOn(row, own, now),
        };
      });
      return { now, endOfToday, rows: told };
    });
  });

  /** For the line above: how many of each advisor's open leads are not up to date. */
  app.get('/api/team/behind', { config: { may: 'board.see' } }, async (request) => {
    const who = signedIn(request);
    const now = clock.now();
    return database.inOrganization(who.organization.id, async (tx) => {
      const { reached } = await reachOf(tx, who, 'board.see');
      const people = (await listPeople(tx)).filter(({ id }) => reached === 'all' || reached.has(id));
      const ids = people.map(({ id }) => id);
      return { now, rows: await behindByPerson(tx, ids, now) };
    });
  });
}

/** The first of what is to come on a lead, or what is overdue: an action, a meeting, an incubator date. */
function nextOf(
  row: FollowUp,
  meetings: readonly { readonly id: string; readonly startsAt: string; readonly place: string | null }[],
) {
  const [meeting] = meetings;
  const found = [
    ...(meeting === undefined
      ? []
      : [{ next: 'appointment' as const, at: meeting.startsAt, text: meeting.place }]),
    ...(row.nextActionDueAt === null
      ? []
      : [{ next: 'action' as const, at: row.nextActionDueAt, text: row.nextAction }]),
    ...(row.nextContactFrom === null
      ? []
      : [{ next: 'incubator' as const, at: row.nextContactFrom, text: null }]),
  ];
  return found.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0] ?? { next: null, at: null, text: null };
}
