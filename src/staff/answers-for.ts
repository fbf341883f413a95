import type { World } from '../decisions/index.ts';
import { lineOf, person, zoneOf } from './person.ts';

/** Whether somebody may decide for another: their line above, the director of their zone, the direction, an administrator. */
export function answersFor(world: World, by: string, id: string): boolean {
  const judge = person(world, by);
  if (judge === undefined || judge.leftAt !== null || by === id) return false;
  if (judge.role === 'administrator' || judge.role === 'direction') return true;
  if (lineOf(world, id).some((above) => above.id === by)) return true;
  return judge.role === 'director' && judge.zone !== null && judge.zone === zoneOf(world, id);
}
