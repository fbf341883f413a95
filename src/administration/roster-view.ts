import { addDays, previousMonth, type Month } from '../calendar/index.ts';
import type { World } from '../decisions/index.ts';
import type { LocalDate } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import {
  absencesSlice,
  askedOf,
  exceptionOf,
  judgedResults,
  judgePlace,
  placeOf,
  standingOn,
  unsignedVersions,
  type Person,
  type RosterPlace,
} from '../staff/index.ts';

/**
 * Each condition of the roster for one person, met or not, and the figures behind it. Before the 1st it is what would be
 * decided with what is known now: papers as they will stand on the 1st, figures of the month that is not over yet.
 */
export function judged(world: World, rules: Rules, of: Month, person: Person, place: RosterPlace | null) {
  const on = `${of}-01`;
  const standing = standingOn(world, person, on);
  const exception = exceptionOf(world, of, person.id, rules);
  const before = previousMonth(of);
  const figures = judgedResults(world, of, person.id, rules);
  const judgement = judgePlace(
    { late: place?.late ?? false, removedAt: place?.removedAt ?? null },
    standing,
    figures,
    rules,
    exception?.clauses ?? [],
  );
  // What was decided on the 1st stands, whatever the figures say since.
  const failing = new Set(place?.decision == null ? judgement.failing : place.failing);
  const excepted = new Set(judgement.excepted);
  return {
    decision: place?.decision ?? judgement.decision,
    clauses: judgement.because.map((clause) => {
      const bare = clause.replace(/@[^#]+/, '');
      return { clause, holds: !failing.has(bare) && !excepted.has(bare), excepted: excepted.has(bare) };
    }),
    figuresOf: before,
    figures,
    internal: person.internal,
    documents: standing.documents,
    papers: papersOf(world, person, on),
    grade: standing.grade,
    exams: askedOf(world, person.role, on).exams.map(({ id, name }) => ({
      name,
      takenOn: person.marks[id]?.takenOn ?? null,
      passed: person.marks[id]?.passed ?? null,
    })),
    signed: unsignedVersions(person, rules).length === 0,
    unsigned: unsignedVersions(person, rules).map((version) => version.split('@')[0] ?? version),
    removedAt: placeOf(world, before, person.id)?.removedAt ?? null,
    absent: person.absent,
    absences: absencesIn(world, person.id, of),
    exception:
      exception === null
        ? null
        : {
            clauses: exception.clauses,
            signedBy: exception.signedBy,
            fullName: exception.fullName,
            reasons: exception.reasons,
            signedAt: exception.signedAt,
          },
  };
}

/** Each paper asked for, and how it will stand on that day. */
export function papersOf(world: World, person: Person, on: LocalDate) {
  return askedOf(world, person.role, on).kinds.map(({ id, name, warnDays }) => {
    const filed = person.papers[id];
    return { kind: id, name, expiresOn: filed ?? null, state: paperState(filed, on, warnDays) };
  });
}

export type PaperState = 'missing' | 'expired' | 'expiring' | 'good';

function paperState(filed: string | null | undefined, on: LocalDate, warnDays: number): PaperState {
  if (filed === undefined) return 'missing';
  if (filed === null) return 'good';
  if (filed < on) return 'expired';
  return filed <= addDays(on, warnDays) ? 'expiring' : 'good';
}

function absencesIn(world: World, person: string, of: Month) {
  return world
    .get(absencesSlice)
    .absences.having(person)
    .filter(
      ({ state, fromOn, untilOn }) =>
        (state === 'approved' || state === 'asked') && fromOn.slice(0, 7) <= of && of <= untilOn.slice(0, 7),
    )
    .map(({ fromOn, untilOn, kind, state }) => ({ fromOn, untilOn, kind, state }));
}
