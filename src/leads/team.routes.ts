import { addDays, localDate, startOfDay, weekOf } from '../calendar/index.ts';
import { reaches } from '../access/index.ts';
import type { HttpApp } from '../platform/http.ts';
import { listPeople, mayHoldLeads } from '../staff/index.ts';
import { reachOf, type LeadRouteParts } from './reach.ts';
import { turnOf } from './own-turn.ts';
import { holdings, missesByDay, tallyByAdvisor } from './views.store.ts';

/** Days drawn beside each advisor. */
const DAYS_DRAWN = 7;

const NOTHING = { received: 0, contacted: 0, timed: 0, inTime: 0, missed: 0, passed: 0 };

/** Each advisor within reach: what they hold now and how the ten minutes went. */
export function teamRoutes(app: HttpApp, { database, house, clock, signedIn }: LeadRouteParts): void {
  app.get('/api/team', { config: { may: 'board.see' } }, async (request) => {
    const who = signedIn(request);
    const { id: organization, zone } = who.organization;
    const now = clock.now();
    const today = localDate(now, zone);
    const todayFrom = startOfDay(today, zone);
    const weekFrom = startOfDay(weekOf(today), zone);
    const days = Array.from({ length: DAYS_DRAWN }, (_, back) => addDays(today, back - DAYS_DRAWN + 1));
    const { reached, staff } = await database.inOrganization(organization, async (tx) => ({
      reached: (await reachOf(tx, who, 'board.see')).reached,
      staff: await listPeople(tx),
    }));
    const team = staff.filter((person) => mayHoldLeads(person) && reaches(reached, person.id));
    const turns = await house.look(organization, [], (decider) => {
      const looking = { world: decider.world, now, rules: decider.rulesAt(now) };
      return new Map(team.map(({ id }) => [id, turnOf(looking, id)]));
    });
    return database.inOrganization(organization, async (tx) => {
      const held = new Map((await holdings(tx, reached)).map((row) => [row.person, row]));
      const week = new Map((await tallyByAdvisor(tx, reached, weekFrom)).map((row) => [row.key, row]));
      const day = new Map((await tallyByAdvisor(tx, reached, todayFrom)).map((row) => [row.key, row]));
      const drawn = await missesByDay(tx, reached, startOfDay(days[0] ?? today, zone), zone);
      const rows = team.map(({ id, name, role, zone: own }) => ({
        id,
        name,
        role,
        zone: own,
        turn: turns.get(id) ?? null,
        held: held.get(id)?.held ?? 0,
        running: held.get(id)?.running ?? 0,
        waitingLead: held.get(id)?.waitingLead ?? null,
        waitingSince: held.get(id)?.waitingSince ?? null,
        today: day.get(id) ?? { ...NOTHING, key: id },
        week: week.get(id) ?? { ...NOTHING, key: id },
        missedByDay: days.map(
          (on) => drawn.find((each) => each.person === id && each.day === on)?.missed ?? 0,
        ),
      }));
      // A manager who holds nothing and was given nothing is not an advisor of the day.
      const shown = rows.filter((row) => row.role !== 'manager' || row.held + row.week.received > 0);
      return { now, todayFrom, weekFrom, days, rows: shown };
    });
  });
}
