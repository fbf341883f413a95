import { addDays, previousMonth, startOfDay, startOfMonth, type Month } from '../calendar/index.ts';
import { currentOrganization, type World } from '../decisions/index.ts';
import type { Rules } from '../procedures/index.ts';
import { countMoves, type Counted } from './lead-moves.ts';
import { resultsOf, statedIn, type Results } from './results.ts';

const ROLLING_DAYS = 90;
/** A window of ninety days touches no more months than these. */
const ROLLING_MONTHS = 4;

/** Months whose figures are asked for when that month's roster is judged. */
export function monthsJudged(month: Month, rules: Rules): Month[] {
  const rolling = rules.reading('lead-assignment', 'conversion.period') === 'rolling-90-days';
  const months: Month[] = [];
  let before = previousMonth(month);
  for (let count = 0; count < (rolling ? ROLLING_MONTHS : 1); count += 1) {
    months.push(before);
    before = previousMonth(before);
  }
  return months;
}

/** Whether leads one by one are asked for, and not only the month's figures. */
export function asksForMoves(rules: Rules): boolean {
  return (
    rules.reading('lead-assignment', 'conversion.period') !== 'previous-month' ||
    rules.reading('lead-assignment', 'conversion.counts') !== 'received'
  );
}

/**
 * What somebody is judged on for a month's roster: sales of the month before (P2), and leads and closings of the period
 * as they count (P3; readings conversion.period and conversion.counts). A month for which figures were stated has those.
 */
export function judgedResults(world: World, month: Month, person: string, rules: Rules): Results {
  const usual = resultsOf(world, previousMonth(month), person);
  if (!asksForMoves(rules)) return usual;
  const { leads, closings } = countedBefore(world, month, person, rules);
  return { sales: usual.sales, leads, closings, conversion: leads === 0 ? null : closings / leads };
}

function countedBefore(world: World, month: Month, person: string, rules: Rules): Counted {
  const { zone } = currentOrganization(world);
  const counts = rules.reading('lead-assignment', 'conversion.counts');
  const rolling = rules.reading('lead-assignment', 'conversion.period') === 'rolling-90-days';
  const to = startOfMonth(month, zone);
  const from = rolling
    ? startOfDay(addDays(`${month}-01`, -ROLLING_DAYS), zone)
    : startOfMonth(previousMonth(month), zone);
  let [leads, closings, end] = [0, 0, to];
  for (const each of monthsJudged(month, rules)) {
    const begin = startOfMonth(each, zone);
    const whole = begin >= from;
    const stated = whole ? statedIn(world, each, person) : null;
    const period = { from: whole ? begin : from, to: end };
    if (period.from >= period.to) break;
    // What is kept is looked at when the whole period ends, whichever month of it the lead came in.
    const counted = stated ?? countMoves(world, person, period, counts, to);
    leads += counted.leads;
    closings += counted.closings;
    end = begin;
    if (!whole) break;
  }
  return { leads, closings };
}
