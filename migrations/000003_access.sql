-- Who may come in: users and their sign-ins (better-auth's five tables, in our spelling), and what ties a user to an
-- organization. The tables of the first part belong to nobody's organization: a user is known before an organization is,
-- and attempts to sign in come from strangers. They hold no business data, are reached by unguessable keys or by the
-- e-mail typed in, and only src/access touches them; so they have no row-level security.

create table users (
  id                  text primary key,
  name                text not null,
  email               text not null unique check (email = lower(email)),
  email_verified      boolean not null default false,
  image               text,
  language            text check (language in ('es', 'en')),
  two_factor_enabled  boolean default false,
  created_at          timestamptz not null,
  updated_at          timestamptz not null
);

create table sessions (
  id          text primary key,
  token       text not null unique,
  user_id     text not null references users on delete cascade,
  expires_at  timestamptz not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  ip_address  text,
  user_agent  text
);
create index sessions_by_user on sessions (user_id);

create table accounts (
  id                        text primary key,
  account_id                text not null,
  provider_id               text not null,
  user_id                   text not null references users on delete cascade,
  access_token              text,
  refresh_token             text,
  id_token                  text,
  access_token_expires_at   timestamptz,
  refresh_token_expires_at  timestamptz,
  scope                     text,
  password                  text,
  created_at                timestamptz not null,
  updated_at                timestamptz not null,
  unique (provider_id, account_id)
);
create index accounts_by_user on accounts (user_id);

create table verifications (
  id          text primary key,
  identifier  text not null,
  value       text not null,
  expires_at  timestamptz not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);
create index verifications_by_identifier on verifications (identifier);

create table two_factors (
  id                         text primary key,
  secret                     text not null,
  backup_codes               text not null,
  user_id                    text not null unique references users on delete cascade,
  verified                   boolean default true,
  failed_verification_count  integer default 0,
  locked_until               timestamptz
);

-- Codes of the second factor already spent: whoever saw one over a shoulder cannot use it again.
create table spent_codes (
  user_id   text not null references users on delete cascade,
  code      text not null,
  spent_at  timestamptz not null,
  primary key (user_id, code)
);

-- Failed sign-ins by account (hash of the e-mail typed in, whether or not it exists) and by address.
create table sign_in_attempts (
  key             text primary key,
  failures        integer not null,
  last_failed_at  timestamptz not null,
  wait_until      timestamptz not null
);
create index sign_in_attempts_by_age on sign_in_attempts (last_failed_at);

-- A user as one person of one organization's staff.
create table memberships (
  organization_id  text not null references organizations,
  user_id          text not null references users,
  person_id        text not null,
  -- Roles besides the person's own: whoever sets up an installation also runs it.
  extra_roles      text[] not null default '{}',
  since            timestamptz not null,
  ended_at         timestamptz,
  primary key (organization_id, user_id)
);
create unique index memberships_one_user_a_person on memberships (organization_id, person_id) where ended_at is null;
-- One organization a user for now; the key is ready for several.
create unique index memberships_one_a_user on memberships (user_id) where ended_at is null;

create table invitations (
  organization_id  text not null references organizations,
  id               text not null,
  person_id        text not null,
  email            text not null,
  token_hash       text not null unique,
  invited_by       text not null,
  invited_at       timestamptz not null,
  expires_at       timestamptz not null,
  accepted_at      timestamptz,
  withdrawn_at     timestamptz,
  primary key (organization_id, id)
);
create unique index invitations_one_open on invitations (organization_id, person_id)
  where accepted_at is null and withdrawn_at is null;

create table api_keys (
  organization_id    text not null references organizations,
  id                 text not null,
  name               text not null,
  -- The first characters, to know it again by; the rest is shown once and never kept.
  starts_with        text not null,
  hash               text not null unique,
  scopes             text[] not null check (cardinality(scopes) > 0),
  requests_a_minute  integer not null check (requests_a_minute > 0),
  created_by         text not null,
  created_at         timestamptz not null,
  revoked_at         timestamptz,
  last_used_at       timestamptz,
  primary key (organization_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['memberships', 'invitations', 'api_keys'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()) or (select pauta_organization()) = ''*'')', t);
  end loop;
end $$;

-- Who a session is, by one call and one index a request. The organization is known only once the session is, so the
-- function opens the memberships for itself, then narrows to the one organization, and puts the setting back.
-- A person who left has no session, whatever the rows of sessions still say.
create function who_by_session(given_token text, idle interval, longest interval, touch boolean)
returns table (session_id text, user_id text, email text, language text, two_factor boolean, extra_roles text[],
               organization_id text, organization_name text, country text, zone text, locale text, second_factor_roles jsonb,
               person_id text, person_name text, role text, person_zone text)
language plpgsql volatile
as $$
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
end $$;

create function who_by_key(given_hash text)
returns table (organization_id text, key_id text, name text, scopes text[], requests_a_minute integer)
language plpgsql volatile
as $$
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
end $$;
