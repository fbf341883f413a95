import { sql, type Kysely } from 'kysely';

import type { NoTables, Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { commitment, contentHash, genesis, sealHash } from './chain.ts';
import { NAMES_SEVERAL, type JournalEntry, type Json, type NewEntry } from './entry.ts';
import type { StoredEntry, StoredSeal } from './verify.ts';

/** Entries sealed in one transaction; more wait for the next turn, a moment later. */
export const SEAL_BATCH_MAX = 2_000;

/** An entry to append; `causedBy` is the place in the same list of the fact that led to it. */
export interface Appended {
  readonly entry: NewEntry;
  readonly causedBy: number | null;
}

/**
 * Writes entries in the order given, in one statement. Runs under the organization's lock (see decisions/), which is
 * why ids rise in the order of commits and the chain can follow them. `salt` makes fresh salts for personal data.
 */
export async function appendEntries(
  tx: Tx,
  organization: string,
  entries: readonly Appended[],
  salt: () => string,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ entry, causedBy }, place) => {
    const personal = entry.personal ?? null;
    const salted = personal === null ? null : salt();
    return {
      place,
      at: entry.at,
      entry: entry.entry,
      kind: entry.kind,
      actor: entry.actor,
      because: entry.because,
      lead: entry.lead ?? null,
      contact: entry.contact ?? null,
      person: entry.person ?? null,
      caused_by: causedBy,
      fields: entry.fields,
      commitment: personal === null || salted === null ? null : commitment(salted, personal),
      salt: salted,
      personal,
    };
  });
  await sql`
    with told as materialized (
      select *, nextval('journal_ids') as id
        from (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place int, at timestamptz, entry text,
                kind text, actor text, because text[], lead text, contact text, person text, caused_by int, fields jsonb,
                commitment text, salt text, personal jsonb)
               order by place) in_order),
    kept as (
      insert into journal (organization_id, id, at, entry, kind, actor, because, lead, contact, person, caused_by, fields, commitment)
      select ${organization}, t.id, t.at, t.entry, t.kind, t.actor, t.because, t.lead, t.contact, t.person, cause.id, t.fields, t.commitment
        from told t left join told cause on cause.place = t.caused_by
       order by t.place),
    kept_personal as (
      insert into journal_personal (organization_id, entry_id, contact, salt, fields)
      select ${organization}, id, contact, salt, personal from told where commitment is not null)
    insert into journal_unsealed (organization_id, entry_id) select ${organization}, id from told`.execute(
    tx,
  );
}

interface ReadEntry {
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

function read(row: ReadEntry): SaltedEntry {
  const { personal, ...entry } = row;
  return personal === null ? entry : { ...entry, personal };
}

/** Entries after `afterId`, oldest first, with the personal data that is still there. */
export async function readEntries(tx: Tx, afterId: number, limit: number): Promise<SaltedEntry[]> {
  const found = await sql<ReadEntry>`
    select j.id, j.at, j.entry, j.kind, j.actor, j.because, j.lead, j.contact, j.person, j.caused_by, j.fields, j.commitment,
           p.salt, p.fields as personal
      from journal j
      left join journal_personal p on p.organization_id = j.organization_id and p.entry_id = j.id
     where j.organization_id = (select pauta_organization()) and j.id > ${afterId}
     order by j.id limit ${limit}`.execute(tx);
  return found.rows.map(read);
}

export type Seal = StoredSeal;

/** Entries a page, when the whole journal is read. */
const PAGE = 5_000;

interface WholeEntry extends Omit<StoredEntry, 'fields' | 'personal' | 'inexact'> {
  readonly fieldsText: string;
  readonly personalText: string | null;
  readonly finer: boolean;
}

/**
 * Every entry of the organization, oldest first, a page at a time, and whether it holds digits that reading loses: a
 * time below the millisecond, a number that a double rounds. Nothing of ours writes such.
 */
export async function* entryPages(tx: Tx): AsyncGenerator<StoredEntry[]> {
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const found: { rows: WholeEntry[] } = await sql<WholeEntry>`
      select j.id, j.at, j.entry, j.kind, j.actor, j.because, j.lead, j.contact, j.person, j.caused_by,
             j.fields::text as fields_text, j.commitment, j.at <> date_trunc('milliseconds', j.at) as finer,
             p.salt, p.fields::text as personal_text, p.contact as personal_contact
        from journal j
        left join journal_personal p on p.organization_id = j.organization_id and p.entry_id = j.id
       where j.organization_id = (select pauta_organization()) and j.id > ${after}
       order by j.id limit ${PAGE}`.execute(tx);
    if (found.rows.length > 0) yield found.rows.map(whole);
    const last = found.rows.at(-1);
    if (last === undefined || found.rows.length < PAGE) return;
    after = last.id;
  }
}

function whole({ fieldsText, personalText, finer, ...entry }: WholeEntry): StoredEntry {
  const fields = readJson(fieldsText);
  const personal = personalText === null ? null : readJson(personalText);
  return {
    ...entry,
    fields: fields.value,
    personal: personal?.value ?? null,
    inexact: finer || fields.inexact || personal?.inexact === true,
  };
}

/** Where a number could say more than a double holds: many digits, or zeros after the point. */
const DOUBTFUL_NUMBER = /\d{16}|\.\d*0(?!\d)/;

function readJson(text: string): { value: { [key: string]: Json }; inexact: boolean } {
  let inexact = false;
  const exact = (_key: string, value: Json, context?: { source?: string }): Json => {
    if (typeof value === 'number' && !String(value).includes('e') && String(value) !== context?.source)
      inexact = true;
    return value;
  };
  // jsonb is an object here because appendEntries writes nothing else; another shape shows as a changed entry.
  const value = (DOUBTFUL_NUMBER.test(text) ? JSON.parse(text, exact) : JSON.parse(text)) as {
    [key: string]: Json;
  };
  return { value, inexact };
}

/** Every seal of the organization in the order of the entries they seal, a page at a time. */
export async function* sealPages(tx: Tx): AsyncGenerator<StoredSeal[]> {
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const found: { rows: StoredSeal[] } = await sql<StoredSeal>`
      select number, entry_id, hash from journal_seals
       where organization_id = (select pauta_organization()) and entry_id > ${after}
       order by entry_id limit ${PAGE}`.execute(tx);
    if (found.rows.length > 0) yield found.rows;
    const last = found.rows.at(-1);
    if (last === undefined || found.rows.length < PAGE) return;
    after = last.entryId;
  }
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

/**
 * Seals what has been committed since the last seal, at most a batch; returns the new head and how many, or null when
 * there was nothing to seal or another process is sealing this organization.
 */
export async function sealEntries(
  tx: Tx,
  organization: string,
  sealedAt: Instant,
): Promise<{ head: Seal; sealed: number } | null> {
  const lock = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('pauta.seal'), hashtext(${organization})) as taken`.execute(tx);
  if (lock.rows[0]?.taken !== true) return null;
  const waiting = await sql<ReadEntry>`
    select j.id, j.at, j.entry, j.kind, j.actor, j.because, j.lead, j.contact, j.person, j.caused_by, j.fields, j.commitment
      from journal_unsealed u
      join journal j on j.organization_id = u.organization_id and j.id = u.entry_id
     where u.organization_id = ${organization}
     order by u.entry_id limit ${SEAL_BATCH_MAX}`.execute(tx);
  if (waiting.rows.length === 0) return null;
  let head = (await lastSeal(tx)) ?? { number: 0, entryId: 0, hash: genesis(organization) };
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
  return { head, sealed: seals.length };
}

export async function organizationIds(db: Kysely<NoTables>): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from organizations order by opened_at, id`.execute(db);
  return found.rows.map(({ id }) => id);
}

export interface WaitingToSeal {
  readonly organization: string;
  /** Age of its oldest entry without a seal, by the server's clock. */
  readonly seconds: number;
}

/**
 * Organizations with entries not sealed yet; for the sealing worker. Steps over the index from one organization to the
 * next, so that a million entries waiting after a stop cost no more than one.
 */
export async function organizationsToSeal(tx: Tx): Promise<WaitingToSeal[]> {
  const found = await sql<WaitingToSeal>`
    with recursive waiting as (
      (select organization_id, since from journal_unsealed order by organization_id, entry_id limit 1)
      union all
      select next.organization_id, next.since
        from waiting w
        cross join lateral (
          select organization_id, since from journal_unsealed u
           where u.organization_id > w.organization_id order by organization_id, entry_id limit 1) next)
    select organization_id as organization, extract(epoch from clock_timestamp() - since) as seconds from waiting`.execute(
    tx,
  );
  return found.rows;
}

/** How many entries of the organization wait for a seal, and for how long the oldest has. */
export async function unsealedTail(tx: Tx): Promise<{ count: number; oldestSeconds: number }> {
  const found = await sql<{ count: number; oldestSeconds: number }>`
    select count(*) as count,
           coalesce(extract(epoch from clock_timestamp() - min(since)), 0) as oldest_seconds
      from journal_unsealed where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows[0] ?? { count: 0, oldestSeconds: 0 };
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
  const named = await sql`
    delete from journal_personal p using journal j
     where p.organization_id = (select pauta_organization())
       and j.organization_id = p.organization_id and j.id = p.entry_id
       and j.entry = any(${[...NAMES_SEVERAL]}::text[]) and j.fields -> 'leads' ?| ${leads}::text[]`.execute(
    tx,
  );
  return Number(gone.numAffectedRows ?? 0) + Number(named.numAffectedRows ?? 0);
}
