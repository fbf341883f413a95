import type { Deciding } from '../decisions/index.ts';
import type { Tenure } from './tenure.ts';

/** Each turn that these tenures took goes back to the rotation it came from (contact-center-policy, reading `turns`). */
export function returnTurns(
  deciding: Deciding,
  lead: string,
  tenures: readonly Tenure[],
  because: readonly string[],
): void {
  for (const { person, rotation } of tenures) {
    if (rotation === null) continue;
    const fields = { lead, rotation, person };
    deciding.record({ entry: 'turn.returned', kind: 'decision', because, lead, person, fields });
  }
}
