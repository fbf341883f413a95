-- Conversations: what was written to and by the people behind leads, on any channel; and the designated mailbox.

-- One message of a conversation. Words, subject and the channel's own id are personal: they go with the person.
create table thread_messages (
  organization_id  text not null,
  id               text not null,
  lead             text not null,
  direction        text not null check (direction in ('in', 'out')),
  channel          text not null,
  -- Of the staff; null for what the person wrote, and for what the product wrote on nobody's behalf.
  author           text,
  at               timestamptz not null,
  form             text not null check (form in ('text', 'template', 'media', 'other')),
  template         text,
  replies_to       text,
  -- Outgoing: when its channel took it, and it became an interaction.
  counted_at       timestamptz,
  subject          text,
  words            text,
  variables        jsonb,
  provider_id      text,
  -- Where the person wrote from: a phone, an e-mail, WhatsApp's own id.
  address          text,
  primary key (organization_id, id)
);
create index thread_messages_of_lead on thread_messages (organization_id, lead, at);
create index thread_messages_by_provider on thread_messages (organization_id, provider_id) where provider_id is not null;

-- How a lead's conversation stands: what is unread, and since when WhatsApp lets one write freely.
create table threads (
  organization_id  text not null,
  lead             text not null,
  last_at          timestamptz not null,
  last_direction   text not null,
  unread           integer not null default 0,
  heard_at         timestamptz,
  ad_at            timestamptz,
  ad_answered_at   timestamptz,
  primary key (organization_id, lead)
);

-- Files that came with messages. The bytes stand apart and unaltered; sha256 says so in the journal.
create table message_media (
  organization_id  text not null,
  id               text not null,
  message          text not null,
  lead             text not null,
  state            text not null check (state in ('wanted', 'kept', 'lost')),
  mime             text,
  size             bigint,
  sha256           text,
  why              text,
  voice            boolean not null,
  name             text,
  primary key (organization_id, id)
);
create index message_media_of_message on message_media (organization_id, message);

-- Files still to be fetched from their channel, for the worker that does it: when it may try, and how often it has.
create table media_wanted (
  organization_id  text not null references organizations,
  media            text not null,
  remote_id        text not null,
  told_sha256      text,
  until            timestamptz not null,
  tries            integer not null default 0,
  next_at          timestamptz not null,
  primary key (organization_id, media)
);
create index media_wanted_next on media_wanted (next_at);

create table media_bytes (
  organization_id  text not null references organizations,
  media            text not null,
  sha256           text not null,
  mime             text,
  bytes            bytea not null,
  primary key (organization_id, media)
);

do $$
declare t text;
begin
  foreach t in array array['thread_messages', 'threads', 'message_media', 'media_bytes', 'media_wanted'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
  -- The worker that fetches files looks for work across organizations.
  drop policy own_organization on media_wanted;
  create policy own_organization on media_wanted using
    (organization_id = (select pauta_organization()) or (select pauta_organization()) = '*');
end $$;
