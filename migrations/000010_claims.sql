-- A claim: two want one lead, and the ruling says whose it is (lead-reassignment).
alter table leads
  add column claims     text[] not null default '{}',
  add column frozen_at  timestamptz;

create table claims (
  organization_id      text not null,
  id                   text not null,
  lead                 text not null,
  requester            text not null,
  requested_at         timestamptz not null,
  state                text not null
    check (state in ('returned', 'waiting', 'open', 'asked', 'proposed', 'ruled', 'appealed', 'closed')),
  missing              text[] not null,
  -- What the request says of the person, in its own words. Personal: erased with the person.
  name                 text,
  phone                text,
  email                text,
  source               text,
  image_dated_on       text,
  image                text,
  image_sha256         text,
  first_contact_shown  boolean not null,
  -- The claim on the same person that was there first.
  waits_for            text,
  ruling_due_at        timestamptz,
  ruling_missed_at     timestamptz,
  handler              text,
  holder               text,
  asked_at             timestamptz,
  evidence_due_at      timestamptz,
  excepted_until       timestamptz,
  reminded_at          timestamptz,
  ruling_reminded_at   timestamptz,
  evidence             jsonb not null,
  completed_at         timestamptz,
  signatures           jsonb not null,
  proposed_at          timestamptz,
  outcome              text check (outcome in ('keep', 'reassign')),
  line                 integer,
  because              text[] not null,
  unmet                text[] not null,
  ruled_at             timestamptz,
  ruled_outcome        text check (ruled_outcome in ('keep', 'reassign')),
  ruled_by             text,
  otherwise            boolean not null,
  -- Free text of a person (R9): may name the client, and goes with them.
  reasons              text,
  released_at          timestamptz,
  appealed_at          timestamptz,
  appealed_by          text,
  appeal_reasons       text,
  appeal_due_at        timestamptz,
  appeal_missed_at     timestamptz,
  appeal_ruled_at      timestamptz,
  appeal_ruled_by      text,
  appeal_outcome       text check (appeal_outcome in ('keep', 'reassign')),
  appeal_ruling        text,
  closed_at            timestamptz,
  closed_why           text,
  primary key (organization_id, id),
  -- A ruling names who ruled; nothing is proposed of which nobody was asked unless the product itself decides.
  check ((ruled_at is null) = (ruled_by is null)),
  check ((asked_at is null) = (handler is null))
);
create index claims_by_lead on claims (organization_id, lead);
create index claims_open on claims (organization_id, ruling_due_at)
  where state in ('waiting', 'open', 'asked', 'proposed', 'appealed');
create index claims_by_requester on claims (organization_id, requester, requested_at desc);
create index claims_by_holder on claims (organization_id, holder, requested_at desc) where holder is not null;

-- Days on which a client agreed to talk again (R8), in the order in which they were noted.
create table incubations (
  organization_id  text not null,
  lead             text not null,
  at               timestamptz not null,
  by               text not null,
  next_contact_on  text not null,
  evidence         boolean not null,
  primary key (organization_id, lead, at)
);

-- The clocks on every lead (R4 to R8): which term runs for its holder, and until when.
create table protections (
  organization_id  text not null,
  lead             text not null,
  holder           text,
  held_from        timestamptz not null,
  over             boolean not null,
  follow_ups       integer not null,
  first_at         timestamptz,
  last_at          timestamptz,
  promised_on      text,
  frozen           jsonb not null,
  term             text check (term in ('R4', 'R5', 'R6', 'R8')),
  due_at           timestamptz,
  remind_at        timestamptz,
  reminded_at      timestamptz,
  missed           text,
  primary key (organization_id, lead)
);
create index protections_due on protections (organization_id, holder, due_at) where due_at is not null;

-- Changes to a lead's data (R1, L10): what was received stays, each change stands beside it. Personal.
create table lead_edits (
  organization_id  text not null,
  id               text not null,
  lead             text not null,
  at               timestamptz not null,
  by               text not null,
  field            text not null,
  before           text,
  after            text,
  -- Why the control area is to look at it.
  flags            text[] not null,
  claim            text,
  primary key (organization_id, id)
);
create index lead_edits_by_lead on lead_edits (organization_id, lead, at);

-- Images shown as proof, unaltered: what was sent is what is kept. Personal: erased with the person.
create table claim_images (
  organization_id  text not null,
  id               text not null,
  lead             text not null,
  sha256           text not null,
  media_type       text not null,
  file_name        text not null,
  bytes            bytea not null,
  taken_at         text,
  uploaded_by      text not null,
  uploaded_at      timestamptz not null,
  primary key (organization_id, id)
);
create index claim_images_by_lead on claim_images (organization_id, lead);

do $$
declare t text;
begin
  foreach t in array array['claims', 'incubations', 'protections', 'lead_edits', 'claim_images'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
end $$;
