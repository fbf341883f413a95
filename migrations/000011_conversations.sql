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

-- The designated mailbox (lead-reassignment L2, R2). Settings hold its password: sealed with the installation's key.
create table mailboxes (
  organization_id  text primary key references organizations,
  settings         text not null,
  updated_at       timestamptz not null,
  updated_by       text not null,
  -- How far it has been read, in the server's own counting.
  uid_validity     bigint,
  last_uid         bigint not null default 0,
  state            text not null check (state in ('new', 'ok', 'failing')),
  reason           text,
  seen_at          timestamptz,
  -- One process reads a mailbox.
  worker           text,
  lease_until      timestamptz
);

-- Every mail as it came, before anything follows from it; each once, however often its server shows it.
create table mails (
  organization_id  text not null references organizations,
  id               text not null,
  key              text not null,
  uid_validity     bigint,
  uid              bigint,
  received_at      timestamptz not null,
  raw              bytea not null,
  size             bigint not null,
  state            text not null check (state in ('new', 'done', 'faulty')),
  kind             text,
  fault            text,
  draft            text,
  tries            integer not null default 0,
  retry_at         timestamptz,
  primary key (organization_id, id),
  unique (organization_id, key)
);
create index mails_new on mails (retry_at) where state = 'new';
create index mails_of_draft on mails (organization_id, draft) where draft is not null;

-- A claim as the mailbox has read it so far, until it is complete or refused.
create table claim_drafts (
  organization_id  text not null,
  id               text not null,
  requester        text not null,
  opened_at        timestamptz not null,
  updated_at       timestamptz not null,
  state            text not null check (state in ('open', 'complete', 'submitted', 'refused')),
  -- Not to be sent on by itself: where the mail came from is not proven, or whose lead it is must be chosen.
  held             text,
  lead             text,
  missing          text[] not null,
  asked            integer not null,
  mails            text[] not null,
  image            text,
  image_dated_on   date,
  image_taken_at   text,
  first_contact    boolean not null,
  why              text,
  primary key (organization_id, id)
);
-- What a draft says of the client, and what was answered to it: read from its mails, and gone with the person. The journal
-- has it from the claim on, when it is known whose it is.
create table draft_words (
  organization_id  text not null references organizations,
  draft            text not null,
  subject          text,
  name             text,
  phone            text,
  email            text,
  source           text,
  reason           text,
  primary key (organization_id, draft)
);
-- The files of mails; their bytes, unaltered, in media_bytes under the same id.
create table mail_files (
  organization_id  text not null references organizations,
  id               text not null,
  mail             text not null,
  name             text,
  mime             text not null,
  size             bigint not null,
  sha256           text not null,
  -- 'jpeg', 'png', …; or why it cannot be opened as the picture it says it is; null: it says it is none.
  picture          text,
  damage           text,
  taken_at         text,
  primary key (organization_id, id)
);
create index mail_files_of_mail on mail_files (organization_id, mail);
create index claim_drafts_open on claim_drafts (organization_id, updated_at) where state in ('open', 'complete');

do $$
declare t text;
begin
  foreach t in array array['mailboxes', 'mails', 'claim_drafts', 'draft_words', 'mail_files'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
end $$;
