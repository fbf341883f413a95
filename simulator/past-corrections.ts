import { HOUR, plus } from '../src/platform/time.ts';
import type { HistoryParts } from './history.ts';
import { CORRECTIONS } from './phrases.ts';
import { idOf } from './sample-organization.ts';

/** Which closings, counted as they come. */
const CORRECTED = 0;
const CANCELED = 3;
/** Of the commission that was told at first, in hundredths. */
const BONUS = 112;

/** A closing whose commission was told too low, and one that came to nothing: statements show the difference. */
export function correctThrough({ house, sample, until }: HistoryParts): void {
  const by = idOf(sample, 'director');
  let closings = 0;
  house.onEntry(({ entry, at, fields }) => {
    const { sale, advisorCommission } = fields;
    if (entry !== 'sale.closed' || typeof sale !== 'string' || typeof advisorCommission !== 'string') return;
    const place = closings;
    closings += 1;
    const told = { actor: by, by, sale };
    const act =
      place === CORRECTED
        ? { fact: 'sale.corrected', ...told, ...corrected(advisorCommission) }
        : place === CANCELED
          ? { fact: 'sale.canceled', ...told, reasons: CORRECTIONS.canceled }
          : null;
    const when = plus(at, 27 * HOUR);
    if (act !== null && when < until) house.at(when, async () => void (await house.submit(act)));
  });
}

function corrected(commission: string): { advisorCommission: string; reasons: string } {
  return {
    advisorCommission: ((Number(commission) * BONUS) / 100).toFixed(2),
    reasons: CORRECTIONS.corrected,
  };
}
