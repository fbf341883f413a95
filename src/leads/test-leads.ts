import type { Deciding, Fact, Refusal } from '../decisions/index.ts';
import { tell } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { person } from '../staff/index.ts';
import { releasePaced } from './held-release.ts';
import { strike } from './late-evidence.ts';
import { countedTenures } from './tenure.ts';
import { lead as leadOf } from './leads-slice.ts';
import { returnTurns } from './turns-back.ts';

/** An administrator sees that a lead is a test which no source said to be one. */
export interface LeadMarkedTest extends Fact {
  readonly fact: 'lead.marked-test';
  readonly lead: string;
  readonly by: string;
}

/** Reading `turns`: a test lead gives the turn back. Its clock stops, its misses are struck out, it counts for nobody. */
export function markTest(fact: LeadMarkedTest, deciding: Deciding): Refusal | void {
  const because = [houseRule('test-leads')];
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return { refused: 'no-such-lead', because: [houseRule('facts')] };
  if (person(deciding.world, fact.by)?.role !== 'administrator')
    return { refused: 'not-administrator', because };
  if (lead.stage === 'refused') return { refused: 'lead-refused', because };
  if (lead.status === 'closed') return { refused: 'lead-closed', because };
  deciding.record({
    entry: 'lead.marked-test',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: { lead: lead.id, by: fact.by },
  });
  const counted = countedTenures(lead);
  deciding.record({
    entry: 'lead.refused',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    fields: {
      lead: lead.id,
      why: 'a test lead',
      undone: counted.map((t) => ({ person: t.person, at: t.since })),
    },
  });
  returnTurns(deciding, lead.id, counted, because);
  for (const tenure of counted)
    if (tenure.missedAt !== null && tenure.struckAt === null) strike(deciding, lead, tenure, because);
  if (lead.holder !== null) {
    const values = { lead: lead.id, by: fact.by };
    tell(deciding, { to: lead.holder, about: 'lead.test', because, lead: lead.id, values });
  }
  releasePaced(deciding);
  return undefined;
}
