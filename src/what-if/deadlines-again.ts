import { deadlinesOf, type DueDeadline, type Feature, type World } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import { priorityQueue } from './priority-queue.ts';

/** When the house's clock fired a deadline, and in which place among what was told at that instant. */
export interface Fired {
  readonly at: Instant;
  readonly order: number;
}

export interface Due extends DueDeadline, Fired {
  readonly rank: number;
  /** `at` as a number: a month compares millions of them. */
  readonly milliseconds: number;
}

/** Comes after all that was told at the same instant. */
const LAST = Number.MAX_SAFE_INTEGER;

/** The deadlines of a world that lives on, those of a subject looked at again whenever it has changed. */
export interface DeadlinesAgain {
  /** The deadlines of these may be others by now. */
  changed(subjects: Iterable<string>): void;
  /** This one has been fired: if its subject still has it, it comes again. */
  fired(deadline: DueDeadline): void;
  stands(deadline: DueDeadline): boolean;
  peek(): Due | undefined;
  /** The first of all, off the list. */
  next(): Due | undefined;
  /** Those due by now that still stand, in the order in which the clock fires them; off the list. */
  takeDue(now: Instant): Due[];
}

export interface DeadlinesAgainParts {
  readonly features: readonly Feature[];
  readonly world: World;
  readonly now: () => Instant;
  /** When each fired in fact; one that is not among them fires at its own instant. */
  readonly firedThen: ReadonlyMap<string, Fired>;
}

export function deadlineKey({ subject, kind, dueAt }: DueDeadline): string {
  return `${subject} ${kind} ${dueAt}`;
}

export function deadlinesAgain({ features, world, now, firedThen }: DeadlinesAgainParts): DeadlinesAgain {
  const due = priorityQueue<Due>(sooner);
  const asked = new Map<string, string>();

  function stands({ subject, kind, dueAt }: DueDeadline): boolean {
    const own = deadlinesOf(features, world, subject);
    return own.some((each) => each.kind === kind && each.dueAt === dueAt);
  }

  function placed(deadline: DueDeadline): Fired {
    const { at = deadline.dueAt, order = LAST } = firedThen.get(deadlineKey(deadline)) ?? {};
    // One that is set when it is past fires as soon as it is set.
    return { at: at < now() ? now() : at, order };
  }

  function changed(subjects: Iterable<string>): void {
    for (const subject of subjects) {
      const own = deadlinesOf(features, world, subject);
      const text = own.map(({ kind, dueAt }) => `${kind} ${dueAt}`).join('|');
      if ((asked.get(subject) ?? '') === text) continue;
      asked.set(subject, text);
      for (const { kind, dueAt, rank = 0 } of own) {
        const deadline = { subject, kind, dueAt };
        const { at, order } = placed(deadline);
        due.push({ subject, kind, dueAt, at, order, rank, milliseconds: Date.parse(at) });
      }
    }
  }

  return {
    changed,
    fired({ subject }) {
      asked.delete(subject);
      changed([subject]);
    },
    stands,
    peek: () => due.peek(),
    next: () => due.pop(),
    takeDue(until) {
      const taken = new Map<string, Due>();
      for (let first = due.peek(); first !== undefined && first.at <= until; first = due.peek()) {
        due.pop();
        if (stands(first)) taken.set(deadlineKey(first), first);
      }
      return [...taken.values()].toSorted(asTheClockTakes);
    },
  };
}

function sooner(one: Due, other: Due): boolean {
  if (one.milliseconds !== other.milliseconds) return one.milliseconds < other.milliseconds;
  if (one.order !== other.order) return one.order < other.order;
  return asTheClockTakes(one, other) < 0;
}

/** The order of the house's own clock (platform/deadlines.store.ts). */
function asTheClockTakes(one: Due, other: Due): number {
  if (one.dueAt !== other.dueAt) return one.dueAt < other.dueAt ? -1 : 1;
  if (one.rank !== other.rank) return one.rank - other.rank;
  if (one.subject !== other.subject) return one.subject < other.subject ? -1 : 1;
  return one.kind < other.kind ? -1 : 1;
}
