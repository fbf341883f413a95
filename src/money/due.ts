import { localMonth } from '../calendar/index.ts';
import type { Deciding } from '../decisions/index.ts';
import { isZero, lesser, minusAmount, negative, percentOf, plusAmounts } from './amounts.ts';
import type { LinePart } from './ledger.ts';
import type { Sale } from './sale.ts';
import { standingSanctions } from './sanction.ts';
import {
  bearsDeductions,
  deductionsOf,
  shareCommission,
  splitShare,
  supportWeights,
  type CommissionRole,
  type Share,
} from './share-commission.ts';

/** What one person has of one closing in one part: what it should be now. */
export interface Due {
  readonly person: string;
  readonly role: CommissionRole;
  readonly part: LinePart;
  readonly sanction: string | null;
  readonly percent: string | null;
  /** Signed. */
  readonly amount: string;
  readonly because: readonly string[];
  /** Of a deduction and its parts. */
  readonly share?: Share;
  /** Whose share a part is of. */
  readonly from?: string;
}

export function keyOf(line: Pick<Due, 'person' | 'role' | 'part' | 'sanction'>): string {
  return [line.part, line.role, line.person, line.sanction ?? ''].join(' ');
}

/**
 * All that a closing gives and takes now, by the procedures in force on the day of the closing, whenever it is asked: a
 * later version changes nothing of what was closed before it.
 */
export function dueOf(deciding: Deciding, sale: Sale): Due[] {
  if (sale.canceledAt !== null) return [];
  const rules = deciding.rulesAt(sale.closedAt);
  const owners = { advisor: sale.seller, manager: sale.manager };
  const commissions = {
    advisor: sale.advisorCommission,
    manager: sale.manager === null ? null : sale.managerCommission,
  };
  const closing = { price: sale.price, commissions, throughCenter: sale.throughCenter };
  const shares = bearsDeductions(rules, sale.throughCenter)
    ? shareCommission(closing, deductionsOf(rules))
    : [];
  const members = supportWeights(rules, sale.support);
  const due: Due[] = [];
  for (const role of ['advisor', 'manager'] as const) {
    const [person, commission] = [owners[role], commissions[role]];
    if (person === null || commission === null) continue;
    const own = shares.filter(({ deduction }) => deduction.role === role);
    const common = { role, sanction: null };
    due.push({ ...common, person, part: 'earned', percent: null, amount: commission, because: [] });
    for (const share of own) {
      const { kind, percent, clause } = share.deduction;
      const because = [clause];
      const amount = negative(share.amount);
      due.push({ ...common, person, part: kind, percent, amount, because, share });
      if (kind !== 'support') continue;
      for (const part of splitShare(share.amount, members))
        due.push({
          ...common,
          person: part.person,
          part: 'split',
          percent: null,
          amount: part.amount,
          because,
          from: person,
        });
    }
    const kept = minusAmount(commission, plusAmounts(own.map(({ amount }) => amount)));
    due.push(...lostOf(deciding, sale, role, person, kept));
  }
  return due;
}

/** What standing sanctions take of what the person would keep (lead-assignment P15): all of them together never more. */
function lostOf(deciding: Deciding, sale: Sale, role: CommissionRole, person: string, kept: string): Due[] {
  const month = localMonth(sale.closedAt, deciding.organization.zone);
  let left = kept;
  return standingSanctions(deciding.world, { person, sale: sale.id, month }).flatMap((sanction) => {
    const percent = sanction.percent ?? '0';
    const lost = lesser(percentOf(kept, percent), left);
    left = minusAmount(left, lost);
    if (isZero(lost)) return [];
    const { id, because } = sanction;
    return [
      { person, role, part: 'sanction' as const, sanction: id, percent, amount: negative(lost), because },
    ];
  });
}
