-- Closings, what each one earns and gives of it, sanctions, audits: current state, each row the fold of its entries.
-- Money is decimal text with two decimals: exact on every way in and out.

create table sales (
  organization_id     text not null references organizations,
  id                  text not null,
  lead                text not null,
  closed_at           timestamptz not null,
  -- who closed it, and to whom it counts now
  closed_by           text not null,
  seller              text not null,
  manager             text,
  price               text check (price ~ '^\d+\.\d{2}$'),
  advisor_commission  text check (advisor_commission ~ '^\d+\.\d{2}$'),
  manager_commission  text check (manager_commission ~ '^\d+\.\d{2}$'),
  through_center      boolean not null,
  -- the support team on the day of the closing, in staff order
  support             text[] not null,
  canceled_at         timestamptz,
  primary key (organization_id, id)
);
create index sales_by_lead on sales (organization_id, lead);
create index sales_by_closed on sales (organization_id, closed_at);
create index sales_by_seller on sales (organization_id, seller, closed_at);
create index sales_by_manager on sales (organization_id, manager, closed_at) where manager is not null;

-- One line for each amount: earned, deducted, received, lost, and every later difference. Lines are only added.
create table commission_lines (
  organization_id  text not null,
  sale             text not null,
  number           integer not null,
  person           text not null,
  role             text not null check (role in ('advisor', 'manager')),
  part             text not null check (part in ('earned', 'retention', 'support', 'split', 'sanction')),
  sanction         text,
  percent          text,
  amount           text not null check (amount ~ '^-?\d+\.\d{2}$'),
  month            text not null,
  at               timestamptz not null,
  -- null on the day of the closing; else why it changed
  why              text check (why in ('corrected', 'canceled', 'credited', 'sanction', 'overturned')),
  because          text[] not null,
  primary key (organization_id, sale, number)
);
create index commission_lines_by_person on commission_lines (organization_id, person, month);
create index commission_lines_by_month on commission_lines (organization_id, month);

create table sanctions (
  organization_id  text not null references organizations,
  id               text not null,
  person           text not null,
  -- the clause that was broken, as told
  breach           text not null,
  reported_by      text not null,
  opened_at        timestamptz not null,
  lead             text,
  sale             text,
  claim            text,
  account          text,
  state            text not null check (state in ('opened', 'heard', 'decided', 'overturned')),
  hearing_due_at   timestamptz not null,
  answered_at      timestamptz,
  answer           text,
  ruled_at         timestamptz,
  ruled_by         text,
  percent          text,
  -- the month whose closings bear it, when it names none
  month            text,
  heard            boolean,
  reasons          text,
  -- the ten-minute miss it was opened for was struck out
  struck_at        timestamptz,
  overturned_at    timestamptz,
  overturned_by    text,
  overturned_why   text,
  because          text[] not null,
  primary key (organization_id, id)
);
create index sanctions_by_person on sanctions (organization_id, person);
create index sanctions_by_lead on sanctions (organization_id, lead) where lead is not null;
create index sanctions_of_misses on sanctions (organization_id) where lead is null and state <> 'overturned' and breach like '%#L4';
create index sanctions_standing on sanctions (organization_id, month) where state = 'decided';
create index sanctions_open on sanctions (organization_id, hearing_due_at) where state in ('opened', 'heard');

create table audits (
  organization_id  text not null references organizations,
  id               text not null,
  person           text not null,
  audited_by       text not null,
  audited_at       timestamptz not null,
  finding          text not null check (finding in ('ok', 'bad-care')),
  lead             text,
  call             text,
  -- the week whose sample it is of, when it is of one
  week             text,
  checklist        jsonb not null,
  note             text,
  -- what followed from bad care
  month            text,
  removed          boolean not null,
  handed_over      jsonb not null,
  state            text not null check (state in ('closed', 'opened', 'heard', 'upheld', 'overturned')),
  hearing_due_at   timestamptz,
  answered_at      timestamptz,
  answer           text,
  ruled_at         timestamptz,
  ruled_by         text,
  reasons          text,
  primary key (organization_id, id)
);
create index audits_by_person on audits (organization_id, person, audited_at);
create index audits_by_lead on audits (organization_id, lead) where lead is not null;
create index audits_by_at on audits (organization_id, audited_at);
create index audits_open on audits (organization_id, hearing_due_at) where state in ('opened', 'heard');

-- A week's calls, for its sample.
create index calls_by_started on calls (organization_id, started_at);

do $$
declare t text;
begin
  foreach t in array array['sales', 'commission_lines', 'sanctions', 'audits'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_organization on %I using (organization_id = (select pauta_organization()))', t);
  end loop;
end $$;
