/**
 * Whose turn it is. A person's standing in a rotation is the stamp of the last turn they took (none is the lowest), and
 * the next turn is for the one with the lowest standing among those who may take it now; between equals the given order
 * decides. So turns are strict among those present; somebody back from an absence is next once and is not flooded; and
 * nobody is ever more than one turn away from their share.
 *
 * A turn given back (duplicate, test lead, reversal) takes away the person's latest stamp: whatever they took since then
 * counts as the one given back, and they are as near to the next turn as before.
 */
export interface Candidate {
  readonly person: string;
}

/** Stamps taken and not given back, oldest first; by person. */
export type Standings = ReadonlyMap<string, readonly number[]>;

/** Stamps kept for each person: enough to give back any turn of a working day. */
export const STAMPS_KEPT_MAX = 64;

export interface Turn {
  readonly person: string;
  readonly stamp: number;
}

/** `candidates` in the order that decides between equals; null when there is nobody. */
export function nextTurn(candidates: readonly Candidate[], standings: Standings): Turn | null {
  let next: Candidate | null = null;
  let lowest = Infinity;
  for (const candidate of candidates) {
    const standing = standings.get(candidate.person)?.at(-1) ?? 0;
    if (standing < lowest) {
      lowest = standing;
      next = candidate;
    }
  }
  return next === null ? null : { person: next.person, stamp: highestStamp(standings) + 1 };
}

function highestStamp(standings: Standings): number {
  let highest = 0;
  for (const stamps of standings.values()) highest = Math.max(highest, stamps.at(-1) ?? 0);
  return highest;
}

/**
 * The order in which `candidates` come next, each once, as `nextTurn` would choose them one after the other: whoever takes a
 * turn goes behind all others.
 */
export function turnOrder<C extends Candidate>(candidates: readonly C[], standings: Standings): C[] {
  const standing = ({ person }: C): number => standings.get(person)?.at(-1) ?? 0;
  // The sort is stable: between equals the given order decides.
  return candidates.toSorted((one, other) => standing(one) - standing(other));
}

export function takeTurn(stamps: readonly number[], stamp: number): number[] {
  return [...stamps, stamp].slice(-STAMPS_KEPT_MAX);
}

export function giveBackTurn(stamps: readonly number[]): number[] {
  return stamps.slice(0, -1);
}
