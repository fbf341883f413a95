import type { Client } from 'pg';

/** What must never be false, asked of the tables by somebody who sees everything. Each gives the rows that break it. */
const CHECKS: Readonly<Record<string, string>> = {
  'a lead with neither holder nor queue, or with both': `
    select id, stage, holder, queue from leads where organization_id = $1
       and not (case stage when 'assigned' then holder is not null and queue is null
                           when 'waiting' then holder is null and queue is not null
                           else holder is null and queue is null end)`,
  'a lead with two open tenures, or a holder other than its open tenure': `
    select id, holder from leads where organization_id = $1
       and (select count(*) from jsonb_array_elements(tenures) t where t->>'until' is null) <> (holder is not null)::int
        or (organization_id = $1 and holder is distinct from
            (select t->>'person' from jsonb_array_elements(tenures) t where t->>'until' is null limit 1))`,
  'a running clock without its deadline': `
    select l.id from leads l where l.organization_id = $1 and l.due_at is not null and l.wait_ends_at is null
       and not exists (select from deadlines d where d.organization_id = $1 and d.subject = 'lead:' || l.id
                        and d.kind = 'lead.first-contact' and d.due_at = l.due_at)`,
  'a deadline whose lead has no such clock': `
    select d.subject, d.kind from deadlines d join leads l on l.organization_id = $1 and d.subject = 'lead:' || l.id
     where d.organization_id = $1 and d.kind = 'lead.first-contact' and l.due_at is distinct from d.due_at`,
  'a deadline fired twice': `
    select lead, fields->>'who' as who, fields->>'dueAt' as due, count(*) from journal
     where organization_id = $1 and entry = 'deadline.missed' and fields->>'what' = 'first-contact'
     group by 1, 2, 3 having count(*) > 1`,
  'a turn taken twice, or a stamp left out': `
    select rotation, stamp, count(*) from (
      select fields->>'rotation' as rotation, (fields->>'stamp')::int as stamp from journal
       where organization_id = $1 and entry in ('lead.assigned', 'lead.reassigned') and fields->>'stamp' is not null) taken
     where rotation = 'direct' group by 1, 2 having count(*) > 1`,
  'one source id, two leads': `
    select source, source_id, count(*) from leads where organization_id = $1 and source_id is not null
     group by 1, 2 having count(*) > 1`,
  'a receipt left undecided': `
    select id from receipts where organization_id = $1 and state = 'new'`,
};

/** Empty when everything holds. */
export async function brokenInvariants(client: Client, organization: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [what, statement] of Object.entries(CHECKS)) {
    const { rows } = await client.query<Record<string, unknown>>(statement, [organization]);
    if (rows.length > 0) broken.push(`${what}: ${rows.length}, as ${JSON.stringify(rows[0])}`);
  }
  return broken;
}

/** Source ids that were acknowledged and have no lead. */
export async function lostLeads(
  client: Client,
  organization: string,
  acknowledged: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select wanted.id from unnest($2::text[]) as wanted(id)
      where not exists (select from leads l where l.organization_id = $1 and l.source_id = wanted.id)`,
    [organization, acknowledged],
  );
  return rows.map((row) => row.id);
}

/** How unevenly the direct turns fell: the most anybody got less the least. Strict turns leave at most one. */
export async function turnSpread(client: Client, organization: string): Promise<number> {
  const { rows } = await client.query<{ spread: number }>(
    `select (max(n) - min(n))::int as spread from (
       select fields->>'to' as person, count(*) as n from journal
        where organization_id = $1 and entry = 'lead.assigned' and fields->>'rotation' = 'direct' group by 1) taken`,
    [organization],
  );
  return rows[0]?.spread ?? 0;
}
