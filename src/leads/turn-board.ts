import { localMonth } from '../calendar/index.ts';
import { currentOrganization, type World } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import { houseRule, type Rules } from '../procedures/index.ts';
import { dutyAt, placesOf, zoneOf, type OffDuty } from '../staff/index.ts';
import { standings } from './leads-slice.ts';
import { turnOrder } from './next-turn.ts';
import { bestOf, bestRotation } from './placing.ts';

/** One rotation as it stands: who comes next, in the order in which the rule would choose. */
export interface RotationBoard {
  /** 'direct', 'zone:norte', 'source:facebook', 'best', 'best:zone:norte'. */
  readonly rotation: string;
  readonly kind: 'direct' | 'zone' | 'source' | 'best';
  /** The zone or source it is for; null for the one rotation of all. */
  readonly of: string | null;
  readonly order: readonly {
    readonly person: string;
    /** Turns given back and not yet made up for: they come first. */
    readonly owed: number;
    /** Last month's figures, in a rotation by results. */
    readonly closings: number | null;
    readonly conversion: number | null;
  }[];
}

export interface OffDutyPerson {
  readonly person: string;
  readonly why: OffDuty | 'excluded from the roster';
  readonly because: readonly string[];
}

export interface TurnBoard {
  readonly rotations: readonly RotationBoard[];
  readonly onDuty: readonly string[];
  readonly offDuty: readonly OffDutyPerson[];
}

/** Every rotation by the readings in force, with the same duty, ranking and turns as the decisions themselves. */
export function turnBoard(world: World, rules: Rules, now: Instant, sources: readonly string[]): TurnBoard {
  const duty = dutyAt(world, now, rules);
  const onDuty = duty.onDuty.map(({ id }) => id);
  const month = localMonth(now, currentOrganization(world).zone);
  const rotations: RotationBoard[] = [];
  for (const pool of pools(world, rules, onDuty, sources)) {
    const { rotation, kind, of, people } = pool;
    const own = standings(world, rotation);
    const order = turnOrder(
      people.map((person) => ({ person })),
      own,
    );
    rotations.push({
      rotation,
      kind,
      of,
      order: order.map(({ person }) => ({
        person,
        owed: own.get(person)?.owed ?? 0,
        closings: null,
        conversion: null,
      })),
    });
    if (rules.cite('contact-center-policy', 'L4') === null) continue;
    const best = standings(world, bestRotation(rotation));
    rotations.push({
      rotation: bestRotation(rotation),
      kind: 'best',
      of,
      order: turnOrder(bestOf(world, rules, month, people), best).map(({ person, closings, conversion }) => ({
        person,
        owed: best.get(person)?.owed ?? 0,
        closings,
        conversion,
      })),
    });
  }
  const excluded = new Map(
    placesOf(world, month).flatMap(({ person, decision, failing }) =>
      decision === 'excluded' ? [[person, failing] as const] : [],
    ),
  );
  const offDuty = duty.offDuty.map(({ person: { id: person }, why }): OffDutyPerson => {
    const failing = excluded.get(person);
    // Somebody proposed and left out is told which condition was not met, not that there is no place.
    return why === 'not on the roster' && failing !== undefined
      ? { person, why: 'excluded from the roster', because: failing }
      : { person, why, because: offDutyClauses(why, rules) };
  });
  return { rotations, onDuty, offDuty };
}

interface Pool {
  readonly rotation: string;
  readonly kind: 'direct' | 'zone' | 'source';
  readonly of: string | null;
  readonly people: readonly string[];
}

/** As the reading turn.pool divides people; a lead without a zone goes by the one rotation of all. */
function pools(world: World, rules: Rules, onDuty: readonly string[], sources: readonly string[]): Pool[] {
  const direct: Pool = { rotation: 'direct', kind: 'direct', of: null, people: onDuty };
  const pool = rules.reading('contact-center-policy', 'turn.pool');
  if (pool === 'source')
    return sources.map((of) => ({ rotation: `source:${of}`, kind: 'source', of, people: onDuty }));
  if (pool !== 'zone') return [direct];
  const byZone = Map.groupBy(onDuty, (person) => zoneOf(world, person));
  const zones = [...byZone].flatMap(([of, people]): Pool[] =>
    of === null ? [] : [{ rotation: `zone:${of}`, kind: 'zone', of, people }],
  );
  return [...zones, direct];
}

/** Which clause keeps somebody from the turn. */
export function offDutyClauses(why: OffDuty, rules: Rules): string[] {
  const cited = (): string | null => {
    switch (why) {
      case 'left':
        return houseRule('hand-over');
      case 'absent':
        return null;
      case 'not on the roster':
        return rules.cite('lead-assignment', 'P1') ?? rules.cite('contact-center-policy', 'L1');
      case 'off shift':
        return rules.cite('contact-center-policy', 'L1');
      case 'not active':
        return rules.cite('contact-center-policy', 'L2');
      case 'removed from the roster':
      case 'no passing grade':
        return rules.cite('lead-assignment', 'P6');
      case 'documents not complete':
      case 'not internal':
        return rules.cite('lead-assignment', 'P7');
      default:
        return why satisfies never;
    }
  };
  const clause = cited();
  return clause === null ? [] : [clause];
}
