-- Tables of the roster: signed exceptions, guard shifts, swaps, absences, documents, exams, signatures, sign-in links.

-- lead-assignment roster.exceptions: the direction lets somebody on who falls short, signed and with reasons.
create table roster_exceptions (
  organization_id  text not null,
  month            text not null,
  person           text not null,
  clauses          text[] not null,
  signed_by        text not null,
  full_name        text not null,
  reasons          text not null,
  signed_at        timestamptz not null,
  withdrawn_at     timestamptz,
  withdrawn_by     text,
  primary key (organization_id, month, person)
);

-- Directors are reminded of the list (lead-assignment P1), and who has not confirmed of the roster (contact-center-policy L1).
alter table roster_months
  add column due_reminded  boolean not null default true,
  add column remind_at     timestamptz,
  add column reminded      boolean not null default true;
alter table roster_months alter column due_reminded drop default, alter column reminded drop default;

-- A zone's calendar of guard shifts for a month; zone '' is of the people who have none.
create table shift_plans (
  organization_id  text not null,
  month            text not null,
  zone             text not null,
  minimum          integer not null check (minimum between 1 and 100),
  -- what is not published yet: {"person": [{"on", "from", "until"}]}
  draft            jsonb,
  saved_at         timestamptz not null,
  saved_by         text not null,
  published_at     timestamptz,
  published_by     text,
  primary key (organization_id, month, zone)
);

-- One person's published shifts of a month: [{"on", "from", "until"}], in order.
create table duty_shifts (
  organization_id  text not null,
  month            text not null,
  person           text not null,
  zone             text not null,
  shifts           jsonb not null,
  primary key (organization_id, month, person)
);

create table shift_swaps (
  organization_id  text not null,
  id               text not null,
  month            text not null,
  asked_by         text not null,
  asked_of         text not null,
  gives            jsonb not null,
  takes            jsonb,
  reason           text not null,
  state            text not null check (state in ('asked', 'accepted', 'declined', 'approved', 'refused', 'lapsed', 'canceled')),
  asked_at         timestamptz not null,
  lapses_at        timestamptz not null,
  answered_at      timestamptz,
  decided_by       text,
  decided_at       timestamptz,
  answer           text,
  primary key (organization_id, id)
);
create index shift_swaps_by_month on shift_swaps (organization_id, month);

create table absences (
  organization_id  text not null,
  id               text not null,
  person           text not null,
  from_on          text not null,
  until_on         text not null,
  kind             text not null check (kind in ('vacation', 'sick', 'personal', 'training', 'other')),
  reason           text not null,
  state            text not null check (state in ('asked', 'approved', 'refused', 'canceled')),
  asked_at         timestamptz not null,
  asked_by         text not null,
  decided_by       text,
  decided_at       timestamptz,
  answer           text,
  primary key (organization_id, id),
  check (from_on <= until_on)
);
create index absences_by_days on absences (organization_id, until_on);

-- What papers the organization asks of whom (lead-assignment P7).
create table document_kinds (
  organization_id  text not null,
  id               text not null,
  name             text not null,
  roles            text[] not null,
  expires          boolean not null,
  warn_days        integer not null check (warn_days between 0 and 365),
  -- asked for from this day on, so that a new paper does not take a whole floor off the turn
  from_on          text not null,
  ended_at         timestamptz,
  primary key (organization_id, id)
);

create table person_documents (
  organization_id  text not null,
  id               text not null,
  person           text not null,
  kind             text not null,
  filed_at         timestamptz not null,
  filed_by         text not null,
  expires_on       text,
  sha256           text not null,
  media_type       text not null,
  bytes            integer not null,
  file_name        text not null,
  withdrawn_at     timestamptz,
  primary key (organization_id, id)
);
create index person_documents_by_person on person_documents (organization_id, person);

-- The files themselves, as they were handed in. Stored just before the fact that names them.
create table document_files (
  organization_id  text not null,
  id               text not null,
  content          bytea not null,
  stored_at        timestamptz not null,
  primary key (organization_id, id)
);

-- Exams with their passing mark (lead-assignment P6), and what each person got.
create table exams (
  organization_id  text not null,
  id               text not null,
  name             text not null,
  roles            text[] not null,
  passing_mark     numeric not null,
  top_mark         numeric not null,
  from_on          text not null,
  ended_at         timestamptz,
  primary key (organization_id, id),
  check (passing_mark > 0 and passing_mark <= top_mark)
);

create table exam_results (
  organization_id  text not null,
  id               text not null,
  exam             text not null,
  person           text not null,
  mark             numeric not null,
  passing_mark     numeric not null,
  passed           boolean not null,
  taken_on         text not null,
  recorded_at      timestamptz not null,
  recorded_by      text not null,
  primary key (organization_id, id)
);
create index exam_results_by_person on exam_results (organization_id, person);

-- What follows of them, beside the person it is asked of at every turn: {"kind": expires on or null}, {"exam": {"takenOn", "passed"}}.
alter table people
  add column papers  jsonb not null default '{}',
  add column marks   jsonb not null default '{}';

-- Each version of a procedure that a person is asked to sign (contact-center-policy S1), and the signature.
create table signatures (
  organization_id  text not null,
  person           text not null,
  procedure        text not null,
  version          text not null,
  asked_at         timestamptz,
  due_at           timestamptz,
  due_passed       boolean not null,
  signed_at        timestamptz,
  full_name        text,
  primary key (organization_id, person, procedure, version)
);

-- One-time links by which somebody confirmed on the roster gets in (contact-center-policy L2). Only their hash is kept.
create table sign_in_links (
  organization_id  text not null,
  id               text not null,
  person_id        text not null,
  token_hash       text not null unique,
  made_at          timestamptz not null,
  expires_at       timestamptz not null,
  used_at          timestamptz,
  primary key (organization_id, id)
);
create index sign_in_links_by_age on sign_in_links (organization_id, expires_at);

do $$
declare t text;
begin
  foreach t in array array['roster_exceptions', 'shift_plans', 'duty_shifts', 'shift_swaps', 'absences', 'document_kinds',
                           'person_documents', 'document_files', 'exams', 'exam_results', 'signatures'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
end $$;

-- Who opens a link is nobody's yet: it is found among all organizations by what it holds.
alter table sign_in_links enable row level security;
alter table sign_in_links force row level security;
create policy own_organization on sign_in_links using
  (organization_id = (select pauta_organization()) or (select pauta_organization()) = '*');
