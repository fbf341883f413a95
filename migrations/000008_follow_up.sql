-- Meetings with the person of a lead, whoever attends them.
create table appointments (
  organization_id  text not null,
  id               text not null,
  lead             text not null,
  contact          text,
  person           text not null,
  booked_by        text not null,
  kind             text not null,
  place            text,
  starts_at        timestamptz not null,
  ends_at          timestamptz not null,
  booked_at        timestamptz not null,
  state            text not null check (state in ('booked', 'held', 'missed', 'canceled')),
  settled_at       timestamptz,
  settled_by       text,
  -- Null once it was given, or when there is no time for one.
  remind_at        timestamptz,
  remind_client_at timestamptz,
  ask_at           timestamptz,
  primary key (organization_id, id),
  check (ends_at > starts_at)
);
create index appointments_by_lead on appointments (organization_id, lead);
create index appointments_by_day on appointments (organization_id, person, starts_at);
create index appointments_open on appointments (organization_id, person, starts_at) where state = 'booked';

-- Every contact with the person of a lead that the product knows of, in either direction: what counts as follow-up is
-- decided from these rows.
create table interactions (
  organization_id  text not null,
  id               text not null,
  lead             text not null,
  contact          text,
  at               timestamptz not null,
  by               text,
  direction        text not null check (direction in ('in', 'out')),
  channel          text not null,
  answered         boolean,
  verifiable       boolean not null,
  source           text not null,
  recorded_at      timestamptz not null,
  -- Noted by mistake and taken back: it counts for nothing.
  void_at          timestamptz,
  primary key (organization_id, id)
);
create index interactions_by_lead on interactions (organization_id, lead, at);
create index interactions_by_person on interactions (organization_id, by, at);

-- How far each lead has come, and what is to be done next.
create table follow_ups (
  organization_id      text not null,
  lead                 text not null,
  contact              text,
  holder               text,
  holder_since         timestamptz,
  open                 boolean not null,
  received_at          timestamptz not null,
  status               text not null,
  grade                text,
  graded_at            timestamptz,
  contacted_at         timestamptz,
  follow_up_at         timestamptz,
  appointments         integer not null,
  opportunity_at       timestamptz,
  opportunity_by       text,
  reservation_at       timestamptz,
  reservation_by       text,
  reservation_price    numeric,
  closed_at            timestamptz,
  closed_by            text,
  sale                 text,
  lost_at              timestamptz,
  lost_reason          text,
  lost_text            text,
  incubated_at         timestamptz,
  incubated_evidence   boolean,
  next_contact_on      text,
  next_contact_from    timestamptz,
  next_action          text,
  next_action_kind     text,
  next_action_by       text,
  next_action_due_at   timestamptz,
  primary key (organization_id, lead)
);
create index follow_ups_of_holder on follow_ups (organization_id, holder) where open;
create index follow_ups_due on follow_ups (organization_id, holder, next_action_due_at) where open;

-- A person's week, Monday to Sunday, counted from the journal.
create table person_weeks (
  organization_id  text not null,
  week             text not null,
  person           text not null,
  received         integer not null,
  appointments     integer not null,
  opportunities    integer not null,
  reservations     integer not null,
  primary key (organization_id, week, person)
);

do $$
declare t text;
begin
  foreach t in array array['appointments', 'interactions', 'follow_ups', 'person_weeks'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
end $$;

-- The weekly cut: its instants, and whether it has passed (contact-center-policy L5, L6).
create table weeks (
  organization_id  text not null,
  week             text not null,
  remind_at        timestamptz not null,
  cut_at           timestamptz not null,
  reminded         boolean not null,
  cut              boolean not null,
  primary key (organization_id, week)
);

-- Each version of a person's report of a week, as it was sent or found missing.
create table weekly_reports (
  organization_id  text not null,
  week             text not null,
  person           text not null,
  version          integer not null,
  at               timestamptz not null,
  sent_at          timestamptz,
  late             boolean not null,
  received         integer not null,
  in_follow_up     integer not null,
  appointments     integer not null,
  opportunities    integer not null,
  reservations     integer not null,
  leads            jsonb not null,
  comment          text,
  primary key (organization_id, week, person, version)
);
create index weekly_reports_naming on weekly_reports using gin (leads);

-- Who had leads that were not up to date at a cut, and which.
create table leads_behind (
  organization_id  text not null,
  week             text not null,
  person           text not null,
  leads            jsonb not null,
  primary key (organization_id, week, person)
);

do $$
declare t text;
begin
  foreach t in array array['weeks', 'weekly_reports', 'leads_behind'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
end $$;

-- A group in which closings are announced (contact-center-policy L7).
alter table channels
  drop constraint channels_kind_check,
  add constraint channels_kind_check check (kind in ('whatsapp', 'email', 'telegram'));

-- Who came by recommendation of whom (contact-center-policy L8, lead-assignment P13).
create index leads_by_referrer on leads (organization_id, referred_by) where referred_by is not null;
