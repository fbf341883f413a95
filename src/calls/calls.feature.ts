import { sql } from 'kysely';

import type { Fact, Feature, World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { callsSlice, evolveCalls, type Call } from './call.ts';

async function load(tx: Tx, world: World, ids: readonly string[], leads: readonly string[]): Promise<void> {
  if (ids.length === 0 && leads.length === 0) return;
  const found = await sql<Call>`
    select id, by, lead, contact, direction, started_at, ended_at, answered, ring_seconds, talk_seconds, source from calls
     where organization_id = (select pauta_organization())
       and (id = any(${ids}::text[]) or lead = any(${leads}::text[]))`.execute(tx);
  const { calls } = world.get(callsSlice);
  for (const row of found.rows) calls.loaded(row.id, row);
}

/** For rules about a lead's first contact. */
export async function loadCallsOfLeads(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  await load(tx, world, [], leads);
}

/** Keeps the calls; what they prove is decided where the lead is (leads/first-contact.ts). */
export const callsFeature: Feature = {
  name: 'calls',
  load: async (tx, facts, _due, { world }) => {
    await load(
      tx,
      world,
      (facts as readonly (Fact & { call?: string })[]).flatMap((f) => f.call ?? []),
      [],
    );
  },
  facts: new Map(),
  deadlines: new Map(),
  evolve: evolveCalls,
  save: (tx, organization, world) =>
    saveRows(
      tx,
      organization,
      'calls',
      ['id'],
      world
        .get(callsSlice)
        .calls.changed()
        .map(([, call]) => ({ ...call })),
    ),
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'calls',
      key: ['id'],
      derived: (world) =>
        world
          .get(callsSlice)
          .calls.values()
          .map((call) => ({ ...call })),
      stored: async (tx) => {
        const found = await sql<Call>`
          select id, by, lead, contact, direction, started_at, ended_at, answered, ring_seconds, talk_seconds, source
            from calls where organization_id = (select pauta_organization())`.execute(tx);
        return found.rows.map((row) => ({ ...row }));
      },
    },
  ],
};
