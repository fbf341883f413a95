import {
  decideDeadline,
  decideFact,
  decideWhatFollows,
  type Decider,
  type Fact,
  type Feature,
  type World,
} from '../decisions/index.ts';
import type { NewEntry } from '../journal/index.ts';
import { plus, type Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { deadlineKey, deadlinesAgain, type Due, type Fired } from './deadlines-again.ts';
import { textIn } from './fields.ts';
import { priorityQueue } from './priority-queue.ts';
import type { Act, ClockFired, Happening, RecordedMonth, ToldAgain } from './recorded-month.ts';
import type { Tenures } from './tenures.ts';

/**
 * A past month once more, under other rules, through the features themselves: the world as it stood when the month began,
 * what was told since, each deadline at its own instant, and nothing stored.
 *
 * What nobody can know is what people would have done. It is taken that the n-th who has a lead does with it what the n-th
 * who had it did, as long after it was given to them; that channels take messages as they did; and that the clock, which may
 * be late, fires a deadline that was there in fact when it fired it in fact.
 */
export interface Replay {
  readonly features: readonly Feature[];
  /** As it stood at `from`; it is lived on in. */
  readonly world: World;
  /** Who had which lead at `from`; goes on with the run. */
  readonly had: Tenures;
  readonly rulesAt: (at: Instant) => Rules;
  readonly month: RecordedMonth;
  readonly from: Instant;
  readonly to: Instant;
  /** Told before anything else: the version that is tried. */
  readonly first: readonly Fact[];
  /** When each deadline fired in fact, where that is known; null: as the clock is recorded to have fired what was due. */
  readonly fired: ReadonlyMap<string, Fired> | null;
  /** `decided`: here, not taken as recorded. */
  readonly seen: (entry: NewEntry, decided: boolean) => void;
}

export interface Replayed {
  /** Facts and deadlines decided. */
  readonly decided: number;
  /** Acts of somebody else's than who did them in fact. */
  readonly byOthers: number;
  /** Acts that found nobody to do them: the lead was never given so far, or nobody had it. */
  readonly notDone: number;
  /** Facts of which the rules now say no, by name. */
  readonly refused: ReadonlyMap<string, number>;
  /** Facts that could not be told again, by name: a fault of ours, shown rather than hidden. */
  readonly failed: ReadonlyMap<string, number>;
  /** Deadlines of which something came, and when they fired. */
  readonly fired: ReadonlyMap<string, Fired>;
}

/** How much is done between two looks at the clock or at whether to go on. */
const STEPS_AT_ONCE = 200;
/** What channels answer to a message of another instant comes after what was told at the same instant. */
const AFTER_ALL_TOLD = 2 ** 52;

interface Planned extends Fired {
  readonly milliseconds: number;
  readonly happening: Happening | ClockFired;
}

/** Yields how many of the month's happenings are behind it, now and then; gives what it came to. */
export function* replay(parts: Replay): Generator<number, Replayed> {
  const { features, world, had, month, to } = parts;
  const planned = priorityQueue<Planned>(earlier);
  const refused = new Map<string, number>();
  const failed = new Map<string, number>();
  const started = new Map<string, number>();
  const firedNow = new Map<string, Fired>();
  let now = parts.from;
  let [decided, byOthers, notDone, fresh, behind, messages] = [0, 0, 0, 0, 0, 0];
  let ids: readonly string[] = [];
  let drawn = 0;
  let lastFired = '';
  const due = deadlinesAgain({ features, world, now: () => now, firedThen: parts.fired ?? new Map() });

  const newId = (): string => {
    const known = ids[drawn];
    drawn += 1;
    if (known !== undefined) return known;
    fresh += 1;
    return `what-if-${fresh}`;
  };
  const deciderNow = (): Decider => ({ features, world, now, rulesAt: parts.rulesAt, newId });

  function plan(at: Instant, order: number, happening: Planned['happening']): void {
    if (at >= to) return;
    const when = at < now ? now : at;
    planned.push({ at: when, milliseconds: Date.parse(when), order, happening });
  }

  function follow(entry: NewEntry, isDecided = true): void {
    parts.seen(entry, isDecided);
    had.see(entry);
    if (entry.entry === 'told') takeMessage(entry);
    if (entry.lead != null) startActs(entry.lead);
  }

  /** The channel answers for it as it did. */
  function takeMessage(entry: NewEntry): void {
    const message = textIn(entry, 'message');
    if (message === null) return;
    for (const delivery of month.deliveries.of(entry)) {
      const { channel, outcome, code, next } = delivery;
      const fact = Object.assign(
        { fact: 'message.outcome', actor: channel },
        { message, channel, outcome, code, next },
      );
      messages += 1;
      const at = plus(now, delivery.after);
      const order = at === delivery.at ? delivery.order : AFTER_ALL_TOLD + messages;
      plan(at, order, { order, at, fact, ids: [] });
    }
  }

  /** Given once more: what was done by the one in that place is done, as long after. */
  function startActs(lead: string): void {
    const acts = month.acts.get(lead);
    const [from, until] = [started.get(lead) ?? 0, had.count(lead)];
    if (acts === undefined || from === until) return;
    started.set(lead, until);
    for (const act of acts) {
      const own = act.place >= from ? had.at(lead, act.place) : null;
      if (own !== null) plan(plus(own.since, act.after), act.order, act);
    }
  }

  function settle(): void {
    for (const feature of features) due.changed(feature.changedSubjects(world));
    world.settle();
  }

  function tellFact(fact: Fact, drawnThen: readonly string[]): void {
    ids = drawnThen;
    drawn = 0;
    decided += 1;
    try {
      const outcome = decideFact(deciderNow(), fact);
      if (outcome.refused !== null) count(refused, fact.fact);
      for (const { entry } of outcome.entries) follow(entry);
    } catch {
      count(failed, fact.fact);
    }
    settle();
  }

  function happen(happening: Planned['happening'], order: number): void {
    if ('entriesOfClock' in happening) return fireAllDue(happening.entriesOfClock, order);
    if ('entries' in happening) return applyAsRecorded(happening.entries);
    const told = 'place' in happening ? done(happening) : happening;
    if (told !== null) tellFact(told.fact, told.ids);
  }

  function applyAsRecorded(entries: readonly NewEntry[]): void {
    for (const entry of entries) for (const feature of features) feature.evolve(world, entry);
    const { entries: more } = decideWhatFollows(deciderNow());
    for (const entry of entries) follow(entry, false);
    for (const { entry } of more) follow(entry);
    settle();
  }

  /** By whoever has it then. */
  function done(act: Act): ToldAgain | null {
    if (act.ends) return act;
    const own = had.at(act.lead, act.place);
    const beganAt = act.beganAfter === null || own === null ? null : plus(own.since, act.beganAfter);
    const doer = beganAt === null ? had.now(act.lead) : had.during(act.lead, beganAt);
    if (doer === null) {
      notDone += 1;
      return null;
    }
    if (doer.person !== act.by) byOthers += 1;
    const actor = act.fact.actor === act.by ? doer.person : act.fact.actor;
    const fact = Object.assign({}, act.fact, { actor }, 'by' in act.fact ? { by: doer.person } : {});
    return { ...act, fact: beganAt === null ? fact : Object.assign(fact, { startedAt: beganAt }) };
  }

  /** A round of the house's clock, and the next while it fired more then than has come of it so far. */
  function fireAllDue(entriesThen: number, order: number): void {
    for (let came = 0; came < entriesThen;) {
      let ofRound = 0;
      for (const deadline of due.takeDue(now)) ofRound += fire(deadline, order);
      if (ofRound === 0) return;
      came += ofRound;
    }
  }

  function fireAlone(deadline: Due): void {
    const key = deadlineKey(deadline);
    // One that its own decision does not clear would come again without end.
    if (key === lastFired && due.stands(deadline)) return count(failed, deadline.kind);
    lastFired = key;
    fire(deadline, deadline.order);
  }

  /** How many entries came of it. */
  function fire(deadline: Due, order: number): number {
    if (!due.stands(deadline)) return 0;
    decided += 1;
    ids = [];
    drawn = 0;
    const { subject, kind, dueAt } = deadline;
    const { entries } = decideDeadline(deciderNow(), { subject, kind, dueAt });
    if (entries.length > 0) firedNow.set(deadlineKey(deadline), { at: now, order });
    for (const { entry } of entries) follow(entry);
    settle();
    due.fired(deadline);
    return entries.length;
  }

  month.deliveries.rewind();
  settle();
  for (const fact of parts.first) tellFact(fact, []);
  for (const happening of month.happenings) plan(happening.at, happening.order, happening);
  for (const lead of month.acts.keys()) startActs(lead);
  const isOwnClock = parts.fired !== null;
  if (!isOwnClock) for (const fired of month.clock) plan(fired.at, fired.order, fired);
  for (let steps = 0; ; steps += 1) {
    if (steps % STEPS_AT_ONCE === 0) yield behind;
    const [next, deadline] = [planned.peek(), isOwnClock ? due.peek() : undefined];
    if (deadline !== undefined && deadline.at < to && (next === undefined || earlier(deadline, next))) {
      due.next();
      if (deadline.at > now) now = deadline.at;
      fireAlone(deadline);
    } else if (next !== undefined) {
      planned.pop();
      behind += 1;
      if (next.at > now) now = next.at;
      happen(next.happening, next.order);
    } else break;
  }
  for (const [lead, acts] of month.acts)
    notDone += acts.filter(({ place }) => place >= (started.get(lead) ?? 0)).length;
  return { decided, byOthers, notDone, refused, failed, fired: firedNow };
}

type Placed = Pick<Planned, 'milliseconds' | 'order'>;

function earlier(one: Placed, other: Placed): boolean {
  return (
    one.milliseconds < other.milliseconds ||
    (one.milliseconds === other.milliseconds && one.order < other.order)
  );
}

function count(of: Map<string, number>, name: string): void {
  of.set(name, (of.get(name) ?? 0) + 1);
}
