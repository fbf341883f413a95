import { createHouse, type Fact, type Feature, type House, type Outcome } from '../src/decisions/index.ts';
import type { HouseParts } from '../src/decisions/index.ts';
import type { Database } from '../src/platform/database.ts';
import { MINUTE, plus, type Instant } from '../src/platform/time.ts';
import { seededFor, type Random } from './random.ts';

type Announced = Parameters<HouseParts['announce']>[1][number];
/** A fact with whatever it carries; the house finds the handler by its name. */
export type Told = Fact & { readonly [field: string]: unknown };

/** The real house under a clock that only this module moves, and an agenda of what the pretend world does when. */
export interface SimulatedHouse {
  now(): Instant;
  newId(): string;
  /** Does this at that instant; what is planned for the past happens at once, in the order planned. */
  at(instant: Instant, act: () => Promise<void>): void;
  /** All of them in one transaction, at one instant. */
  submit(...facts: readonly Told[]): Promise<Outcome[]>;
  /** Told of every entry, also of those that deadlines brought. */
  onEntry(hear: (entry: Announced) => void): void;
  /** Lets time pass: agenda and deadlines in order of their instants; at one instant facts come before deadlines. */
  runUntil(
    until: Instant,
    options?: { readonly signal?: AbortSignal; readonly passed?: (at: Instant) => void },
  ): Promise<void>;
}

export interface SimulatedHouseParts {
  readonly database: Database;
  readonly features: readonly Feature[];
  readonly rulesFor: HouseParts['rulesFor'];
  readonly organization: string;
  readonly start: Instant;
  readonly seed: number;
}

/** No fact sets a deadline sooner than this (the five minutes of lead-assignment P8 are the shortest), so that the next one need not be asked for after each. */
const SOONEST_DEADLINE = 4 * MINUTE;
const NEVER = '9999-12-31T00:00:00.000Z' as Instant;

interface Planned {
  readonly at: Instant;
  readonly order: number;
  readonly act: () => Promise<void>;
}

export function simulatedHouse(parts: SimulatedHouseParts): SimulatedHouse {
  const { organization, seed } = parts;
  let now = parts.start;
  let soonest = parts.start;
  let order = 0;
  const agenda: Planned[] = [];
  const hearers: ((entry: Announced) => void)[] = [];
  const ids = seededFor(seed, 'ids');
  const salts = seededFor(seed, 'salts');
  const newId = (): string => idAt(now, ids);
  const house: House = createHouse({
    ...parts,
    clock: { now: () => now },
    newId,
    salt: () => hex(salts, 32),
    announce: (_organization, entries) => {
      for (const entry of entries) for (const hear of hearers) hear(entry);
    },
  });

  const at = (instant: Instant, act: () => Promise<void>): void => {
    const planned = { at: instant < now ? now : instant, order: (order += 1), act };
    let place = agenda.length;
    for (; place > 0 && before(planned, agenda[place - 1]); place -= 1);
    agenda.splice(place, 0, planned);
  };

  /** Fires deadlines that are due before the next act, each at its own instant. */
  async function fireBefore(next: Instant): Promise<void> {
    while (soonest < next) {
      const due = (await house.nextDue(organization)) ?? NEVER;
      soonest = due;
      if (due >= next || agendaHolds(due)) return;
      if (due > now) now = due;
      await house.fireDue(organization);
    }
  }

  const agendaHolds = (due: Instant): boolean => {
    const first = agenda.at(-1);
    return first !== undefined && first.at <= due;
  };

  return {
    now: () => now,
    newId,
    at,
    async submit(...facts) {
      const outcomes = await Promise.all(facts.map((fact) => house.submit(organization, fact)));
      const earliest = plus(now, SOONEST_DEADLINE);
      if (earliest < soonest) soonest = earliest;
      return outcomes;
    },
    onEntry: (hear) => void hearers.push(hear),
    async runUntil(until, { signal, passed } = {}) {
      for (;;) {
        signal?.throwIfAborted();
        const next = agenda.at(-1);
        const to = next === undefined || next.at > until ? until : next.at;
        await fireBefore(to);
        const first = agenda.at(-1);
        if (first === undefined || first.at > until) {
          if (soonest < until) continue;
          now = until;
          await house.fireDue(organization);
          return;
        }
        if (first.at > to) continue;
        agenda.pop();
        if (first.at > now) now = first.at;
        await first.act();
        passed?.(now);
      }
    },
  };
}

/** The agenda is kept latest first, so that its next is taken from the end. */
function before(one: Planned, other: Planned | undefined): boolean {
  if (other === undefined) return false;
  return one.at > other.at || (one.at === other.at && one.order > other.order);
}

/** A version-7 UUID of that instant: ids of the history sort before those of what follows. */
function idAt(at: Instant, random: Random): string {
  const time = Date.parse(at).toString(16).padStart(12, '0');
  const rest = hex(random, 18);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6)}`;
}

function hex(random: Random, digits: number): string {
  let text = '';
  while (text.length < digits)
    text += Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, digits);
}
