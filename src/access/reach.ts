import type { Role } from '../staff/index.ts';
import { scopeOf, type Permission, type Scope } from './permissions.ts';

/** What of a person's place in the hierarchy decides who sees their work. */
export interface Placed {
  readonly id: string;
  readonly reportsTo: string | null;
  readonly zone: string | null;
}

/** Whose work a scope opens to `me`: everybody's, or that of these people. */
export type ReachedPeople = 'all' | ReadonlySet<string>;

export function reachedPeople(scope: Scope | null, me: string, staff: readonly Placed[]): ReachedPeople {
  if (scope === null) return new Set();
  if (scope === 'all' || scope === 'all-without-personal-data') return 'all';
  if (scope === 'own') return new Set([me]);
  const reached = teamOf(me, staff);
  if (scope === 'team') return reached;
  const byId = new Map(staff.map((person) => [person.id, person]));
  const zone = zoneAt(me, byId);
  // A director without a zone of their own reaches those who report to them, no one else.
  if (zone !== null) for (const { id } of staff) if (zoneAt(id, byId) === zone) reached.add(id);
  return reached;
}

/** The person and all who report to them, at any depth. */
function teamOf(me: string, staff: readonly Placed[]): Set<string> {
  const reports = Map.groupBy(staff, ({ reportsTo }) => reportsTo);
  const team = new Set([me]);
  // A set visits what is added while it is walked, and a ring of reports adds nobody twice.
  for (const above of team) for (const { id } of reports.get(above) ?? []) team.add(id);
  return team;
}

/** The zone a person works in: their own, or that of the first in their line who has one. */
function zoneAt(id: string, byId: ReadonlyMap<string, Placed>): string | null {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !seen.has(at);) {
    seen.add(at);
    const person: Placed | undefined = byId.get(at);
    if (person === undefined) return null;
    if (person.zone !== null) return person.zone;
    at = person.reportsTo;
  }
  return null;
}

export function reaches(reached: ReachedPeople, person: string | null): boolean {
  return reached === 'all' || (person !== null && reached.has(person));
}

/** Which permission a topic of live events belongs to; a topic not named here concerns everybody signed in. */
const TOPICS: Readonly<Record<string, Permission>> = {
  leads: 'leads.see',
  calls: 'leads.see',
  claims: 'claims.see',
  board: 'board.see',
  turn: 'turn.see',
  duplicates: 'duplicates.settle',
  staff: 'staff.see',
  roster: 'roster.see',
  sources: 'sources.see',
  journal: 'journal.see',
  keys: 'keys.manage',
  health: 'health.see',
  money: 'money.see',
  sanctions: 'sanctions.see',
  audits: 'audits.see',
};

/** Which live events someone may know of: those of their topics that concern nobody, or somebody within reach. */
export function seesEvents(roles: readonly Role[], me: string, staff: readonly Placed[]) {
  const reachByTopic = new Map(
    Object.entries(TOPICS).map(([topic, permission]) => {
      const scope = scopeOf(roles, permission);
      return [topic, scope === null ? null : reachedPeople(scope, me, staff)];
    }),
  );
  return ({ topic, person }: { readonly topic: string; readonly person?: string | undefined }): boolean => {
    const reached = reachByTopic.get(topic);
    if (reached === undefined) return person === undefined || person === me;
    if (reached === null) return false;
    return person === undefined || reaches(reached, person);
  };
}
