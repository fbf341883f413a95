-- A support share that nobody was there to receive is given out later: what changed a line then.
alter table commission_lines drop constraint commission_lines_why_check;
alter table commission_lines add constraint commission_lines_why_check
  check (why in ('corrected', 'canceled', 'credited', 'support-named', 'sanction', 'overturned'));
