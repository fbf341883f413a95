import { on, type Deciding, type Fact, type Feature } from '../decisions/index.ts';
import type { Row } from '../platform/rows.ts';
import { evolvePapers, papersSlice } from './papers.ts';
import {
  fileDocument,
  recordExam,
  setDocumentKind,
  setExam,
  withdrawDocument,
  type DocumentFiled,
  type DocumentKindSet,
  type DocumentWithdrawn,
  type ExamRecorded,
  type ExamSet,
} from './papers-decisions.ts';
import {
  allDocuments,
  allExams,
  allKinds,
  allResultsOfExams,
  allSignatures,
  hashesOfFiles,
  loadAsked,
  loadFiles,
  loadSignatures,
  savePapers,
} from './papers.store.ts';
import { person } from './person.ts';
import {
  askSignatures,
  evolveSignatures,
  SIGNATURE_DUE,
  SIGNATURE_SUBJECT,
  signatureDeadlines,
  signatureDue,
  signaturesSlice,
  signPolicy,
  type PolicySigned,
} from './signatures.ts';

type Named = Fact & { readonly person?: string; readonly document?: string };
const ABOUT_FILES: ReadonlySet<string> = new Set(['document.filed', 'document.withdrawn', 'exam.recorded']);
const ABOUT_SIGNATURES: ReadonlySet<string> = new Set([
  'policy.signed',
  'person.registered',
  'procedure.adopted',
]);

/** People's files: papers and exams asked of them, and the procedures they have signed. */
export const papersFeature: Feature = {
  name: 'papers',
  load: async (tx, facts, due, { world }) => {
    const files = (facts as readonly Named[]).filter(({ fact }) => ABOUT_FILES.has(fact));
    const signing =
      facts.some(({ fact }) => ABOUT_SIGNATURES.has(fact)) || due.some(({ kind }) => kind === SIGNATURE_DUE);
    await Promise.all([
      loadAsked(tx, world),
      loadFiles(
        tx,
        world,
        files.flatMap((fact) => fact.person ?? []),
        files.flatMap((fact) => fact.document ?? []),
      ),
      signing ? loadSignatures(tx, world) : undefined,
    ]);
  },
  facts: new Map([
    on<DocumentKindSet>('document.kind-set', setDocumentKind),
    on<DocumentFiled>('document.filed', fileDocument),
    on<DocumentWithdrawn>('document.withdrawn', withdrawDocument),
    on<ExamSet>('exam.set', setExam),
    on<ExamRecorded>('exam.recorded', recordExam),
    on<PolicySigned>('policy.signed', signPolicy),
  ]),
  after: new Map([
    ['procedure.adopted', (_fact: Fact, deciding: Deciding) => askSignatures(deciding)],
    on<Named & { fact: 'person.registered' }>('person.registered', (fact, deciding) => {
      const registered = fact.person === undefined ? undefined : person(deciding.world, fact.person);
      if (registered !== undefined) askSignatures(deciding, [registered]);
    }),
  ]),
  deadlines: new Map([[SIGNATURE_DUE, signatureDue]]),
  evolve: (world, entry) => {
    evolvePapers(world, entry);
    evolveSignatures(world, entry);
  },
  save: savePapers,
  changedSubjects: (world) =>
    world
      .get(signaturesSlice)
      .signatures.changed()
      .map(([key]) => SIGNATURE_SUBJECT + key),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(SIGNATURE_SUBJECT)) return null;
    const signature = world.get(signaturesSlice).signatures.get(subject.slice(SIGNATURE_SUBJECT.length));
    return signature === undefined ? null : signatureDeadlines(signature);
  },
  tables: [
    {
      table: 'document_kinds',
      key: ['id'],
      derived: (world) => rows(world.get(papersSlice).kinds.values()),
      stored: async (tx) => rows(await allKinds(tx)),
    },
    {
      table: 'person_documents',
      key: ['id'],
      derived: (world) => rows(world.get(papersSlice).documents.values()),
      stored: async (tx) => rows(await allDocuments(tx)),
    },
    {
      table: 'document_files',
      key: ['id'],
      derived: (world) =>
        world
          .get(papersSlice)
          .documents.values()
          // A paper noted without its file (scenarios) has none to compare.
          .filter(({ bytes }) => bytes > 0)
          .map(({ id, sha256 }) => ({ id, sha256 })),
      stored: async (tx) => rows(await hashesOfFiles(tx)),
    },
    {
      table: 'exams',
      key: ['id'],
      derived: (world) => rows(world.get(papersSlice).exams.values()),
      stored: async (tx) => rows(await allExams(tx)),
    },
    {
      table: 'exam_results',
      key: ['id'],
      derived: (world) => rows(world.get(papersSlice).results.values()),
      stored: async (tx) => rows(await allResultsOfExams(tx)),
    },
    {
      table: 'signatures',
      key: ['person', 'procedure', 'version'],
      derived: (world) => rows(world.get(signaturesSlice).signatures.values()),
      stored: async (tx) => rows(await allSignatures(tx)),
    },
  ],
};

function rows(all: readonly object[]): Row[] {
  return all.map((each) => Object.fromEntries(Object.entries(each)));
}
