import { localMonth, weekday, type Month } from '../calendar/index.ts';
import {
  asJson,
  currentOrganization,
  tell,
  type Deciding,
  type Fact,
  type Refusal,
} from '../decisions/index.ts';
import { houseRule, type Rules } from '../procedures/index.ts';
import { faultInShifts, inOrder, type HoursOn, type PersonShift, type Shift } from './coverage.ts';
import { person } from './person.ts';
import { rosterMonth } from './roster.ts';
import { byPerson, hasBegun, planOf, shiftsOf } from './shifts.ts';

export interface ShiftsPlanned extends Fact {
  readonly fact: 'shifts.planned';
  readonly month: Month;
  readonly zone: string | null;
  readonly by: string;
  readonly shifts: readonly PersonShift[];
  /** Fewer people on guard than this is a gap; as before, or one, unless given. */
  readonly minimum?: number;
  /** People see it and turns follow it from now on; otherwise it is a draft. */
  readonly publish: boolean;
}

/**
 * The month's guards (contact-center-policy L1: the roster says who is on guard and when). A draft is kept as it is; what is
 * published holds from now on, and those whose guards change after the roster went out are told.
 */
export function planShifts(fact: ShiftsPlanned, deciding: Deciding): Refusal | void {
  const { world, now } = deciding;
  const { month, by, shifts, publish } = fact;
  const zone = fact.zone ?? '';
  const because = [deciding.rules.cite('contact-center-policy', 'L1') ?? houseRule('roster')];
  if (person(world, by) === undefined) return { refused: 'no-such-person', because, detail: { person: by } };
  const unknown = shifts.find((shift) => person(world, shift.person) === undefined);
  if (unknown !== undefined)
    return { refused: 'no-such-person', because, detail: { person: unknown.person } };
  if (month < localMonth(now, currentOrganization(world).zone))
    return { refused: 'month-over', because, detail: { month } };
  const fault = faultInShifts(month, shifts);
  if (fault !== null) return { refused: fault.fault, because, detail: { ...fault.at } };
  const before = planOf(world, month, zone);
  deciding.record({
    entry: 'shifts.planned',
    kind: 'fact',
    because: [],
    person: by,
    fields: {
      month,
      zone,
      by,
      minimum: fact.minimum ?? before?.minimum ?? 1,
      shifts: asJson(byPerson(shifts)),
    },
  });
  if (!publish) return undefined;
  const people = new Set([...shifts.map((shift) => shift.person), ...peopleOf(deciding, month, zone)]);
  const had = new Map([...people].map((id) => [id, ahead(deciding, month, id)]));
  deciding.record({
    entry: 'shifts.published',
    kind: 'decision',
    because,
    person: by,
    fields: { month, zone, by, people: [...people] },
  });
  tellWhoseGuardsChanged(deciding, month, had, because);
  return undefined;
}

function peopleOf({ world }: Deciding, month: Month, zone: string): string[] {
  const draft = planOf(world, month, zone)?.draft ?? {};
  return Object.keys(draft);
}

function ahead({ world, now }: Deciding, month: Month, id: string): string {
  return JSON.stringify(shiftsOf(world, month, id).filter((shift) => !hasBegun(world, shift, now)));
}

/** Before the roster goes out nobody is told: its message carries each one's guards (L1). */
function tellWhoseGuardsChanged(
  deciding: Deciding,
  month: Month,
  had: ReadonlyMap<string, string>,
  because: readonly string[],
): void {
  if (rosterMonth(deciding.world, month)?.sent !== true) return;
  for (const [id, before] of had) {
    if (ahead(deciding, month, id) === before || person(deciding.world, id)?.leftAt !== null) continue;
    const values = { month, shifts: asJson(guards(deciding, month, id)) };
    tell(deciding, { to: id, about: 'shifts.changed', because, values });
  }
}

/** A person's guards of the month as a notice carries them. */
export function guards({ world }: Pick<Deciding, 'world'>, month: Month, id: string): Shift[] {
  return inOrder(shiftsOf(world, month, id)).map(({ on, from, until }) => ({ on, from, until }));
}

/** The hours that guards must cover: those in which leads are assigned (contact-center-policy L3), or the whole day. */
export function hoursToCover(rules: Rules): HoursOn {
  if (rules.cite('contact-center-policy', 'L3') === null) return () => ({ opens: '00:00', closes: '24:00' });
  const weekdays = rules.parameter('contact-center-policy', 'L3', 'weekdays');
  const opens = rules.parameter('contact-center-policy', 'L3', 'opensAt');
  const closes = rules.parameter('contact-center-policy', 'L3', 'closesAt');
  return (on) => (weekdays.includes(weekday(on)) ? { opens, closes } : null);
}
