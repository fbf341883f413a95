import type { Deciding, Fact } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { lead as leadOf, leadsSlice } from './leads-slice.ts';

/** The time to keep these is over: leads that were refused on arrival and never became anybody's. */
export interface LeadsForgotten extends Fact {
  readonly fact: 'lead.forgotten';
  readonly leads: readonly string[];
}

/** Takes away what they brought of a person; that they came, and why they were refused, stays. */
export function forgetLeads(fact: LeadsForgotten, deciding: Deciding): void {
  const { intakes } = deciding.world.get(leadsSlice);
  for (const id of fact.leads) {
    const lead = leadOf(deciding.world, id);
    if (lead?.stage !== 'refused' || intakes.get(id)?.contact !== null) continue;
    deciding.record({
      entry: 'lead.forgotten',
      kind: 'decision',
      because: [houseRule('retention')],
      lead: id,
      fields: { lead: id },
    });
  }
}
