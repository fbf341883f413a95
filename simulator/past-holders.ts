import type { SimulatedHouse } from './simulated-house.ts';

const GIVING: ReadonlySet<string> = new Set([
  'lead.assigned',
  'lead.given',
  'lead.reassigned',
  'lead.reassignment-reversed',
]);

/** Who has each lead now, heard from the entries as they come. */
export function holdersIn(house: Pick<SimulatedHouse, 'onEntry'>): (lead: string) => string | undefined {
  const holders = new Map<string, string>();
  house.onEntry(({ entry, lead, fields }) => {
    if (lead != null && typeof fields['to'] === 'string' && GIVING.has(entry))
      holders.set(lead, fields['to']);
  });
  return (lead) => holders.get(lead);
}
