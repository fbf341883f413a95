import { z } from 'zod';

import { addDays, localDate, weekOf } from '../calendar/index.ts';
import type { Fact } from '../decisions/index.ts';
import { leadsInWords, orRefuse, reachOf } from '../leads/index.ts';
import type { Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { LocalDate } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import type { FollowUpRouteParts } from './routes.ts';
import { behindAtCut, behindByPerson, reportsView, weekView } from './views.store.ts';
import { cutOf, reports, weekBounds } from './weekly-cut.ts';
import { figuresOf, type WeeklyReport } from './weekly-report.ts';

const COMMENT_CHARACTERS_MAX = 1_000;

/** The week's report (contact-center-policy L6) and its cut (L5). */
export function weekRoutes(app: HttpApp, { database, house, clock, signedIn }: FollowUpRouteParts): void {
  const of = z.object({ week: z.iso.date().optional() });

  /** The Monday asked for; by default the week whose cut comes next. */
  async function asked(tx: Tx, monday: LocalDate | undefined, zone: string): Promise<LocalDate> {
    if (monday !== undefined) {
      if (weekOf(monday) !== monday) return refuse({ refused: 'no-such-week' });
      return monday;
    }
    const running = weekOf(localDate(clock.now(), zone));
    const before = await weekView(tx, addDays(running, -7));
    return before === null || before.cut ? running : before.week;
  }

  app.get(
    '/api/my-week',
    { config: { may: 'weekly.send' }, schema: { querystring: of } },
    async (request) => {
      const who = signedIn(request);
      const { id: organization, zone } = who.organization;
      const me = who.person.id;
      const monday = await database.inOrganization(organization, (tx) => asked(tx, request.query.week, zone));
      const asking = { fact: 'weekly.sent', actor: me, by: me, week: monday };
      const seen = await house.look(organization, [asking], (decider) => ({
        now: figuresOf(decider.world, me, weekBounds(monday, zone)),
        cut: cutOf(monday, zone, decider.rulesAt),
        clause: decider.rulesAt(decider.now).cite('contact-center-policy', 'L6'),
      }));
      return database.inOrganization(organization, async (tx) => {
        const versions = await reportsView(tx, monday, [me]);
        const leads = [...new Set([...seen.now.leads, ...versions.flatMap((each) => each.leads)])];
        return {
          now: clock.now(),
          week: monday,
          cutAt: seen.cut.cutAt,
          isCut: (await weekView(tx, monday))?.cut ?? false,
          clause: seen.clause,
          figures: seen.now,
          versions,
          names: await namesOf(tx, organization, leads),
          behind: (await behindByPerson(tx, [me], clock.now()))[0] ?? null,
        };
      });
    },
  );

  const sending = z.strictObject({
    week: z.iso.date(),
    comment: z.string().trim().max(COMMENT_CHARACTERS_MAX).nullable().default(null),
  });
  app.post('/api/my-week', { config: { may: 'weekly.send' }, schema: { body: sending } }, async (request) => {
    const who = signedIn(request);
    const me = who.person.id;
    const told = { fact: 'weekly.sent', actor: me, by: me, ...request.body } as Fact;
    orRefuse(await house.submit(who.organization.id, told));
    return { week: request.body.week };
  });

  /** A week's cut for the line above: who sent, who is missing, who had leads behind. */
  app.get('/api/cut', { config: { may: 'board.see' }, schema: { querystring: of } }, async (request) => {
    const who = signedIn(request);
    const { id: organization, zone } = who.organization;
    const now = clock.now();
    return database.inOrganization(organization, async (tx) => {
      const monday = await asked(tx, request.query.week, zone);
      const { reached, masked } = await reachOf(tx, who, 'board.see');
      const people = (await listPeople(tx)).filter(({ id }) => reached === 'all' || reached.has(id));
      const ids = people.map(({ id }) => id);
      const [week, all, counted, live] = await Promise.all([
        weekView(tx, monday),
        reportsView(tx, monday, ids),
        behindAtCut(tx, monday),
        behindByPerson(tx, ids, now),
      ]);
      const versions = new Map<string, WeeklyReport[]>();
      for (const each of all) versions.set(each.person, [...(versions.get(each.person) ?? []), each]);
      const names = masked
        ? {}
        : await namesOf(tx, organization, [...new Set(all.flatMap(({ leads }) => leads))]);
      const isCut = week?.cut ?? false;
      const shown = people.filter((each) => versions.has(each.id) || reports(each));
      return {
        now,
        week: monday,
        cutAt: week?.cutAt ?? null,
        isCut,
        names,
        rows: shown.map(({ id, name }) => ({
          person: id,
          name,
          versions: versions.get(id) ?? [],
          behind: isCut
            ? (counted.find(({ person }) => person === id)?.leads.length ?? 0)
            : (live.find(({ person }) => person === id)?.behind ?? 0),
        })),
      };
    });
  });
}

async function namesOf(
  tx: Tx,
  organization: string,
  leads: readonly string[],
): Promise<Record<string, string | null>> {
  const words = await leadsInWords(tx, organization, leads);
  return Object.fromEntries([...words].map(([id, { name }]) => [id, name]));
}
