import { sql } from 'kysely';

import { on, type Fact, type Feature, type World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import {
  callDialed,
  callIntentsSlice,
  evolveIntents,
  type CallDialed,
  type CallIntent,
} from './call-intent.ts';
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

const INTENT = sql.raw('id, lead, contact, by, intended_at, state, code, settled_at, pbx_call, call');

/** What the PBX was asked for: by the intent itself, and the latest for the leads about to be called. */
async function loadIntents(
  tx: Tx,
  world: World,
  ids: readonly string[],
  leads: readonly string[],
): Promise<void> {
  if (ids.length === 0 && leads.length === 0) return;
  const found = await sql<CallIntent>`
    select ${INTENT} from call_intents where organization_id = (select pauta_organization()) and id = any(${ids}::text[])
    union
    select ${INTENT} from call_intents where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])`.execute(
    tx,
  );
  const { intents } = world.get(callIntentsSlice);
  for (const row of found.rows) intents.loaded(row.id, row);
}

/** What may be answered by the calls that the PBX tells of: intents by its own ids, and those of the advisor that are still open. */
async function loadAnswered(tx: Tx, world: World, reported: readonly Reported[]): Promise<void> {
  if (reported.length === 0) return;
  const pbxCalls = reported.flatMap(({ pbxCall }) => pbxCall ?? []);
  const people = reported.flatMap(({ by }) => by ?? []);
  const found = await sql<CallIntent>`
    select ${INTENT} from call_intents
     where organization_id = (select pauta_organization()) and pbx_call = any(${pbxCalls}::text[])
    union
    select ${INTENT} from call_intents
     where organization_id = (select pauta_organization()) and by = any(${people}::text[])
       and state in ('intended', 'unknown', 'dialing')`.execute(tx);
  const { intents } = world.get(callIntentsSlice);
  for (const row of found.rows) intents.loaded(row.id, row);
}

interface Reported {
  readonly pbxCall?: string | null;
  readonly by?: string | null;
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
    const named = facts as readonly (Fact & { intent?: string | null; lead?: string })[];
    await loadIntents(
      tx,
      world,
      named.flatMap((f) => f.intent ?? []),
      named.flatMap((f) => (f.fact === 'contact.attempted' && f.intent != null ? (f.lead ?? []) : [])),
    );
    await loadAnswered(
      tx,
      world,
      facts.filter(({ fact }) => fact === 'call.reported') as readonly (Fact & Reported)[],
    );
  },
  facts: new Map([on<CallDialed>('call.dialed', callDialed)]),
  deadlines: new Map(),
  evolve: (world, entry) => {
    evolveCalls(world, entry);
    evolveIntents(world, entry);
  },
  save: async (tx, organization, world) => {
    const calls = world.get(callsSlice).calls.changed();
    const intents = world.get(callIntentsSlice).intents.changed();
    await Promise.all([
      saveRows(
        tx,
        organization,
        'calls',
        ['id'],
        calls.map(([, call]) => ({ ...call })),
      ),
      saveRows(
        tx,
        organization,
        'call_intents',
        ['id'],
        intents.map(([, intent]) => ({ ...intent })),
      ),
    ]);
  },
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
    {
      table: 'call_intents',
      key: ['id'],
      derived: (world) =>
        world
          .get(callIntentsSlice)
          .intents.values()
          .map((intent) => ({ ...intent })),
      stored: async (tx) => {
        const found = await sql<CallIntent>`
          select ${INTENT} from call_intents where organization_id = (select pauta_organization())`.execute(
          tx,
        );
        return found.rows.map((row) => ({ ...row }));
      },
    },
  ],
};
