import { createHash } from 'node:crypto';

/** Leads drawn for each person and week. */
export const DRAWN_EACH = 3;

export interface Worked {
  readonly person: string;
  readonly lead: string;
  /** To be looked into whatever the draw says. */
  readonly listed: boolean;
}

export interface Drawn {
  readonly person: string;
  readonly lead: string;
  readonly why: 'listed' | 'drawn';
}

/**
 * Which of a week's leads are audited: of each person, those on the audit list and three drawn from all they were given or
 * called in the week. The draw sorts by the hash of the week's closing seal with person and lead: the seal is known to
 * nobody before the week is over, and with it anybody can draw again and get the same.
 */
export function drawSample(worked: readonly Worked[], week: string, seal: string): Drawn[] {
  const known = new Map<string, Worked>();
  for (const one of worked) {
    const key = `${one.person} ${one.lead}`;
    known.set(key, { ...one, listed: one.listed || known.get(key)?.listed === true });
  }
  const people = Map.groupBy(known.values(), ({ person }) => person);
  return [...people.keys()].toSorted().flatMap((person) => {
    const own = (people.get(person) ?? []).map((one) => ({ ...one, rank: rankOf(one, week, seal) }));
    const ranked = own.toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
    const drawn = new Set(ranked.slice(0, DRAWN_EACH).map(({ lead }) => lead));
    return ranked
      .filter(({ lead, listed }) => listed || drawn.has(lead))
      .map(({ lead, listed }): Drawn => ({ person, lead, why: listed ? 'listed' : 'drawn' }));
  });
}

function rankOf({ person, lead }: Worked, week: string, seal: string): string {
  return createHash('sha256').update(`${seal}\n${week}\n${person}\n${lead}`).digest('hex');
}
