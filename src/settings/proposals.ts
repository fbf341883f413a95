import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Adoption } from '../procedures/index.ts';

/**
 * A version of a procedure that one person proposes and another publishes:
 *
 *   open ──another person──▶ adopted
 *     ├──another person──▶ rejected, with reasons
 *     └──who proposed it──▶ withdrawn
 */
export interface Proposal {
  readonly id: string;
  readonly procedure: string;
  readonly adoption: Adoption;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly state: 'open' | 'adopted' | 'rejected' | 'withdrawn';
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  /** Published by who proposed it, as nobody else could. */
  readonly alone: boolean;
  readonly reasons: string | null;
}

export const proposalsSlice = {
  name: 'proposals',
  empty: (): { readonly proposals: Rows<Proposal> } => ({ proposals: new Rows<Proposal>() }),
};

export function proposal(world: World, id: string): Proposal | undefined {
  return world.get(proposalsSlice).proposals.get(id);
}

export function allProposals(world: World): Proposal[] {
  return world.get(proposalsSlice).proposals.values();
}

interface Fields {
  readonly proposal?: string;
  readonly by: string;
  readonly adoption: Adoption;
}

const ENDS: Readonly<Record<string, Proposal['state']>> = {
  'procedure.adopted': 'adopted',
  'procedure.rejected': 'rejected',
  'procedure.withdrawn': 'withdrawn',
};

/** Every transition of a proposal. */
export function evolveProposals(world: World, entry: JournalEntry | NewEntry): void {
  const { proposals } = world.get(proposalsSlice);
  // The journal is read back only through the hash-checked store, so its fields have the shape they were written with.
  const { proposal: id, by, adoption } = entry.fields as unknown as Fields;
  if (id === undefined) return;
  if (entry.entry === 'procedure.proposed') {
    proposals.set(id, {
      id,
      procedure: adoption.procedure,
      adoption,
      proposedBy: by,
      proposedAt: entry.at,
      state: 'open',
      decidedBy: null,
      decidedAt: null,
      alone: false,
      reasons: null,
    });
    return;
  }
  const before = proposals.get(id);
  if (before === undefined) return;
  if (entry.entry === 'procedure.published-alone') return proposals.set(id, { ...before, alone: true });
  const state = ENDS[entry.entry];
  if (state === undefined || before.state !== 'open') return;
  const { reasons } = (entry.personal ?? {}) as { readonly reasons?: string };
  proposals.set(id, { ...before, state, decidedBy: by, decidedAt: entry.at, reasons: reasons ?? null });
}
