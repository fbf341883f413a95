import { addDays, atLocal, localDate, localMonth, startOfDay, weekOf } from '../calendar/index.ts';
import { appointmentsOfLead } from '../appointments/index.ts';
import { contact } from '../contacts/index.ts';
import { tell, type Deciding, type Fact, type OwnDeadline, type Refusal } from '../decisions/index.ts';
import { HOUR, plus, type Instant, type LocalDate } from '../platform/time.ts';
import { houseRule, type Rules } from '../procedures/index.ts';
import {
  directionFor,
  everybody,
  managerOf,
  person as personOf,
  placeOf,
  type Person,
} from '../staff/index.ts';
import { behindOn } from './behind.ts';
import { personWeek } from './person-week.ts';
import { followUpsSlice } from './follow-up-slice.ts';
import {
  figuresOf,
  reportOf,
  sameFigures,
  week,
  weeklySlice,
  type Week,
  type WeeklyFigures,
} from './weekly-report.ts';

export interface WeeklySent extends Fact {
  readonly fact: 'weekly.sent';
  readonly by: string;
  /** Its Monday. Default: the week whose cut comes next; on the day of the cut and after it, the one that was cut. */
  readonly week?: LocalDate | null;
  readonly comment?: string | null;
}

export const WEEK_SUBJECT = 'week:';

/** How long before the cut those who have not sent their report are reminded. */
const REMINDER_MILLISECONDS = HOUR;
/** Where no clause says when: Monday at nine, as nothing is judged then. */
const NO_CLAUSE = { weekday: 1, dueAt: '09:00' };
/** A report older than this is history, not late. */
const WEEKS_BACK_MAX = 5;

/** The cut of a week is in the one that follows it. */
export function cutOf(
  monday: LocalDate,
  zone: string,
  rulesAt: (at: Instant) => Rules,
): Pick<Week, 'week' | 'remindAt' | 'cutAt'> {
  const after = addDays(monday, 7);
  const rules = rulesAt(startOfDay(after, zone));
  const inForce = rules.cite('contact-center-policy', 'L6') !== null;
  const { weekday, dueAt } = inForce
    ? {
        weekday: rules.parameter('contact-center-policy', 'L6', 'weekday'),
        dueAt: rules.parameter('contact-center-policy', 'L6', 'dueAt'),
      }
    : NO_CLAUSE;
  const cutAt = atLocal(`${addDays(after, weekday - 1)}T${dueAt}`, zone);
  return { week: monday, remindAt: plus(cutAt, -REMINDER_MILLISECONDS), cutAt };
}

/** The present week is open from the moment somebody works here. */
export function openWeek(deciding: Deciding): void {
  const { zone } = deciding.organization;
  open(deciding, weekOf(localDate(deciding.now, zone)));
}

function open(deciding: Deciding, monday: LocalDate): void {
  if (week(deciding.world, monday) !== undefined) return;
  const instants = cutOf(monday, deciding.organization.zone, (at) => deciding.rulesAt(at));
  deciding.record({
    entry: 'week.opened',
    kind: 'fact',
    because: [],
    actor: 'clock',
    fields: { ...instants },
  });
}

/** A version of the policy may move the cuts that are still to come. */
export function moveCuts(deciding: Deciding): void {
  for (const each of deciding.world.get(weeklySlice).weeks.values()) {
    if (each.cut) continue;
    const instants = cutOf(each.week, deciding.organization.zone, (at) => deciding.rulesAt(at));
    if (instants.cutAt === each.cutAt) continue;
    deciding.record({ entry: 'week.rescheduled', kind: 'fact', because: [], fields: { ...instants } });
  }
}

export function weekDeadlines({ cut, reminded, remindAt, cutAt }: Week): OwnDeadline[] {
  if (cut) return [];
  return [
    ...(reminded ? [] : [{ kind: 'week.remind', dueAt: remindAt }]),
    { kind: 'week.cut', dueAt: cutAt },
  ];
}

/** Advisors and key account managers; a manager holds leads too, and reports for nobody but the team. */
export function reports({ role, leftAt }: Person): boolean {
  return (role === 'advisor' || role === 'kam') && leftAt === null;
}

/** From its Monday at 00:00 to the next. */
export function weekBounds(monday: LocalDate, zone: string) {
  return { monday, from: startOfDay(monday, zone), to: startOfDay(addDays(monday, 7), zone) };
}

export function sendWeekly(fact: WeeklySent, deciding: Deciding): Refusal | void {
  const { world, now, rules } = deciding;
  const who = personOf(world, fact.by);
  const l6 = rules.cite('contact-center-policy', 'L6');
  const because = [l6 ?? houseRule('follow-up')];
  if (who === undefined || !reports(who)) return { refused: 'no-weekly-report', because };
  const monday = fact.week ?? meantWeek(deciding, fact.by);
  const thisWeek = weekOf(localDate(now, deciding.organization.zone));
  if (weekOf(monday) !== monday || monday > thisWeek || monday < addDays(thisWeek, -7 * WEEKS_BACK_MAX))
    return { refused: 'no-such-week', because };
  const figures = figuresOf(world, fact.by, weekBounds(monday, deciding.organization.zone));
  const comment = fact.comment ?? null;
  const before = reportOf(world, monday, fact.by);
  if (before?.sentAt != null && sameFigures(before, figures) && before.comment === comment)
    return { refused: 'report-sent', because };
  const cut = week(world, monday);
  deciding.record({
    entry: 'weekly.sent',
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: { by: fact.by, week: monday },
  });
  // Sent at the very instant of the cut is in time.
  const late = cut?.cut ?? false;
  record(deciding, fact.by, monday, { figures, because, comment, sentAt: now, late });
  return undefined;
}

/** On the day of a cut, after it, who was missing makes up for it; otherwise the report is of the week that runs. */
function meantWeek(deciding: Deciding, by: string): LocalDate {
  const { zone } = deciding.organization;
  const today = localDate(deciding.now, zone);
  const running = weekOf(today);
  const before = addDays(running, -7);
  const last = week(deciding.world, before);
  if (last === undefined) return running;
  if (!last.cut) return before;
  const isDayOfCut = localDate(last.cutAt, zone) === today;
  return isDayOfCut && reportOf(deciding.world, before, by)?.sentAt == null ? before : running;
}

interface Reported {
  readonly figures: WeeklyFigures;
  readonly because: readonly string[];
  readonly comment: string | null;
  readonly sentAt: Instant | null;
  readonly late: boolean;
}

function record(deciding: Deciding, person: string, monday: LocalDate, told: Reported): void {
  const { world } = deciding;
  const { figures, because, comment, sentAt, late } = told;
  const names = figures.leads.map((lead) => nameOf(deciding, lead));
  deciding.record({
    entry: 'report.weekly',
    kind: 'decision',
    because,
    person,
    fields: {
      person,
      week: monday,
      version: (reportOf(world, monday, person)?.version ?? 0) + 1,
      ...figures,
      late,
      ...(sentAt === null ? { missing: true } : { sentAt }),
    },
    personal: { gradedAAA: names, comment },
  });
}

function nameOf(deciding: Deciding, lead: string): string {
  const id = deciding.world.get(followUpsSlice).followUps.get(lead)?.contact ?? null;
  return (id === null ? undefined : contact(deciding.world, id)?.names[0]?.value) ?? '';
}

/** Those who have not sent theirs are told, once. */
export function weekRemind(monday: LocalDate, deciding: Deciding): void {
  step(deciding, monday, 'reminded');
  const l6 = deciding.rules.cite('contact-center-policy', 'L6');
  if (l6 === null) return;
  for (const { id } of owing(deciding, monday))
    tell(deciding, { to: id, about: 'weekly.due', because: [l6], values: { week: monday } });
}

function owing(deciding: Deciding, monday: LocalDate): Person[] {
  return everybody(deciding.world)
    .filter(reports)
    .filter(({ id }) => hadWork(deciding, monday, id))
    .filter(({ id }) => reportOf(deciding.world, monday, id)?.sentAt == null);
}

/** Who was on no roster that week, received nothing and holds nothing has nothing to report. */
function hadWork({ world, organization }: Deciding, monday: LocalDate, id: string): boolean {
  const { from, to } = weekBounds(monday, organization.zone);
  const months = new Set([localMonth(from, organization.zone), localMonth(plus(to, -1), organization.zone)]);
  const wasActive = [...months].some((month) => {
    const place = placeOf(world, month, id);
    if (place?.activatedAt == null || place.activatedAt >= to) return false;
    return place.removedAt === null || place.removedAt >= from;
  });
  if (wasActive || personWeek(world, monday, id).received > 0) return true;
  return world
    .get(followUpsSlice)
    .followUps.having(`holder:${id}`)
    .some(({ open: isOpen }) => isOpen);
}

/** The cut: what is missing is missing, and what was not up to date is counted. The week that runs is open already. */
export function weekCut(monday: LocalDate, deciding: Deciding): void {
  const { rules, world } = deciding;
  const cutAt = week(world, monday)?.cutAt ?? deciding.now;
  const missing = owing(deciding, monday).map(({ id }) => id);
  step(deciding, monday, 'cut');
  open(deciding, addDays(monday, 7));
  const l6 = rules.cite('contact-center-policy', 'L6');
  const l5 = rules.cite('contact-center-policy', 'L5');
  if (l6 === null || l5 === null) return;
  for (const who of missing) {
    const figures = figuresOf(world, who, weekBounds(monday, deciding.organization.zone));
    record(deciding, who, monday, { figures, because: [l6], comment: null, sentAt: null, late: false });
    deciding.record({
      entry: 'deadline.missed',
      kind: 'decision',
      because: [l6],
      person: who,
      fields: { what: 'weekly-report', who, week: monday, dueAt: cutAt },
    });
  }
  const p4 = rules.cite('lead-assignment', 'P4');
  const behind = countBehind(deciding, monday, p4 === null ? [l5] : [l5, p4]);
  tellOfCut(deciding, monday, { missing, behind }, [l6, l5]);
}

/** Whose leads were not up to date at the cut, and which (L5; lead-assignment P4 says whose it is). */
function countBehind(
  deciding: Deciding,
  monday: LocalDate,
  because: readonly string[],
): ReadonlyMap<string, number> {
  const { world, now } = deciding;
  const counted = new Map<string, number>();
  for (const { id } of everybody(world).filter(({ leftAt }) => leftAt === null)) {
    const leads = world
      .get(followUpsSlice)
      .followUps.having(`holder:${id}`)
      .filter((row) => behindOn(row, appointmentsOfLead(world, row.lead), now).length > 0)
      .map(({ lead }) => lead)
      .toSorted();
    if (leads.length === 0) continue;
    counted.set(id, leads.length);
    deciding.record({
      entry: 'leads.behind',
      kind: 'decision',
      because,
      person: id,
      fields: { person: id, week: monday, count: leads.length, leads },
    });
  }
  return counted;
}

interface Cut {
  readonly missing: readonly string[];
  readonly behind: ReadonlyMap<string, number>;
}

/** One message to each manager with those of the team, and one to the direction with all. */
function tellOfCut(deciding: Deciding, monday: LocalDate, cut: Cut, because: readonly string[]): void {
  const { world } = deciding;
  const listed = new Map<string, Set<string>>();
  const list = (to: string, who: string) => listed.set(to, (listed.get(to) ?? new Set()).add(who));
  for (const who of [...cut.missing, ...cut.behind.keys()]) {
    const manager = managerOf(world, who);
    for (const { id, leftAt } of [...(manager === undefined ? [] : [manager]), ...directionFor(world, who)])
      if (leftAt === null && id !== who) list(id, who);
  }
  for (const [to, people] of listed) {
    const missing = cut.missing.filter((who) => people.has(who));
    const behind = [...cut.behind].filter(([who]) => people.has(who)).map(([who, count]) => ({ who, count }));
    tell(deciding, { to, about: 'weekly.cut', because, values: { week: monday, missing, behind } });
  }
}

function step(deciding: Deciding, monday: LocalDate, done: 'reminded' | 'cut'): void {
  deciding.record({
    entry: 'week.step',
    kind: 'fact',
    because: [],
    fields: { week: monday, step: done },
  });
}
