import type { Instant } from '../platform/time.ts';
import { plusAmounts } from './amounts.ts';
import type { Change, Line, LinePart } from './ledger.ts';
import type { LineRow } from './views.store.ts';

/** One closing on a statement: what it gave the person that month, line by line. */
export interface StatementSale {
  readonly sale: string;
  readonly lead: string;
  readonly closedAt: Instant;
  readonly seller: string;
  readonly canceled: boolean;
  readonly lines: readonly StatementLine[];
  readonly net: string;
}

export interface StatementLine {
  readonly number: number;
  readonly part: LinePart;
  readonly role: Line['role'];
  readonly percent: string | null;
  readonly amount: string;
  readonly at: Instant;
  readonly why: Change | null;
  readonly sanction: string | null;
  readonly because: readonly string[];
}

/** The lines of a person's month, closing by closing; they come in that order. */
export function bySale(rows: readonly LineRow[]): StatementSale[] {
  const groups = Map.groupBy(rows, ({ sale }) => sale);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { sale, lead, closedAt, seller, canceledAt } = first;
    const lines = group.map(({ number, part, role, percent, amount, at, why, sanction, because }) => ({
      number,
      part,
      role,
      percent,
      amount,
      at,
      why,
      sanction,
      because,
    }));
    const net = plusAmounts(lines.map(({ amount }) => amount));
    return [{ sale, lead, closedAt, seller, canceled: canceledAt !== null, lines, net }];
  });
}

export interface Totals {
  readonly earned: string;
  readonly deducted: string;
  readonly received: string;
  readonly lost: string;
  readonly adjusted: string;
  readonly net: string;
}

export function totalsOf(rows: readonly LineRow[]): Totals {
  const sum = (when: (row: LineRow) => boolean): string =>
    plusAmounts(rows.filter(when).map(({ amount }) => amount));
  return {
    earned: sum(({ why, part }) => why === null && part === 'earned'),
    deducted: sum(({ why, part }) => why === null && (part === 'retention' || part === 'support')),
    received: sum(({ why, part }) => why === null && part === 'split'),
    lost: sum(({ part }) => part === 'sanction'),
    adjusted: sum(({ why, part }) => why !== null && part !== 'sanction'),
    net: sum(() => true),
  };
}
