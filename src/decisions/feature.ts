import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Row } from '../platform/rows.ts';
import type { Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/** What the world told us, parsed at the door. `actor` is who or what told it. */
export interface Fact {
  readonly fact: string;
  readonly actor: string;
}

/** A fact that cannot be, or an act that may not be: an ordinary answer, not an exception. */
export interface Refusal {
  readonly refused: string;
  /** Clauses or house rules that say no. */
  readonly because: readonly string[];
  /** Field at fault and other particulars for the message; no personal data. */
  readonly detail?: { readonly [key: string]: string | number | boolean | null };
}

export interface DueDeadline {
  readonly subject: string;
  readonly kind: string;
  readonly dueAt: Instant;
}

/** What a decision may use: the world as loaded, the time, the rules in force; and the one way to change anything. */
export interface Deciding {
  readonly now: Instant;
  readonly organization: Organization;
  readonly world: World;
  /** The rules in force now. */
  readonly rules: Rules;
  /** The rules in force at another instant: the version at the moment of the fact decides. */
  rulesAt(at: Instant): Rules;
  newId(): string;
  /** Writes an entry and applies it to the world at once; `at` is now and `actor` that of the fact unless given. */
  record(entry: Omit<NewEntry, 'at' | 'actor'> & Partial<Pick<NewEntry, 'at' | 'actor'>>): void;
}

export type Decide<F extends Fact> = (fact: F, deciding: Deciding) => Refusal | void;
export type DecideDeadline = (deadline: DueDeadline, deciding: Deciding) => void;

/** What a subject must have done by when. `rank` orders deadlines of one instant: first come, first served. */
export interface OwnDeadline {
  readonly kind: string;
  readonly dueAt: Instant;
  readonly rank?: number;
}

/** A table that must equal the fold of the journal; `pauta verify` compares the two. */
export interface DerivedTable {
  readonly table: string;
  readonly key: readonly string[];
  /** Rows as the fold of all entries gives them. */
  readonly derived: (world: World) => Row[];
  /** Rows as they stand, with the same columns. */
  readonly stored: (tx: Tx) => Promise<Row[]>;
}

/**
 * A feature's part in the one way through the house: it loads what its rules need, decides, applies entries (`evolve`,
 * the only place where its state changes, also used to derive the tables again from the journal) and saves.
 */
export interface Feature {
  readonly name: string;
  /**
   * It needs what other features loaded. Those without a word load first, at one time; then those `in-turn`, each after the one
   * before it in the list; `last`, at one time again, those that nobody waits for. Each wait is a round trip of every decision.
   */
  readonly loads?: 'in-turn' | 'last';
  load(tx: Tx, facts: readonly Fact[], due: readonly DueDeadline[], loading: Loading): Promise<void>;
  readonly facts: ReadonlyMap<string, Decide<Fact>>;
  /** What this feature has against a fact that another decides: its refusal stops the fact. */
  readonly before?: ReadonlyMap<string, Decide<Fact>>;
  /** What else follows here from a fact that another feature decided and did not refuse. */
  readonly after?: ReadonlyMap<string, Decide<Fact>>;
  /** What follows here from what a fact or a deadline has changed, whoever decided it; called when it is decided. */
  readonly settle?: (deciding: Deciding) => void;
  /** By the kind of deadline. */
  readonly deadlines: ReadonlyMap<string, DecideDeadline>;
  evolve(world: World, entry: JournalEntry | NewEntry): void;
  /** Writes what the batch has changed. Other features write at the same time. */
  save(tx: Tx, organization: string, world: World): Promise<void>;
  /** Subjects that a decision has changed. */
  changedSubjects(world: World): string[];
  /**
   * All deadlines that this subject has now, following from its state alone; null when it is not this feature's.
   * The deadlines table is a projection of these, so no decision can forget to set or clear one.
   */
  deadlinesOf(world: World, subject: string): readonly OwnDeadline[] | null;
  readonly tables: readonly DerivedTable[];
  /**
   * How a fact is told again when a past month is run under other rules, by the entry it left. Where nothing is said, the
   * entry's own fields are the fact; null: it is not decided again, what it led to is taken as recorded.
   */
  readonly recall?: ReadonlyMap<string, Recall | null>;
}

/**
 * The fact again, from the entry it left and those that followed from it at once; null: what it rested on was erased since,
 * what it led to is taken as recorded.
 */
export type Recall = (entry: JournalEntry, followed: readonly JournalEntry[]) => Recalled | null;

export interface Recalled {
  readonly fact: Fact;
  /** Ids it was given then, in the order in which they were drawn: later facts name them. */
  readonly ids?: readonly string[];
}

/** Gives a keyed hash: no one without the installation's secret can test a guess against it. */
export type Fingerprint = (organization: string, key: string) => string;

export interface Loading {
  readonly organization: Organization;
  readonly world: World;
  readonly now: Instant;
  /** In force now. */
  readonly rules: Rules;
  /** Null in a house that was given none; such a house erases nobody. */
  readonly fingerprint: Fingerprint | null;
}

/** Names a fact's handler; the cast is sound because the fact's name selects the handler it was registered with. */
export function on<F extends Fact>(name: F['fact'], decide: Decide<F>): [string, Decide<Fact>] {
  return [name, decide as Decide<Fact>];
}
