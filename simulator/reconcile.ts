import { sql } from 'kysely';

import type { Database } from '../src/platform/database.ts';

/** Where leads went; every request that was answered is in exactly one of these. */
export interface Tally {
  assigned: number;
  duplicates: number;
  held: number;
  waiting: number;
  repeats: number;
  /** By reason: a fault's code at the door, or why the house refused the lead. */
  readonly refused: Map<string, number>;
  /** Answered, and not understood by this program: never expected. */
  other: number;
}

export function emptyTally(): Tally {
  return { assigned: 0, duplicates: 0, held: 0, waiting: 0, repeats: 0, refused: new Map(), other: 0 };
}

export function addRefused(tally: Tally, reason: string, count = 1): void {
  tally.refused.set(reason, (tally.refused.get(reason) ?? 0) + count);
}

export function totalOf(tally: Tally): number {
  const refused = [...tally.refused.values()].reduce((sum, count) => sum + count, 0);
  return (
    tally.assigned + tally.duplicates + tally.held + tally.waiting + tally.repeats + refused + tally.other
  );
}

/**
 * The same counts from what the product has stored: where each lead went first, by its journal; bodies refused at the door
 * and repeats by the receipts. Leads move on later (ten minutes pass); where they went first does not change.
 */
export async function tallyOfDatabase(database: Database, organization: string): Promise<Tally> {
  return database.inOrganization(organization, async (tx) => {
    const tally = emptyTally();
    const first = await sql<{ entry: string; why: string | null; duplicate: boolean; count: number }>`
      with placed as (
        select distinct on (lead) lead, entry, fields->>'why' as why
          from journal
         where organization_id = ${organization}
           and entry in ('lead.assigned', 'lead.given', 'lead.held', 'lead.waiting', 'lead.refused')
         order by lead, id)
      select entry, case when entry = 'lead.refused' then why end as why,
             entry = 'lead.given' as duplicate, count(*) as count
        from placed group by 1, 2, 3`.execute(tx);
    for (const { entry, why, duplicate, count } of first.rows) {
      if (duplicate) tally.duplicates += count;
      else if (entry === 'lead.assigned') tally.assigned += count;
      else if (entry === 'lead.held') tally.held += count;
      else if (entry === 'lead.waiting') tally.waiting += count;
      else addRefused(tally, why ?? '—', count);
    }
    const receipts = await sql<{ state: string; code: string | null; count: number; repeats: number }>`
      select state, fault->>'code' as code, count(*) as count, sum(repeats) as repeats
        from receipts where organization_id = ${organization} group by 1, 2`.execute(tx);
    for (const { state, code, count, repeats } of receipts.rows) {
      tally.repeats += repeats;
      if (state === 'faulty') addRefused(tally, code ?? '—', count);
      else if (state !== 'done') tally.other += count;
    }
    return tally;
  });
}

/** Leads acknowledged, those told of in the journal, and those with exactly one place: all three must be one number. */
export async function leadsWithoutPlace(database: Database, organization: string): Promise<number> {
  return database.inOrganization(organization, async (tx) => {
    const found = await sql<{ count: number }>`
      select count(*) as count from leads
       where organization_id = ${organization}
         and (case when holder is not null then 1 else 0 end)
           + (case when queue is not null then 1 else 0 end)
           + (case when stage in ('held', 'refused') then 1 else 0 end) <> 1`.execute(tx);
    return found.rows[0]?.count ?? 0;
  });
}

/** Rows that differ between the two, by name; empty when they agree. */
export function differences(answers: Tally, stored: Tally): string[] {
  const one = new Map(linesOf(answers));
  const other = new Map(linesOf(stored));
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (name) => (one.get(name) ?? 0) !== (other.get(name) ?? 0),
  );
}

export function linesOf(tally: Tally): [string, number][] {
  const { assigned, duplicates, held, waiting, repeats, refused, other } = tally;
  return [
    ['assigned', assigned],
    ['duplicates', duplicates],
    ['held', held],
    ['waiting', waiting],
    ...[...refused]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([reason, count]): [string, number] => [`refused: ${reason}`, count]),
    ['repeats', repeats],
    ['other', other],
  ];
}
