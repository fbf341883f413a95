import { localDate } from '../calendar/index.ts';
import {
  currentOrganization,
  Rows,
  tell,
  type Deciding,
  type Fact,
  type Refusal,
  type World,
} from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { answersFor } from './answers-for.ts';
import { directionFor, managerOf, person } from './person.ts';

export const absenceKinds = ['vacation', 'sick', 'personal', 'training', 'other'] as const;
export type AbsenceKind = (typeof absenceKinds)[number];

/**
 * Days on which somebody is away, the last one included:
 *
 *   asked ──whoever answers for them says yes──▶ approved ──▶ canceled, while it is not over
 *     ├──says no──▶ refused
 *     └──the person takes it back──▶ canceled
 */
export interface Absence {
  readonly id: string;
  readonly person: string;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly kind: AbsenceKind;
  readonly reason: string;
  readonly state: 'asked' | 'approved' | 'refused' | 'canceled';
  readonly askedAt: Instant;
  readonly askedBy: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  /** What who decided said to it. */
  readonly answer: string | null;
}

export interface AbsenceAsked extends Fact {
  readonly fact: 'absence.asked';
  readonly absence: string;
  readonly person: string;
  readonly by: string;
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  readonly kind: AbsenceKind;
  readonly reason: string;
}

export interface AbsenceAnswered extends Fact {
  readonly fact: 'absence.answered';
  readonly absence: string;
  readonly by: string;
  readonly approved: boolean;
  readonly reason: string;
}

export interface AbsenceCanceled extends Fact {
  readonly fact: 'absence.canceled';
  readonly absence: string;
  readonly by: string;
}

export const absencesSlice = {
  name: 'absences',
  empty: () => ({ absences: new Rows<Absence>(({ person }) => [person]) }),
};

/** On one of the days of an approved absence. */
export function isAway(world: World, id: string, at: Instant): boolean {
  return isAwayOn(world, id, localDate(at, currentOrganization(world).zone));
}

export function isAwayOn(world: World, id: string, on: LocalDate): boolean {
  return world
    .get(absencesSlice)
    .absences.having(id)
    .some(({ state, fromOn, untilOn }) => state === 'approved' && fromOn <= on && on <= untilOn);
}

const RULE = houseRule('absences');

/** Asked by the person, and approved at once where whoever answers for them enters it. */
export function askAbsence(fact: AbsenceAsked, deciding: Deciding): Refusal | void {
  const { world, now } = deciding;
  const { absence, person: id, by, fromOn, untilOn, kind, reason } = fact;
  const away = person(world, id);
  if (away === undefined || away.leftAt !== null)
    return { refused: 'no-such-person', because: [RULE], detail: { person: id } };
  const { absences } = world.get(absencesSlice);
  if (absences.has(absence)) return { refused: 'absence-exists', because: [RULE] };
  const byOther = by !== id;
  if (byOther && !answersFor(world, by, id)) return { refused: 'person-out-of-reach', because: [RULE] };
  if (fromOn > untilOn || untilOn < localDate(now, currentOrganization(world).zone))
    return { refused: 'absence-days', because: [RULE], detail: { fromOn, untilOn } };
  const crosses = absences
    .having(id)
    .find(
      (each) =>
        (each.state === 'asked' || each.state === 'approved') &&
        each.fromOn <= untilOn &&
        fromOn <= each.untilOn,
    );
  if (crosses !== undefined)
    return {
      refused: 'absences-cross',
      because: [RULE],
      detail: { fromOn: crosses.fromOn, untilOn: crosses.untilOn },
    };
  deciding.record({
    entry: 'absence.asked',
    kind: 'fact',
    because: [],
    person: id,
    fields: { absence, person: id, by, fromOn, untilOn, kind },
    personal: { reason },
  });
  if (byOther) return settle(deciding, { absence, person: id, by, approved: true, reason: '' });
  for (const to of judgesOf(world, id))
    tell(deciding, {
      to,
      about: 'absence.asked',
      because: [RULE],
      values: { person: id, fromOn, untilOn, kind },
    });
  return undefined;
}

/** Who is asked: the manager; with none, the direction of the zone. */
export function judgesOf(world: World, id: string): string[] {
  const manager = managerOf(world, id);
  return (manager === undefined ? directionFor(world, id) : [manager]).map((each) => each.id);
}

export function answerAbsence(fact: AbsenceAnswered, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const found = world.get(absencesSlice).absences.get(fact.absence);
  if (found === undefined) return { refused: 'no-such-absence', because: [RULE] };
  if (!answersFor(world, fact.by, found.person)) return { refused: 'person-out-of-reach', because: [RULE] };
  if (found.state !== 'asked')
    return { refused: 'absence-settled', because: [RULE], detail: { state: found.state } };
  settle(deciding, { ...fact, person: found.person });
  const { fromOn, untilOn } = found;
  tell(deciding, {
    to: found.person,
    about: 'absence.answered',
    because: [RULE],
    values: { by: fact.by, approved: fact.approved, fromOn, untilOn },
  });
  return undefined;
}

function settle(
  deciding: Deciding,
  {
    absence,
    person: id,
    by,
    approved,
    reason,
  }: Pick<AbsenceAnswered, 'absence' | 'by' | 'approved' | 'reason'> & {
    person: string;
  },
): void {
  deciding.record({
    entry: 'absence.answered',
    kind: 'decision',
    because: [RULE],
    person: id,
    fields: { absence, person: id, by, approved },
    personal: { reason },
  });
}

/** Taken back by the person, or by whoever answers for them, while a day of it is still to come. */
export function cancelAbsence(fact: AbsenceCanceled, deciding: Deciding): Refusal | void {
  const { world, now } = deciding;
  const found = world.get(absencesSlice).absences.get(fact.absence);
  if (found === undefined) return { refused: 'no-such-absence', because: [RULE] };
  if (fact.by !== found.person && !answersFor(world, fact.by, found.person))
    return { refused: 'person-out-of-reach', because: [RULE] };
  const isOver = found.untilOn < localDate(now, currentOrganization(world).zone);
  if (isOver || (found.state !== 'asked' && found.state !== 'approved'))
    return { refused: 'absence-settled', because: [RULE], detail: { state: found.state } };
  deciding.record({
    entry: 'absence.canceled',
    kind: 'fact',
    because: [],
    person: found.person,
    fields: { absence: fact.absence, person: found.person, by: fact.by },
  });
  return undefined;
}

export function evolveAbsences(world: World, entry: JournalEntry | NewEntry): void {
  const { absences } = world.get(absencesSlice);
  const fields = entry.fields as unknown as Omit<AbsenceAsked, 'fact'> & Omit<AbsenceAnswered, 'fact'>;
  const { reason = '' } = (entry.personal ?? {}) as { reason?: string };
  const before = absences.get(fields.absence);
  switch (entry.entry) {
    case 'absence.asked': {
      const { absence: id, person: away, by, fromOn, untilOn, kind } = fields;
      const unsettled = { state: 'asked', decidedBy: null, decidedAt: null, answer: null } as const;
      absences.set(id, {
        id,
        person: away,
        fromOn,
        untilOn,
        kind,
        reason,
        askedAt: entry.at,
        askedBy: by,
        ...unsettled,
      });
      return;
    }
    case 'absence.answered':
      if (before !== undefined)
        absences.set(before.id, {
          ...before,
          state: fields.approved ? 'approved' : 'refused',
          decidedBy: fields.by,
          decidedAt: entry.at,
          answer: reason,
        });
      return;
    case 'absence.canceled':
      if (before !== undefined)
        absences.set(before.id, { ...before, state: 'canceled', decidedBy: fields.by, decidedAt: entry.at });
      return;
    default:
  }
}
