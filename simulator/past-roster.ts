import { addDays, atLocal, localMonth, nextMonth, previousMonth } from '../src/calendar/index.ts';
import type { Instant } from '../src/platform/time.ts';
import type { HistoryParts } from './history.ts';
import { seededFor, whole } from './random.ts';
import { idOf, rosterOf, SALES_ZONE } from './sample-organization.ts';

/** Who stays below three sales from the second month on (lead-assignment P2). */
const SELLS_LITTLE = 'asesor-10';
/** Who confirms on the second day. */
const FORGETS = 'asesor-9';

/**
 * The administrator's own list for the month in which the history begins, the director's for those that follow: proposed
 * in time, judged on the 1st with the closed month's figures, confirmed by each.
 */
export function planRosters({ house, sample, seed, until }: HistoryParts): void {
  const { zone } = sample;
  const random = seededFor(seed, 'rosters');
  const advisors = rosterOf(sample).map(({ id }) => id);
  const first = localMonth(house.now(), zone);
  const administrator = idOf(sample, 'administrator');
  const list = { zone: SALES_ZONE, advisors };
  house.at(house.now(), async () => {
    await closeMonth(previousMonth(first));
    const roster = {
      fact: 'roster.submitted',
      month: first,
      by: administrator,
      byAdministrator: true,
      ...list,
    };
    await house.submit({ ...roster, actor: administrator });
  });
  for (let month = first; nextMonth(month) <= nextMonth(localMonth(until, zone)); month = nextMonth(month)) {
    const next = nextMonth(month);
    const by = idOf(sample, 'director');
    plan(atLocal(`${month}-24T1${whole(random, 0, 6)}:20`, zone), async () => {
      await house.submit({ fact: 'roster.submitted', actor: by, month: next, by, ...list });
    });
    plan(atLocal(`${addDays(`${next}-01`, -1)}T20:00`, zone), () => closeMonth(month));
    for (const id of advisors) {
      const day = id === FORGETS ? 2 : 1;
      const hour = String(whole(random, 8, 17)).padStart(2, '0');
      const at = atLocal(`${next}-0${day}T${hour}:${whole(random, 10, 59)}`, zone);
      plan(at, () => confirm(next, id));
    }
  }

  function plan(at: Instant, act: () => Promise<void>): void {
    if (at > house.now() && at <= until) house.at(at, act);
  }
  async function confirm(month: string, by: string): Promise<void> {
    await house.submit({ fact: 'roster.confirmed', actor: by, month, by, channel: 'whatsapp' });
  }
  /** The closed month's figures with what was sold elsewhere. */
  async function closeMonth(month: string): Promise<void> {
    const figures = advisors.map((person) => {
      const leads = whole(random, 28, 42);
      const sales = person === SELLS_LITTLE && month !== previousMonth(first) ? 2 : whole(random, 3, 7);
      return {
        fact: 'month.results',
        actor: administrator,
        person,
        month,
        sales,
        leads,
        closings: Math.max(sales, 3),
      };
    });
    await house.submit(...figures);
  }
}
