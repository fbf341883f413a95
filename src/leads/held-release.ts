import type { Deciding } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { isClockOpen, type Lead } from './lead.ts';
import { leadsSlice, pacedLeads } from './leads-slice.ts';
import { chooseByTurn, giveByResults, handOver, holdOutsideHours, passOn } from './placing.ts';
import { placeHeld } from './receive.ts';

/** The opening: each held lead goes on, first come, first served; paced, only as far as somebody is free. */
export function openHeld(deciding: Deciding, lead: Lead): void {
  const from = lead.takenFrom;
  // A freeze may have outlasted the opening for which it waited.
  if (lead.heldThen !== null && holdOutsideHours(deciding, lead, lead.heldThen, from)) return undefined;
  if (lead.heldThen === 'best' && from !== null) return giveByResults(deciding, lead, from);
  if (lead.heldThen === 'hand-over' && from !== null) return handOver(deciding, lead, from);
  if (lead.heldThen === 'passed-on' && from !== null) return passOn(deciding, lead, from);
  if (!isPaced(deciding)) return placeHeld(deciding, lead);
  deciding.record({
    entry: 'lead.held',
    kind: 'decision',
    because: [deciding.rules.cite('contact-center-policy', 'L3') ?? houseRule('assignment')],
    lead: lead.id,
    contact: lead.contact,
    fields: { lead: lead.id, until: lead.heldUntil, goesOn: 'turn', paced: true },
  });
  return releasePaced(deciding);
}

/**
 * Reading held.release: paced. Whenever somebody may have become free (contacted, missed, passed on, back from an absence,
 * confirmed), the leads that wait past their opening go on in the order in which they arrived, as far as there is
 * somebody without a lead still to contact. Closing time holds the rest until the next opening.
 */
export function releasePaced(deciding: Deciding): void {
  const waiting = pacedLeads(deciding.world).toSorted((a, b) => a.number - b.number);
  for (const lead of waiting) {
    if (holdOutsideHours(deciding, lead, 'turn')) continue;
    const busy = isPaced(deciding) ? busyPeople(deciding) : NOBODY;
    const isFree = (person: string): boolean => !busy.has(person);
    const choice = chooseByTurn(deciding, lead, isFree);
    // Nobody free, but somebody will be; another rotation's leads behind this one may still go on.
    if (choice.turn === null && choice.busy) continue;
    placeHeld(deciding, lead, isFree);
  }
}

const NOBODY: ReadonlySet<string> = new Set();

/** A version that no longer paces lets go of what still waits, at the next occasion. */
function isPaced({ rules }: Deciding): boolean {
  return rules.reading('contact-center-policy', 'held.release') === 'paced';
}

function busyPeople(deciding: Deciding): ReadonlySet<string> {
  const open = deciding.world.get(leadsSlice).leads.values().filter(isClockOpen);
  return new Set(open.map((lead) => lead.holder ?? ''));
}
