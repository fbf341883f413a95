import { join } from 'node:path';
import { z } from 'zod';

import { noFacts } from '../src/contacts/index.ts';
import {
  decideDeadline,
  decideFact,
  DEFAULT_SETTINGS,
  organizationSlice,
  World,
  type Decider,
  type Fact,
} from '../src/decisions/index.ts';
import { features } from '../src/features.ts';
import type { NewEntry } from '../src/journal/index.ts';
import { instant, type Instant } from '../src/platform/time.ts';
import { asWritten, inForce, readPacks, type Pack, type Rules } from '../src/procedures/index.ts';

/**
 * A floor at work in memory: the real rules without a database, for properties that need thousands of runs. What loading
 * and saving do is shown by the scenarios.
 */
export interface Floor {
  readonly world: World;
  readonly entries: readonly NewEntry[];
  /** Lets deadlines before the instant fire, then tells the fact there; gives the entries that the fact caused. */
  tell(at: string, fact: object): readonly NewEntry[];
  /** Fires all that is due by the instant. */
  until(at: string): void;
}

const ZONE = 'America/Mexico_City';

export async function floorPacks(): Promise<readonly Pack[]> {
  const loaded = await readPacks(join(import.meta.dirname, '..'));
  if ('faults' in loaded) throw new Error('the packs have faults');
  return loaded.packs;
}

export interface FloorSettings {
  readonly packs: readonly Pack[];
  readonly readings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly advisors: readonly string[];
}

/** Everybody named is on July 2024's roster and confirmed; it is the 2nd, before the opening. */
export function openFloor({ packs, readings = {}, advisors }: FloorSettings): Floor {
  const world = new World();
  const entries: NewEntry[] = [];
  const waiting: string[] = [];
  const cache = new Map<string, Rules>();
  let now: Instant = instant('2024-06-20T16:00:00Z');
  let ids = 0;
  world.get(organizationSlice).current = {
    id: 'o',
    name: 'o',
    country: 'MX',
    zone: ZONE,
    locale: 'es-MX',
    openedAt: now,
    adoptions: [],
    settings: DEFAULT_SETTINGS,
  };
  const decider = (): Decider => ({
    features: features,
    world,
    now,
    newId: () => `${(ids += 1)}`,
    rulesAt: (at) => {
      const adoptions = world.get(organizationSlice).current?.adoptions ?? [];
      const key = `${adoptions.length} ${at.slice(0, 13)}`;
      const rules = cache.get(key) ?? inForce(packs, adoptions, ZONE, at);
      cache.set(key, rules);
      return rules;
    },
  });
  const keep = (decided: { entries: readonly { entry: NewEntry }[] }): NewEntry[] => {
    const written = decided.entries.map(({ entry }) => entry);
    entries.push(...written);
    for (const { entry, fields } of written)
      if (entry === 'told') waiting.push(z.string().parse(fields['message']));
    return written;
  };
  const decide = (fact: object): NewEntry[] => {
    const written = keep(decideFact(decider(), { actor: 'test', ...fact } as Fact));
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      const outcome = {
        fact: 'message.outcome',
        actor: 'whatsapp',
        channel: 'whatsapp',
        message,
        outcome: 'accepted',
      };
      keep(decideFact(decider(), outcome));
    }
    return written;
  };
  const nextDue = () =>
    features
      .flatMap((feature) =>
        feature
          .changedSubjects(world)
          .flatMap((subject) =>
            (feature.deadlinesOf(world, subject) ?? []).map((d) => ({ rank: 0, ...d, subject })),
          ),
      )
      .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.rank - b.rank))[0];
  const advance = (to: Instant, inclusive: boolean): void => {
    for (
      let due = nextDue();
      due !== undefined && (inclusive ? due.dueAt <= to : due.dueAt < to);
      due = nextDue()
    ) {
      if (due.dueAt > now) now = due.dueAt;
      keep(decideDeadline(decider(), due));
      settle();
    }
    if (to > now) now = to;
  };
  const settle = (): void => {
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift())
      decide({
        fact: 'message.outcome',
        actor: 'whatsapp',
        channel: 'whatsapp',
        message,
        outcome: 'accepted',
      });
  };
  const floor: Floor = {
    world,
    entries,
    tell: (at, fact) => {
      advance(instant(at), false);
      return decide(fact);
    },
    until: (at) => advance(instant(at), true),
  };
  for (const adoption of asWritten(packs, ['lead-assignment', 'contact-center-policy', 'lead-reassignment']))
    decide({
      fact: 'procedure.adopted',
      adoption: { ...adoption, readings: readings[adoption.procedure] ?? {} },
    });
  const staff = [
    { person: 'dora', role: 'director', zone: 'norte' },
    { person: 'adela', role: 'administrator' },
    ...advisors.map((person) => ({ person, role: 'advisor', reportsTo: 'dora' })),
  ];
  for (const member of staff)
    decide({ fact: 'person.registered', ...NOBODY, name: member.person, ...member });
  for (const person of advisors)
    decide({ fact: 'month.results', person, month: '2024-06', sales: 5, leads: 50, closings: 5 });
  floor.tell('2024-06-24T16:00:00Z', {
    fact: 'roster.submitted',
    month: '2024-07',
    zone: 'norte',
    by: 'dora',
    advisors,
  });
  for (const by of advisors)
    floor.tell('2024-07-01T15:00:00Z', { fact: 'roster.confirmed', month: '2024-07', by });
  floor.until('2024-07-02T13:00:00Z');
  return floor;
}

const NOBODY = {
  zone: null,
  reportsTo: null,
  email: null,
  phone: null,
  extension: null,
  internal: true,
  documents: 'complete',
  grade: 'pass',
  signed: true,
};

/** A lead that comes in; each number is another person. */
export function arriving(lead: string, number: number, more: object = {}): object {
  const value = `+5255${String(10_000_000 + number)}`;
  return {
    fact: 'lead.received',
    lead,
    source: 'facebook',
    sourceId: null,
    sentAt: null,
    test: false,
    zone: null,
    referredBy: null,
    identity: { ...noFacts, phones: [{ value, origin: lead, raw: value }] },
    consent: null,
    asReceived: { name: null, phones: [value], emails: [], message: null, fields: {} },
    campaign: {},
    receipt: null,
    ...more,
  };
}
