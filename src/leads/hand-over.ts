import { tell, type Deciding, type World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { currentTenure, type Lead } from './lead.ts';
import { lead as leadOf, leadsSlice } from './leads-slice.ts';
import { loadLeads } from './leads.store.ts';
import { handOver } from './placing.ts';
import { returnTurns } from './turns-back.ts';

/** One lead that was taken from somebody: which of their tenures ended. */
export interface HandedOver {
  readonly lead: string;
  readonly since: string;
}

/** Whoever gives somebody's leads away, or back, loads them first. */
export async function loadLeadsOf(
  tx: Tx,
  world: World,
  wanted: { readonly ids?: readonly string[]; readonly holders?: readonly string[] },
): Promise<void> {
  const { ids = [], holders = [] } = wanted;
  await loadLeads(tx, world, { ids, holders, contacts: [], openSince: null });
}

/** Every open lead of a person goes on by turn, oldest first. */
export function handOverAll(deciding: Deciding, from: string): HandedOver[] {
  const held = deciding.world
    .get(leadsSlice)
    .leads.values()
    // One that is claimed waits for its ruling, which is for who asked (lead-reassignment, the ruling's line 2).
    .filter((lead) => lead.claims.length === 0 && lead.frozenAt === null)
    .filter((lead) => lead.holder === from && lead.status !== 'closed' && lead.status !== 'lost')
    .toSorted((a, b) => a.number - b.number);
  const since = held.map((lead) => ({ lead: lead.id, since: currentTenure(lead)?.since ?? deciding.now }));
  for (const lead of held) handOver(deciding, lead, from);
  return since;
}

/**
 * What was handed over comes back, with the counters and the turns it cost, unless somebody else has reached the person
 * by now, has a closing, or was given it by another decision. Gives those that came back.
 */
export function handBack(
  deciding: Deciding,
  to: string,
  given: readonly HandedOver[],
  because: readonly string[],
): string[] {
  const back: string[] = [];
  for (const { lead: id, since } of given) {
    const lead = leadOf(deciding.world, id);
    const place = lead?.tenures.findIndex((t) => t.person === to && t.since === since) ?? -1;
    if (lead === undefined || place < 0 || !mayComeBack(lead, place)) continue;
    const later = lead.tenures.slice(place + 1).filter((t) => t.voidAt === null);
    const from = lead.holder;
    deciding.record({
      entry: 'lead.reassignment-reversed',
      kind: 'decision',
      because,
      lead: id,
      contact: lead.contact,
      person: to,
      fields: {
        lead: id,
        from,
        to,
        since,
        why: 'audit-overturned',
        undone: later.map((t) => ({ person: t.person, at: t.since })),
      },
    });
    returnTurns(deciding, id, later, because);
    back.push(id);
    if (from !== null)
      tell(deciding, {
        to: from,
        about: 'lead.taken',
        because,
        lead: id,
        values: { lead: id, from, to, by: 'administrator' },
      });
  }
  return back;
}

function mayComeBack(lead: Lead, place: number): boolean {
  if (lead.stage === 'refused' || lead.status === 'closed') return false;
  const later = lead.tenures.slice(place + 1).filter((t) => t.voidAt === null);
  return later.every((t) => t.by === 'hand-over' && t.contactedAt === null && t.missedAt === null);
}
