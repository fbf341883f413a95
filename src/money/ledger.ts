import { Rows, type World } from '../decisions/index.ts';
import type { Month } from '../calendar/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { negative } from './amounts.ts';
import type { CommissionRole } from './share-commission.ts';

export const lineParts = ['earned', 'retention', 'support', 'split', 'sanction'] as const;
export type LinePart = (typeof lineParts)[number];
export const changes = [
  'corrected',
  'canceled',
  'credited',
  'support-named',
  'sanction',
  'overturned',
] as const;
/** Why an amount changed after the day of the closing. */
export type Change = (typeof changes)[number];

/** One amount of one person, as it is added to or taken from them; lines are only ever added. */
export interface Line {
  readonly sale: string;
  /** 1, 2, … within the closing. */
  readonly number: number;
  readonly person: string;
  /** Whose commission it is of. */
  readonly role: CommissionRole;
  readonly part: LinePart;
  readonly sanction: string | null;
  readonly percent: string | null;
  /** Signed: what is deducted is negative. */
  readonly amount: string;
  /** The local month in which it counts: that of its entry. */
  readonly month: Month;
  readonly at: Instant;
  readonly why: Change | null;
  readonly because: readonly string[];
}

export const ledgerSlice = {
  name: 'ledger',
  empty: (): { readonly lines: Rows<Line> } => ({ lines: new Rows<Line>((line) => [line.sale]) }),
};

export function linesOfSale(world: World, sale: string): Line[] {
  return world
    .get(ledgerSlice)
    .lines.having(sale)
    .toSorted((a, b) => a.number - b.number);
}

export function lineKey(line: Pick<Line, 'sale' | 'number'>): string {
  return `${line.sale} ${line.number}`;
}

interface LineFields {
  readonly sale: string;
  readonly number: number;
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'retention' | 'support';
  readonly role: CommissionRole;
  readonly part: LinePart;
  readonly sanction?: string;
  readonly percent?: string;
  readonly amount: string;
  readonly month: Month;
  readonly why?: Change;
}

/** Every entry of money adds its line. */
export function evolveLedger(world: World, entry: JournalEntry | NewEntry): void {
  const fields = entry.fields as unknown as LineFields;
  const add = (person: string, part: LinePart, amount: string): void => {
    const { sale, number, role, sanction = null, percent = null, month, why = null } = fields;
    const { at, because } = entry;
    const line = { sale, number, person, role, part, sanction, percent, amount, month, at, why, because };
    world.get(ledgerSlice).lines.set(lineKey(line), line);
  };
  switch (entry.entry) {
    case 'commission.earned':
      return add(fields.person, 'earned', fields.amount);
    case 'commission.shared':
      return add(fields.from, fields.kind, negative(fields.amount));
    case 'commission.split':
      return add(fields.to, 'split', fields.amount);
    case 'commission.adjusted':
      return add(fields.person, fields.part, fields.amount);
    default:
  }
}
