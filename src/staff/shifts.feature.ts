import { addDays, localDate, localMonth, nextMonth } from '../calendar/index.ts';
import { on, type Fact, type Feature } from '../decisions/index.ts';
import type { Row } from '../platform/rows.ts';
import {
  absencesSlice,
  answerAbsence,
  askAbsence,
  cancelAbsence,
  evolveAbsences,
  type AbsenceAnswered,
  type AbsenceAsked,
  type AbsenceCanceled,
} from './absences.ts';
import { planShifts, type ShiftsPlanned } from './shift-decisions.ts';
import { evolveShifts, shiftsSlice } from './shifts.ts';
import {
  allAbsences,
  allDuty,
  allPlans,
  allSwaps,
  loadAbsences,
  loadShifts,
  loadSwaps,
  saveShifts,
} from './shifts.store.ts';
import {
  answerSwap,
  approveSwap,
  askSwap,
  cancelSwap,
  evolveSwaps,
  SWAP_LAPSES,
  SWAP_SUBJECT,
  swapDeadlines,
  swapLapses,
  swapsSlice,
  type SwapAnswered,
  type SwapApproved,
  type SwapAsked,
  type SwapCanceled,
} from './swaps.ts';

type Named = Fact & {
  readonly month?: string;
  readonly swap?: string;
  readonly absence?: string;
  readonly gives?: { readonly on: string };
};

/** Guards by day and hour, who exchanges them, who is away. */
export const shiftsFeature: Feature = {
  name: 'shifts',
  load: async (tx, facts, due, { organization, world, now }) => {
    const named = facts as readonly Named[];
    const today = localDate(now, organization.zone);
    const month = localMonth(now, organization.zone);
    const swaps = [
      ...named.flatMap(({ swap }) => swap ?? []),
      ...due.flatMap(({ subject }) =>
        subject.startsWith(SWAP_SUBJECT) ? [subject.slice(SWAP_SUBJECT.length)] : [],
      ),
    ];
    await loadSwaps(tx, world, swaps);
    const months = new Set([month, nextMonth(month)]);
    for (const { month: of, gives } of named)
      for (const each of [of, gives?.on.slice(0, 7)]) if (each !== undefined) months.add(each);
    for (const { subject } of due)
      if (subject.startsWith('roster:')) months.add(subject.slice('roster:'.length));
    for (const swap of world.get(swapsSlice).swaps.values()) months.add(swap.month);
    await Promise.all([
      loadShifts(tx, world, [...months]),
      loadAbsences(
        tx,
        world,
        addDays(today, -1),
        named.flatMap(({ absence }) => absence ?? []),
      ),
    ]);
  },
  facts: new Map([
    on<ShiftsPlanned>('shifts.planned', planShifts),
    on<SwapAsked>('shift.swap-asked', askSwap),
    on<SwapAnswered>('shift.swap-answered', answerSwap),
    on<SwapApproved>('shift.swap-approved', approveSwap),
    on<SwapCanceled>('shift.swap-canceled', cancelSwap),
    on<AbsenceAsked>('absence.asked', askAbsence),
    on<AbsenceAnswered>('absence.answered', answerAbsence),
    on<AbsenceCanceled>('absence.canceled', cancelAbsence),
  ]),
  // People's own work, which no reading decides.
  recall: new Map(
    [
      'shifts.planned',
      'shift.swap-asked',
      'shift.swap-answered',
      'shift.swap-approved',
      'shift.swap-canceled',
      'absence.asked',
      'absence.answered',
      'absence.canceled',
    ].map((fact) => [fact, null]),
  ),
  deadlines: new Map([[SWAP_LAPSES, swapLapses]]),
  evolve: (world, entry) => {
    evolveShifts(world, entry);
    evolveSwaps(world, entry);
    evolveAbsences(world, entry);
  },
  save: saveShifts,
  changedSubjects: (world) =>
    world
      .get(swapsSlice)
      .swaps.changed()
      .map(([id]) => SWAP_SUBJECT + id),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(SWAP_SUBJECT)) return null;
    const swap = world.get(swapsSlice).swaps.get(subject.slice(SWAP_SUBJECT.length));
    return swap === undefined ? null : swapDeadlines(swap);
  },
  tables: [
    {
      table: 'shift_plans',
      key: ['month', 'zone'],
      derived: (world) => rows(world.get(shiftsSlice).plans.values()),
      stored: async (tx) => rows(await allPlans(tx)),
    },
    {
      table: 'duty_shifts',
      key: ['month', 'person'],
      derived: (world) => rows(world.get(shiftsSlice).duty.values()),
      stored: async (tx) => rows(await allDuty(tx)),
    },
    {
      table: 'shift_swaps',
      key: ['id'],
      derived: (world) => rows(world.get(swapsSlice).swaps.values()),
      stored: async (tx) => rows(await allSwaps(tx)),
    },
    {
      table: 'absences',
      key: ['id'],
      derived: (world) => rows(world.get(absencesSlice).absences.values()),
      stored: async (tx) => rows(await allAbsences(tx)),
    },
  ],
};

function rows(all: readonly object[]): Row[] {
  return all.map((each) => Object.fromEntries(Object.entries(each)));
}
