import { sql } from 'kysely';

import { contactsOfPerson } from '../contacts/index.ts';
import { Rows, type Fact, type Feature, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { applyHold, noHolds, type HoldEntry, type Holds } from './holds.ts';

interface ContactHolds extends Holds {
  readonly contact: string;
}

export const holdsSlice = {
  name: 'holds',
  empty: (): { readonly holds: Rows<ContactHolds> } => ({ holds: new Rows<ContactHolds>() }),
};

/** What is held on this one contact's row. */
export function holdsOnContact(world: World, contact: string): Holds {
  return world.get(holdsSlice).holds.get(contact) ?? noHolds;
}

/** What is held on the person, whichever of their merged contacts it was placed on. */
export function holdsOf(world: World, contact: string): Holds {
  const ids = new Set([contact, ...contactsOfPerson(world, contact).map(({ id }) => id)]);
  const held = [...ids].map((id) => holdsOnContact(world, id));
  const freezes = new Map(held.flatMap((each) => each.freezes).map((freeze) => [freeze.claim, freeze]));
  return { freezes: [...freezes.values()], optOuts: held.flatMap((each) => each.optOuts) };
}

/** Every contact, of those in the world, of a person who is frozen. */
export function frozenContacts(world: World): string[] {
  const frozen = world
    .get(holdsSlice)
    .holds.values()
    .filter(({ freezes }) => freezes.length > 0)
    .flatMap(({ contact }) => [contact, ...contactsOfPerson(world, contact).map(({ id }) => id)]);
  return [...new Set(frozen)];
}

/** For whoever asks the gate: loads what is held on these people. Their contacts must be loaded already. */
export async function loadHolds(tx: Tx, world: World, contacts: readonly string[]): Promise<void> {
  const ids = new Set(contacts.flatMap((id) => [id, ...contactsOfPerson(world, id).map((each) => each.id)]));
  if (ids.size === 0) return;
  const found = await sql<ContactHolds>`
    select contact, freezes, opt_outs from holds
     where organization_id = (select pauta_organization()) and contact = any(${[...ids]}::text[])`.execute(
    tx,
  );
  const { holds } = world.get(holdsSlice);
  for (const row of found.rows) holds.loaded(row.contact, row);
}

function evolveHolds(world: World, entry: JournalEntry | NewEntry): void {
  if (entry.entry !== 'gate.held' && entry.entry !== 'gate.lifted') return;
  // Written by decideHold alone; its fields are those of a HoldEntry.
  const written = { ...entry.fields, at: entry.at, entry: entry.entry } as unknown as HoldEntry;
  const { holds } = world.get(holdsSlice);
  holds.set(written.contact, {
    contact: written.contact,
    ...applyHold(holdsOnContact(world, written.contact), written),
  });
}

/** Holds of the gate: others place and lift them by `decideHold` and an entry; this keeps their rows. */
export const gateFeature: Feature = {
  name: 'gate',
  loads: 'in-turn',
  load: async (tx, facts, _due, { world }) => {
    await loadHolds(
      tx,
      world,
      (facts as readonly (Fact & { contact?: string | null })[]).flatMap((f) => f.contact ?? []),
    );
  },
  facts: new Map(),
  deadlines: new Map(),
  evolve: evolveHolds,
  save: (tx, organization, world) =>
    saveRows(
      tx,
      organization,
      'holds',
      ['contact'],
      world
        .get(holdsSlice)
        .holds.changed()
        .map(([, held]) => ({ ...held })),
    ),
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'holds',
      key: ['contact'],
      derived: (world) =>
        world
          .get(holdsSlice)
          .holds.values()
          .map((held) => ({ ...held })),
      stored: async (tx) => {
        const found = await sql<ContactHolds>`
          select contact, freezes, opt_outs from holds where organization_id = (select pauta_organization())`.execute(
          tx,
        );
        return found.rows.map((row) => ({ ...row }));
      },
    },
  ],
};
