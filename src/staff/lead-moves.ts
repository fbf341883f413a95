import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

/**
 * What happened to a lead as to whose it is and whether it closed, one row each and never changed: from these follow the
 * figures of any period, and which leads a person has kept at its end (readings conversion.period, conversion.counts).
 */
export interface LeadMove {
  readonly lead: string;
  readonly at: Instant;
  /** `undone`: a tenure counts no more; `taken-back`: a closing counts no more. */
  readonly kind: 'given' | 'nowhere' | 'undone' | 'closed' | 'taken-back';
  /** Empty: nobody. */
  readonly person: string;
  /** Of what is undone, closed or taken back: when it was. Otherwise the same as `at`. */
  readonly since: Instant;
  /** Whether it counts for the person: not what a duplicate, an import or a registration brings. */
  readonly counts: boolean;
}

export const movesSlice = {
  name: 'lead-moves',
  empty: (): { readonly moves: Rows<LeadMove> } => ({
    moves: new Rows<LeadMove>(({ lead, person }) => [ofLead(lead), ofPerson(person)]),
  }),
};

const ofLead = (lead: string): string => `lead:${lead}`;
const ofPerson = (person: string): string => `person:${person}`;

export function moveKey({ lead, kind, person, at, since }: LeadMove): string {
  return `${lead} ${kind} ${person} ${at} ${since}`;
}

interface Fields {
  readonly to?: string;
  readonly from?: string;
  readonly by?: string;
  readonly seller?: string;
  readonly lead?: string;
  readonly counts?: boolean;
  readonly closedAt?: Instant;
  readonly undone?: readonly { readonly person: string; readonly at: Instant }[];
}

export function evolveMoves(world: World, entry: JournalEntry | NewEntry): void {
  const { moves } = world.get(movesSlice);
  // The entries are public; no other feature is asked.
  const fields = entry.fields as unknown as Fields;
  const lead = entry.lead ?? fields.lead;
  if (lead === undefined) return;
  const add = (move: Pick<LeadMove, 'kind'> & Partial<LeadMove>): void => {
    const whole = { lead, at: entry.at, person: '', since: entry.at, counts: false, ...move };
    moves.set(moveKey(whole), whole);
  };
  for (const { person, at } of fields.undone ?? []) add({ kind: 'undone', person, since: at });
  const counts = fields.counts !== false;
  const since = fields.closedAt ?? entry.at;
  switch (entry.entry) {
    case 'lead.assigned':
    case 'lead.reassigned':
      if (fields.to !== undefined) add({ kind: 'given', person: fields.to, counts });
      return;
    case 'lead.given':
    case 'lead.reassignment-reversed':
      if (fields.to !== undefined) add({ kind: 'given', person: fields.to });
      return;
    case 'lead.held':
    case 'lead.waiting':
    case 'lead.refused':
      add({ kind: 'nowhere' });
      return;
    case 'sale.closed':
      if (fields.by !== undefined) add({ kind: 'closed', person: fields.by, counts });
      return;
    case 'sale.credited':
      if (fields.from !== undefined) add({ kind: 'taken-back', person: fields.from, since });
      if (fields.to !== undefined) add({ kind: 'closed', person: fields.to, since, counts });
      return;
    case 'sale.canceled':
      if (fields.seller !== undefined) add({ kind: 'taken-back', person: fields.seller, since });
      return;
    default:
  }
}

export interface Counted {
  readonly leads: number;
  readonly closings: number;
}

/**
 * A person's leads and closings of a period, `to` not included. `received`: every lead assigned in it, less what was
 * undone; `kept`: of those, the ones still theirs at its end or closed by them.
 */
export function countMoves(
  world: World,
  person: string,
  period: { readonly from: Instant; readonly to: Instant },
  counts: 'received' | 'kept',
  /** When it is looked at who has a lead. */
  end: Instant = period.to,
): Counted {
  const { moves } = world.get(movesSlice);
  const own = moves.having(ofPerson(person));
  const within = (at: Instant): boolean => at >= period.from && at < period.to;
  const undone = new Set(
    own.filter(({ kind }) => kind === 'undone').map(({ lead, since }) => `${lead} ${since}`),
  );
  const given = own.filter(
    ({ kind, counts: counted, at, lead }) =>
      kind === 'given' && counted && within(at) && !undone.has(`${lead} ${at}`),
  );
  const taken = new Set(
    own.filter(({ kind }) => kind === 'taken-back').map(({ lead, since }) => `${lead} ${since}`),
  );
  const closed = own.filter(({ kind, lead, since }) => kind === 'closed' && !taken.has(`${lead} ${since}`));
  const closings = closed.filter(({ counts: counted, since }) => counted && within(since)).length;
  if (counts === 'received') return { leads: given.length, closings };
  const closedLeads = new Set(closed.map(({ lead }) => lead));
  const leads = new Set(given.map(({ lead }) => lead));
  const kept = [...leads].filter((lead) => closedLeads.has(lead) || holderAt(moves, lead, end) === person);
  return { leads: kept.length, closings };
}

/** Who had it a moment before; null: nobody. */
function holderAt(moves: Rows<LeadMove>, lead: string, to: Instant): string | null {
  let last: LeadMove | null = null;
  for (const move of moves.having(ofLead(lead))) {
    if (move.at >= to || (move.kind !== 'given' && move.kind !== 'nowhere')) continue;
    if (last === null || move.at >= last.at) last = move;
  }
  return last === null || last.person === '' ? null : last.person;
}
