-- Versions of procedures that wait for a second pair of eyes, and what a past month would have been under a version.

-- Current state, the fold of procedure.proposed, procedure.adopted, procedure.rejected and procedure.withdrawn.
create table procedure_proposals (
  organization_id  text not null references organizations,
  id               text not null,
  procedure        text not null,
  adoption         jsonb not null,
  proposed_by      text not null,
  proposed_at      timestamptz not null,
  state            text not null check (state in ('open', 'adopted', 'rejected', 'withdrawn')),
  decided_by       text,
  decided_at       timestamptz,
  -- Published by the one who proposed it, as nobody else could.
  alone            boolean not null,
  reasons          text,
  primary key (organization_id, id),
  check ((state = 'open') = (decided_at is null))
);
create index procedure_proposals_open on procedure_proposals (organization_id, procedure) where state = 'open';

-- Work, not state: nothing follows from it. A run that a restart cut off begins again when its lease is over.
create table what_ifs (
  organization_id  text not null references organizations,
  id               text not null,
  procedure        text not null,
  draft            jsonb not null,
  month            text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  state            text not null check (state in ('waiting', 'running', 'done', 'failed', 'canceled')),
  -- From 0 to 1.
  progress         double precision not null default 0,
  asked_by         text not null,
  asked_at         timestamptz not null,
  started_at       timestamptz,
  ended_at         timestamptz,
  lease_until      timestamptz,
  tries            integer not null default 0,
  why              text,
  result           jsonb,
  primary key (organization_id, id)
);
create index what_ifs_to_run on what_ifs (asked_at) where state in ('waiting', 'running');
create index what_ifs_of_procedure on what_ifs (organization_id, procedure, asked_at desc);

alter table procedure_proposals enable row level security;
alter table procedure_proposals force row level security;
create policy own_organization on procedure_proposals using (organization_id = (select pauta_organization()));
alter table what_ifs enable row level security;
alter table what_ifs force row level security;
create policy own_organization on what_ifs
  using (organization_id = (select pauta_organization()) or (select pauta_organization()) = '*');
