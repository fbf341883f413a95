import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

export const roles = [
  'advisor',
  'kam',
  'manager',
  'director',
  'direction',
  'administrator',
  'marketing',
  'control',
  'agent',
  'supervisor',
  'coordinator',
  'data-steward',
  'back-office',
  'support',
  'client',
  'system',
] as const;
export type Role = (typeof roles)[number];

/** Roles that may hold leads (procedures, "Roles"). */
export const HOLDERS: ReadonlySet<Role> = new Set<Role>(['advisor', 'kam', 'manager']);

export interface Person {
  readonly id: string;
  /** The order in which people joined the staff; decides between people of equal standing. */
  readonly place: number;
  readonly name: string;
  readonly role: Role;
  readonly zone: string | null;
  readonly reportsTo: string | null;
  readonly email: string | null;
  /** E.164; the person's own phone for notices. */
  readonly phone: string | null;
  /** The person's line in the PBX. */
  readonly extension: string | null;
  readonly internal: boolean;
  readonly documents: 'complete' | 'incomplete' | 'expired';
  readonly grade: 'pass' | 'fail' | 'none';
  /** Had signed every procedure when registered. */
  readonly signed: boolean;
  /** `procedure@version` of each signature given since. */
  readonly signatures: readonly string[];
  readonly absent: boolean;
  readonly leftAt: Instant | null;
  /** What stands in their file, by kind: the day it runs out, or null (standing.ts reads it). */
  readonly papers: Readonly<Record<string, string | null>>;
  /** The latest result of each exam. */
  readonly marks: Readonly<Record<string, { readonly takenOn: string; readonly passed: boolean }>>;
}

interface StaffState {
  readonly people: Rows<Person>;
}

export const staffSlice = { name: 'staff', empty: (): StaffState => ({ people: new Rows<Person>() }) };

export function mayHoldLeads(person: Person): boolean {
  return HOLDERS.has(person.role) && person.leftAt === null;
}

export function person(world: World, id: string): Person | undefined {
  return world.get(staffSlice).people.get(id);
}

/** Everybody, in staff order. */
export function everybody(world: World): Person[] {
  return world
    .get(staffSlice)
    .people.values()
    .toSorted((a, b) => a.place - b.place);
}

/** The person's manager, then the manager's, up to the top; a ring in the data ends the walk. */
export function lineOf(world: World, id: string): Person[] {
  const line: Person[] = [];
  const seen = new Set([id]);
  for (let next = person(world, id)?.reportsTo; next != null && !seen.has(next);) {
    seen.add(next);
    const above = person(world, next);
    if (above === undefined) break;
    line.push(above);
    next = above.reportsTo;
  }
  return line;
}

export function managerOf(world: World, id: string): Person | undefined {
  const line = lineOf(world, id);
  return line.find((above) => above.role === 'manager') ?? line[0];
}

/** The zone a person works in: their own, or that of the first in their line who has one. */
export function zoneOf(world: World, id: string): string | null {
  return person(world, id)?.zone ?? lineOf(world, id).find((above) => above.zone !== null)?.zone ?? null;
}

/** The staff of role direction; with none, the director of the person's zone (contact-center-policy L4's reading). */
export function directionFor(world: World, id: string): Person[] {
  const current = everybody(world).filter((p) => p.leftAt === null);
  const direction = current.filter((p) => p.role === 'direction');
  if (direction.length > 0) return direction;
  const zone = zoneOf(world, id);
  return current.filter((p) => p.role === 'director' && (zone === null || p.zone === zone));
}

/** The administrators of the contact center; with none, the direction, and with none, the zones' directors. */
export function administrators(world: World): Person[] {
  for (const role of ['administrator', 'direction', 'director'] as const) {
    const found = ofRole(world, role);
    if (found.length > 0) return found;
  }
  return [];
}

export function ofRole(world: World, role: Role): Person[] {
  return everybody(world).filter((p) => p.role === role && p.leftAt === null);
}

type Personal = Partial<Pick<Person, 'name' | 'email' | 'phone'>>;
type Changes = Partial<Omit<Person, 'id' | 'place' | 'leftAt'>> & { left?: boolean };

/** Applies person.registered, person.changed and policy.signed; of papers and exams, what is asked at every turn. */
export function evolveStaff(world: World, entry: JournalEntry | NewEntry): void {
  const { people } = world.get(staffSlice);
  const id = entry.person;
  if (id == null) return;
  const personal = (entry.personal ?? {}) as Personal;
  switch (entry.entry) {
    case 'person.registered': {
      const fields = entry.fields as unknown as Omit<Person, keyof Personal | 'id' | 'leftAt'>;
      people.set(id, {
        id,
        place: fields.place,
        name: personal.name ?? id,
        role: fields.role,
        zone: fields.zone,
        reportsTo: fields.reportsTo,
        email: personal.email ?? null,
        phone: personal.phone ?? null,
        extension: fields.extension,
        internal: fields.internal,
        documents: fields.documents,
        grade: fields.grade,
        signed: fields.signed,
        signatures: fields.signatures ?? [],
        absent: fields.absent,
        leftAt: null,
        papers: {},
        marks: {},
      });
      return;
    }
    case 'person.changed': {
      const before = people.get(id);
      if (before === undefined) return;
      const { person: _, left, ...changes } = entry.fields as unknown as Changes & { person: string };
      const leftAt = left === true ? entry.at : left === false ? null : before.leftAt;
      people.set(id, { ...before, ...changes, ...personal, leftAt });
      return;
    }
    case 'policy.signed': {
      const before = people.get(id);
      const { procedure, version } = entry.fields as unknown as { procedure: string; version: string };
      const signatures = [...new Set([...(before?.signatures ?? []), `${procedure}@${version}`])];
      if (before !== undefined) people.set(id, { ...before, signatures });
      return;
    }
    case 'document.filed': {
      const { kind, expiresOn } = entry.fields as unknown as { kind: string; expiresOn: string | null };
      const before = people.get(id);
      if (before !== undefined)
        people.set(id, { ...before, papers: { ...before.papers, [kind]: expiresOn } });
      return;
    }
    case 'document.withdrawn': {
      // Back to the paper before it, which the entry names: the file of one person is not loaded at every turn.
      const { kind, leaves } = entry.fields as unknown as {
        kind: string;
        leaves: { expiresOn: string | null } | null;
      };
      const before = people.get(id);
      if (before === undefined) return;
      const { [kind]: _, ...others } = before.papers;
      const papers = leaves === null ? others : { ...others, [kind]: leaves.expiresOn };
      people.set(id, { ...before, papers });
      return;
    }
    case 'exam.recorded': {
      const { exam, takenOn, passed } = entry.fields as unknown as {
        exam: string;
        takenOn: string;
        passed: boolean;
      };
      const before = people.get(id);
      const known = before?.marks[exam];
      if (before === undefined || (known !== undefined && known.takenOn > takenOn)) return;
      people.set(id, { ...before, marks: { ...before.marks, [exam]: { takenOn, passed } } });
      return;
    }
    default:
  }
}
