/**
 * Whose turn it is. A person's standing in a rotation is the stamp of the last turn they took (none is the lowest), and
 * the next turn is for the one with the lowest standing among those who may take it now; between equals the given order
 * decides. So turns are strict among those present, and somebody back from an absence is next once and is not flooded.
 *
 * A turn given back (a reversal) is owed: who is owed one comes before all others, and taking it leaves the standing as
 * if the first had never been undone. So nobody who stays on duty is ever more than one turn from any other who does.
 */
export interface Candidate {
  readonly person: string;
}

export interface Standing {
  /** Stamp of the last turn taken; 0: none yet. */
  readonly last: number;
  /** Turns given back and not yet made up for. */
  readonly owed: number;
}

export const NO_TURN_YET: Standing = { last: 0, owed: 0 };

export type Standings = ReadonlyMap<string, Standing>;

export interface Turn {
  readonly person: string;
  readonly stamp: number;
}

/** `candidates` in the order that decides between equals; null when there is nobody. */
export function nextTurn(candidates: readonly Candidate[], standings: Standings): Turn | null {
  const standing = ({ person }: Candidate): Standing => standings.get(person) ?? NO_TURN_YET;
  const owed = candidates.filter((candidate) => standing(candidate).owed > 0);
  let next: Candidate | null = null;
  for (const candidate of owed.length > 0 ? owed : candidates) {
    if (next === null || standing(candidate).last < standing(next).last) next = candidate;
  }
  return next === null ? null : { person: next.person, stamp: highestStamp(standings) + 1 };
}

function highestStamp(standings: Standings): number {
  let highest = 0;
  for (const { last } of standings.values()) highest = Math.max(highest, last);
  return highest;
}

/**
 * The order in which `candidates` come next, each once, as `nextTurn` would choose them one after the other: first those owed a
 * turn, then by the last one taken.
 */
export function turnOrder<C extends Candidate>(candidates: readonly C[], standings: Standings): C[] {
  const standing = ({ person }: C): Standing => standings.get(person) ?? NO_TURN_YET;
  // toSorted is stable: between equals the given order decides.
  return candidates.toSorted((one, other) => {
    const [a, b] = [standing(one), standing(other)];
    return Number(b.owed > 0) - Number(a.owed > 0) || a.last - b.last;
  });
}

export function takeTurn({ last, owed }: Standing, stamp: number): Standing {
  return owed > 0 ? { last, owed: owed - 1 } : { last: stamp, owed };
}

export function giveBackTurn({ last, owed }: Standing): Standing {
  return { last, owed: owed + 1 };
}
