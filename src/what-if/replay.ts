import {
  deadlinesOf,
  decideDeadline,
  decideFact,
  type Decider,
  type Fact,
  type Feature,
  type World,
} from '../decisions/index.ts';
import type { NewEntry } from '../journal/index.ts';
import { plus, type Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { textIn } from './fields.ts';
import { heap } from './heap.ts';
import type { Act, Happening, RecordedMonth, ToldAgain } from './recorded-month.ts';
import type { Tenures } from './tenures.ts';

/**
 * A past month once more, under other rules, through the features themselves: the world as it stood when the month began,
 * what was told since, each deadline at its own instant, and nothing stored.
 *
 * What nobody can know is what people would have done. It is taken that the n-th who has a lead does with it what the n-th
 * who had it did, as long after it was given to them; and that channels take messages as they did.
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
  readonly seen: (entry: NewEntry) => void;
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
}

/** How much is done between two looks at the clock or at whether to go on. */
const STEPS_AT_ONCE = 200;
/** What channels answer comes after what was told at the same instant. */
const AFTER_ALL_TOLD = 2 ** 52;

interface Planned {
  readonly at: Instant;
  readonly order: number;
  readonly happening: Happening;
}

interface Due {
  /** When it can fire: one that is set when it is past, as soon as it is set. */
  readonly at: Instant;
  readonly dueAt: Instant;
  readonly rank: number;
  readonly subject: string;
  readonly kind: string;
}

/** Yields how many of the month's happenings are behind it, now and then; gives what it came to. */
export function* replay(parts: Replay): Generator<number, Replayed> {
  const { features, world, had, month, to } = parts;
  const planned = heap<Planned>(earlier);
  const due = heap<Due>(sooner);
  const asked = new Map<string, string>();
  const refused = new Map<string, number>();
  const failed = new Map<string, number>();
  const started = new Map<string, number>();
  let now = parts.from;
  let [decided, byOthers, notDone, fresh, behind, messages] = [0, 0, 0, 0, 0, 0];
  let ids: readonly string[] = [];
  let drawn = 0;
  let lastFired = '';

  const newId = (): string => {
    const known = ids[drawn];
    drawn += 1;
    if (known !== undefined) return known;
    fresh += 1;
    return `what-if-${fresh}`;
  };
  const deciderNow = (): Decider => ({ features, world, now, rulesAt: parts.rulesAt, newId });

  function plan(at: Instant, happening: Happening): void {
    if (at < to) planned.push({ at: at < now ? now : at, order: happening.order, happening });
  }

  function follow(entry: NewEntry): void {
    parts.seen(entry);
    had.see(entry);
    if (entry.entry === 'told') takeMessage(entry);
    if (entry.lead != null) startActs(entry.lead);
  }

  /** The channel answers for it as it did. */
  function takeMessage(entry: NewEntry): void {
    const message = textIn(entry, 'message');
    if (message === null) return;
    for (const { after, outcome, channel, code, next } of month.deliveries.of(entry)) {
      const fact = Object.assign(
        { fact: 'message.outcome', actor: channel },
        { message, channel, outcome, code, next },
      );
      messages += 1;
      plan(plus(now, after), { order: AFTER_ALL_TOLD + messages, at: now, fact, ids: [] });
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
      if (own !== null) plan(plus(own.since, act.after), act);
    }
  }

  function dueAgain(subjects: Iterable<string>): void {
    for (const subject of subjects) {
      const own = deadlinesOf(features, world, subject);
      const text = own.map(({ kind, dueAt }) => `${kind} ${dueAt}`).join('|');
      if (asked.get(subject) === text) continue;
      asked.set(subject, text);
      for (const { kind, dueAt, rank = 0 } of own) {
        due.push({ at: dueAt < now ? now : dueAt, dueAt, rank, subject, kind });
      }
    }
  }

  function settle(also: readonly string[] = []): void {
    dueAgain(new Set([...also, ...features.flatMap((feature) => feature.changedSubjects(world))]));
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

  function happen({ happening }: Planned): void {
    if ('entries' in happening) {
      for (const entry of happening.entries) for (const feature of features) feature.evolve(world, entry);
      for (const entry of happening.entries) follow(entry);
      settle();
      return;
    }
    const told = 'place' in happening ? done(happening) : happening;
    if (told !== null) tellFact(told.fact, told.ids);
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

  function fire({ subject, kind, dueAt }: Due): void {
    const still = deadlinesOf(features, world, subject).some(
      (own) => own.kind === kind && own.dueAt === dueAt,
    );
    if (!still) return;
    const key = `${subject} ${kind} ${dueAt}`;
    // One that its own decision does not clear would come again without end.
    if (key === lastFired) return count(failed, kind);
    lastFired = key;
    decided += 1;
    ids = [];
    drawn = 0;
    const { entries } = decideDeadline(deciderNow(), { subject, kind, dueAt });
    for (const { entry } of entries) follow(entry);
    asked.delete(subject);
    settle([subject]);
  }

  month.deliveries.rewind();
  for (const feature of features) dueAgain(feature.changedSubjects(world));
  world.settle();
  for (const fact of parts.first) tellFact(fact, []);
  for (const happening of month.happenings) plan(happening.at, happening);
  for (const lead of month.acts.keys()) startActs(lead);
  for (let steps = 0; ; steps += 1) {
    if (steps % STEPS_AT_ONCE === 0) yield behind;
    const [next, deadline] = [planned.peek(), due.peek()];
    // At one instant facts come before deadlines.
    if (deadline !== undefined && deadline.at < (next?.at ?? to)) {
      due.pop();
      if (deadline.at > now) now = deadline.at;
      fire(deadline);
    } else if (next !== undefined) {
      planned.pop();
      behind += 1;
      if (next.at > now) now = next.at;
      happen(next);
    } else break;
  }
  for (const [lead, acts] of month.acts)
    notDone += acts.filter(({ place }) => place >= (started.get(lead) ?? 0)).length;
  return { decided, byOthers, notDone, refused, failed };
}

function earlier(one: Planned, other: Planned): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** As the clock of the house takes them. */
function sooner(one: Due, other: Due): boolean {
  if (one.at !== other.at) return one.at < other.at;
  if (one.dueAt !== other.dueAt) return one.dueAt < other.dueAt;
  if (one.rank !== other.rank) return one.rank < other.rank;
  if (one.subject !== other.subject) return one.subject < other.subject;
  return one.kind < other.kind;
}

function count(of: Map<string, number>, name: string): void {
  of.set(name, (of.get(name) ?? 0) + 1);
}
