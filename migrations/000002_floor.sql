-- People of the floor, contacts, leads, turns, calls: current state, each row the fold of its journal entries.

create table people (
  organization_id  text not null references organizations,
  id               text not null,
  place            integer not null,
  name             text not null,
  role             text not null,
  zone             text,
  reports_to       text,
  email            text,
  phone            text,
  extension        text,
  internal         boolean not null,
  documents        text not null check (documents in ('complete', 'incomplete', 'expired')),
  grade            text not null check (grade in ('pass', 'fail', 'none')),
  signed           boolean not null,
  -- 'procedure@version' signed one by one
  signatures       text[] not null,
  absent           boolean not null,
  left_at          timestamptz,
  primary key (organization_id, id)
);

-- A month's roster of one person: proposed, judged on the 1st, confirmed, active, removed.
create table roster_places (
  organization_id  text not null,
  month            text not null,
  person           text not null,
  zone             text,
  submitted_at     timestamptz not null,
  submitted_by     text not null,
  late             boolean not null,
  decision         text check (decision in ('included', 'excluded')),
  failing          text[] not null,
  sent_at          timestamptz,
  confirmed_at     timestamptz,
  activated_at     timestamptz,
  removed_at       timestamptz,
  withdrawn_at     timestamptz,
  primary key (organization_id, month, person)
);

-- Where each month's roster stands (which of its instants have passed).
create table roster_months (
  organization_id  text not null,
  month            text not null,
  due_at           timestamptz,
  begins_at        timestamptz not null,
  send_at          timestamptz,
  confirm_by       timestamptz,
  due_passed       boolean not null,
  decided          boolean not null,
  sent             boolean not null,
  confirm_passed   boolean not null,
  submitted        text[] not null,
  forfeited        text[] not null,
  primary key (organization_id, month)
);

create table person_months (
  organization_id  text not null,
  month            text not null,
  person           text not null,
  received         integer not null,
  closings         integer not null,
  sales            integer not null,
  missed           integer not null,
  reassigned_at    text[] not null,
  stated           jsonb,
  primary key (organization_id, month, person)
);

-- Each value with its origin and as it was received: {"value", "origin", "raw"}.
create table contacts (
  organization_id    text not null,
  id                 text not null,
  created_at         timestamptz not null,
  names              jsonb not null,
  phones             jsonb not null,
  emails             jsonb not null,
  documents          jsonb not null,
  whatsapp_ids       jsonb not null,
  consents           jsonb not null,
  first_contact_by   text,
  first_contact_at   timestamptz,
  merged_into        text,
  -- While merged: what the merge did, enough to undo it; no personal data.
  merge              jsonb,
  erased_at          timestamptz,
  -- Folded names, digits of phones, e-mails: what a person is looked for by. Follows from the row.
  search             text not null default '',
  primary key (organization_id, id),
  check ((merged_into is null) = (merge is null))
);
create index contacts_by_merged_into on contacts (organization_id, merged_into) where merged_into is not null;

-- Keyed hashes of the phones and e-mails of erased people, so that a list does not bring them back. Nothing else of them.
create table erased_keys (
  organization_id  text not null,
  hash             text not null,
  erased_at        timestamptz not null,
  primary key (organization_id, hash)
);

-- How a person is found again: 'phone:+52…', 'email:…', 'name:…', 'whatsapp:…', 'document:…'.
create table contact_keys (
  organization_id  text not null,
  key              text not null,
  contact          text not null,
  primary key (organization_id, key, contact)
);
create index contact_keys_by_contact on contact_keys (organization_id, contact);

-- What the gate holds: freezes by claim, opt-outs by channel.
create table holds (
  organization_id  text not null,
  contact          text not null,
  freezes          jsonb not null,
  opt_outs         jsonb not null,
  primary key (organization_id, contact)
);

-- Two people who may be one: the queue with side-by-side compare.
create table doubts (
  organization_id  text not null,
  id               text not null,
  contact          text not null,
  other            text not null,
  lead             text not null,
  score            integer not null,
  evidence         jsonb not null,
  raised_at        timestamptz not null,
  settled_at       timestamptz,
  settled_by       text,
  outcome          text check (outcome in ('same', 'different')),
  primary key (organization_id, id)
);
create index doubts_by_contact on doubts (organization_id, contact);
create index doubts_by_other on doubts (organization_id, other);
create index doubts_open on doubts (organization_id, raised_at) where settled_at is null;

create table leads (
  organization_id  text not null,
  id               text not null,
  number           bigint not null,
  contact          text,
  source           text not null,
  source_id        text,
  origin           text not null,
  zone             text,
  referred_by      text,
  duplicate_of     text,
  received_at      timestamptz not null,
  sent_at          timestamptz,
  stage            text not null check (stage in ('held', 'assigned', 'waiting', 'refused')),
  holder           text,
  queue            text check (queue in ('administrator')),
  why              text,
  taken_from       text,
  held_until       timestamptz,
  held_then        text check (held_then in ('turn', 'best', 'hand-over', 'passed-on')),
  paced            boolean not null default false,
  assigned_at      timestamptz,
  due_at           timestamptz,
  notice_due_at    timestamptz,
  notified_at      timestamptz,
  contacted_at     timestamptz,
  audit_listed_at  timestamptz,
  waits_for_call   text,
  wait_ends_at     timestamptz,
  status           text not null,
  grade            text check (grade in ('A', 'AA', 'AAA')),
  tenures          jsonb not null,
  primary key (organization_id, id),
  unique (organization_id, number),
  -- never without a holder or a queue, never with both (DESIGN.md, invariant 1)
  check (case stage when 'assigned' then holder is not null and queue is null
                    when 'waiting' then holder is null and queue is not null
                    when 'held' then holder is null and queue is null
                    else holder is null end)
);
create index leads_by_contact on leads (organization_id, contact);
create index leads_by_holder on leads (organization_id, holder) where holder is not null;
create index leads_open_clock on leads (organization_id, due_at) where due_at is not null;
create index leads_open_notice on leads (organization_id, notice_due_at) where notice_due_at is not null;
create index leads_not_placed on leads (organization_id, stage) where stage in ('held', 'waiting');
create index leads_by_received on leads (organization_id, received_at desc);
-- what each advisor was given in a week, also of leads that came in long before
create index leads_by_assigned on leads (organization_id, assigned_at);

-- What was received, as it was received; never overwritten. Personal: erased with the person.
create table lead_intakes (
  organization_id  text not null,
  lead             text not null,
  contact          text,
  name             text,
  phones           text[] not null,
  emails           text[] not null,
  message          text,
  consent          jsonb,
  campaign         jsonb not null,
  fields           jsonb not null,
  receipt          text,
  primary key (organization_id, lead)
);
create index lead_intakes_by_contact on lead_intakes (organization_id, contact) where contact is not null;

create table rotations (
  organization_id  text not null,
  rotation         text not null,
  person           text not null,
  last             integer not null,
  owed             integer not null,
  primary key (organization_id, rotation, person)
);
create table calls (
  organization_id  text not null,
  id               text not null,
  by               text,
  lead             text,
  contact          text,
  direction        text not null check (direction in ('in', 'out')),
  started_at       timestamptz not null,
  ended_at         timestamptz,
  answered         boolean,
  ring_seconds     numeric,
  talk_seconds     numeric,
  source           text not null,
  primary key (organization_id, id)
);
create index calls_by_lead on calls (organization_id, lead, started_at);
create index calls_in_progress on calls (organization_id, lead) where ended_at is null;

-- Calls the PBX was asked to make. The intent is stored before it is asked, its answer after: one whose answer is not
-- known is never asked again (DESIGN.md, invariant 6).
create table call_intents (
  organization_id  text not null,
  id               text not null,
  lead             text not null,
  contact          text,
  by               text not null,
  intended_at      timestamptz not null,
  state            text not null check (state in ('intended', 'dialing', 'refused', 'not-dialed', 'unknown')),
  code             text,
  settled_at       timestamptz,
  primary key (organization_id, id)
);
create index call_intents_by_lead on call_intents (organization_id, lead, intended_at);

do $$
declare t text;
begin
  foreach t in array array['people', 'roster_places', 'roster_months', 'person_months', 'contacts', 'contact_keys', 'erased_keys', 'holds', 'doubts', 'leads',
                           'lead_intakes', 'rotations', 'calls', 'call_intents'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
end $$;
