-- Organizations, the journal with its chain, deadlines, receipts and the outbox: what every feature stands on.
-- Every key begins with the organization; row-level security backs it (DESIGN.md, invariant 7). The setting
-- pauta.organization is made local to each transaction. The value '*' opens only the work tables (deadlines, outbox,
-- receipts, unsealed) to the workers that look for due work across organizations.

create function pauta_organization() returns text language sql stable parallel safe
  as $$ select current_setting('pauta.organization', true) $$;

create function pauta_refuse_change() returns trigger language plpgsql
  as $$ begin raise exception 'table % is append-only', tg_table_name using errcode = 'restrict_violation'; end $$;

create table organizations (
  id         text primary key,
  name       text not null,
  country    text not null check (country in ('MX', 'CO')),
  zone       text not null,
  locale     text not null,
  settings   jsonb not null default '{}',
  adoptions  jsonb not null default '[]',
  opened_at  timestamptz not null
);

create sequence journal_ids;

-- Facts and decisions. Nothing here is ever changed; the hashes stand in journal_seals.
create table journal (
  organization_id  text not null references organizations,
  id               bigint not null,
  at               timestamptz not null,
  entry            text not null,
  kind             text not null check (kind in ('fact', 'decision')),
  actor            text not null,
  because          text[] not null,
  lead             text,
  contact          text,
  person           text,
  caused_by        bigint,
  fields           jsonb not null,
  commitment       text,
  primary key (organization_id, id),
  check (kind = 'fact' or cardinality(because) > 0)
);
create index journal_by_lead on journal (organization_id, lead, id) where lead is not null;
create index journal_by_contact on journal (organization_id, contact, id) where contact is not null;
create index journal_by_person on journal (organization_id, person, id) where person is not null;
create index journal_by_entry on journal (organization_id, entry, id);
create trigger journal_append_only before update or delete on journal
  for each row execute function pauta_refuse_change();
create trigger journal_no_truncate before truncate on journal
  for each statement execute function pauta_refuse_change();

-- Personal data of an entry, outside the hash; only a salted commitment stands inside. Erasing a person deletes these rows.
create table journal_personal (
  organization_id  text not null,
  entry_id         bigint not null,
  contact          text,
  salt             text not null,
  fields           jsonb not null,
  primary key (organization_id, entry_id),
  foreign key (organization_id, entry_id) references journal (organization_id, id)
);
create index journal_personal_by_contact on journal_personal (organization_id, contact);
create trigger journal_personal_no_update before update on journal_personal
  for each row execute function pauta_refuse_change();
create trigger journal_personal_no_truncate before truncate on journal_personal
  for each statement execute function pauta_refuse_change();

-- Entries that wait for their seal, and since when by the server's own clock: the age of the oldest is watched.
create table journal_unsealed (
  organization_id  text not null,
  entry_id         bigint not null,
  since            timestamptz not null default now(),
  primary key (organization_id, entry_id)
);

-- One chain by organization: hash = sha256(previous hash, number, the entry's own hash). sealed_at is for operators and
-- proves nothing; the published heads say when.
create table journal_seals (
  organization_id  text not null,
  number           bigint not null,
  entry_id         bigint not null,
  hash             text not null,
  sealed_at        timestamptz not null,
  primary key (organization_id, number),
  unique (organization_id, entry_id)
);
create trigger journal_seals_append_only before update or delete on journal_seals
  for each row execute function pauta_refuse_change();
create trigger journal_seals_no_truncate before truncate on journal_seals
  for each statement execute function pauta_refuse_change();

-- What must have happened by an instant. A row leaves in the transaction of the decision it caused.
create table deadlines (
  organization_id  text not null,
  subject          text not null,
  kind             text not null,
  due_at           timestamptz not null,
  rank             bigint not null default 0,
  primary key (organization_id, subject, kind)
);
create index deadlines_due on deadlines (due_at);
create index deadlines_due_by_organization on deadlines (organization_id, due_at, rank);

-- What a source sent, as it came, before anything is understood of it.
create table receipts (
  organization_id  text not null,
  id               text not null,
  source           text not null,
  source_id        text,
  route            text not null,
  received_at      timestamptz not null,
  headers          jsonb not null,
  body             bytea not null,
  body_hash        text not null,
  state            text not null check (state in ('new', 'done', 'faulty', 'repeat')),
  lead             text,
  fault            jsonb,
  tries            integer not null default 0,
  retry_at         timestamptz,
  primary key (organization_id, id)
);
create unique index receipts_once on receipts (organization_id, source, source_id)
  where source_id is not null and state in ('new', 'done');
create index receipts_new on receipts (retry_at) where state = 'new';

-- Messages on their way out. intent (queued) → sending → accepted, refused or unknown.
create table outbox (
  organization_id  text not null,
  id               text not null,
  recipient        text not null,
  channel          text not null,
  kind             text not null,
  lead             text,
  fields           jsonb not null,
  queued_at        timestamptz not null,
  not_before       timestamptz not null,
  state            text not null
                   check (state in ('queued', 'sending', 'accepted', 'refused', 'unknown', 'delivered', 'read', 'failed', 'canceled')),
  attempts         integer not null default 0,
  provider_id      text,
  outcome          jsonb,
  settled_at       timestamptz,
  seen_at          timestamptz,
  primary key (organization_id, id)
);
create index outbox_waiting on outbox (not_before) where state in ('queued', 'sending', 'unknown');
create index outbox_by_recipient on outbox (organization_id, recipient, queued_at desc);
create index outbox_by_provider on outbox (organization_id, provider_id) where provider_id is not null;

do $$
declare t text;
begin
  foreach t in array array['journal', 'journal_personal', 'journal_seals'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
  foreach t in array array['journal_unsealed', 'deadlines', 'receipts', 'outbox'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()) or (select pauta_organization()) = ''*'')', t);
  end loop;
end $$;
