-- Where leads come from: sources with their settings, what they sent and could not be used, imports, the PBX's names for people.

-- Current state, the fold of source.changed. Nothing in `settings` is secret.
create table sources (
  organization_id  text not null references organizations,
  key              text not null check (key ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  kind             text not null check (kind in ('api', 'meta', 'google', 'web-form', 'file', 'pbx', 'whatsapp', 'walk-in')),
  name             text not null,
  -- IANA; null: the organization's. Reads times that come without an offset.
  zone             text,
  settings         jsonb not null,
  enabled          boolean not null,
  created_at       timestamptz not null,
  primary key (organization_id, key)
);

-- Encrypted with a key derived from the installation's secret; never journaled. Two of one name live while one is changed.
create table source_secrets (
  organization_id  text not null,
  source           text not null,
  name             text not null,
  sealed           text not null,
  set_at           timestamptz not null,
  primary key (organization_id, source, name, sealed),
  foreign key (organization_id, source) references sources
);

-- The unguessable part of a webhook's or form's address; from it alone the organization is known.
create table source_doors (
  organization_id  text not null,
  source           text not null,
  door             text not null unique,
  opened_at        timestamptz not null,
  primary key (organization_id, source),
  foreign key (organization_id, source) references sources
);

-- What is known of a source's health. Not journaled: it follows from calls to the other side.
create table source_states (
  organization_id  text not null,
  source           text not null,
  trouble          jsonb,
  trouble_since    timestamptz,
  last_received_at timestamptz,
  primary key (organization_id, source)
);

-- Bodies that could not be used, by the organization's own day; past the limit they are only counted here.
create table receipt_faults (
  organization_id  text not null,
  source           text not null,
  day              date not null,
  faulty           integer not null,
  primary key (organization_id, source, day)
);

-- One effect for one Idempotency-Key of one caller; the answer stands in the receipt.
create table api_requests (
  organization_id  text not null,
  caller           text not null,
  key              text not null,
  body_hash        text not null,
  receipt          text not null,
  made_at          timestamptz not null,
  primary key (organization_id, caller, key)
);
create index api_requests_by_age on api_requests (organization_id, made_at);

-- Who sat at an extension, or went by a name at the PBX, from when to when.
create table extension_map (
  organization_id  text not null,
  id               text not null,
  source           text not null,
  person           text not null,
  extension        text,
  name             text,
  from_at          timestamptz not null,
  until_at         timestamptz,
  primary key (organization_id, id),
  check (extension is not null or name is not null)
);

-- How far each Meta form has been read with nothing missing.
create table meta_watermarks (
  organization_id  text not null,
  source           text not null,
  form             text not null,
  watermark        timestamptz not null,
  read_at          timestamptz,
  due_at           timestamptz not null,
  lease_until      timestamptz,
  primary key (organization_id, source, form)
);

-- preview ─start─▶ running ─▶ done | canceled | failed. `done_row` and the counters move in the transaction of the decisions.
create table imports (
  organization_id  text not null references organizations,
  id               text not null,
  source           text not null,
  kind             text not null check (kind in ('new', 'existing')),
  file_name        text not null,
  file_hash        text not null,
  file             bytea not null,
  options          jsonb not null,
  mapping          jsonb not null,
  state            text not null check (state in ('preview', 'running', 'done', 'canceled', 'failed')),
  created_by       text not null,
  created_at       timestamptz not null,
  started_at       timestamptz,
  ended_at         timestamptz,
  canceled_at      timestamptz,
  lease_until      timestamptz,
  rows_read        integer not null default 0,
  rows_skipped     integer not null default 0,
  done_row         integer not null default 0,
  leads            integer not null default 0,
  duplicates       integer not null default 0,
  repeats          integer not null default 0,
  refused          integer not null default 0,
  why              text,
  primary key (organization_id, id)
);
create index imports_running on imports (lease_until) where state = 'running';

create table import_faults (
  organization_id  text not null,
  import           text not null,
  row              integer not null,
  fault            jsonb not null,
  cells            jsonb not null,
  primary key (organization_id, import, row)
);

alter table receipts add column answer jsonb, add column repeats integer not null default 0;
create index receipts_by_source on receipts (organization_id, source, received_at desc);

-- What a source sent with its own id is one lead, whichever way it came in again.
create unique index leads_by_source_id on leads (organization_id, source, source_id) where source_id is not null;

do $$
declare t text;
begin
  foreach t in array array['sources', 'source_secrets', 'source_states', 'receipt_faults', 'api_requests', 'extension_map',
                           'import_faults'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
  foreach t in array array['source_doors', 'meta_watermarks', 'imports'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()) or (select pauta_organization()) = ''*'')', t);
  end loop;
end $$;
