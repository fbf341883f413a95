import type { Person } from '../staff/index.ts';

export interface Placement {
  readonly person: string;
  readonly manager: string;
  readonly zone: string;
}

/** Under whom and in which zone everybody works; empty: under nobody, in none. */
export function lineOfPeople(people: readonly Person[]): Placement[] {
  const byId = new Map(people.map((each) => [each.id, each]));
  return people.map((person) => {
    const line = [person, ...above(person, byId)];
    const managers = line.slice(1);
    const manager = managers.find(({ role }) => role === 'manager') ?? managers[0];
    // A manager's own leads are the manager's.
    const own = person.role === 'manager' ? person : manager;
    return {
      person: person.id,
      manager: own?.id ?? '',
      zone: line.find(({ zone }) => zone !== null)?.zone ?? '',
    };
  });
}

/** A ring in the data ends the walk. */
function above(person: Person, byId: ReadonlyMap<string, Person>): Person[] {
  const line: Person[] = [];
  const seen = new Set([person.id]);
  for (let next = person.reportsTo; next !== null && !seen.has(next);) {
    seen.add(next);
    const found = byId.get(next);
    if (found === undefined) break;
    line.push(found);
    next = found.reportsTo;
  }
  return line;
}
