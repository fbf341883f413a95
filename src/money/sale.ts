import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { managerOf, ofRole, person } from '../staff/index.ts';
import { readAmount } from './amounts.ts';

/**
 * A closing, as money sees it:
 *
 *   closed ──corrected──▶ closed        price or a commission was told wrong
 *      ├────credited───▶ closed         it is somebody else's (a ruling)
 *      ├─support-named─▶ closed         who has the support share, where nobody was there to receive it
 *      └────canceled───▶ canceled       it came to nothing
 */
export interface Sale {
  readonly id: string;
  readonly lead: string;
  readonly closedAt: Instant;
  readonly closedBy: string;
  /** To whom it counts now. */
  readonly seller: string;
  /** Whose the manager's commission is; null: the seller has nobody above. */
  readonly manager: string | null;
  readonly price: string | null;
  readonly advisorCommission: string | null;
  readonly managerCommission: string | null;
  /** The lead came through the contact center: all but an own prospect (reading commission.scope). */
  readonly throughCenter: boolean;
  /** The support team on the day of the closing, in staff order; or whoever was named later, where there was none. */
  readonly support: readonly string[];
  readonly canceledAt: Instant | null;
}

export const salesSlice = {
  name: 'sales',
  empty: (): { readonly sales: Rows<Sale> } => ({
    sales: new Rows<Sale>((sale) => [`lead:${sale.lead}`]),
  }),
};

export function sale(world: World, id: string): Sale | undefined {
  return world.get(salesSlice).sales.get(id);
}

/** The closings of a lead that stand, oldest first. */
export function salesOfLead(world: World, lead: string): Sale[] {
  return world
    .get(salesSlice)
    .sales.having(`lead:${lead}`)
    .filter(({ canceledAt }) => canceledAt === null)
    .toSorted((a, b) => (a.closedAt < b.closedAt ? -1 : a.closedAt > b.closedAt ? 1 : 0));
}

/** A manager who sells is their own manager: both commissions are theirs. */
export function managerOfSeller(world: World, seller: string): string | null {
  return person(world, seller)?.role === 'manager' ? seller : (managerOf(world, seller)?.id ?? null);
}

type Amounts = Pick<Sale, 'price' | 'advisorCommission' | 'managerCommission'>;

interface SaleFields extends Amounts {
  readonly sale: string;
  readonly by: string;
  readonly counts?: boolean;
  readonly to: string;
  readonly manager: string | null;
  readonly people: readonly string[];
}

const inCents = (text: string | null | undefined): string | null => (text == null ? null : readAmount(text));

/** Every transition of a closing. */
export function evolveSales(world: World, entry: JournalEntry | NewEntry): void {
  const { sales } = world.get(salesSlice);
  const fields = entry.fields as unknown as SaleFields;
  const known = fields.sale === undefined ? undefined : sales.get(fields.sale);
  switch (entry.entry) {
    case 'sale.closed':
      sales.set(fields.sale, {
        id: fields.sale,
        lead: entry.lead ?? '',
        closedAt: entry.at,
        closedBy: fields.by,
        seller: fields.by,
        manager: managerOfSeller(world, fields.by),
        price: inCents(fields.price),
        advisorCommission: inCents(fields.advisorCommission),
        managerCommission: inCents(fields.managerCommission),
        throughCenter: fields.counts ?? true,
        support: ofRole(world, 'support').map(({ id }) => id),
        canceledAt: null,
      });
      return;
    case 'sale.corrected':
      if (known !== undefined) {
        const { price, advisorCommission, managerCommission } = fields;
        sales.set(known.id, { ...known, price, advisorCommission, managerCommission });
      }
      return;
    case 'sale.credited':
      if (known !== undefined) sales.set(known.id, { ...known, seller: fields.to, manager: fields.manager });
      return;
    case 'sale.support-named':
      if (known !== undefined) sales.set(known.id, { ...known, support: fields.people });
      return;
    case 'sale.canceled':
      if (known !== undefined) sales.set(known.id, { ...known, canceledAt: entry.at });
      return;
    default:
  }
}
