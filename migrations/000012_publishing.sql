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

-- Whose a lead was when, whether that counts and whether it closed: rows of the journal's entries, added and never changed.
create table lead_moves (
  organization_id  text not null references organizations,
  lead             text not null,
  at               timestamptz not null,
  kind             text not null check (kind in ('given', 'nowhere', 'undone', 'closed', 'taken-back')),
  -- Empty: nobody.
  person           text not null,
  since            timestamptz not null,
  counts           boolean not null,
  primary key (organization_id, lead, kind, person, at, since)
);
create index lead_moves_by_time on lead_moves (organization_id, at);

alter table lead_moves enable row level security;
alter table lead_moves force row level security;
create policy own_organization on lead_moves using (organization_id = (select pauta_organization()));

-- What happened before there was this table, from the journal as it happens now.
insert into lead_moves (organization_id, lead, at, kind, person, since, counts)
select organization_id, lead, at, 'given', fields->>'to', at,
       entry in ('lead.assigned', 'lead.reassigned') and coalesce((fields->>'counts')::boolean, true)
  from journal
 where entry in ('lead.assigned', 'lead.reassigned', 'lead.given', 'lead.reassignment-reversed') and lead is not null
   and fields->>'to' is not null
union all
select organization_id, lead, at, 'nowhere', '', at, false from journal
 where entry in ('lead.held', 'lead.waiting', 'lead.refused') and lead is not null
union all
select j.organization_id, j.lead, j.at, 'undone', u->>'person', (u->>'at')::timestamptz, false
  from journal j cross join lateral jsonb_array_elements(j.fields->'undone') u
 where j.lead is not null and jsonb_typeof(j.fields->'undone') = 'array'
union all
select organization_id, coalesce(lead, fields->>'lead'), at, 'closed', fields->>'by', at,
       coalesce((fields->>'counts')::boolean, true)
  from journal where entry = 'sale.closed' and fields->>'by' is not null and coalesce(lead, fields->>'lead') is not null
union all
select organization_id, coalesce(lead, fields->>'lead'), at, 'closed', fields->>'to', (fields->>'closedAt')::timestamptz,
       coalesce((fields->>'counts')::boolean, true)
  from journal where entry = 'sale.credited' and fields->>'to' is not null and coalesce(lead, fields->>'lead') is not null
union all
select organization_id, coalesce(lead, fields->>'lead'), at, 'taken-back',
       coalesce(fields->>'from', fields->>'seller'), (fields->>'closedAt')::timestamptz, false
  from journal where entry in ('sale.credited', 'sale.canceled') and coalesce(fields->>'from', fields->>'seller') is not null
   and coalesce(lead, fields->>'lead') is not null
on conflict do nothing;
