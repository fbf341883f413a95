import type { Deciding, Refusal } from '../decisions/index.ts';
import { contact } from '../contacts/index.ts';
import { freezeInForce, holdsOf } from '../gate/index.ts';
import { lead as leadOf, type Lead } from '../leads/index.ts';
import { houseRule } from '../procedures/index.ts';
import { lineOf, person } from '../staff/index.ts';
import { followUp } from './follow-up-slice.ts';
import { newFollowUp, type FollowUp } from './follow-up.ts';

export interface Worked {
  readonly lead: Lead;
  readonly row: FollowUp;
  /** For whom it counts: whoever holds the lead, also when somebody above notes it. */
  readonly credited: string;
}

export function progressOf(deciding: Deciding, lead: Lead): FollowUp {
  return followUp(deciding.world, lead.id) ?? newFollowUp(lead);
}

/**
 * A lead on which `by` may note how it goes: the holder, the holder's line, or an administrator. With `open`, not one that
 * is closed or lost.
 */
export function worked(
  deciding: Deciding,
  { lead: id, by }: { readonly lead: string; readonly by: string },
  { open }: { readonly open: boolean },
): Worked | Refusal {
  const { world } = deciding;
  // Follow-up and care of the lead are the advisor's and the manager's.
  const p4 = deciding.rules.cite('lead-assignment', 'P4');
  const because = [p4 ?? houseRule('follow-up')];
  const lead = leadOf(world, id);
  if (lead === undefined) return { refused: 'no-such-lead', because: [houseRule('facts')] };
  if (lead.contact !== null && contact(world, lead.contact)?.erasedAt != null)
    return { refused: 'contact-erased', because: [houseRule('erasure')] };
  if (lead.stage === 'refused') return { refused: 'lead-refused', because };
  const isOfLine = lead.holder !== null && lineOf(world, lead.holder).some((above) => above.id === by);
  if (lead.holder !== by && !isOfLine && person(world, by)?.role !== 'administrator')
    return { refused: 'not-holder', because };
  const row = progressOf(deciding, lead);
  if (open && row.closedAt !== null) return { refused: 'already-closed', because };
  if (open && row.lostAt !== null) return { refused: 'lead-lost', because };
  return { lead, row, credited: lead.holder ?? by };
}

/** Nobody meets the person either while a claim is open (lead-reassignment L4). */
export function frozen(deciding: Deciding, lead: Lead): Refusal | null {
  const freeze = lead.contact === null ? null : freezeInForce(holdsOf(deciding.world, lead.contact));
  if (freeze === null) return null;
  const l4 = deciding.rules.cite('lead-reassignment', 'L4');
  return { refused: 'frozen', because: [l4 ?? houseRule('follow-up')] };
}
