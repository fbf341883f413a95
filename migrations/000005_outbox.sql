-- Sending: who is sending a message now, and which message took the place of which; channels of each organization;
-- browsers that take push notices.

alter table outbox
  -- The worker that marked it 'sending', and until when it may be believed to be at it.
  add column worker       text,
  add column lease_until  timestamptz,
  -- A notice that one channel did not take goes on by another as a message of its own: all of one notice have one root.
  add column root         text,
  add column tried        text[] not null default '{}',
  add column followed_by  text;
create index outbox_by_root on outbox (organization_id, root);
create index outbox_leased on outbox (lease_until) where state = 'sending';

-- One process at a time sends for a sender: its rates are kept in that process.
create table sender_leases (
  organization_id  text not null,
  channel          text not null,
  worker           text not null,
  lease_until      timestamptz not null,
  primary key (organization_id, channel)
);

-- How an organization reaches people outside the product. Settings hold secrets: sealed with the installation's key.
create table channels (
  organization_id  text not null references organizations,
  kind             text not null check (kind in ('whatsapp', 'email')),
  settings         bytea not null,
  state            text not null check (state in ('ok', 'stopped')),
  reason           text,
  updated_at       timestamptz not null,
  updated_by       text not null,
  primary key (organization_id, kind)
);

create table push_subscriptions (
  organization_id  text not null references organizations,
  id               text not null,
  person           text not null,
  endpoint         text not null,
  p256dh           text not null,
  auth             text not null,
  device           text not null,
  created_at       timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, endpoint)
);
create index push_subscriptions_by_person on push_subscriptions (organization_id, person);

-- The key pair with which this installation signs its push notices; made once. Of no organization.
create table push_keys (
  only_one     boolean primary key default true check (only_one),
  public_key   text not null,
  private_key  bytea not null
);

-- Inbound messages handed on once, by the id their channel gave them.
create table inbound_seen (
  organization_id  text not null references organizations,
  channel          text not null,
  id               text not null,
  seen_at          timestamptz not null,
  primary key (organization_id, channel, id)
);

do $$
declare t text;
begin
  foreach t in array array['channels', 'push_subscriptions', 'inbound_seen'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
  alter table sender_leases enable row level security;
  alter table sender_leases force row level security;
  create policy own_organization on sender_leases using
    (organization_id = (select pauta_organization()) or (select pauta_organization()) = '*');
end $$;

-- A worker's mark on a webhook body that it is reading.
alter table receipts add column lease_until timestamptz;
create index receipts_of_whatsapp on receipts (tries, received_at) where route = 'whatsapp.webhook' and state = 'new';
