-- People who are one: merges that can be undone, a search, and what an erased person leaves.

-- While a contact is merged into another: what the merge did, enough to undo it. No personal data.
alter table contacts add column merge jsonb;
-- Folded names, digits of phones, e-mails: what a person is looked for by. Follows from the row; gone with its facts.
alter table contacts add column search text not null default '';
create index contacts_by_merged_into on contacts (organization_id, merged_into) where merged_into is not null;

create index doubts_by_contact on doubts (organization_id, contact);
create index doubts_by_other on doubts (organization_id, other);
create index doubts_open on doubts (organization_id, raised_at) where settled_at is null;

create index lead_intakes_by_contact on lead_intakes (organization_id, contact) where contact is not null;

-- Keyed hashes of the phones and e-mails of erased people, so that a list does not bring them back. Nothing else of them.
create table erased_keys (
  organization_id  text not null references organizations,
  hash             text not null,
  erased_at        timestamptz not null,
  primary key (organization_id, hash)
);
alter table erased_keys enable row level security;
alter table erased_keys force row level security;
create policy own_organization on erased_keys using (organization_id = (select pauta_organization()));
