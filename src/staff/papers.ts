import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import type { Role } from './person.ts';

/** A paper that the organization asks of these roles (lead-assignment P7); of nobody named, of all who hold leads. */
export interface DocumentKind {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Whether each has a day on which it runs out. */
  readonly expires: boolean;
  /** Days before that day on which it is shown as running out. */
  readonly warnDays: number;
  /** Asked for from this day on. */
  readonly fromOn: LocalDate;
  readonly endedAt: Instant | null;
}

/**
 * A paper in somebody's file:  filed ──a wrong one──▶ withdrawn.  The latest filed of a kind is the one that counts.
 */
export interface PersonDocument {
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly filedAt: Instant;
  readonly filedBy: string;
  /** Good through the end of this day; null: it does not run out. */
  readonly expiresOn: LocalDate | null;
  /** Of the file's bytes, in hex. */
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly fileName: string;
  readonly withdrawnAt: Instant | null;
}

export interface Exam {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly passingMark: number;
  readonly topMark: number;
  readonly fromOn: LocalDate;
  readonly endedAt: Instant | null;
}

export interface ExamResult {
  readonly id: string;
  readonly exam: string;
  readonly person: string;
  readonly mark: number;
  /** The one asked for when it was taken. */
  readonly passingMark: number;
  readonly passed: boolean;
  readonly takenOn: LocalDate;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
}

export const papersSlice = {
  name: 'papers',
  empty: () => ({
    kinds: new Rows<DocumentKind>(),
    documents: new Rows<PersonDocument>(({ person }) => [person]),
    exams: new Rows<Exam>(),
    results: new Rows<ExamResult>(({ person }) => [person]),
  }),
};

/** The paper of a kind that counts: the latest filed and not withdrawn. */
export function documentOf(world: World, person: string, kind: string): PersonDocument | undefined {
  return world
    .get(papersSlice)
    .documents.having(person)
    .filter((each) => each.kind === kind && each.withdrawnAt === null)
    .toSorted((a, b) => (a.filedAt < b.filedAt ? -1 : a.filedAt > b.filedAt ? 1 : a.id < b.id ? -1 : 1))
    .at(-1);
}

/** Every transition of document kinds, documents, exams and their results. */
export function evolvePapers(world: World, entry: JournalEntry | NewEntry): void {
  const { kinds, documents, exams, results } = world.get(papersSlice);
  switch (entry.entry) {
    case 'document.kind-set': {
      const { id, ...rest } = entry.fields as unknown as Omit<DocumentKind, 'endedAt'> & { ended: boolean };
      const { ended, ...kind } = rest;
      kinds.set(id, { id, ...kind, endedAt: ended ? entry.at : null });
      return;
    }
    case 'document.filed': {
      const { document, person, kind, expiresOn, sha256, mediaType, bytes, by } =
        entry.fields as unknown as PersonDocument & { document: string; by: string };
      const { fileName = '' } = (entry.personal ?? {}) as { fileName?: string };
      documents.set(document, {
        id: document,
        person,
        kind,
        filedAt: entry.at,
        filedBy: by,
        expiresOn,
        sha256,
        mediaType,
        bytes,
        fileName,
        withdrawnAt: null,
      });
      return;
    }
    case 'document.withdrawn': {
      const { document } = entry.fields as unknown as { document: string };
      const before = documents.get(document);
      if (before !== undefined) documents.set(document, { ...before, withdrawnAt: entry.at });
      return;
    }
    case 'exam.set': {
      const { id, ended, ...exam } = entry.fields as unknown as Omit<Exam, 'endedAt'> & { ended: boolean };
      exams.set(id, { id, ...exam, endedAt: ended ? entry.at : null });
      return;
    }
    case 'exam.recorded': {
      const { result, by, ...fields } = entry.fields as unknown as ExamResult & {
        result: string;
        by: string;
      };
      results.set(result, { ...fields, id: result, recordedAt: entry.at, recordedBy: by });
      return;
    }
    default:
  }
}
