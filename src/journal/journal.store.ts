import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { commitment, contentHash, GENESIS, sealHash } from './chain.ts';
import type { JournalEntry, Json, NewEntry } from './entry.ts';

/** Entries sealed in one transaction; more wait for the next turn, a moment later. */
const SEAL_BATCH_MAX = 2_000;

/** An entry to append; `causedBy` is the place in the same list of the fact that led to it. */
export interface Appended {
  readonly entry: NewEntry;
  readonly causedBy: number | null;
}

/**
 * Writes entries in the order given and returns their ids. Runs under the organization's lock (see decisions/), which is
 * why ids rise in the order of commits and the chain can follow them. `salt` makes fresh salts for personal data.
 */
export async function appendEntries(
  tx: Tx,
  organization: string,
  entries: readonly Appended[],
  salt: () => string,
): Promise<number[]> {
  if (entries.length === 0) return [];
  const allocated = await sql<{ id: number }>`
    select nextval('journal_ids') as id from generate_series(1, ${entries.length}::int)`.execute(tx);
  const ids = allocated.rows.map((row) => row.id);
  const rows = entries.map(({ entry, causedBy }, place) => {
    const personal = entry.personal ?? null;
    const salted = personal === null ? null : salt();
    return {
      id: ids[place],
      at: entry.at,
      entry: entry.entry,
      kind: entry.kind,
      actor: entry.actor,
      because: entry.because,
      lead: entry.lead ?? null,
      contact: entry.contact ?? null,
      person: entry.person ?? null,
      caused_by: causedBy === null ? null : (ids[causedBy] ?? null),
      fields: entry.fields,
      commitment: personal === null || salted === null ? null : commitment(salted, personal),
      salt: salted,
      personal,
    };
  });
  const json = JSON.stringify(rows);
  await sql`
    with written as (
      select * from jsonb_to_recordset(${json}::jsonb) as r(id bigint, at timestamptz, entry text, kind text, actor text,
        because text[], lead text, contact text, person text, caused_by bigint, fields jsonb, commitment text,
        salt text, personal jsonb)),
    kept as (
      insert into journal (organization_id, id, at, entry, kind, actor, because, lead, contact, person, caused_by, fields, commitment)
      select ${organization}, id, at, entry, kind, actor, because, lead, contact, person, caused_by, fields, commitment from written),
    kept_personal as (
      insert into journal_personal (organization_id, entry_id, contact, salt, fields)
      select ${organization}, id, contact, salt, personal from written where commitment is not null)
    insert into journal_unsealed (organization_id, entry_id) select ${organization}, id from written`.execute(
    tx,
  );
  return ids;
}

interface StoredEntry {
  id: number;
  at: Instant;
  entry: string;
  kind: 'fact' | 'decision';
  actor: string;
  because: string[];
  lead: string | null;
  contact: string | null;
  person: string | null;
  causedBy: number | null;
  fields: { [key: string]: Json };
  commitment: string | null;
  salt: string | null;
  personal: { [key: string]: Json } | null;
}

export type SaltedEntry = JournalEntry & { readonly salt: string | null };

function read(row: StoredEntry): SaltedEntry {
  const { personal, ...entry } = row;
  return personal === null ? entry : { ...entry, personal };
}

/** Entries after `afterId`, oldest first, with the personal data that is still there. */
export async function readEntries(tx: Tx, afterId: number, limit: number): Promise<SaltedEntry[]> {
  const found = await sql<StoredEntry>`
    select j.id, j.at, j.entry, j.kind, j.actor, j.because, j.lead, j.contact, j.person, j.caused_by, j.fields, j.commitment,
           p.salt, p.fields as personal
      from journal j
      left join journal_personal p on p.organization_id = j.organization_id and p.entry_id = j.id
     where j.organization_id = (select pauta_organization()) and j.id > ${afterId}
     order by j.id limit ${limit}`.execute(tx);
  return found.rows.map(read);
}

export interface Seal {
  readonly number: number;
  readonly entryId: number;
  readonly hash: string;
}

export async function readSeals(tx: Tx, afterNumber: number, limit: number): Promise<Seal[]> {
  const found = await sql<Seal>`
    select number, entry_id, hash from journal_seals
     where organization_id = (select pauta_organization()) and number > ${afterNumber}
     order by number limit ${limit}`.execute(tx);
  return found.rows;
}

export async function lastSeal(tx: Tx): Promise<Seal | null> {
  const found = await sql<Seal>`
    select number, entry_id, hash from journal_seals
     where organization_id = (select pauta_organization()) order by number desc limit 1`.execute(tx);
  return found.rows[0] ?? null;
}

export async function unsealedIds(tx: Tx): Promise<number[]> {
  const found = await sql<{ entryId: number }>`
    select entry_id from journal_unsealed
     where organization_id = (select pauta_organization()) order by entry_id`.execute(tx);
  return found.rows.map((row) => row.entryId);
}

/** Seals what has been committed since the last seal; returns the new head, or null when there was nothing to seal. */
export async function sealEntries(tx: Tx, organization: string, sealedAt: Instant): Promise<Seal | null> {
  await sql`select pg_advisory_xact_lock(hashtext('pauta.seal'), hashtext(${organization}))`.execute(tx);
  const waiting = await sql<StoredEntry>`
    select j.id, j.at, j.entry, j.kind, j.actor, j.because, j.lead, j.contact, j.person, j.caused_by, j.fields, j.commitment
      from journal_unsealed u
      join journal j on j.organization_id = u.organization_id and j.id = u.entry_id
     where u.organization_id = ${organization}
     order by u.entry_id limit ${SEAL_BATCH_MAX}`.execute(tx);
  if (waiting.rows.length === 0) return null;
  let head = (await lastSeal(tx)) ?? { number: 0, entryId: 0, hash: GENESIS };
  const seals: Seal[] = [];
  for (const row of waiting.rows) {
    const number = head.number + 1;
    head = { number, entryId: row.id, hash: sealHash(head.hash, number, contentHash(row)) };
    seals.push(head);
  }
  const json = JSON.stringify(seals.map((s) => ({ number: s.number, entry_id: s.entryId, hash: s.hash })));
  await sql`
    with sealed as (
      insert into journal_seals (organization_id, number, entry_id, hash, sealed_at)
      select ${organization}, number, entry_id, hash, ${sealedAt}::timestamptz
        from jsonb_to_recordset(${json}::jsonb) as r(number bigint, entry_id bigint, hash text)
      returning entry_id)
    delete from journal_unsealed u using sealed
     where u.organization_id = ${organization} and u.entry_id = sealed.entry_id`.execute(tx);
  return head;
}

/** Organizations with entries not sealed yet. For the sealing worker only. */
export async function organizationsToSeal(tx: Tx): Promise<string[]> {
  const found = await sql<{ organizationId: string }>`
    select distinct organization_id from journal_unsealed`.execute(tx);
  return found.rows.map((row) => row.organizationId);
}

/**
 * Removes a person's personal data from the journal; the chain still holds, because only the commitment was hashed. An
 * entry is theirs by their contact or by one of their leads: what a source sent was written down before anyone knew whose
 * it was. What another person's lead has is left, also where that lead was under this contact for a while.
 */
export async function erasePersonal(
  tx: Tx,
  { contact, leads }: { readonly contact: string; readonly leads: readonly string[] },
): Promise<number> {
  const gone = await sql`
    delete from journal_personal p using journal j
     where p.organization_id = (select pauta_organization())
       and j.organization_id = p.organization_id and j.id = p.entry_id
       and (j.lead = any(${leads}::text[]) or (j.contact = ${contact} and j.lead is null))`.execute(tx);
  return Number(gone.numAffectedRows ?? 0);
}
