-- Generated from the migrations; do not edit.

-- Sequences

create sequence journal_ids as bigint start 1 increment 1;

-- Functions

CREATE OR REPLACE FUNCTION pauta_organization()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select current_setting('pauta.organization', true) $function$;

CREATE OR REPLACE FUNCTION pauta_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin raise exception 'table % is append-only', tg_table_name using errcode = 'restrict_violation'; end $function$;

CREATE OR REPLACE FUNCTION who_by_key(given_hash text)
 RETURNS TABLE(organization_id text, key_id text, name text, scopes text[], requests_a_minute integer)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
declare
  prior text := coalesce(current_setting('pauta.organization', true), '');
begin
  perform set_config('pauta.organization', '*', true);
  return query select k.organization_id, k.id, k.name, k.scopes, k.requests_a_minute
                 from api_keys k where k.hash = given_hash and k.revoked_at is null;
  update api_keys set last_used_at = now()
   where hash = given_hash and revoked_at is null and (last_used_at is null or last_used_at < now() - interval '1 minute');
  perform set_config('pauta.organization', prior, true);
end $function$;

CREATE OR REPLACE FUNCTION who_by_session(given_token text, idle interval, longest interval, touch boolean)
 RETURNS TABLE(session_id text, user_id text, email text, language text, two_factor boolean, extra_roles text[], organization_id text, organization_name text, country text, zone text, locale text, second_factor_roles jsonb, person_id text, person_name text, role text, person_zone text)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
declare
  prior text := coalesce(current_setting('pauta.organization', true), '');
  s sessions%rowtype;
  m memberships%rowtype;
begin
  select * into s from sessions where token = given_token;
  if not found or s.expires_at <= now() or s.created_at + longest <= now() then return; end if;
  perform set_config('pauta.organization', '*', true);
  select * into m from memberships where user_id = s.user_id and ended_at is null;
  perform set_config('pauta.organization', coalesce(m.organization_id, ''), true);
  return query
    select s.id, u.id, u.email, u.language, coalesce(u.two_factor_enabled, false), m.extra_roles,
           o.id, o.name, o.country, o.zone, o.locale, coalesce(o.settings -> 'secondFactorRoles', '[]'::jsonb),
           p.id, p.name, p.role, p.zone
      from users u
      join organizations o on o.id = m.organization_id
      join people p on p.organization_id = m.organization_id and p.id = m.person_id
     where u.id = s.user_id and p.left_at is null;
  -- Written at most once a minute: every request would otherwise be a write.
  if found and touch and s.updated_at < now() - interval '1 minute' then
    update sessions set updated_at = now(), expires_at = now() + idle where id = s.id;
  end if;
  perform set_config('pauta.organization', prior, true);
end $function$;

-- Tables

create table absences (
  organization_id text not null,
  id text not null,
  person text not null,
  from_on text not null,
  until_on text not null,
  kind text not null,
  reason text not null,
  state text not null,
  asked_at timestamp with time zone not null,
  asked_by text not null,
  decided_by text,
  decided_at timestamp with time zone,
  answer text,
  constraint absences_check CHECK ((from_on <= until_on)),
  constraint absences_kind_check CHECK ((kind = ANY (ARRAY['vacation'::text, 'sick'::text, 'personal'::text, 'training'::text, 'other'::text]))),
  constraint absences_pkey PRIMARY KEY (organization_id, id),
  constraint absences_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text, 'canceled'::text])))
);
CREATE INDEX absences_by_days ON absences USING btree (organization_id, until_on);
alter table absences enable row level security;
alter table absences force row level security;
create policy own_organization on absences for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table accounts (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_provider_id_account_id_key UNIQUE (provider_id, account_id),
  constraint accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX accounts_by_user ON accounts USING btree (user_id);

create table api_keys (
  organization_id text not null,
  id text not null,
  name text not null,
  starts_with text not null,
  hash text not null,
  scopes text[] not null,
  requests_a_minute integer not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  constraint api_keys_hash_key UNIQUE (hash),
  constraint api_keys_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint api_keys_pkey PRIMARY KEY (organization_id, id),
  constraint api_keys_requests_a_minute_check CHECK ((requests_a_minute > 0)),
  constraint api_keys_scopes_check CHECK ((cardinality(scopes) > 0))
);
alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy own_organization on api_keys for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table api_requests (
  organization_id text not null,
  caller text not null,
  key text not null,
  body_hash text not null,
  receipt text not null,
  made_at timestamp with time zone not null,
  constraint api_requests_pkey PRIMARY KEY (organization_id, caller, key)
);
CREATE INDEX api_requests_by_age ON api_requests USING btree (organization_id, made_at);
alter table api_requests enable row level security;
alter table api_requests force row level security;
create policy own_organization on api_requests for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table appointments (
  organization_id text not null,
  id text not null,
  lead text not null,
  contact text,
  person text not null,
  booked_by text not null,
  kind text not null,
  place text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  booked_at timestamp with time zone not null,
  state text not null,
  settled_at timestamp with time zone,
  settled_by text,
  remind_at timestamp with time zone,
  remind_client_at timestamp with time zone,
  ask_at timestamp with time zone,
  constraint appointments_check CHECK ((ends_at > starts_at)),
  constraint appointments_pkey PRIMARY KEY (organization_id, id),
  constraint appointments_state_check CHECK ((state = ANY (ARRAY['booked'::text, 'held'::text, 'missed'::text, 'canceled'::text])))
);
CREATE INDEX appointments_by_day ON appointments USING btree (organization_id, person, starts_at);
CREATE INDEX appointments_by_lead ON appointments USING btree (organization_id, lead);
CREATE INDEX appointments_open ON appointments USING btree (organization_id, person, starts_at) WHERE (state = 'booked'::text);
alter table appointments enable row level security;
alter table appointments force row level security;
create policy own_organization on appointments for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table audits (
  organization_id text not null,
  id text not null,
  person text not null,
  audited_by text not null,
  audited_at timestamp with time zone not null,
  finding text not null,
  lead text,
  call text,
  week text,
  checklist jsonb not null,
  note text,
  month text,
  removed boolean not null,
  handed_over jsonb not null,
  state text not null,
  hearing_due_at timestamp with time zone,
  answered_at timestamp with time zone,
  answer text,
  ruled_at timestamp with time zone,
  ruled_by text,
  reasons text,
  constraint audits_finding_check CHECK ((finding = ANY (ARRAY['ok'::text, 'bad-care'::text]))),
  constraint audits_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint audits_pkey PRIMARY KEY (organization_id, id),
  constraint audits_state_check CHECK ((state = ANY (ARRAY['closed'::text, 'opened'::text, 'heard'::text, 'upheld'::text, 'overturned'::text])))
);
CREATE INDEX audits_by_at ON audits USING btree (organization_id, audited_at);
CREATE INDEX audits_by_lead ON audits USING btree (organization_id, lead) WHERE (lead IS NOT NULL);
CREATE INDEX audits_by_person ON audits USING btree (organization_id, person, audited_at);
CREATE INDEX audits_open ON audits USING btree (organization_id, hearing_due_at) WHERE (state = ANY (ARRAY['opened'::text, 'heard'::text]));
alter table audits enable row level security;
alter table audits force row level security;
create policy own_organization on audits for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table call_intents (
  organization_id text not null,
  id text not null,
  lead text not null,
  contact text,
  by text not null,
  intended_at timestamp with time zone not null,
  state text not null,
  code text,
  settled_at timestamp with time zone,
  pbx_call text,
  call text,
  constraint call_intents_pkey PRIMARY KEY (organization_id, id),
  constraint call_intents_state_check CHECK ((state = ANY (ARRAY['intended'::text, 'dialing'::text, 'refused'::text, 'not-dialed'::text, 'unknown'::text, 'made'::text])))
);
CREATE INDEX call_intents_by_lead ON call_intents USING btree (organization_id, lead, intended_at);
CREATE INDEX call_intents_by_pbx_call ON call_intents USING btree (organization_id, pbx_call) WHERE (pbx_call IS NOT NULL);
CREATE INDEX call_intents_open ON call_intents USING btree (organization_id, by) WHERE (state = ANY (ARRAY['intended'::text, 'unknown'::text, 'dialing'::text]));
alter table call_intents enable row level security;
alter table call_intents force row level security;
create policy own_organization on call_intents for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table calls (
  organization_id text not null,
  id text not null,
  by text,
  lead text,
  contact text,
  direction text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  answered boolean,
  ring_seconds numeric,
  talk_seconds numeric,
  source text not null,
  constraint calls_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint calls_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX calls_by_lead ON calls USING btree (organization_id, lead, started_at);
CREATE INDEX calls_by_started ON calls USING btree (organization_id, started_at);
CREATE INDEX calls_in_progress ON calls USING btree (organization_id, lead) WHERE (ended_at IS NULL);
alter table calls enable row level security;
alter table calls force row level security;
create policy own_organization on calls for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table channels (
  organization_id text not null,
  kind text not null,
  settings text not null,
  state text not null,
  reason text,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint channels_kind_check CHECK ((kind = ANY (ARRAY['whatsapp'::text, 'email'::text, 'telegram'::text]))),
  constraint channels_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint channels_pkey PRIMARY KEY (organization_id, kind),
  constraint channels_state_check CHECK ((state = ANY (ARRAY['ok'::text, 'stopped'::text])))
);
alter table channels enable row level security;
alter table channels force row level security;
create policy own_organization on channels for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table claim_drafts (
  organization_id text not null,
  id text not null,
  requester text not null,
  opened_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  state text not null,
  held text,
  lead text,
  missing text[] not null,
  asked integer not null,
  mails text[] not null,
  image text,
  image_dated_on date,
  image_taken_at text,
  first_contact boolean not null,
  why text,
  constraint claim_drafts_pkey PRIMARY KEY (organization_id, id),
  constraint claim_drafts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'complete'::text, 'submitted'::text, 'refused'::text])))
);
CREATE INDEX claim_drafts_open ON claim_drafts USING btree (organization_id, updated_at) WHERE (state = ANY (ARRAY['open'::text, 'complete'::text]));
alter table claim_drafts enable row level security;
alter table claim_drafts force row level security;
create policy own_organization on claim_drafts for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table claim_images (
  organization_id text not null,
  id text not null,
  lead text not null,
  sha256 text not null,
  media_type text not null,
  file_name text not null,
  bytes bytea not null,
  taken_at text,
  uploaded_by text not null,
  uploaded_at timestamp with time zone not null,
  constraint claim_images_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX claim_images_by_lead ON claim_images USING btree (organization_id, lead);
alter table claim_images enable row level security;
alter table claim_images force row level security;
create policy own_organization on claim_images for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table claims (
  organization_id text not null,
  id text not null,
  lead text not null,
  requester text not null,
  requested_at timestamp with time zone not null,
  state text not null,
  missing text[] not null,
  name text,
  phone text,
  email text,
  source text,
  image_dated_on text,
  image text,
  image_sha256 text,
  first_contact_shown boolean not null,
  waits_for text,
  ruling_due_at timestamp with time zone,
  ruling_missed_at timestamp with time zone,
  handler text,
  holder text,
  asked_at timestamp with time zone,
  evidence_due_at timestamp with time zone,
  excepted_until timestamp with time zone,
  reminded_at timestamp with time zone,
  ruling_reminded_at timestamp with time zone,
  evidence jsonb not null,
  completed_at timestamp with time zone,
  signatures jsonb not null,
  proposed_at timestamp with time zone,
  outcome text,
  line integer,
  because text[] not null,
  unmet text[] not null,
  ruled_at timestamp with time zone,
  ruled_outcome text,
  ruled_by text,
  otherwise boolean not null,
  reasons text,
  released_at timestamp with time zone,
  appealed_at timestamp with time zone,
  appealed_by text,
  appeal_reasons text,
  appeal_due_at timestamp with time zone,
  appeal_missed_at timestamp with time zone,
  appeal_ruled_at timestamp with time zone,
  appeal_ruled_by text,
  appeal_outcome text,
  appeal_ruling text,
  closed_at timestamp with time zone,
  closed_why text,
  constraint claims_appeal_outcome_check CHECK ((appeal_outcome = ANY (ARRAY['keep'::text, 'reassign'::text]))),
  constraint claims_check CHECK (((ruled_at IS NULL) = (ruled_by IS NULL))),
  constraint claims_check1 CHECK (((asked_at IS NULL) = (handler IS NULL))),
  constraint claims_outcome_check CHECK ((outcome = ANY (ARRAY['keep'::text, 'reassign'::text]))),
  constraint claims_pkey PRIMARY KEY (organization_id, id),
  constraint claims_ruled_outcome_check CHECK ((ruled_outcome = ANY (ARRAY['keep'::text, 'reassign'::text]))),
  constraint claims_state_check CHECK ((state = ANY (ARRAY['returned'::text, 'waiting'::text, 'open'::text, 'asked'::text, 'proposed'::text, 'ruled'::text, 'appealed'::text, 'closed'::text])))
);
CREATE INDEX claims_by_holder ON claims USING btree (organization_id, holder, requested_at DESC) WHERE (holder IS NOT NULL);
CREATE INDEX claims_by_lead ON claims USING btree (organization_id, lead);
CREATE INDEX claims_by_requester ON claims USING btree (organization_id, requester, requested_at DESC);
CREATE INDEX claims_open ON claims USING btree (organization_id, ruling_due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'open'::text, 'asked'::text, 'proposed'::text, 'appealed'::text]));
alter table claims enable row level security;
alter table claims force row level security;
create policy own_organization on claims for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table commission_lines (
  organization_id text not null,
  sale text not null,
  number integer not null,
  person text not null,
  role text not null,
  part text not null,
  sanction text,
  percent text,
  amount text not null,
  month text not null,
  at timestamp with time zone not null,
  why text,
  because text[] not null,
  constraint commission_lines_amount_check CHECK ((amount ~ '^-?\d+\.\d{2}$'::text)),
  constraint commission_lines_part_check CHECK ((part = ANY (ARRAY['earned'::text, 'retention'::text, 'support'::text, 'split'::text, 'sanction'::text]))),
  constraint commission_lines_pkey PRIMARY KEY (organization_id, sale, number),
  constraint commission_lines_role_check CHECK ((role = ANY (ARRAY['advisor'::text, 'manager'::text]))),
  constraint commission_lines_why_check CHECK ((why = ANY (ARRAY['corrected'::text, 'canceled'::text, 'credited'::text, 'support-named'::text, 'sanction'::text, 'overturned'::text])))
);
CREATE INDEX commission_lines_by_month ON commission_lines USING btree (organization_id, month);
CREATE INDEX commission_lines_by_person ON commission_lines USING btree (organization_id, person, month);
alter table commission_lines enable row level security;
alter table commission_lines force row level security;
create policy own_organization on commission_lines for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table contact_keys (
  organization_id text not null,
  key text not null,
  contact text not null,
  constraint contact_keys_pkey PRIMARY KEY (organization_id, key, contact)
);
CREATE INDEX contact_keys_by_contact ON contact_keys USING btree (organization_id, contact);
alter table contact_keys enable row level security;
alter table contact_keys force row level security;
create policy own_organization on contact_keys for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table contacts (
  organization_id text not null,
  id text not null,
  created_at timestamp with time zone not null,
  names jsonb not null,
  phones jsonb not null,
  emails jsonb not null,
  documents jsonb not null,
  whatsapp_ids jsonb not null,
  consents jsonb not null,
  first_contact_by text,
  first_contact_at timestamp with time zone,
  merged_into text,
  merge jsonb,
  erased_at timestamp with time zone,
  search text default ''::text not null,
  constraint contacts_check CHECK (((merged_into IS NULL) = (merge IS NULL))),
  constraint contacts_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX contacts_by_merged_into ON contacts USING btree (organization_id, merged_into) WHERE (merged_into IS NOT NULL);
alter table contacts enable row level security;
alter table contacts force row level security;
create policy own_organization on contacts for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table deadlines (
  organization_id text not null,
  subject text not null,
  kind text not null,
  due_at timestamp with time zone not null,
  rank bigint default 0 not null,
  constraint deadlines_pkey PRIMARY KEY (organization_id, subject, kind)
);
CREATE INDEX deadlines_due ON deadlines USING btree (due_at);
CREATE INDEX deadlines_due_by_organization ON deadlines USING btree (organization_id, due_at, rank);
alter table deadlines enable row level security;
alter table deadlines force row level security;
create policy own_organization on deadlines for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table document_files (
  organization_id text not null,
  id text not null,
  content bytea not null,
  stored_at timestamp with time zone not null,
  constraint document_files_pkey PRIMARY KEY (organization_id, id)
);
alter table document_files enable row level security;
alter table document_files force row level security;
create policy own_organization on document_files for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table document_kinds (
  organization_id text not null,
  id text not null,
  name text not null,
  roles text[] not null,
  expires boolean not null,
  warn_days integer not null,
  from_on text not null,
  ended_at timestamp with time zone,
  constraint document_kinds_pkey PRIMARY KEY (organization_id, id),
  constraint document_kinds_warn_days_check CHECK (((warn_days >= 0) AND (warn_days <= 365)))
);
alter table document_kinds enable row level security;
alter table document_kinds force row level security;
create policy own_organization on document_kinds for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table doubts (
  organization_id text not null,
  id text not null,
  contact text not null,
  other text not null,
  lead text not null,
  score integer not null,
  evidence jsonb not null,
  raised_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  settled_by text,
  outcome text,
  constraint doubts_outcome_check CHECK ((outcome = ANY (ARRAY['same'::text, 'different'::text]))),
  constraint doubts_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX doubts_by_contact ON doubts USING btree (organization_id, contact);
CREATE INDEX doubts_by_other ON doubts USING btree (organization_id, other);
CREATE INDEX doubts_open ON doubts USING btree (organization_id, raised_at) WHERE (settled_at IS NULL);
alter table doubts enable row level security;
alter table doubts force row level security;
create policy own_organization on doubts for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table draft_words (
  organization_id text not null,
  draft text not null,
  subject text,
  name text,
  phone text,
  email text,
  source text,
  reason text,
  constraint draft_words_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint draft_words_pkey PRIMARY KEY (organization_id, draft)
);
alter table draft_words enable row level security;
alter table draft_words force row level security;
create policy own_organization on draft_words for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table duty_shifts (
  organization_id text not null,
  month text not null,
  person text not null,
  zone text not null,
  shifts jsonb not null,
  constraint duty_shifts_pkey PRIMARY KEY (organization_id, month, person)
);
alter table duty_shifts enable row level security;
alter table duty_shifts force row level security;
create policy own_organization on duty_shifts for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table erased_keys (
  organization_id text not null,
  hash text not null,
  erased_at timestamp with time zone not null,
  constraint erased_keys_pkey PRIMARY KEY (organization_id, hash)
);
alter table erased_keys enable row level security;
alter table erased_keys force row level security;
create policy own_organization on erased_keys for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table exam_results (
  organization_id text not null,
  id text not null,
  exam text not null,
  person text not null,
  mark numeric not null,
  passing_mark numeric not null,
  passed boolean not null,
  taken_on text not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  constraint exam_results_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX exam_results_by_person ON exam_results USING btree (organization_id, person);
alter table exam_results enable row level security;
alter table exam_results force row level security;
create policy own_organization on exam_results for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table exams (
  organization_id text not null,
  id text not null,
  name text not null,
  roles text[] not null,
  passing_mark numeric not null,
  top_mark numeric not null,
  from_on text not null,
  ended_at timestamp with time zone,
  constraint exams_check CHECK (((passing_mark > (0)::numeric) AND (passing_mark <= top_mark))),
  constraint exams_pkey PRIMARY KEY (organization_id, id)
);
alter table exams enable row level security;
alter table exams force row level security;
create policy own_organization on exams for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table extension_map (
  organization_id text not null,
  id text not null,
  source text not null,
  person text not null,
  extension text,
  name text,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  constraint extension_map_check CHECK (((extension IS NOT NULL) OR (name IS NOT NULL))),
  constraint extension_map_pkey PRIMARY KEY (organization_id, id)
);
alter table extension_map enable row level security;
alter table extension_map force row level security;
create policy own_organization on extension_map for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table follow_ups (
  organization_id text not null,
  lead text not null,
  contact text,
  holder text,
  holder_since timestamp with time zone,
  open boolean not null,
  received_at timestamp with time zone not null,
  status text not null,
  grade text,
  graded_at timestamp with time zone,
  contacted_at timestamp with time zone,
  follow_up_at timestamp with time zone,
  appointments integer not null,
  opportunity_at timestamp with time zone,
  opportunity_by text,
  reservation_at timestamp with time zone,
  reservation_by text,
  reservation_price numeric,
  closed_at timestamp with time zone,
  closed_by text,
  sale text,
  lost_at timestamp with time zone,
  lost_reason text,
  lost_text text,
  incubated_at timestamp with time zone,
  incubated_evidence boolean,
  next_contact_on text,
  next_contact_from timestamp with time zone,
  next_action text,
  next_action_kind text,
  next_action_by text,
  next_action_due_at timestamp with time zone,
  constraint follow_ups_pkey PRIMARY KEY (organization_id, lead)
);
CREATE INDEX follow_ups_due ON follow_ups USING btree (organization_id, holder, next_action_due_at) WHERE open;
CREATE INDEX follow_ups_of_holder ON follow_ups USING btree (organization_id, holder) WHERE open;
alter table follow_ups enable row level security;
alter table follow_ups force row level security;
create policy own_organization on follow_ups for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table holds (
  organization_id text not null,
  contact text not null,
  freezes jsonb not null,
  opt_outs jsonb not null,
  constraint holds_pkey PRIMARY KEY (organization_id, contact)
);
alter table holds enable row level security;
alter table holds force row level security;
create policy own_organization on holds for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table import_faults (
  organization_id text not null,
  import text not null,
  "row" integer not null,
  fault jsonb not null,
  cells jsonb not null,
  constraint import_faults_pkey PRIMARY KEY (organization_id, import, "row")
);
alter table import_faults enable row level security;
alter table import_faults force row level security;
create policy own_organization on import_faults for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table imports (
  organization_id text not null,
  id text not null,
  source text not null,
  kind text not null,
  file_name text not null,
  file_hash text not null,
  file bytea not null,
  options jsonb not null,
  mapping jsonb not null,
  state text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  canceled_at timestamp with time zone,
  lease_until timestamp with time zone,
  rows_read integer default 0 not null,
  rows_skipped integer default 0 not null,
  done_row integer default 0 not null,
  leads integer default 0 not null,
  duplicates integer default 0 not null,
  repeats integer default 0 not null,
  refused integer default 0 not null,
  why text,
  columns text[] default '{}'::text[] not null,
  constraint imports_kind_check CHECK ((kind = ANY (ARRAY['new'::text, 'existing'::text]))),
  constraint imports_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint imports_pkey PRIMARY KEY (organization_id, id),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['preview'::text, 'running'::text, 'done'::text, 'canceled'::text, 'failed'::text])))
);
CREATE INDEX imports_running ON imports USING btree (lease_until) WHERE (state = 'running'::text);
alter table imports enable row level security;
alter table imports force row level security;
create policy own_organization on imports for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table inbound_seen (
  organization_id text not null,
  channel text not null,
  id text not null,
  seen_at timestamp with time zone not null,
  constraint inbound_seen_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint inbound_seen_pkey PRIMARY KEY (organization_id, channel, id)
);
CREATE INDEX inbound_seen_by_age ON inbound_seen USING btree (organization_id, seen_at);
alter table inbound_seen enable row level security;
alter table inbound_seen force row level security;
create policy own_organization on inbound_seen for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table incubations (
  organization_id text not null,
  lead text not null,
  at timestamp with time zone not null,
  by text not null,
  next_contact_on text not null,
  evidence boolean not null,
  constraint incubations_pkey PRIMARY KEY (organization_id, lead, at)
);
alter table incubations enable row level security;
alter table incubations force row level security;
create policy own_organization on incubations for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table interactions (
  organization_id text not null,
  id text not null,
  lead text not null,
  contact text,
  at timestamp with time zone not null,
  by text,
  direction text not null,
  channel text not null,
  answered boolean,
  verifiable boolean not null,
  source text not null,
  recorded_at timestamp with time zone not null,
  void_at timestamp with time zone,
  constraint interactions_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint interactions_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX interactions_by_lead ON interactions USING btree (organization_id, lead, at);
CREATE INDEX interactions_by_person ON interactions USING btree (organization_id, by, at);
alter table interactions enable row level security;
alter table interactions force row level security;
create policy own_organization on interactions for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table invitations (
  organization_id text not null,
  id text not null,
  person_id text not null,
  email text not null,
  token_hash text not null,
  invited_by text not null,
  invited_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  constraint invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint invitations_pkey PRIMARY KEY (organization_id, id),
  constraint invitations_token_hash_key UNIQUE (token_hash)
);
CREATE UNIQUE INDEX invitations_one_open ON invitations USING btree (organization_id, person_id) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));
alter table invitations enable row level security;
alter table invitations force row level security;
create policy own_organization on invitations for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table journal (
  organization_id text not null,
  id bigint not null,
  at timestamp with time zone not null,
  entry text not null,
  kind text not null,
  actor text not null,
  because text[] not null,
  lead text,
  contact text,
  person text,
  caused_by bigint,
  fields jsonb not null,
  commitment text,
  constraint journal_check CHECK (((kind = 'fact'::text) OR (cardinality(because) > 0))),
  constraint journal_kind_check CHECK ((kind = ANY (ARRAY['fact'::text, 'decision'::text]))),
  constraint journal_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint journal_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX journal_by_contact ON journal USING btree (organization_id, contact, id) WHERE (contact IS NOT NULL);
CREATE INDEX journal_by_entry ON journal USING btree (organization_id, entry, id);
CREATE INDEX journal_by_lead ON journal USING btree (organization_id, lead, id) WHERE (lead IS NOT NULL);
CREATE INDEX journal_by_person ON journal USING btree (organization_id, person, id) WHERE (person IS NOT NULL);
CREATE TRIGGER journal_append_only BEFORE DELETE OR UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION pauta_refuse_change();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION pauta_refuse_change();
alter table journal enable row level security;
alter table journal force row level security;
create policy own_organization on journal for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table journal_personal (
  organization_id text not null,
  entry_id bigint not null,
  contact text,
  salt text not null,
  fields jsonb not null,
  constraint journal_personal_organization_id_entry_id_fkey FOREIGN KEY (organization_id, entry_id) REFERENCES journal(organization_id, id),
  constraint journal_personal_pkey PRIMARY KEY (organization_id, entry_id)
);
CREATE INDEX journal_personal_by_contact ON journal_personal USING btree (organization_id, contact);
CREATE TRIGGER journal_personal_no_truncate BEFORE TRUNCATE ON journal_personal FOR EACH STATEMENT EXECUTE FUNCTION pauta_refuse_change();
CREATE TRIGGER journal_personal_no_update BEFORE UPDATE ON journal_personal FOR EACH ROW EXECUTE FUNCTION pauta_refuse_change();
alter table journal_personal enable row level security;
alter table journal_personal force row level security;
create policy own_organization on journal_personal for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table journal_seals (
  organization_id text not null,
  number bigint not null,
  entry_id bigint not null,
  hash text not null,
  sealed_at timestamp with time zone not null,
  constraint journal_seals_organization_id_entry_id_key UNIQUE (organization_id, entry_id),
  constraint journal_seals_pkey PRIMARY KEY (organization_id, number)
);
CREATE TRIGGER journal_seals_append_only BEFORE DELETE OR UPDATE ON journal_seals FOR EACH ROW EXECUTE FUNCTION pauta_refuse_change();
CREATE TRIGGER journal_seals_no_truncate BEFORE TRUNCATE ON journal_seals FOR EACH STATEMENT EXECUTE FUNCTION pauta_refuse_change();
alter table journal_seals enable row level security;
alter table journal_seals force row level security;
create policy own_organization on journal_seals for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table journal_unsealed (
  organization_id text not null,
  entry_id bigint not null,
  since timestamp with time zone default now() not null,
  constraint journal_unsealed_pkey PRIMARY KEY (organization_id, entry_id)
);
alter table journal_unsealed enable row level security;
alter table journal_unsealed force row level security;
create policy own_organization on journal_unsealed for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table lead_edits (
  organization_id text not null,
  id text not null,
  lead text not null,
  at timestamp with time zone not null,
  by text not null,
  field text not null,
  before text,
  after text,
  flags text[] not null,
  claim text,
  constraint lead_edits_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX lead_edits_by_lead ON lead_edits USING btree (organization_id, lead, at);
alter table lead_edits enable row level security;
alter table lead_edits force row level security;
create policy own_organization on lead_edits for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table lead_intakes (
  organization_id text not null,
  lead text not null,
  contact text,
  name text,
  phones text[] not null,
  emails text[] not null,
  message text,
  consent jsonb,
  campaign jsonb not null,
  fields jsonb not null,
  receipt text,
  constraint lead_intakes_pkey PRIMARY KEY (organization_id, lead)
);
CREATE INDEX lead_intakes_by_contact ON lead_intakes USING btree (organization_id, contact) WHERE (contact IS NOT NULL);
alter table lead_intakes enable row level security;
alter table lead_intakes force row level security;
create policy own_organization on lead_intakes for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table lead_moves (
  organization_id text not null,
  lead text not null,
  at timestamp with time zone not null,
  kind text not null,
  person text not null,
  since timestamp with time zone not null,
  counts boolean not null,
  constraint lead_moves_kind_check CHECK ((kind = ANY (ARRAY['given'::text, 'nowhere'::text, 'undone'::text, 'closed'::text, 'taken-back'::text]))),
  constraint lead_moves_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint lead_moves_pkey PRIMARY KEY (organization_id, lead, kind, person, at, since)
);
CREATE INDEX lead_moves_by_time ON lead_moves USING btree (organization_id, at);
CREATE INDEX lead_moves_counted ON lead_moves USING btree (organization_id, since) INCLUDE (lead, person, kind) WHERE ((kind = ANY (ARRAY['given'::text, 'closed'::text])) AND counts);
CREATE INDEX lead_moves_taken_back ON lead_moves USING btree (organization_id, lead, person, since, kind) WHERE (kind = ANY (ARRAY['undone'::text, 'taken-back'::text]));
alter table lead_moves enable row level security;
alter table lead_moves force row level security;
create policy own_organization on lead_moves for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table leads (
  organization_id text not null,
  id text not null,
  number bigint not null,
  contact text,
  source text not null,
  source_id text,
  origin text not null,
  zone text,
  referred_by text,
  duplicate_of text,
  received_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  stage text not null,
  holder text,
  queue text,
  why text,
  taken_from text,
  held_until timestamp with time zone,
  held_then text,
  paced boolean default false not null,
  assigned_at timestamp with time zone,
  due_at timestamp with time zone,
  notice_due_at timestamp with time zone,
  notified_at timestamp with time zone,
  contacted_at timestamp with time zone,
  audit_listed_at timestamp with time zone,
  waits_for_call text,
  wait_ends_at timestamp with time zone,
  status text not null,
  grade text,
  tenures jsonb not null,
  claims text[] default '{}'::text[] not null,
  frozen_at timestamp with time zone,
  constraint leads_check CHECK (
CASE stage
    WHEN 'assigned'::text THEN ((holder IS NOT NULL) AND (queue IS NULL))
    WHEN 'waiting'::text THEN ((holder IS NULL) AND (queue IS NOT NULL))
    WHEN 'held'::text THEN ((holder IS NULL) AND (queue IS NULL))
    ELSE (holder IS NULL)
END),
  constraint leads_grade_check CHECK ((grade = ANY (ARRAY['A'::text, 'AA'::text, 'AAA'::text]))),
  constraint leads_held_then_check CHECK ((held_then = ANY (ARRAY['turn'::text, 'best'::text, 'hand-over'::text, 'passed-on'::text]))),
  constraint leads_organization_id_number_key UNIQUE (organization_id, number),
  constraint leads_pkey PRIMARY KEY (organization_id, id),
  constraint leads_queue_check CHECK ((queue = 'administrator'::text)),
  constraint leads_stage_check CHECK ((stage = ANY (ARRAY['held'::text, 'assigned'::text, 'waiting'::text, 'refused'::text])))
);
CREATE INDEX leads_by_assigned ON leads USING btree (organization_id, assigned_at);
CREATE INDEX leads_by_contact ON leads USING btree (organization_id, contact);
CREATE INDEX leads_by_holder ON leads USING btree (organization_id, holder) WHERE (holder IS NOT NULL);
CREATE INDEX leads_by_received ON leads USING btree (organization_id, received_at DESC);
CREATE INDEX leads_by_referrer ON leads USING btree (organization_id, referred_by) WHERE (referred_by IS NOT NULL);
CREATE UNIQUE INDEX leads_by_source_id ON leads USING btree (organization_id, source, source_id) WHERE (source_id IS NOT NULL);
CREATE INDEX leads_not_placed ON leads USING btree (organization_id, stage) WHERE (stage = ANY (ARRAY['held'::text, 'waiting'::text]));
CREATE INDEX leads_open_clock ON leads USING btree (organization_id, due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX leads_open_notice ON leads USING btree (organization_id, notice_due_at) WHERE (notice_due_at IS NOT NULL);
alter table leads enable row level security;
alter table leads force row level security;
create policy own_organization on leads for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table leads_behind (
  organization_id text not null,
  week text not null,
  person text not null,
  leads jsonb not null,
  constraint leads_behind_pkey PRIMARY KEY (organization_id, week, person)
);
alter table leads_behind enable row level security;
alter table leads_behind force row level security;
create policy own_organization on leads_behind for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table mail_files (
  organization_id text not null,
  id text not null,
  mail text not null,
  name text,
  mime text not null,
  size bigint not null,
  sha256 text not null,
  picture text,
  damage text,
  taken_at text,
  constraint mail_files_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint mail_files_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX mail_files_of_mail ON mail_files USING btree (organization_id, mail);
alter table mail_files enable row level security;
alter table mail_files force row level security;
create policy own_organization on mail_files for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table mailboxes (
  organization_id text not null,
  settings text not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  uid_validity bigint,
  last_uid bigint default 0 not null,
  state text not null,
  reason text,
  seen_at timestamp with time zone,
  worker text,
  lease_until timestamp with time zone,
  constraint mailboxes_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint mailboxes_pkey PRIMARY KEY (organization_id),
  constraint mailboxes_state_check CHECK ((state = ANY (ARRAY['new'::text, 'ok'::text, 'failing'::text])))
);
alter table mailboxes enable row level security;
alter table mailboxes force row level security;
create policy own_organization on mailboxes for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table mails (
  organization_id text not null,
  id text not null,
  key text not null,
  uid_validity bigint,
  uid bigint,
  received_at timestamp with time zone not null,
  raw bytea not null,
  size bigint not null,
  state text not null,
  kind text,
  fault text,
  draft text,
  tries integer default 0 not null,
  retry_at timestamp with time zone,
  constraint mails_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint mails_organization_id_key_key UNIQUE (organization_id, key),
  constraint mails_pkey PRIMARY KEY (organization_id, id),
  constraint mails_state_check CHECK ((state = ANY (ARRAY['new'::text, 'done'::text, 'faulty'::text])))
);
CREATE INDEX mails_new ON mails USING btree (retry_at) WHERE (state = 'new'::text);
CREATE INDEX mails_of_draft ON mails USING btree (organization_id, draft) WHERE (draft IS NOT NULL);
alter table mails enable row level security;
alter table mails force row level security;
create policy own_organization on mails for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table media_bytes (
  organization_id text not null,
  media text not null,
  sha256 text not null,
  mime text,
  bytes bytea not null,
  constraint media_bytes_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint media_bytes_pkey PRIMARY KEY (organization_id, media)
);
alter table media_bytes enable row level security;
alter table media_bytes force row level security;
create policy own_organization on media_bytes for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table media_wanted (
  organization_id text not null,
  media text not null,
  remote_id text not null,
  told_sha256 text,
  until timestamp with time zone not null,
  tries integer default 0 not null,
  next_at timestamp with time zone not null,
  constraint media_wanted_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint media_wanted_pkey PRIMARY KEY (organization_id, media)
);
CREATE INDEX media_wanted_next ON media_wanted USING btree (next_at);
alter table media_wanted enable row level security;
alter table media_wanted force row level security;
create policy own_organization on media_wanted for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table memberships (
  organization_id text not null,
  user_id text not null,
  person_id text not null,
  extra_roles text[] default '{}'::text[] not null,
  since timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint memberships_pkey PRIMARY KEY (organization_id, user_id),
  constraint memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);
CREATE UNIQUE INDEX memberships_one_a_user ON memberships USING btree (user_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX memberships_one_user_a_person ON memberships USING btree (organization_id, person_id) WHERE (ended_at IS NULL);
alter table memberships enable row level security;
alter table memberships force row level security;
create policy own_organization on memberships for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table message_media (
  organization_id text not null,
  id text not null,
  message text not null,
  lead text not null,
  state text not null,
  mime text,
  size bigint,
  sha256 text,
  why text,
  voice boolean not null,
  name text,
  constraint message_media_pkey PRIMARY KEY (organization_id, id),
  constraint message_media_state_check CHECK ((state = ANY (ARRAY['wanted'::text, 'kept'::text, 'lost'::text])))
);
CREATE INDEX message_media_of_message ON message_media USING btree (organization_id, message);
alter table message_media enable row level security;
alter table message_media force row level security;
create policy own_organization on message_media for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table meta_watermarks (
  organization_id text not null,
  source text not null,
  form text not null,
  watermark timestamp with time zone not null,
  read_at timestamp with time zone,
  due_at timestamp with time zone not null,
  lease_until timestamp with time zone,
  constraint meta_watermarks_pkey PRIMARY KEY (organization_id, source, form)
);
alter table meta_watermarks enable row level security;
alter table meta_watermarks force row level security;
create policy own_organization on meta_watermarks for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table organizations (
  id text not null,
  name text not null,
  country text not null,
  zone text not null,
  locale text not null,
  settings jsonb default '{}'::jsonb not null,
  adoptions jsonb default '[]'::jsonb not null,
  opened_at timestamp with time zone not null,
  constraint organizations_country_check CHECK ((country = ANY (ARRAY['MX'::text, 'CO'::text]))),
  constraint organizations_pkey PRIMARY KEY (id)
);

create table outbox (
  organization_id text not null,
  id text not null,
  recipient text not null,
  channel text not null,
  kind text not null,
  lead text,
  fields jsonb not null,
  queued_at timestamp with time zone not null,
  not_before timestamp with time zone not null,
  state text not null,
  attempts integer default 0 not null,
  provider_id text,
  outcome jsonb,
  settled_at timestamp with time zone,
  seen_at timestamp with time zone,
  worker text,
  lease_until timestamp with time zone,
  root text,
  tried text[] default '{}'::text[] not null,
  followed_by text,
  constraint outbox_pkey PRIMARY KEY (organization_id, id),
  constraint outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'refused'::text, 'unknown'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'canceled'::text])))
);
CREATE INDEX outbox_by_provider ON outbox USING btree (organization_id, provider_id) WHERE (provider_id IS NOT NULL);
CREATE INDEX outbox_by_recipient ON outbox USING btree (organization_id, recipient, queued_at DESC);
CREATE INDEX outbox_by_root ON outbox USING btree (organization_id, root);
CREATE INDEX outbox_leased ON outbox USING btree (lease_until) WHERE (state = 'sending'::text);
CREATE INDEX outbox_waiting ON outbox USING btree (not_before) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text, 'unknown'::text]));
alter table outbox enable row level security;
alter table outbox force row level security;
create policy own_organization on outbox for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table pauta_migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp(3) with time zone default now() not null,
  constraint pauta_migrations_pkey PRIMARY KEY (number)
);

create table pbx_access (
  organization_id text not null,
  settings text not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint pbx_access_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint pbx_access_pkey PRIMARY KEY (organization_id)
);
alter table pbx_access enable row level security;
alter table pbx_access force row level security;
create policy own_organization on pbx_access for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table people (
  organization_id text not null,
  id text not null,
  place integer not null,
  name text not null,
  role text not null,
  zone text,
  reports_to text,
  email text,
  phone text,
  extension text,
  internal boolean not null,
  documents text not null,
  grade text not null,
  signed boolean not null,
  signatures text[] not null,
  absent boolean not null,
  left_at timestamp with time zone,
  papers jsonb default '{}'::jsonb not null,
  marks jsonb default '{}'::jsonb not null,
  constraint people_documents_check CHECK ((documents = ANY (ARRAY['complete'::text, 'incomplete'::text, 'expired'::text]))),
  constraint people_grade_check CHECK ((grade = ANY (ARRAY['pass'::text, 'fail'::text, 'none'::text]))),
  constraint people_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint people_pkey PRIMARY KEY (organization_id, id)
);
alter table people enable row level security;
alter table people force row level security;
create policy own_organization on people for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table person_documents (
  organization_id text not null,
  id text not null,
  person text not null,
  kind text not null,
  filed_at timestamp with time zone not null,
  filed_by text not null,
  expires_on text,
  sha256 text not null,
  media_type text not null,
  bytes integer not null,
  file_name text not null,
  withdrawn_at timestamp with time zone,
  constraint person_documents_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX person_documents_by_person ON person_documents USING btree (organization_id, person);
alter table person_documents enable row level security;
alter table person_documents force row level security;
create policy own_organization on person_documents for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table person_months (
  organization_id text not null,
  month text not null,
  person text not null,
  received integer not null,
  closings integer not null,
  sales integer not null,
  missed integer not null,
  reassigned_at text[] not null,
  stated jsonb,
  constraint person_months_pkey PRIMARY KEY (organization_id, month, person)
);
alter table person_months enable row level security;
alter table person_months force row level security;
create policy own_organization on person_months for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table person_weeks (
  organization_id text not null,
  week text not null,
  person text not null,
  received integer not null,
  appointments integer not null,
  opportunities integer not null,
  reservations integer not null,
  constraint person_weeks_pkey PRIMARY KEY (organization_id, week, person)
);
alter table person_weeks enable row level security;
alter table person_weeks force row level security;
create policy own_organization on person_weeks for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table procedure_proposals (
  organization_id text not null,
  id text not null,
  procedure text not null,
  adoption jsonb not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  state text not null,
  decided_by text,
  decided_at timestamp with time zone,
  alone boolean not null,
  reasons text,
  constraint procedure_proposals_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint procedure_proposals_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint procedure_proposals_pkey PRIMARY KEY (organization_id, id),
  constraint procedure_proposals_state_check CHECK ((state = ANY (ARRAY['open'::text, 'adopted'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE INDEX procedure_proposals_open ON procedure_proposals USING btree (organization_id, procedure) WHERE (state = 'open'::text);
alter table procedure_proposals enable row level security;
alter table procedure_proposals force row level security;
create policy own_organization on procedure_proposals for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table protections (
  organization_id text not null,
  lead text not null,
  holder text,
  held_from timestamp with time zone not null,
  over boolean not null,
  follow_ups integer not null,
  first_at timestamp with time zone,
  last_at timestamp with time zone,
  promised_on text,
  frozen jsonb not null,
  term text,
  due_at timestamp with time zone,
  remind_at timestamp with time zone,
  reminded_at timestamp with time zone,
  missed text,
  constraint protections_pkey PRIMARY KEY (organization_id, lead),
  constraint protections_term_check CHECK ((term = ANY (ARRAY['R4'::text, 'R5'::text, 'R6'::text, 'R8'::text])))
);
CREATE INDEX protections_due ON protections USING btree (organization_id, holder, due_at) WHERE (due_at IS NOT NULL);
alter table protections enable row level security;
alter table protections force row level security;
create policy own_organization on protections for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table push_keys (
  only_one boolean default true not null,
  public_key text not null,
  private_key text not null,
  constraint push_keys_only_one_check CHECK (only_one),
  constraint push_keys_pkey PRIMARY KEY (only_one)
);

create table push_subscriptions (
  organization_id text not null,
  id text not null,
  person text not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  device text not null,
  created_at timestamp with time zone not null,
  constraint push_subscriptions_organization_id_endpoint_key UNIQUE (organization_id, endpoint),
  constraint push_subscriptions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint push_subscriptions_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX push_subscriptions_by_person ON push_subscriptions USING btree (organization_id, person);
alter table push_subscriptions enable row level security;
alter table push_subscriptions force row level security;
create policy own_organization on push_subscriptions for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table receipt_faults (
  organization_id text not null,
  source text not null,
  day date not null,
  faulty integer not null,
  constraint receipt_faults_pkey PRIMARY KEY (organization_id, source, day)
);
alter table receipt_faults enable row level security;
alter table receipt_faults force row level security;
create policy own_organization on receipt_faults for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table receipts (
  organization_id text not null,
  id text not null,
  source text not null,
  source_id text,
  route text not null,
  received_at timestamp with time zone not null,
  headers jsonb not null,
  body bytea not null,
  body_hash text not null,
  state text not null,
  lead text,
  fault jsonb,
  tries integer default 0 not null,
  retry_at timestamp with time zone,
  answer jsonb,
  repeats integer default 0 not null,
  lease_until timestamp with time zone,
  constraint receipts_pkey PRIMARY KEY (organization_id, id),
  constraint receipts_state_check CHECK ((state = ANY (ARRAY['new'::text, 'done'::text, 'faulty'::text, 'repeat'::text])))
);
CREATE INDEX receipts_by_age ON receipts USING btree (organization_id, received_at) WHERE (body <> '\x'::bytea);
CREATE INDEX receipts_by_source ON receipts USING btree (organization_id, source, received_at DESC);
CREATE INDEX receipts_new ON receipts USING btree (retry_at) WHERE (state = 'new'::text);
CREATE INDEX receipts_of_whatsapp ON receipts USING btree (tries, received_at) WHERE ((route = 'whatsapp.webhook'::text) AND (state = 'new'::text));
CREATE UNIQUE INDEX receipts_once ON receipts USING btree (organization_id, source, source_id) WHERE ((source_id IS NOT NULL) AND (state = ANY (ARRAY['new'::text, 'done'::text])));
alter table receipts enable row level security;
alter table receipts force row level security;
create policy own_organization on receipts for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table roster_exceptions (
  organization_id text not null,
  month text not null,
  person text not null,
  clauses text[] not null,
  signed_by text not null,
  full_name text not null,
  reasons text not null,
  signed_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by text,
  constraint roster_exceptions_pkey PRIMARY KEY (organization_id, month, person)
);
alter table roster_exceptions enable row level security;
alter table roster_exceptions force row level security;
create policy own_organization on roster_exceptions for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table roster_months (
  organization_id text not null,
  month text not null,
  due_at timestamp with time zone,
  begins_at timestamp with time zone not null,
  send_at timestamp with time zone,
  confirm_by timestamp with time zone,
  due_passed boolean not null,
  decided boolean not null,
  sent boolean not null,
  confirm_passed boolean not null,
  submitted text[] not null,
  forfeited text[] not null,
  due_reminded boolean not null,
  remind_at timestamp with time zone,
  reminded boolean not null,
  constraint roster_months_pkey PRIMARY KEY (organization_id, month)
);
alter table roster_months enable row level security;
alter table roster_months force row level security;
create policy own_organization on roster_months for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table roster_places (
  organization_id text not null,
  month text not null,
  person text not null,
  zone text,
  submitted_at timestamp with time zone not null,
  submitted_by text not null,
  late boolean not null,
  decision text,
  failing text[] not null,
  sent_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  activated_at timestamp with time zone,
  removed_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  constraint roster_places_decision_check CHECK ((decision = ANY (ARRAY['included'::text, 'excluded'::text]))),
  constraint roster_places_pkey PRIMARY KEY (organization_id, month, person)
);
alter table roster_places enable row level security;
alter table roster_places force row level security;
create policy own_organization on roster_places for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table rotations (
  organization_id text not null,
  rotation text not null,
  person text not null,
  last integer not null,
  owed integer not null,
  constraint rotations_pkey PRIMARY KEY (organization_id, rotation, person)
);
alter table rotations enable row level security;
alter table rotations force row level security;
create policy own_organization on rotations for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table sales (
  organization_id text not null,
  id text not null,
  lead text not null,
  closed_at timestamp with time zone not null,
  closed_by text not null,
  seller text not null,
  manager text,
  price text,
  advisor_commission text,
  manager_commission text,
  through_center boolean not null,
  support text[] not null,
  canceled_at timestamp with time zone,
  constraint sales_advisor_commission_check CHECK ((advisor_commission ~ '^\d+\.\d{2}$'::text)),
  constraint sales_manager_commission_check CHECK ((manager_commission ~ '^\d+\.\d{2}$'::text)),
  constraint sales_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint sales_pkey PRIMARY KEY (organization_id, id),
  constraint sales_price_check CHECK ((price ~ '^\d+\.\d{2}$'::text))
);
CREATE INDEX sales_by_closed ON sales USING btree (organization_id, closed_at);
CREATE INDEX sales_by_lead ON sales USING btree (organization_id, lead);
CREATE INDEX sales_by_manager ON sales USING btree (organization_id, manager, closed_at) WHERE (manager IS NOT NULL);
CREATE INDEX sales_by_seller ON sales USING btree (organization_id, seller, closed_at);
alter table sales enable row level security;
alter table sales force row level security;
create policy own_organization on sales for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table sanctions (
  organization_id text not null,
  id text not null,
  person text not null,
  breach text not null,
  reported_by text not null,
  opened_at timestamp with time zone not null,
  lead text,
  sale text,
  claim text,
  account text,
  state text not null,
  hearing_due_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  answer text,
  ruled_at timestamp with time zone,
  ruled_by text,
  percent text,
  month text,
  heard boolean,
  reasons text,
  struck_at timestamp with time zone,
  overturned_at timestamp with time zone,
  overturned_by text,
  overturned_why text,
  because text[] not null,
  constraint sanctions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint sanctions_pkey PRIMARY KEY (organization_id, id),
  constraint sanctions_state_check CHECK ((state = ANY (ARRAY['opened'::text, 'heard'::text, 'decided'::text, 'overturned'::text])))
);
CREATE INDEX sanctions_by_lead ON sanctions USING btree (organization_id, lead) WHERE (lead IS NOT NULL);
CREATE INDEX sanctions_by_person ON sanctions USING btree (organization_id, person);
CREATE INDEX sanctions_of_misses ON sanctions USING btree (organization_id) WHERE ((lead IS NULL) AND (state <> 'overturned'::text) AND (breach ~~ '%#L4'::text));
CREATE INDEX sanctions_open ON sanctions USING btree (organization_id, hearing_due_at) WHERE (state = ANY (ARRAY['opened'::text, 'heard'::text]));
CREATE INDEX sanctions_standing ON sanctions USING btree (organization_id, month) WHERE (state = 'decided'::text);
alter table sanctions enable row level security;
alter table sanctions force row level security;
create policy own_organization on sanctions for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table sender_leases (
  organization_id text not null,
  channel text not null,
  worker text not null,
  lease_until timestamp with time zone not null,
  constraint sender_leases_pkey PRIMARY KEY (organization_id, channel)
);
alter table sender_leases enable row level security;
alter table sender_leases force row level security;
create policy own_organization on sender_leases for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table sessions (
  id text not null,
  token text not null,
  user_id text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_key UNIQUE (token),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX sessions_by_user ON sessions USING btree (user_id);

create table shift_plans (
  organization_id text not null,
  month text not null,
  zone text not null,
  minimum integer not null,
  draft jsonb,
  saved_at timestamp with time zone not null,
  saved_by text not null,
  published_at timestamp with time zone,
  published_by text,
  constraint shift_plans_minimum_check CHECK (((minimum >= 1) AND (minimum <= 100))),
  constraint shift_plans_pkey PRIMARY KEY (organization_id, month, zone)
);
alter table shift_plans enable row level security;
alter table shift_plans force row level security;
create policy own_organization on shift_plans for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table shift_swaps (
  organization_id text not null,
  id text not null,
  month text not null,
  asked_by text not null,
  asked_of text not null,
  gives jsonb not null,
  takes jsonb,
  reason text not null,
  state text not null,
  asked_at timestamp with time zone not null,
  lapses_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  decided_by text,
  decided_at timestamp with time zone,
  answer text,
  constraint shift_swaps_pkey PRIMARY KEY (organization_id, id),
  constraint shift_swaps_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'accepted'::text, 'declined'::text, 'approved'::text, 'refused'::text, 'lapsed'::text, 'canceled'::text])))
);
CREATE INDEX shift_swaps_by_month ON shift_swaps USING btree (organization_id, month);
alter table shift_swaps enable row level security;
alter table shift_swaps force row level security;
create policy own_organization on shift_swaps for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table sign_in_attempts (
  key text not null,
  failures integer not null,
  last_failed_at timestamp with time zone not null,
  wait_until timestamp with time zone not null,
  constraint sign_in_attempts_pkey PRIMARY KEY (key)
);
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts USING btree (last_failed_at);

create table sign_in_links (
  organization_id text not null,
  id text not null,
  person_id text not null,
  token_hash text not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint sign_in_links_pkey PRIMARY KEY (organization_id, id),
  constraint sign_in_links_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX sign_in_links_by_age ON sign_in_links USING btree (organization_id, expires_at);
alter table sign_in_links enable row level security;
alter table sign_in_links force row level security;
create policy own_organization on sign_in_links for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table signatures (
  organization_id text not null,
  person text not null,
  procedure text not null,
  version text not null,
  asked_at timestamp with time zone,
  due_at timestamp with time zone,
  due_passed boolean not null,
  signed_at timestamp with time zone,
  full_name text,
  constraint signatures_pkey PRIMARY KEY (organization_id, person, procedure, version)
);
alter table signatures enable row level security;
alter table signatures force row level security;
create policy own_organization on signatures for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table source_doors (
  organization_id text not null,
  source text not null,
  door text not null,
  opened_at timestamp with time zone not null,
  constraint source_doors_door_key UNIQUE (door),
  constraint source_doors_organization_id_source_fkey FOREIGN KEY (organization_id, source) REFERENCES sources(organization_id, key),
  constraint source_doors_pkey PRIMARY KEY (organization_id, source)
);
alter table source_doors enable row level security;
alter table source_doors force row level security;
create policy own_organization on source_doors for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table source_secrets (
  organization_id text not null,
  source text not null,
  name text not null,
  sealed text not null,
  set_at timestamp with time zone not null,
  constraint source_secrets_organization_id_source_fkey FOREIGN KEY (organization_id, source) REFERENCES sources(organization_id, key),
  constraint source_secrets_pkey PRIMARY KEY (organization_id, source, name, sealed)
);
alter table source_secrets enable row level security;
alter table source_secrets force row level security;
create policy own_organization on source_secrets for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table source_states (
  organization_id text not null,
  source text not null,
  trouble jsonb,
  trouble_since timestamp with time zone,
  last_received_at timestamp with time zone,
  constraint source_states_pkey PRIMARY KEY (organization_id, source)
);
alter table source_states enable row level security;
alter table source_states force row level security;
create policy own_organization on source_states for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table sources (
  organization_id text not null,
  key text not null,
  kind text not null,
  name text not null,
  zone text,
  settings jsonb not null,
  enabled boolean not null,
  created_at timestamp with time zone not null,
  constraint sources_key_check CHECK ((key ~ '^[a-z0-9][a-z0-9_-]{0,62}$'::text)),
  constraint sources_kind_check CHECK ((kind = ANY (ARRAY['api'::text, 'meta'::text, 'google'::text, 'web-form'::text, 'file'::text, 'pbx'::text, 'whatsapp'::text, 'walk-in'::text]))),
  constraint sources_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint sources_pkey PRIMARY KEY (organization_id, key)
);
alter table sources enable row level security;
alter table sources force row level security;
create policy own_organization on sources for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table spent_codes (
  user_id text not null,
  code text not null,
  spent_at timestamp with time zone not null,
  constraint spent_codes_pkey PRIMARY KEY (user_id, code),
  constraint spent_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table thread_messages (
  organization_id text not null,
  id text not null,
  lead text not null,
  direction text not null,
  channel text not null,
  author text,
  at timestamp with time zone not null,
  form text not null,
  template text,
  replies_to text,
  counted_at timestamp with time zone,
  subject text,
  words text,
  variables jsonb,
  provider_id text,
  address text,
  constraint thread_messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint thread_messages_form_check CHECK ((form = ANY (ARRAY['text'::text, 'template'::text, 'media'::text, 'other'::text]))),
  constraint thread_messages_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX thread_messages_by_provider ON thread_messages USING btree (organization_id, provider_id) WHERE (provider_id IS NOT NULL);
CREATE INDEX thread_messages_of_lead ON thread_messages USING btree (organization_id, lead, at);
alter table thread_messages enable row level security;
alter table thread_messages force row level security;
create policy own_organization on thread_messages for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table threads (
  organization_id text not null,
  lead text not null,
  last_at timestamp with time zone not null,
  last_direction text not null,
  unread integer default 0 not null,
  heard_at timestamp with time zone,
  ad_at timestamp with time zone,
  ad_answered_at timestamp with time zone,
  constraint threads_pkey PRIMARY KEY (organization_id, lead)
);
alter table threads enable row level security;
alter table threads force row level security;
create policy own_organization on threads for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table two_factors (
  id text not null,
  secret text not null,
  backup_codes text not null,
  user_id text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamp with time zone,
  constraint two_factors_pkey PRIMARY KEY (id),
  constraint two_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint two_factors_user_id_key UNIQUE (user_id)
);

create table users (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean default false not null,
  image text,
  language text,
  two_factor_enabled boolean default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint users_email_check CHECK ((email = lower(email))),
  constraint users_email_key UNIQUE (email),
  constraint users_language_check CHECK ((language = ANY (ARRAY['es'::text, 'en'::text]))),
  constraint users_pkey PRIMARY KEY (id)
);

create table verifications (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint verifications_pkey PRIMARY KEY (id)
);
CREATE INDEX verifications_by_identifier ON verifications USING btree (identifier);

create table weekly_reports (
  organization_id text not null,
  week text not null,
  person text not null,
  version integer not null,
  at timestamp with time zone not null,
  sent_at timestamp with time zone,
  late boolean not null,
  received integer not null,
  in_follow_up integer not null,
  appointments integer not null,
  opportunities integer not null,
  reservations integer not null,
  leads jsonb not null,
  comment text,
  constraint weekly_reports_pkey PRIMARY KEY (organization_id, week, person, version)
);
CREATE INDEX weekly_reports_naming ON weekly_reports USING gin (leads);
alter table weekly_reports enable row level security;
alter table weekly_reports force row level security;
create policy own_organization on weekly_reports for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table weeks (
  organization_id text not null,
  week text not null,
  remind_at timestamp with time zone not null,
  cut_at timestamp with time zone not null,
  reminded boolean not null,
  cut boolean not null,
  constraint weeks_pkey PRIMARY KEY (organization_id, week)
);
alter table weeks enable row level security;
alter table weeks force row level security;
create policy own_organization on weeks for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));

create table what_ifs (
  organization_id text not null,
  id text not null,
  procedure text not null,
  draft jsonb not null,
  month text not null,
  state text not null,
  progress double precision default 0 not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  lease_until timestamp with time zone,
  tries integer default 0 not null,
  why text,
  result jsonb,
  constraint what_ifs_month_check CHECK ((month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text)),
  constraint what_ifs_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint what_ifs_pkey PRIMARY KEY (organization_id, id),
  constraint what_ifs_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'canceled'::text])))
);
CREATE INDEX what_ifs_of_procedure ON what_ifs USING btree (organization_id, procedure, asked_at DESC);
CREATE INDEX what_ifs_to_run ON what_ifs USING btree (asked_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
alter table what_ifs enable row level security;
alter table what_ifs force row level security;
create policy own_organization on what_ifs for all to public
  using (((organization_id = ( SELECT pauta_organization() AS pauta_organization)) OR (( SELECT pauta_organization() AS pauta_organization) = '*'::text)));

create table whatsapp_begun (
  organization_id text not null,
  recipient text not null,
  begun_at timestamp with time zone not null,
  constraint whatsapp_begun_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id),
  constraint whatsapp_begun_pkey PRIMARY KEY (organization_id, recipient)
);
CREATE INDEX whatsapp_begun_by_time ON whatsapp_begun USING btree (organization_id, begun_at);
alter table whatsapp_begun enable row level security;
alter table whatsapp_begun force row level security;
create policy own_organization on whatsapp_begun for all to public
  using ((organization_id = ( SELECT pauta_organization() AS pauta_organization)));
