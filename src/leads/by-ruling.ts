import type { Deciding } from '../decisions/index.ts';
import { currentTenure } from './tenure.ts';
import { lead as leadOf, standings } from './leads-slice.ts';
import { nextTurn } from './next-turn.ts';
import { give } from './placing.ts';
import { returnTurns } from './turns-back.ts';

/**
 * lead-reassignment L7: the lead goes to whom the ruling names, and the credit for the turn follows it: the turn that the
 * lead cost its holder goes back, and whoever gets the lead takes one in that rotation, as if it had been theirs.
 * The ten minutes do not run: the person is no new prospect.
 */
export function giveByRuling(deciding: Deciding, id: string, to: string, because: readonly string[]): void {
  const lead = leadOf(deciding.world, id);
  if (lead === undefined || lead.holder === to) return;
  const tenure = currentTenure(lead) ?? lead.tenures.findLast(({ voidAt }) => voidAt === null);
  const rotation = tenure?.rotation ?? null;
  const from = lead.holder ?? tenure?.person ?? null;
  if (tenure !== undefined && tenure.undoneAt === null) returnTurns(deciding, id, [tenure], because);
  const turn = rotation === null ? null : nextTurn([{ person: to }], standings(deciding.world, rotation));
  give(deciding, lead, {
    to,
    by: 'ruling',
    from,
    rotation,
    ...(turn === null ? {} : { stamp: turn.stamp }),
    clock: false,
    because,
  });
}
