import { tell, type Deciding } from '../decisions/index.ts';
import { lead as leadOf, type SaleClosed } from '../leads/index.ts';
import { directionFor, everybody, managerOf, person as personOf, type Person } from '../staff/index.ts';

/** The organization's group, as a recipient: it is nobody of the staff. */
export const GROUP = 'group';

/**
 * contact-center-policy L7: a closing is told to the team of whoever closed, and announced in the group with the source that
 * the lead came from; a referral has the source of the first lead in its chain (lead-assignment P13). Of the client nothing
 * is said: the group is outside the product.
 */
export function announceClosing(fact: SaleClosed, deciding: Deciding): void {
  const l7 = deciding.rules.cite('contact-center-policy', 'L7');
  const lead = leadOf(deciding.world, fact.lead);
  if (l7 === null || lead === undefined) return;
  const because = [l7];
  const values = { by: fact.by, sale: fact.sale, source: lead.origin };
  for (const { id } of teamOf(deciding, fact.by))
    tell(deciding, { to: id, about: 'sale.closed', because, values });
  tell(deciding, { to: GROUP, about: 'sale.announced', because, values, channel: 'telegram' });
}

/** Those who report to the same manager, the manager, and the direction. */
function teamOf({ world }: Deciding, id: string): Person[] {
  const who = personOf(world, id);
  const manager = managerOf(world, id);
  const others = everybody(world).filter(
    (each) => who?.reportsTo != null && each.reportsTo === who.reportsTo && each.id !== id,
  );
  const line = [...(manager === undefined ? [] : [manager]), ...directionFor(world, id)];
  const team = [...others, ...line].filter(({ leftAt, id: each }) => leftAt === null && each !== id);
  return [...new Map(team.map((each) => [each.id, each])).values()];
}
