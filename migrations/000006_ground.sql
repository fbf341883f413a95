-- How the PBX is asked to make a call, of each organization: sealed with the installation's key, as all secrets are.
create table pbx_access (
  organization_id  text primary key references organizations,
  settings         text not null,
  updated_at       timestamptz not null,
  updated_by       text not null
);
alter table pbx_access enable row level security;
alter table pbx_access force row level security;
create policy own_organization on pbx_access using (organization_id = (select pauta_organization()));

-- A call asked of the PBX is settled by the PBX's own event of it.
alter table call_intents
  add column pbx_call  text,
  add column call      text,
  drop constraint call_intents_state_check,
  add constraint call_intents_state_check
    check (state in ('intended', 'dialing', 'refused', 'not-dialed', 'unknown', 'made'));
create index call_intents_by_pbx_call on call_intents (organization_id, pbx_call) where pbx_call is not null;
create index call_intents_open on call_intents (organization_id, by) where state in ('intended', 'unknown', 'dialing');

-- One way of sealing: nonce, body, tag in base64. Those of channels were kept as nonce, tag, body.
alter table channels alter column settings type text using
  encode(substring(settings from 1 for 12) || substring(settings from 29) || substring(settings from 13 for 16), 'base64');
alter table push_keys alter column private_key type text using
  encode(substring(private_key from 1 for 12) || substring(private_key from 29) || substring(private_key from 13 for 16), 'base64');

-- The file of an import is not kept past its end; what its columns are called is.
alter table imports add column columns text[] not null default '{}';

-- That a message was seen needs no more than the hash of its id: WhatsApp's ids hold the number of who wrote.
alter table inbound_seen alter column id type text using encode(sha256(convert_to(id, 'UTF8')), 'hex');
create index inbound_seen_by_age on inbound_seen (organization_id, seen_at);

-- What is to be forgotten when its time is over.
create index receipts_by_age on receipts (organization_id, received_at) where body <> '';
