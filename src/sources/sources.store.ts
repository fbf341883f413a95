import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import type { Instant } from '../platform/time.ts';
import type { Seal } from '../platform/sealing.ts';
import { sealedFor, type MappedExtension, type Source } from './source.ts';
import { sourcesSlice, type SourcesState } from './sources-slice.ts';

/** Secrets of one name that live at once: the present one and the one before. */
const SECRETS_LIVE_MAX = 2;

export async function allSources(tx: Tx): Promise<Source[]> {
  const found = await sql<Source>`
    select key, kind, name, zone, settings, enabled, created_at from sources
     where organization_id = (select pauta_organization()) order by created_at, key`.execute(tx);
  return found.rows;
}

/** What the organization calls them, by key. */
export async function sourceNames(tx: Tx): Promise<ReadonlyMap<string, string>> {
  return new Map((await allSources(tx)).map(({ key, name }) => [key, name]));
}

export async function allExtensions(tx: Tx): Promise<MappedExtension[]> {
  const found = await sql<MappedExtension>`
    select id, source, person, extension, name, from_at, until_at from extension_map
     where organization_id = (select pauta_organization()) order by from_at, id`.execute(tx);
  return found.rows;
}

export async function loadSources(tx: Tx, world: World): Promise<void> {
  const { sources, extensions } = world.get(sourcesSlice);
  for (const row of await allSources(tx)) sources.loaded(row.key, row);
  for (const row of await allExtensions(tx)) extensions.loaded(row.id, row);
}

export async function saveSources(tx: Tx, organization: string, world: World, now: Instant): Promise<void> {
  const { sources, extensions, sealed, doors } = world.get(sourcesSlice);
  await Promise.all([
    saveRows(
      tx,
      organization,
      'sources',
      ['key'],
      sources.changed().map(([, source]) => ({ ...source })),
    ),
    saveRows(
      tx,
      organization,
      'extension_map',
      ['id'],
      extensions.changed().map(([, row]) => ({ ...row })),
    ),
    saveBeside(tx, organization, { sealed, doors }, now),
  ]);
}

/** What was given with a fact and never stands in the journal. */
async function saveBeside(
  tx: Tx,
  organization: string,
  { sealed, doors }: Pick<SourcesState, 'sealed' | 'doors'>,
  now: Instant,
): Promise<void> {
  for (const secret of sealed) await saveSecret(tx, organization, secret, now);
  for (const { source, door } of doors) {
    await sql`
      insert into source_doors (organization_id, source, door, opened_at) values (${organization}, ${source}, ${door}, ${now})
      on conflict (organization_id, source) do update set door = excluded.door, opened_at = excluded.opened_at`.execute(
      tx,
    );
  }
}

async function saveSecret(
  tx: Tx,
  organization: string,
  secret: { source: string; name: string; sealed: string; keepOld: boolean },
  now: Instant,
): Promise<void> {
  const { source, name, sealed, keepOld } = secret;
  const kept = keepOld ? SECRETS_LIVE_MAX - 1 : 0;
  await sql`
    delete from source_secrets s
     where s.organization_id = ${organization} and s.source = ${source} and s.name = ${name}
       and s.sealed not in (
         select sealed from source_secrets
          where organization_id = ${organization} and source = ${source} and name = ${name}
          order by set_at desc limit ${kept})`.execute(tx);
  await sql`
    insert into source_secrets (organization_id, source, name, sealed, set_at)
    values (${organization}, ${source}, ${name}, ${sealed}, ${now}) on conflict do nothing`.execute(tx);
}

/** The live secrets of a source by name, newest first. One that cannot be opened any more is left out. */
export async function secretsOf(
  tx: Tx,
  organization: string,
  source: string,
  seal: Seal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await sql<{ name: string; sealed: string }>`
    select name, sealed from source_secrets
     where organization_id = (select pauta_organization()) and source = ${source} order by set_at desc`.execute(
    tx,
  );
  const secrets = new Map<string, string[]>();
  for (const { name, sealed } of found.rows) {
    const opened = seal.open(sealed, sealedFor(organization, source, name));
    if (opened !== null) secrets.set(name, [...(secrets.get(name) ?? []), opened]);
  }
  return secrets;
}

/** Whose address this is. For requests from outside, which name nobody. */
export async function sourceAtDoor(
  tx: Tx,
  door: string,
): Promise<{ organizationId: string; source: string } | null> {
  const found = await sql<{ organizationId: string; source: string }>`
    select organization_id, source from source_doors where door = ${door}`.execute(tx);
  return found.rows[0] ?? null;
}

export async function doorOf(tx: Tx, source: string): Promise<string | null> {
  const found = await sql<{ door: string }>`
    select door from source_doors where organization_id = (select pauta_organization()) and source = ${source}`.execute(
    tx,
  );
  return found.rows[0]?.door ?? null;
}

export interface SourceState {
  readonly source: string;
  readonly trouble: { readonly code: string; readonly remedy: { es: string; en: string } } | null;
  readonly troubleSince: Instant | null;
  readonly lastReceivedAt: Instant | null;
}

export async function sourceStates(tx: Tx): Promise<SourceState[]> {
  const found = await sql<SourceState>`
    select source, trouble, trouble_since, last_received_at from source_states
     where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows;
}

export interface SourceToday {
  readonly source: string;
  readonly received: number;
  readonly faulty: number;
  /** Stored and not read yet. */
  readonly waiting: number;
}

/** What each source sent since the organization's midnight, and how much of it could not be used. */
export async function sourcesToday(tx: Tx, from: Instant, day: string): Promise<SourceToday[]> {
  const found = await sql<SourceToday>`
    select source, sum(received)::int as received, sum(faulty)::int as faulty, sum(waiting)::int as waiting
      from (select source, count(*) as received, 0 as faulty, count(*) filter (where state = 'new') as waiting from receipts
             where organization_id = (select pauta_organization()) and received_at >= ${from} group by source
            union all
            select source, 0, faulty, 0 from receipt_faults
             where organization_id = (select pauta_organization()) and day = ${day}) each
     group by source`.execute(tx);
  return found.rows;
}

/** What keeps a source from working, with its remedy; null: it works again. */
export async function setTrouble(
  tx: Tx,
  organization: string,
  source: string,
  trouble: SourceState['trouble'],
  now: Instant,
): Promise<void> {
  const json = trouble === null ? null : JSON.stringify(trouble);
  await sql`
    insert into source_states as s (organization_id, source, trouble, trouble_since)
    values (${organization}, ${source}, ${json}::jsonb, ${trouble === null ? null : now})
    on conflict (organization_id, source) do update
       set trouble = excluded.trouble,
           trouble_since = case when excluded.trouble is null then null else coalesce(s.trouble_since, excluded.trouble_since) end
     where s.trouble is distinct from excluded.trouble`.execute(tx);
}
