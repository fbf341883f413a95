import { localMonth, type Month } from '../calendar/index.ts';
import type { Deciding } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import { isZero, minusAmount, negative, plusAmounts } from './amounts.ts';
import { dueOf, keyOf, type Due } from './due.ts';
import { linesOfSale, type Change, type Line } from './ledger.ts';
import { sale as saleOf, type Sale } from './sale.ts';

export interface Changed {
  readonly why: Change;
  readonly because: readonly string[];
}

/**
 * Brings a closing's lines to what they should be: on its day each amount under its own name, afterwards only the
 * differences, as adjustments in the month in which they are found. Nothing written before is touched.
 */
export function book(deciding: Deciding, id: string, changed: Changed | null): void {
  const sale = saleOf(deciding.world, id);
  if (sale === undefined) return;
  const lines = linesOfSale(deciding.world, id);
  const booked = bookedOf(lines);
  // A part that this closing has had before, for whomever, is changed; one that it never had is new.
  const known = new Set(lines.map(partOf));
  const wanted = wantedOf(dueOf(deciding, sale));
  const next = { deciding, sale, number: lines.length, month: monthOf(deciding), changed };
  for (const [key, one] of wanted) {
    const before = booked.get(key) ?? '0.00';
    if (isZero(minusAmount(one.amount, before))) continue;
    next.number += 1;
    if (known.has(partOf(one)) || one.part === 'sanction') adjust(next, one, before, one.amount);
    else writeNew(next, one);
  }
  for (const [key, before] of booked) {
    const line = lines.find((each) => keyOf(each) === key);
    if (wanted.has(key) || isZero(before) || line === undefined) continue;
    next.number += 1;
    adjust(next, line, before, '0.00');
  }
}

function monthOf({ now, organization }: Deciding): Month {
  return localMonth(now, organization.zone);
}

function partOf({ part, role }: Pick<Due, 'part' | 'role'>): string {
  return `${part} ${role}`;
}

function bookedOf(lines: readonly Line[]): Map<string, string> {
  const booked = new Map<string, string>();
  for (const line of lines)
    booked.set(keyOf(line), plusAmounts([booked.get(keyOf(line)) ?? '0', line.amount]));
  return booked;
}

/** One amount for each person and part. */
function wantedOf(due: readonly Due[]): Map<string, Due> {
  const wanted = new Map<string, Due>();
  for (const one of due) {
    const before = wanted.get(keyOf(one));
    const amount = before === undefined ? one.amount : plusAmounts([before.amount, one.amount]);
    wanted.set(keyOf(one), { ...one, amount });
  }
  return wanted;
}

interface Writing {
  readonly deciding: Deciding;
  readonly sale: Sale;
  readonly number: number;
  readonly month: Month;
  readonly changed: Changed | null;
}

function write(
  { deciding, sale, number, month, changed }: Writing,
  entry: 'commission.earned' | 'commission.shared' | 'commission.split' | 'commission.adjusted',
  { person, role, because }: Pick<Due, 'person' | 'role' | 'because'>,
  fields: { readonly [name: string]: Json },
): void {
  const all = [...new Set([...because, ...(changed?.because ?? [])])];
  deciding.record({
    entry,
    // What was told as earned is no decision; all that is taken or changed is.
    kind: all.length === 0 ? 'fact' : 'decision',
    because: all,
    lead: sale.lead,
    person,
    fields: { sale: sale.id, role, ...fields, number, month },
  });
}

function writeNew(writing: Writing, one: Due): void {
  const { person, role, percent, amount, share, from } = one;
  if (share !== undefined) {
    const { kind, basis, over } = share.deduction;
    write(writing, 'commission.shared', one, {
      from: person,
      kind,
      percent,
      amount: negative(amount),
      basis,
      of: basis === 'sale-price' ? writing.sale.price : commissionOf(writing.sale, role),
      ...(over.length === 0 ? {} : { over: [...over] }),
    });
  } else if (one.part === 'split')
    write(writing, 'commission.split', one, { from: from ?? null, to: person, amount });
  else write(writing, 'commission.earned', one, { person, amount });
}

function commissionOf(sale: Sale, role: Due['role']): string | null {
  return role === 'advisor' ? sale.advisorCommission : sale.managerCommission;
}

function adjust(
  writing: Writing,
  one: Pick<Due, 'person' | 'role' | 'part' | 'sanction' | 'percent' | 'because'>,
  before: string,
  after: string,
): void {
  const { person, part, sanction, percent } = one;
  write(writing, 'commission.adjusted', one, {
    person,
    part,
    ...(sanction === null ? {} : { sanction }),
    ...(percent === null ? {} : { percent }),
    before,
    after,
    amount: minusAmount(after, before),
    why: writing.changed?.why ?? 'sanction',
  });
}
