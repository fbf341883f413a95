import { atLocal, type Month } from '../calendar/index.ts';
import {
  asJson,
  currentOrganization,
  Rows,
  tell,
  type Deciding,
  type DueDeadline,
  type Fact,
  type OwnDeadline,
  type Refusal,
  type World,
} from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { judgesOf } from './absences.ts';
import { answersFor } from './answers-for.ts';
import { overlap, type Shift } from './coverage.ts';
import { mayHoldLeads, person } from './person.ts';
import { hasBegun, hasShifts, isSame, shiftsOf, startOf } from './shifts.ts';

/**
 * One gives a guard to another, or exchanges it for one of theirs:
 *
 *   asked ──the other says yes──▶ accepted ──whoever answers for the first says yes──▶ approved (the guards move)
 *     │                             ├──says no──▶ refused
 *     ├──says no──▶ declined        └──taken back──▶ canceled
 *     ├──taken back──▶ canceled
 *     └──(asked, accepted) the first of the guards begins──▶ lapsed
 */
export interface Swap {
  readonly id: string;
  readonly month: Month;
  readonly askedBy: string;
  readonly askedOf: string;
  readonly gives: Shift;
  /** Null: it is given, for nothing back. */
  readonly takes: Shift | null;
  readonly reason: string;
  readonly state: 'asked' | 'accepted' | 'declined' | 'approved' | 'refused' | 'lapsed' | 'canceled';
  readonly askedAt: Instant;
  /** When the first of its guards begins. */
  readonly lapsesAt: Instant;
  readonly answeredAt: Instant | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly answer: string | null;
}

type At = Pick<Shift, 'on' | 'from'>;

export interface SwapAsked extends Fact {
  readonly fact: 'shift.swap-asked';
  readonly swap: string;
  readonly by: string;
  readonly of: string;
  readonly gives: At;
  readonly takes: At | null;
  readonly reason: string;
}

export interface SwapAnswered extends Fact {
  readonly fact: 'shift.swap-answered';
  readonly swap: string;
  readonly by: string;
  readonly accepts: boolean;
}

export interface SwapApproved extends Fact {
  readonly fact: 'shift.swap-approved';
  readonly swap: string;
  readonly by: string;
  readonly approves: boolean;
  readonly reason: string;
}

export interface SwapCanceled extends Fact {
  readonly fact: 'shift.swap-canceled';
  readonly swap: string;
  readonly by: string;
}

export const swapsSlice = { name: 'shift-swaps', empty: () => ({ swaps: new Rows<Swap>() }) };
export const SWAP_SUBJECT = 'swap:';
export const SWAP_LAPSES = 'shift.swap-lapses';

const RULE = houseRule('swaps');
const no = (refused: string, detail?: Refusal['detail']): Refusal => ({
  refused,
  because: [RULE],
  ...(detail === undefined ? {} : { detail }),
});

export function askSwap(fact: SwapAsked, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const { swap, by, of, reason } = fact;
  const month = fact.gives.on.slice(0, 7);
  if (world.get(swapsSlice).swaps.has(swap)) return no('swap-exists');
  const other = person(world, of);
  if (other === undefined || !mayHoldLeads(other) || of === by || !hasShifts(world, month, of))
    return no('no-such-person', { person: of });
  if (fact.takes !== null && fact.takes.on.slice(0, 7) !== month) return no('swap-same-month');
  const gives = shiftsOf(world, month, by).find((each) => isSame(each, fact.gives));
  const takes =
    fact.takes === null ? null : shiftsOf(world, month, of).find((each) => isSame(each, fact.takes));
  if (gives === undefined || takes === undefined) return no('no-such-shift');
  const fault = faultIn(deciding, { askedBy: by, askedOf: of, gives, takes, month });
  if (fault !== null) return fault;
  const starts = [gives, ...(takes === null ? [] : [takes])].map(startOf).toSorted();
  deciding.record({
    entry: 'shift.swap-asked',
    kind: 'fact',
    because: [],
    person: by,
    fields: {
      swap,
      month,
      by,
      of,
      gives: asJson(gives),
      takes: asJson(takes),
      lapsesAt: atLocal(starts[0] ?? startOf(gives), currentOrganization(world).zone),
    },
    personal: { reason },
  });
  tell(deciding, {
    to: of,
    about: 'swap.asked',
    because: [RULE],
    values: { by, gives: asJson(gives), takes: asJson(takes) },
  });
  return undefined;
}

function isThere(own: readonly Shift[], shift: Shift): boolean {
  return own.some((each) => isSame(each, shift));
}

/** As it stood when it was asked, and again when it is approved: guards may have moved meanwhile. */
function faultIn(
  { world, now }: Deciding,
  { askedBy, askedOf, gives, takes, month }: Pick<Swap, 'askedBy' | 'askedOf' | 'gives' | 'takes' | 'month'>,
): Refusal | null {
  const ofGiver = shiftsOf(world, month, askedBy);
  const ofOther = shiftsOf(world, month, askedOf);
  if (!isThere(ofGiver, gives) || (takes !== null && !isThere(ofOther, takes))) return no('no-such-shift');
  if (hasBegun(world, gives, now) || (takes !== null && hasBegun(world, takes, now)))
    return no('shift-begun');
  if (ofOther.some((each) => !isSame(each, takes) && overlap(each, gives)))
    return no('shifts-overlap', { person: askedOf, on: gives.on });
  if (takes !== null && ofGiver.some((each) => !isSame(each, gives) && overlap(each, takes)))
    return no('shifts-overlap', { person: askedBy, on: takes.on });
  return null;
}

export function answerSwap(fact: SwapAnswered, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const swap = world.get(swapsSlice).swaps.get(fact.swap);
  if (swap === undefined) return no('no-such-swap');
  if (swap.askedOf !== fact.by) return no('swap-not-yours');
  if (swap.state !== 'asked') return no('swap-settled', { state: swap.state });
  deciding.record({
    entry: 'shift.swap-answered',
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: { swap: swap.id, by: fact.by, accepts: fact.accepts },
  });
  const values = { by: swap.askedBy, of: fact.by, gives: asJson(swap.gives), takes: asJson(swap.takes) };
  if (!fact.accepts)
    tell(deciding, {
      to: swap.askedBy,
      about: 'swap.settled',
      because: [RULE],
      values: { ...values, outcome: 'declined' },
    });
  else
    for (const to of judgesOf(world, swap.askedBy))
      tell(deciding, { to, about: 'swap.accepted', because: [RULE], values });
  return undefined;
}

export function approveSwap(fact: SwapApproved, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const swap = world.get(swapsSlice).swaps.get(fact.swap);
  if (swap === undefined) return no('no-such-swap');
  if (!answersFor(world, fact.by, swap.askedBy)) return no('person-out-of-reach');
  if (swap.state !== 'accepted') return no('swap-settled', { state: swap.state });
  const fault = fact.approves ? faultIn(deciding, swap) : null;
  if (fault !== null) return fault;
  deciding.record({
    entry: 'shift.swap-approved',
    kind: 'decision',
    because: [RULE],
    person: swap.askedBy,
    fields: { swap: swap.id, by: fact.by, approves: fact.approves },
    personal: { reason: fact.reason },
  });
  const { month, askedBy, askedOf } = swap;
  const gives = asJson(swap.gives);
  const takes = asJson(swap.takes);
  if (fact.approves)
    deciding.record({
      entry: 'shift.moved',
      kind: 'decision',
      because: [RULE],
      person: askedBy,
      fields: { month, from: askedBy, to: askedOf, gives, takes, swap: swap.id },
    });
  const outcome = fact.approves ? 'approved' : 'refused';
  for (const to of [askedBy, askedOf])
    tell(deciding, {
      to,
      about: 'swap.settled',
      because: [RULE],
      values: { by: askedBy, of: askedOf, gives, takes, outcome },
    });
  return undefined;
}

export function cancelSwap(fact: SwapCanceled, deciding: Deciding): Refusal | void {
  const swap = deciding.world.get(swapsSlice).swaps.get(fact.swap);
  if (swap === undefined) return no('no-such-swap');
  if (swap.askedBy !== fact.by) return no('swap-not-yours');
  if (!isOpen(swap)) return no('swap-settled', { state: swap.state });
  deciding.record({
    entry: 'shift.swap-canceled',
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: { swap: swap.id, by: fact.by },
  });
  return undefined;
}

/** Nobody approved it in time: each keeps their own guard, and both are told. */
export function swapLapses(deadline: DueDeadline, deciding: Deciding): void {
  const swap = deciding.world.get(swapsSlice).swaps.get(deadline.subject.slice(SWAP_SUBJECT.length));
  if (swap === undefined || !isOpen(swap)) return;
  deciding.record({
    entry: 'shift.swap-lapsed',
    kind: 'decision',
    because: [RULE],
    person: swap.askedBy,
    fields: { swap: swap.id },
  });
  const values = { by: swap.askedBy, of: swap.askedOf, gives: asJson(swap.gives), takes: asJson(swap.takes) };
  for (const to of [swap.askedBy, swap.askedOf])
    tell(deciding, { to, about: 'swap.settled', because: [RULE], values: { ...values, outcome: 'lapsed' } });
}

export function isOpen({ state }: Swap): boolean {
  return state === 'asked' || state === 'accepted';
}

export function swapDeadlines(swap: Swap): OwnDeadline[] {
  return isOpen(swap) ? [{ kind: SWAP_LAPSES, dueAt: swap.lapsesAt }] : [];
}

interface SwapFields {
  readonly swap: string;
  readonly month: Month;
  readonly by: string;
  readonly of: string;
  readonly gives: Shift;
  readonly takes: Shift | null;
  readonly lapsesAt: Instant;
  readonly accepts: boolean;
  readonly approves: boolean;
}

export function evolveSwaps(world: World, entry: JournalEntry | NewEntry): void {
  const { swaps } = world.get(swapsSlice);
  const fields = entry.fields as unknown as SwapFields;
  const { reason = '' } = (entry.personal ?? {}) as { reason?: string };
  const change = (changes: Partial<Swap>): void => {
    const before = swaps.get(fields.swap);
    if (before !== undefined) swaps.set(before.id, { ...before, ...changes });
  };
  switch (entry.entry) {
    case 'shift.swap-asked': {
      const { swap: id, month, by, of, gives, takes, lapsesAt } = fields;
      const unsettled = { answeredAt: null, decidedBy: null, decidedAt: null, answer: null };
      const asked = {
        id,
        month,
        askedBy: by,
        askedOf: of,
        gives,
        takes,
        reason,
        lapsesAt,
        askedAt: entry.at,
      };
      swaps.set(id, { ...asked, state: 'asked', ...unsettled });
      return;
    }
    case 'shift.swap-answered':
      change({ state: fields.accepts ? 'accepted' : 'declined', answeredAt: entry.at });
      return;
    case 'shift.swap-approved':
      change({
        state: fields.approves ? 'approved' : 'refused',
        decidedBy: fields.by,
        decidedAt: entry.at,
        answer: reason,
      });
      return;
    case 'shift.swap-canceled':
      change({ state: 'canceled', decidedAt: entry.at });
      return;
    case 'shift.swap-lapsed':
      change({ state: 'lapsed', decidedAt: entry.at });
      return;
    default:
  }
}
