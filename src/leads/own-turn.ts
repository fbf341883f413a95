import { localMonth } from '../calendar/index.ts';
import { currentOrganization, type World } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { dutyAt, rosterMonth, zoneOf, type OffDuty } from '../staff/index.ts';
import { heldUntil } from './hours.ts';
import { standings } from './leads-slice.ts';
import { turnOrder } from './next-turn.ts';

/** Whether a person gets leads now, and after how many others; or why not. */
export interface TurnOf {
  readonly onDuty: boolean;
  /** Why not; null while on duty. */
  readonly why: OffDuty | 'not staff' | null;
  /** Clauses behind the why; empty for an absence, which is no clause's doing. */
  readonly because: readonly string[];
  /** How many come before; 0: the next lead is theirs. Null where each source has turns of its own, or off duty. */
  readonly after: number | null;
  /** Leads are held until then; null within the hours. */
  readonly opensAt: Instant | null;
  /** This month's roster asks them to confirm, until then. */
  readonly confirmBy: Instant | null;
}

export interface Looking {
  readonly world: World;
  readonly now: Instant;
  readonly rules: Rules;
}

/** Those on duty who share a rotation with this person, in the order of their turns (contact-center-policy L3, turn.pool). */
export function orderAround({ world, now, rules }: Looking, person: string): string[] | null {
  const pool = rules.reading('contact-center-policy', 'turn.pool');
  if (pool === 'source') return null;
  const zone = pool === 'zone' ? zoneOf(world, person) : null;
  const taken = standings(world, zone === null ? 'direct' : `zone:${zone}`);
  const candidates = dutyAt(world, now, rules)
    .onDuty.filter(({ id }) => zone === null || zoneOf(world, id) === zone)
    .map(({ id }) => ({ person: id }));
  return turnOrder(candidates, taken).map((each) => each.person);
}

export function turnOf(looking: Looking, person: string): TurnOf {
  const { world, now, rules } = looking;
  const { zone } = currentOrganization(world);
  const duty = dutyAt(world, now, rules);
  const onDuty = duty.onDuty.some(({ id }) => id === person);
  const off = duty.offDuty.find((each) => each.person.id === person)?.why ?? 'not staff';
  const place = onDuty ? (orderAround(looking, person)?.indexOf(person) ?? -1) : -1;
  const opensAt = heldUntil(rules, zone, now);
  const waits = !onDuty && off === 'not active';
  return {
    onDuty,
    why: onDuty ? null : off,
    because: onDuty ? [] : offDutyClauses(rules, off),
    after: place < 0 ? null : place,
    opensAt,
    confirmBy: waits ? (rosterMonth(world, localMonth(now, zone))?.confirmBy ?? null) : null,
  };
}

/** The clauses that keep somebody off duty (staff/duty.ts decides by the same ones). */
export function offDutyClauses(rules: Rules, why: OffDuty | 'not staff'): string[] {
  const clauses: Readonly<Record<OffDuty | 'not staff', readonly (string | null)[]>> = {
    left: [],
    absent: [],
    'off shift': [rules.cite('contact-center-policy', 'L1')],
    'not staff': [],
    'not on the roster': [rules.cite('contact-center-policy', 'L1') ?? rules.cite('lead-assignment', 'P1')],
    'removed from the roster': [
      rules.cite('contact-center-policy', 'L1') ?? rules.cite('lead-assignment', 'P1'),
    ],
    'not active': [rules.cite('contact-center-policy', 'L2')],
    'no passing grade': [rules.cite('lead-assignment', 'P6')],
    'documents not complete': [rules.cite('lead-assignment', 'P7')],
    'not internal': [rules.cite('lead-assignment', 'P7')],
  };
  return clauses[why].filter((clause) => clause !== null);
}
