import type { World } from '../decisions/index.ts';
import type { LocalDate } from '../platform/time.ts';
import { papersSlice, type DocumentKind, type Exam } from './papers.ts';
import { HOLDERS, type Person, type Role } from './person.ts';

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

/** What is asked of somebody on a day: kinds of paper, exams. */
export function askedOf(
  world: World,
  role: Role,
  on: LocalDate,
): { readonly kinds: DocumentKind[]; readonly exams: Exam[] } {
  const { kinds, exams } = world.get(papersSlice);
  const isAsked = (each: DocumentKind | Exam): boolean =>
    each.endedAt === null &&
    each.fromOn <= on &&
    (each.roles.length === 0 ? HOLDERS.has(role) : each.roles.includes(role));
  return {
    kinds: kinds.values().filter(isAsked).toSorted(byId),
    exams: exams.values().filter(isAsked).toSorted(byId),
  };
}

/**
 * A person as they stand on a day (lead-assignment P6, P7): with papers asked for, their file says whether documents are
 * complete, a paper being good through its last day; with exams, their latest results say the grade. Where the
 * organization asks for none, what was stated of the person counts.
 */
export function standingOn(world: World, person: Person, on: LocalDate): Person {
  const { kinds, exams } = askedOf(world, person.role, on);
  if (kinds.length === 0 && exams.length === 0) return person;
  const documents = kinds.length === 0 ? person.documents : documentsOf(person, kinds, on);
  const grade = exams.length === 0 ? person.grade : gradeOf(person, exams);
  return { ...person, documents, grade };
}

function documentsOf({ papers }: Person, kinds: readonly DocumentKind[], on: LocalDate): Person['documents'] {
  if (kinds.some(({ id }) => papers[id] === undefined)) return 'incomplete';
  return kinds.some(({ id }) => (papers[id] ?? on) < on) ? 'expired' : 'complete';
}

function gradeOf({ marks }: Person, exams: readonly Exam[]): Person['grade'] {
  if (exams.some(({ id }) => marks[id]?.passed === false)) return 'fail';
  return exams.every(({ id }) => marks[id]?.passed === true) ? 'pass' : 'none';
}
