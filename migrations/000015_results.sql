-- Results of a month over a year of leads: what is counted by its instant, and the little that was taken back.
create index lead_moves_counted on lead_moves (organization_id, since) include (lead, person, kind)
  where kind in ('given', 'closed') and counts;
create index lead_moves_taken_back on lead_moves (organization_id, lead, person, since, kind)
  where kind in ('undone', 'taken-back');
