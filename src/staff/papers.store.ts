import { sql } from 'kysely';
import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows, type Row } from '../platform/rows.ts';
import type { Instant } from '../platform/time.ts';
import { papersSlice, type DocumentKind, type Exam, type ExamResult, type PersonDocument } from './papers.ts';
import { signatureKey, signaturesSlice, type Signature } from './signatures.ts';

const KIND = sql.raw('id, name, roles, expires, warn_days, from_on, ended_at');
const DOCUMENT =
  sql.raw(`id, person, kind, filed_at, filed_by, expires_on, sha256, media_type, bytes, file_name,
  withdrawn_at`);
const EXAM = sql.raw('id, name, roles, passing_mark, top_mark, from_on, ended_at');
const RESULT = sql.raw('id, exam, person, mark, passing_mark, passed, taken_on, recorded_at, recorded_by');
const SIGNATURE = sql.raw('person, procedure, version, asked_at, due_at, due_passed, signed_at, full_name');
const OWN = sql.raw('organization_id = (select pauta_organization())');

/** What is asked of people: little, and looked at for every turn. */
export async function loadAsked(tx: Tx, world: World): Promise<void> {
  const { kinds, exams } = world.get(papersSlice);
  const [asked, examined] = await Promise.all([allKinds(tx), allExams(tx)]);
  for (const row of asked) kinds.loaded(row.id, row);
  for (const row of examined) exams.loaded(row.id, row);
}

/** The files of these people, or that of one of these documents. */
export async function loadFiles(
  tx: Tx,
  world: World,
  people: readonly string[],
  documents: readonly string[],
): Promise<void> {
  if (people.length === 0 && documents.length === 0) return;
  const papers = world.get(papersSlice);
  const filed = await sql<PersonDocument>`
    select ${DOCUMENT} from person_documents
     where ${OWN} and person in (select unnest(${people}::text[])
                                  union select person from person_documents where ${OWN} and id = any(${documents}::text[]))`.execute(
    tx,
  );
  const results = await sql<ExamResult>`
    select ${RESULT} from exam_results where ${OWN} and person = any(${people}::text[])`.execute(tx);
  for (const row of filed.rows) papers.documents.loaded(row.id, row);
  for (const row of results.rows) papers.results.loaded(row.id, row);
}

export async function loadSignatures(tx: Tx, world: World): Promise<void> {
  const { signatures } = world.get(signaturesSlice);
  for (const row of await allSignatures(tx)) signatures.loaded(signatureKey(row), row);
}

export async function savePapers(tx: Tx, organization: string, world: World): Promise<void> {
  const { kinds, documents, exams, results } = world.get(papersSlice);
  await Promise.all([
    saveRows(tx, organization, 'document_kinds', ['id'], changed(kinds.changed())),
    saveRows(tx, organization, 'person_documents', ['id'], changed(documents.changed())),
    saveRows(tx, organization, 'exams', ['id'], changed(exams.changed())),
    saveRows(tx, organization, 'exam_results', ['id'], changed(results.changed())),
    saveRows(
      tx,
      organization,
      'signatures',
      ['person', 'procedure', 'version'],
      changed(world.get(signaturesSlice).signatures.changed()),
    ),
  ]);
}

export async function allKinds(tx: Tx): Promise<DocumentKind[]> {
  return (await sql<DocumentKind>`select ${KIND} from document_kinds where ${OWN} order by name`.execute(tx))
    .rows;
}
export async function allDocuments(tx: Tx): Promise<PersonDocument[]> {
  return (await sql<PersonDocument>`select ${DOCUMENT} from person_documents where ${OWN}`.execute(tx)).rows;
}
export async function allExams(tx: Tx): Promise<Exam[]> {
  return (await sql<Exam>`select ${EXAM} from exams where ${OWN} order by name`.execute(tx)).rows;
}
export async function allResultsOfExams(tx: Tx): Promise<ExamResult[]> {
  return (await sql<ExamResult>`select ${RESULT} from exam_results where ${OWN}`.execute(tx)).rows;
}
export async function allSignatures(tx: Tx): Promise<Signature[]> {
  return (await sql<Signature>`select ${SIGNATURE} from signatures where ${OWN}`.execute(tx)).rows;
}

/** Each file's hash as its bytes give it now: what `pauta verify` sets beside the one that was recorded. */
export async function hashesOfFiles(tx: Tx): Promise<{ id: string; sha256: string }[]> {
  const found = await sql<{ id: string; sha256: string }>`
    select f.id, encode(sha256(f.content), 'hex') as sha256
      from document_files f join person_documents d on d.organization_id = f.organization_id and d.id = f.id
     where f.organization_id = (select pauta_organization())`.execute(tx);
  return found.rows;
}

export async function storeFile(
  tx: Tx,
  organization: string,
  { id, content, at }: { id: string; content: Uint8Array; at: Instant },
): Promise<void> {
  await sql`
    insert into document_files (organization_id, id, content, stored_at)
    values (${organization}, ${id}, ${Buffer.from(content)}, ${at})`.execute(tx);
}

export async function dropFile(tx: Tx, id: string): Promise<void> {
  await sql`delete from document_files where ${OWN} and id = ${id}`.execute(tx);
}

/** Files whose fact never came: the process died in between. */
export async function dropStrayFiles(tx: Tx, before: Instant): Promise<void> {
  await sql`
    delete from document_files f where ${OWN} and stored_at < ${before} and not exists (
      select from person_documents d where d.organization_id = f.organization_id and d.id = f.id)`.execute(
    tx,
  );
}

export async function fileOf(tx: Tx, id: string): Promise<(PersonDocument & { content: Buffer }) | null> {
  const found = await sql<PersonDocument & { content: Buffer }>`
    select d.*, f.content from person_documents d
      join document_files f on f.organization_id = d.organization_id and f.id = d.id
     where d.organization_id = (select pauta_organization()) and d.id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

function changed(all: readonly [string, object][]): Row[] {
  return all.map(([, row]) => Object.fromEntries(Object.entries(row)));
}
