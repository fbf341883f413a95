import type { Appended, NewEntry } from '../journal/index.ts';
import type { NewId } from '../platform/ids.ts';
import type { Instant } from '../platform/time.ts';
import { houseRule, type Rules } from '../procedures/index.ts';
import type { Deciding, DueDeadline, Fact, Feature, Refusal } from './feature.ts';
import { currentOrganization } from './organization.ts';
import type { World } from './world.ts';

export interface Decided {
  readonly entries: Appended[];
  readonly refused: Refusal | null;
}

export interface Decider {
  readonly features: readonly Feature[];
  readonly world: World;
  readonly now: Instant;
  readonly rulesAt: (at: Instant) => Rules;
  readonly newId: NewId;
}

/** Decides one fact against the world and applies what follows. The same world, fact and instant give the same entries. */
export function decideFact(decider: Decider, fact: Fact): Decided {
  const [entries, deciding] = recorder(decider, fact.actor);
  for (const feature of decider.features) {
    const decide = feature.facts.get(fact.fact);
    if (decide === undefined) continue;
    const refused = refusedBefore(decider, fact, deciding) ?? decide(fact, deciding) ?? null;
    if (refused !== null) recordRefusal(deciding, fact, refused);
    else {
      for (const other of decider.features) other.after?.get(fact.fact)?.(fact, deciding);
      settle(decider, deciding);
    }
    return { entries, refused };
  }
  throw new Error(`no feature decides the fact ${fact.fact}`);
}

function refusedBefore({ features }: Decider, fact: Fact, deciding: Deciding): Refusal | null {
  for (const feature of features) {
    const refused = feature.before?.get(fact.fact)?.(fact, deciding) ?? null;
    if (refused !== null) return refused;
  }
  return null;
}

function settle({ features }: Decider, deciding: Deciding): void {
  for (const feature of features) feature.settle?.(deciding);
}

/** What follows from entries that were applied as they were written, decided by nobody here. */
export function decideWhatFollows(decider: Decider): Decided {
  const [entries, deciding] = recorder(decider, 'clock');
  settle(decider, deciding);
  return { entries, refused: null };
}

export function decideDeadline(decider: Decider, deadline: DueDeadline): Decided {
  const [entries, deciding] = recorder(decider, 'clock');
  for (const feature of decider.features) {
    const decide = feature.deadlines.get(deadline.kind);
    if (decide === undefined) continue;
    decide(deadline, deciding);
    settle(decider, deciding);
    return { entries, refused: null };
  }
  throw new Error(`no feature decides the deadline ${deadline.kind}`);
}

function recorder(decider: Decider, actor: string): [Appended[], Deciding] {
  const entries: Appended[] = [];
  let cause: number | null = null;
  const record: Deciding['record'] = (given) => {
    const entry: NewEntry = { at: decider.now, actor, ...given };
    if (entry.kind === 'decision' && entry.because.length === 0)
      throw new Error(`${entry.entry} needs a because`);
    entries.push({ entry, causedBy: cause });
    if (cause === null && entry.kind === 'fact') cause = entries.length - 1;
    for (const feature of decider.features) feature.evolve(decider.world, entry);
  };
  const deciding: Deciding = {
    now: decider.now,
    get organization() {
      return currentOrganization(decider.world);
    },
    world: decider.world,
    rules: decider.rulesAt(decider.now),
    rulesAt: decider.rulesAt,
    newId: decider.newId,
    record,
  };
  return [entries, deciding];
}

/** A refusal changes nothing else, and is journaled: who tried what, and the rule that said no. */
function recordRefusal(deciding: Deciding, fact: Fact, refused: Refusal): void {
  deciding.record({
    entry: 'fact.refused',
    kind: 'decision',
    because: refused.because.length > 0 ? refused.because : [houseRule('facts')],
    ...('lead' in fact && typeof fact.lead === 'string' ? { lead: fact.lead } : {}),
    fields: { fact: fact.fact, why: refused.refused, ...refused.detail },
  });
}
