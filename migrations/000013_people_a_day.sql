-- With whom the business began a WhatsApp conversation, and when last: Meta limits how many people a day that may be.
create table whatsapp_begun (
  organization_id  text not null references organizations,
  -- A person of the staff or a contact, by our own id.
  recipient        text not null,
  begun_at         timestamptz not null,
  primary key (organization_id, recipient)
);
create index whatsapp_begun_by_time on whatsapp_begun (organization_id, begun_at);
alter table whatsapp_begun enable row level security;
alter table whatsapp_begun force row level security;
create policy own_organization on whatsapp_begun using (organization_id = (select pauta_organization()));
