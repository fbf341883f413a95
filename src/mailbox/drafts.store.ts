import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { draftsSlice, type Draft, type DraftWords } from './draft.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');
const DRAFT = sql.raw(`id, requester, opened_at, updated_at, state, held, lead, missing, asked, mails, image,
  image_dated_on::text as image_dated_on, image_taken_at, first_contact, why`);

export async function loadDrafts(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await sql<Draft>`
    select ${DRAFT} from claim_drafts where ${OWN} and id = any(${[...new Set(ids)]}::text[])`.execute(tx);
  const { drafts } = world.get(draftsSlice);
  for (const row of found.rows) drafts.loaded(row.id, row);
}

export async function allDrafts(tx: Tx): Promise<Draft[]> {
  return (await sql<Draft>`select ${DRAFT} from claim_drafts where ${OWN}`.execute(tx)).rows;
}

export async function oneDraft(tx: Tx, id: string): Promise<Draft | null> {
  return (
    (await sql<Draft>`select ${DRAFT} from claim_drafts where ${OWN} and id = ${id}`.execute(tx)).rows[0] ??
    null
  );
}

const WORDS = sql.raw('w.subject, w.name, w.phone, w.email, w.source, w.reason');

/** What is known of a draft's client now; nothing yet of one not begun. */
export async function wordsOf(tx: Tx, draft: string): Promise<DraftWords> {
  const found = await sql<DraftWords>`select ${WORDS} from draft_words w
     where w.organization_id = (select pauta_organization()) and w.draft = ${draft}`.execute(tx);
  const none = { subject: null, name: null, phone: null, email: null, source: null, reason: null };
  return found.rows[0] ?? none;
}

export async function saveWords(
  tx: Tx,
  organization: string,
  draft: string,
  words: Partial<DraftWords>,
): Promise<void> {
  const { subject = null, name = null, phone = null, email = null, source = null, reason = null } = words;
  await sql`
    insert into draft_words (organization_id, draft, subject, name, phone, email, source, reason)
    values (${organization}, ${draft}, ${subject}, ${name}, ${phone}, ${email}, ${source}, ${reason})
    on conflict (organization_id, draft) do update
       set subject = coalesce(draft_words.subject, excluded.subject), name = excluded.name, phone = excluded.phone,
           email = excluded.email, source = excluded.source, reason = coalesce(excluded.reason, draft_words.reason)`.execute(
    tx,
  );
}

export interface ListedDraft extends Draft, DraftWords {
  readonly requesterName: string | null;
}

/** For the control area's desk: what waits for somebody, or what was settled; newest first. */
export async function listDrafts(
  tx: Tx,
  filter: { readonly settled: boolean },
  limit: number,
): Promise<ListedDraft[]> {
  const states = filter.settled ? ['submitted', 'refused'] : ['open', 'complete'];
  const found = await sql<ListedDraft>`
    select ${DRAFT}, ${WORDS},
           (select p.name from people p where p.organization_id = d.organization_id and p.id = d.requester) as requester_name
      from claim_drafts d left join draft_words w on w.organization_id = d.organization_id and w.draft = d.id
     where d.organization_id = (select pauta_organization()) and d.state = any(${states}::text[])
     order by d.updated_at desc limit ${limit}`.execute(tx);
  return found.rows;
}

export async function completeDrafts(tx: Tx, limit: number): Promise<Draft[]> {
  const found = await sql<Draft>`
    select ${DRAFT} from claim_drafts where ${OWN} and state = 'complete' order by updated_at limit ${limit}`.execute(
    tx,
  );
  return found.rows;
}

/** By the end of its id, as a subject tag carries it. */
export async function draftByTag(tx: Tx, tag: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select id from claim_drafts where ${OWN} and right(replace(id, '-', ''), 10) = ${tag} limit 2`.execute(
    tx,
  );
  return found.rows.length === 1 ? (found.rows[0]?.id ?? null) : null;
}

/** What was read of people who were erased, and the mails and files it was read from. */
export async function eraseDrafts(tx: Tx, organization: string, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  const theirs = sql`select id from claim_drafts where organization_id = ${organization} and lead = any(${leads}::text[])`;
  await sql`
    delete from media_bytes where organization_id = ${organization} and media in (
      select f.id from mail_files f join mails m on m.organization_id = f.organization_id and m.id = f.mail
       where f.organization_id = ${organization} and m.draft in (${theirs}))`.execute(tx);
  await sql`
    update mail_files set name = null where organization_id = ${organization} and mail in (
      select id from mails where organization_id = ${organization} and draft in (${theirs}))`.execute(tx);
  await sql`
    update mails set raw = ''::bytea where organization_id = ${organization} and draft in (${theirs})`.execute(
    tx,
  );
  await sql`delete from draft_words where organization_id = ${organization} and draft in (${theirs})`.execute(
    tx,
  );
}
