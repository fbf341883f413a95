import type { Deciding, Fact, Refusal } from '../decisions/index.ts';
import type { LocalDate } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { documentOf, papersSlice, type DocumentKind, type Exam } from './papers.ts';
import { person } from './person.ts';

export interface DocumentKindSet extends Fact, Omit<DocumentKind, 'endedAt'> {
  readonly fact: 'document.kind-set';
  readonly by: string;
  /** No longer asked of anybody; what was filed stays. */
  readonly ended: boolean;
}

export interface DocumentFiled extends Fact {
  readonly fact: 'document.filed';
  readonly document: string;
  readonly person: string;
  readonly kind: string;
  readonly by: string;
  readonly expiresOn: LocalDate | null;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly fileName: string;
}

export interface DocumentWithdrawn extends Fact {
  readonly fact: 'document.withdrawn';
  readonly document: string;
  readonly by: string;
}

export interface ExamSet extends Fact, Omit<Exam, 'endedAt'> {
  readonly fact: 'exam.set';
  readonly by: string;
  readonly ended: boolean;
}

export interface ExamRecorded extends Fact {
  readonly fact: 'exam.recorded';
  readonly result: string;
  readonly exam: string;
  readonly person: string;
  readonly by: string;
  readonly mark: number;
  readonly takenOn: LocalDate;
}

const no = (refused: string, detail?: Refusal['detail']): Refusal => ({
  refused,
  because: [houseRule('facts')],
  ...(detail === undefined ? {} : { detail }),
});

export function setDocumentKind(fact: DocumentKindSet, deciding: Deciding): Refusal | void {
  const { id, name, roles, expires, warnDays, fromOn, by, ended } = fact;
  deciding.record({
    entry: 'document.kind-set',
    kind: 'fact',
    because: [],
    person: by,
    fields: { id, name, roles: [...roles], expires, warnDays, fromOn, ended },
  });
}

/** A paper is put in a person's file; its bytes stand beside, known by their hash. */
export function fileDocument(fact: DocumentFiled, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const { document, kind, by, expiresOn, sha256, mediaType, bytes, fileName } = fact;
  const asked = world.get(papersSlice).kinds.get(kind);
  if (person(world, fact.person) === undefined) return no('no-such-person', { person: fact.person });
  if (asked === undefined || asked.endedAt !== null) return no('no-such-document-kind', { kind });
  if (asked.expires && expiresOn === null) return no('document-needs-expiry', { kind });
  if (world.get(papersSlice).documents.has(document)) return no('document-exists');
  deciding.record({
    entry: 'document.filed',
    kind: 'fact',
    because: [],
    person: fact.person,
    fields: {
      document,
      person: fact.person,
      kind,
      by,
      expiresOn: asked.expires ? expiresOn : null,
      sha256,
      mediaType,
      bytes,
    },
    personal: { fileName },
  });
  return undefined;
}

/** A wrong paper is taken out of the file; the one before it counts again. */
export function withdrawDocument(fact: DocumentWithdrawn, deciding: Deciding): Refusal | void {
  const { documents } = deciding.world.get(papersSlice);
  const found = documents.get(fact.document);
  if (found === undefined || found.withdrawnAt !== null) return no('no-such-document');
  const counts = documentOf(deciding.world, found.person, found.kind);
  const before = documents
    .having(found.person)
    .filter((each) => each.kind === found.kind && each.withdrawnAt === null && each.id !== found.id)
    .toSorted((a, b) => (a.filedAt < b.filedAt ? -1 : 1))
    .at(-1);
  const left = counts?.id === found.id ? before : counts;
  deciding.record({
    entry: 'document.withdrawn',
    kind: 'fact',
    because: [],
    person: found.person,
    fields: {
      document: found.id,
      person: found.person,
      kind: found.kind,
      by: fact.by,
      leaves: left === undefined ? null : { expiresOn: left.expiresOn },
    },
  });
  return undefined;
}

export function setExam(fact: ExamSet, deciding: Deciding): Refusal | void {
  const { id, name, roles, passingMark, topMark, fromOn, by, ended } = fact;
  if (passingMark <= 0 || passingMark > topMark) return no('exam-marks', { passingMark, topMark });
  deciding.record({
    entry: 'exam.set',
    kind: 'fact',
    because: [],
    person: by,
    fields: { id, name, roles: [...roles], passingMark, topMark, fromOn, ended },
  });
  return undefined;
}

/** lead-assignment P6: passed or not by the mark asked for on this day; exactly the passing mark passes. */
export function recordExam(fact: ExamRecorded, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const { result, by, mark, takenOn } = fact;
  const exam = world.get(papersSlice).exams.get(fact.exam);
  if (person(world, fact.person) === undefined) return no('no-such-person', { person: fact.person });
  if (exam === undefined || exam.endedAt !== null) return no('no-such-exam', { exam: fact.exam });
  if (mark < 0 || mark > exam.topMark) return no('exam-marks', { mark, topMark: exam.topMark });
  if (world.get(papersSlice).results.has(result)) return no('result-exists');
  deciding.record({
    entry: 'exam.recorded',
    kind: 'fact',
    because: [],
    person: fact.person,
    fields: {
      result,
      exam: fact.exam,
      person: fact.person,
      by,
      mark,
      passingMark: exam.passingMark,
      passed: mark >= exam.passingMark,
      takenOn,
    },
  });
  return undefined;
}
