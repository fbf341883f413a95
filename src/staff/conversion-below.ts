import { previousMonth, type Month } from '../calendar/index.ts';
import { tell, type Deciding } from '../decisions/index.ts';
import { judgedResults } from './conversion.ts';
import { directionFor, everybody, managerOf, mayHoldLeads, ofRole, zoneOf, type Person } from './person.ts';

const WHOLE = 100;

/**
 * lead-assignment O1: when a month begins, who fell short of the aim in the period that has ended is named, person by
 * person and zone by zone; the manager and the zone's director are told. With fewer leads than are judged, nobody is.
 */
export function sayWhoFellShort(month: Month, deciding: Deciding): void {
  const { world, rules } = deciding;
  const o1 = rules.cite('lead-assignment', 'O1');
  if (o1 === null) return;
  const aim = rules.parameter('lead-assignment', 'O1', 'conversionMinPercent');
  const least = rules.reading('lead-assignment', 'conversion.minLeads');
  const closed = previousMonth(month);
  const zones = new Map<string, { leads: number; closings: number }>();
  const isBelow = ({ leads, closings }: { readonly leads: number; readonly closings: number }): boolean =>
    leads >= least && closings * WHOLE < aim * leads;
  for (const person of everybody(world).filter(mayHoldLeads)) {
    const { leads, closings } = judgedResults(world, month, person.id, rules);
    const zone = zoneOf(world, person.id);
    if (zone !== null) {
      const sum = zones.get(zone) ?? { leads: 0, closings: 0 };
      zones.set(zone, { leads: sum.leads + leads, closings: sum.closings + closings });
    }
    if (!isBelow({ leads, closings })) continue;
    const value = closings / leads;
    const fields = { person: person.id, month: closed, value, leads, closings };
    deciding.record({
      entry: 'conversion.below',
      kind: 'decision',
      because: [o1],
      person: person.id,
      fields,
    });
    tellOf(deciding, aboveOf(deciding, person), { person: person.id, month: closed, value }, o1);
  }
  for (const [zone, sum] of zones) {
    if (!isBelow(sum)) continue;
    const value = sum.closings / sum.leads;
    const fields = { zone, month: closed, value, leads: sum.leads, closings: sum.closings };
    deciding.record({ entry: 'conversion.below', kind: 'decision', because: [o1], fields });
    const directors = ofRole(world, 'director').filter((each) => each.zone === zone);
    tellOf(deciding, directors, { zone, month: closed, value }, o1);
  }
}

function aboveOf({ world }: Deciding, person: Person): Person[] {
  const manager = managerOf(world, person.id);
  return manager === undefined ? directionFor(world, person.id) : [manager];
}

function tellOf(
  deciding: Deciding,
  people: readonly Person[],
  values: { readonly [name: string]: string | number },
  o1: string,
): void {
  for (const { id } of people) tell(deciding, { to: id, about: 'conversion.below', because: [o1], values });
}
