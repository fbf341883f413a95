import { localDate, localMonth, type Month } from '../calendar/index.ts';
import { currentOrganization, type World } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { isAway } from './absences.ts';
import { exceptionOf } from './exceptions.ts';
import { everybody, mayHoldLeads, type Person, type Role } from './person.ts';
import { isActive, placeOf, placesOf, rosterMonth } from './roster.ts';
import { hasShifts, isOnShift } from './shifts.ts';
import { standingOn } from './standing.ts';

/** Why somebody on the staff gets no lead now; tokens that screens translate. */
export type OffDuty =
  | 'left'
  | 'absent'
  | 'off shift'
  | 'not on the roster'
  | 'not active'
  | 'removed from the roster'
  | 'no passing grade'
  | 'documents not complete'
  | 'not internal';

export interface Duty {
  readonly onDuty: readonly Person[];
  readonly offDuty: readonly { readonly person: Person; readonly why: OffDuty }[];
}

/** Who takes turns where no roster names them; a manager holds leads only by being on one. */
const TURN_ROLES: ReadonlySet<Role> = new Set<Role>(['advisor', 'kam']);

/**
 * Who is on duty at an instant, in staff order, and why each of the others is not. In a month for which no clause asked
 * for a roster, every advisor present is on duty; in one whose guards are published, only those on guard at this instant
 * (L1), else everybody at all hours. Grade and documents are looked at again at every turn (P6, P7).
 */
export function dutyAt(world: World, at: Instant, rules: Rules): Duty {
  const { zone } = currentOrganization(world);
  const month = localMonth(at, zone);
  const today = localDate(at, zone);
  const rostered = isRostered(world, month, rules);
  const grace = rules.reading('contact-center-policy', 'roster.grace');
  const onDuty: Person[] = [];
  const offDuty: { person: Person; why: OffDuty }[] = [];
  for (const person of everybody(world)) {
    if (!mayHoldLeads(person)) {
      if (placeOf(world, month, person.id) !== undefined) offDuty.push({ person, why: 'left' });
      continue;
    }
    if (!rostered && !TURN_ROLES.has(person.role)) continue;
    const why =
      (rostered ? offRoster(world, month, person, at, grace) : null) ??
      unfit(world, standingOn(world, person, today), month, rules) ??
      (isAway(world, person.id, at) ? 'absent' : null) ??
      (hasShifts(world, month, person.id) && !isOnShift(world, person.id, at) ? 'off shift' : null);
    if (why === null) onDuty.push(person);
    else offDuty.push({ person, why });
  }
  return { onDuty, offDuty };
}

/** A roster is asked for by P1 or L1 at its own instants; a list handed in all the same makes one too. */
function isRostered(world: World, month: Month, rules: Rules): boolean {
  if (placesOf(world, month).length > 0) return true;
  const instants = rosterMonth(world, month);
  if (instants !== undefined) return instants.dueAt !== null || instants.sendAt !== null;
  return rules.cite('lead-assignment', 'P1') !== null || rules.cite('contact-center-policy', 'L1') !== null;
}

function offRoster(
  world: World,
  month: string,
  person: Person,
  at: Instant,
  grace: 'previous' | 'none',
): OffDuty | null {
  const place = placeOf(world, month, person.id);
  if (place === undefined || place.decision === 'excluded') return 'not on the roster';
  if (place.removedAt !== null) return 'removed from the roster';
  return isActive(world, month, person.id, at, grace) ? null : 'not active';
}

function unfit(world: World, person: Person, month: Month, rules: Rules): OffDuty | null {
  if (person.absent) return 'absent';
  if (rules.cite('lead-assignment', 'P6') !== null && person.grade !== 'pass') {
    // The direction has signed for it this month: what it let onto the roster it lets into the turn.
    if (exceptionOf(world, month, person.id, rules)?.clauses.includes('P6') !== true)
      return 'no passing grade';
  }
  if (rules.cite('lead-assignment', 'P7') !== null) {
    if (!person.internal) return 'not internal';
    if (person.documents !== 'complete') return 'documents not complete';
  }
  return null;
}
