import { appendEntries, type Appended } from '../journal/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { dueDeadlines, nextDeadline, syncDeadlines } from '../platform/deadlines.store.ts';
import type { NewId } from '../platform/ids.ts';
import type { Clock, Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { decideDeadline, decideFact, type Decided, type Decider } from './decide.ts';
import type { DueDeadline, Fact, Feature, Fingerprint, OwnDeadline, Refusal } from './feature.ts';
import { organizationSlice, type Organization } from './organization.ts';
import { lockOrganization, readOrganization } from './organization.store.ts';
import { World } from './world.ts';

/** Facts decided in one transaction. Many facts waiting share one commit; a fact alone waits for nobody. */
const BATCH_FACTS_MAX = 64;
/** The same for imports, which wait for everybody else: large enough to share the fixed cost, short enough to be stopped by. */
const BATCH_BULK_FACTS_MAX = 512;
const BATCH_DEADLINES_MAX = 200;
/** A deadline that is still due after its decision is a fault of a rule; better a stop than an endless loop. */
const ROUNDS_AT_ONE_INSTANT_MAX = 10_000;

export interface Outcome {
  readonly entries: readonly Appended['entry'][];
  readonly refused: Refusal | null;
}

export interface House {
  /**
   * Decides a fact; resolves once the decision is durable. Facts are decided in the order they came; those of an import
   * (`bulk`) among themselves, and only when no other waits.
   */
  submit(organization: string, fact: Fact, how?: { readonly bulk?: boolean }): Promise<Outcome>;
  /** Fires what is due by now, earliest first; returns how many. */
  fireDue(organization: string): Promise<number>;
  nextDue(organization: string): Promise<Instant | null>;
  /**
   * Loads what these facts would need and lets `look` read it, or even decide on it (what would be refused, and why):
   * the world is thrown away, nothing is stored, nobody is kept waiting.
   */
  look<Seen>(organization: string, facts: readonly Fact[], look: (decider: Decider) => Seen): Promise<Seen>;
  readonly features: readonly Feature[];
}

export interface HouseParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly features: readonly Feature[];
  rulesFor(organization: Organization, at: Instant): Rules;
  readonly newId: NewId;
  readonly salt: () => string;
  /** For what is remembered of erased people; without one nobody can be erased. */
  readonly fingerprint?: Fingerprint;
  /** After the commit: live updates, waking of outbox and clock. */
  announce(organization: string, entries: readonly Appended['entry'][]): void;
}

/** A round that only cleared deadlines already settled: there may be more behind them. */
const NOTHING: Decided = { entries: [], refused: null };

interface Waiting {
  readonly fact: Fact;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

interface Queue {
  readonly facts: Waiting[];
  readonly bulk: Waiting[];
}

/**
 * The one way through the house: lock the organization, load, decide, commit, announce. One writer at a time for an
 * organization, on however many processes; that is what makes turns strict, ids rise with commits, and no two
 * decisions cross. Facts that arrive meanwhile are decided together in the next transaction.
 */
export function createHouse(parts: HouseParts): House {
  const queues = new Map<string, Queue>();
  const running = new Set<string>();

  async function drain(organization: string): Promise<void> {
    if (running.has(organization)) return;
    running.add(organization);
    try {
      // Whoever submits many facts at one moment finds them in one transaction.
      await Promise.resolve();
      for (let batch = nextBatch(organization); batch.length > 0; batch = nextBatch(organization)) {
        await decideTogether(organization, batch);
      }
    } finally {
      running.delete(organization);
    }
  }

  function nextBatch(organization: string): Waiting[] {
    const queue = queues.get(organization);
    if (queue === undefined) return [];
    const batch = queue.facts.splice(0, BATCH_FACTS_MAX);
    return batch.length > 0 ? batch : queue.bulk.splice(0, BATCH_BULK_FACTS_MAX);
  }

  async function decideTogether(organization: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await inOneTransaction(
        parts,
        organization,
        batch.map((w) => w.fact),
      );
      batch.forEach((waiting, place) => waiting.resolve(outcomes[place] ?? { entries: [], refused: null }));
    } catch (error) {
      if (batch.length === 1) {
        batch[0]?.reject(error);
        return;
      }
      // One fact that cannot be decided must not take the others with it: it is found by halves.
      const half = batch.length >> 1;
      await decideTogether(organization, batch.slice(0, half));
      await decideTogether(organization, batch.slice(half));
    }
  }

  return {
    features: parts.features,
    submit(organization, fact, { bulk = false } = {}) {
      return new Promise((resolve, reject) => {
        const queue = queues.get(organization) ?? { facts: [], bulk: [] };
        queues.set(organization, queue);
        (bulk ? queue.bulk : queue.facts).push({ fact, resolve, reject });
        drain(organization).catch(reject);
      });
    },
    fireDue: (organization) => fireDue(parts, organization),
    look: (organization, facts, look) =>
      parts.database.inOrganization(organization, async (tx) => {
        const known = await readOrganization(tx, organization);
        if (known === null) throw new Error(`no organization ${organization}`);
        return look(await load(parts, tx, known, parts.clock.now(), facts, []));
      }),
    nextDue: (organization) =>
      parts.database.inOrganization(organization, (tx) => nextDeadline(tx, organization)),
  };
}

async function inOneTransaction(
  parts: HouseParts,
  organizationId: string,
  facts: readonly Fact[],
): Promise<Outcome[]> {
  const decided = await parts.database.inOrganization(organizationId, async (tx) => {
    const decider = await openBatch(parts, tx, organizationId, facts, []);
    const all = facts.map((fact) => decideFact(decider, fact));
    await save(parts, tx, organizationId, decider, all);
    return all;
  });
  announce(parts, organizationId, decided);
  return decided.map((d) => ({ entries: d.entries.map((a) => a.entry), refused: d.refused }));
}

async function fireDue(parts: HouseParts, organizationId: string): Promise<number> {
  let fired = 0;
  let last: DueDeadline | undefined;
  for (let round = 0; round < ROUNDS_AT_ONE_INSTANT_MAX; round += 1) {
    const decided = await parts.database.inOrganization(organizationId, async (tx) => {
      const organization = await lockOrganization(tx, organizationId);
      const now = parts.clock.now();
      const due = await dueDeadlines(tx, organizationId, now, BATCH_DEADLINES_MAX);
      if (due.length === 0) return [];
      [last] = due;
      const decider = await load(parts, tx, organization, now, [], due);
      const all: Decided[] = [];
      for (const deadline of due) {
        if (stillDue(decider, deadline)) all.push(decideDeadline(decider, deadline));
      }
      await save(parts, tx, organizationId, decider, all, due);
      return all.length === 0 ? [NOTHING] : all;
    });
    if (decided.length === 0) return fired;
    fired += decided.length;
    announce(parts, organizationId, decided);
  }
  throw new Error(
    `deadlines of ${organizationId} come due again without end: ${last?.kind ?? ''} of ${last?.subject ?? ''}`,
  );
}

/** A decision earlier in the batch may have cleared or moved a deadline that was read as due. */
function stillDue(decider: Decider, deadline: DueDeadline): boolean {
  const own = deadlinesOf(decider, deadline.subject);
  return own.some((d) => d.kind === deadline.kind && d.dueAt <= decider.now);
}

function deadlinesOf(decider: Decider, subject: string): readonly OwnDeadline[] {
  for (const feature of decider.features) {
    const own = feature.deadlinesOf(decider.world, subject);
    if (own !== null) return own;
  }
  return [];
}

async function openBatch(
  parts: HouseParts,
  tx: Tx,
  id: string,
  facts: readonly Fact[],
  due: readonly DueDeadline[],
) {
  const organization = await lockOrganization(tx, id);
  return load(parts, tx, organization, parts.clock.now(), facts, due);
}

async function load(
  parts: HouseParts,
  tx: Tx,
  organization: Organization,
  now: Instant,
  facts: readonly Fact[],
  due: readonly DueDeadline[],
): Promise<Decider> {
  const world = new World();
  world.get(organizationSlice).current = organization;
  const rules = parts.rulesFor(organization, now);
  const { fingerprint = null } = parts;
  const loading = { organization, world, now, rules, fingerprint };
  const loads = (feature: Feature): Promise<void> => feature.load(tx, facts, due, loading);
  const when = (told: Feature['loads']) => parts.features.filter((feature) => feature.loads === told);
  await Promise.all(when(undefined).map(loads));
  for (const feature of when('in-turn')) await loads(feature);
  await Promise.all(when('last').map(loads));
  return {
    features: parts.features,
    world,
    now,
    rulesAt: (at) => parts.rulesFor(organization, at),
    newId: parts.newId,
  };
}

/** Writes what decisions changed, and their entries: statements sent together, run in this order. */
async function save(
  parts: HouseParts,
  tx: Tx,
  organization: string,
  decider: Decider,
  decided: readonly Decided[],
  fired: readonly DueDeadline[] = [],
): Promise<void> {
  const { world, features } = decider;
  const subjects = new Set(fired.map((deadline) => deadline.subject));
  for (const feature of features) for (const subject of feature.changedSubjects(world)) subjects.add(subject);
  const wanted = [...subjects].flatMap((subject) =>
    deadlinesOf(decider, subject).map(({ kind, dueAt, rank = 0 }) => ({ subject, kind, dueAt, rank })),
  );
  await Promise.all([
    // First: who erases a person takes their data from the entries of this very batch too.
    appendEntries(tx, organization, entriesOf(decided), parts.salt),
    ...features.map((feature) => feature.save(tx, organization, world)),
    syncDeadlines(tx, organization, [...subjects], wanted),
  ]);
}

function entriesOf(decided: readonly Decided[]): Appended[] {
  const entries: Appended[] = [];
  for (const one of decided) {
    const base = entries.length;
    for (const { entry, causedBy } of one.entries)
      entries.push({ entry, causedBy: causedBy === null ? null : causedBy + base });
  }
  return entries;
}

function announce(parts: HouseParts, organization: string, decided: readonly Decided[]): void {
  const entries = decided.flatMap((d) => d.entries.map((a) => a.entry));
  if (entries.length > 0) parts.announce(organization, entries);
}
