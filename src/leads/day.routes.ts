import { localDate, startOfDay, weekOf } from '../calendar/index.ts';
import type { HttpApp } from '../platform/http.ts';
import type { LeadRouteParts } from './reach.ts';
import { turnOf } from './own-turn.ts';
import { goneFrom, heldBy, tallyByAdvisor } from './views.store.ts';

const LEADS_OF_A_DAY_MAX = 200;
const GONE_SHOWN_MAX = 10;

const NO_WEEK = { received: 0, contacted: 0, timed: 0, inTime: 0, missed: 0, passed: 0 };

/** One's own day: what is mine, how long I have left, whether the next lead may be mine. */
export function dayRoutes(app: HttpApp, { database, house, clock, signedIn }: LeadRouteParts): void {
  app.get('/api/my-day', { config: { may: 'leads.call' } }, async (request) => {
    const { organization, person } = signedIn(request);
    const now = clock.now();
    const today = localDate(now, organization.zone);
    const weekFrom = startOfDay(weekOf(today), organization.zone);
    const turn = await house.look(organization.id, [], (decider) =>
      turnOf({ world: decider.world, now: decider.now, rules: decider.rulesAt(decider.now) }, person.id),
    );
    return database.inOrganization(organization.id, async (tx) => {
      const [tally] = await tallyByAdvisor(tx, new Set([person.id]), weekFrom);
      return {
        now,
        leads: await heldBy(tx, person.id, LEADS_OF_A_DAY_MAX),
        gone: await goneFrom(tx, person.id, startOfDay(today, organization.zone), GONE_SHOWN_MAX),
        turn,
        week: { from: weekFrom, ...(tally ?? NO_WEEK) },
      };
    });
  });
}
