import { z } from 'zod';

import { localDate } from '../src/calendar/index.ts';
import { fingerprintWith } from '../src/contacts/index.ts';
import { createHouse, insertOrganization, type Fact, type House } from '../src/decisions/index.ts';
import { features } from '../src/features.ts';
import { readEntries } from '../src/journal/index.ts';
import type { Database } from '../src/platform/database.ts';
import { instant, plus, type Instant } from '../src/platform/time.ts';
import { asWritten, inForce, type Adoption, type Pack, type Rules } from '../src/procedures/index.ts';
import { BASELINE } from '../src/staff/index.ts';
import type { PrintedEntry } from './scenario-expect.ts';
import type { AdoptionTold } from './scenario-told.ts';
import type { Scenario } from './scenario-file.ts';

const toldFields = z.object({ message: z.string(), channel: z.string() });

/** The staff stands ready a moment before the first fact. */
const READY_BEFORE = -1_000;
const ENTRIES_PAGE = 5_000;

export interface ScenarioRun {
  /** The organization made for it. */
  readonly organization: string;
  readonly entries: readonly PrintedEntry[];
}

/** Runs a scenario on the real rules and database under a clock of its own; gives every journal entry. */
export async function runScenario(
  database: Database,
  packs: readonly Pack[],
  scenario: Scenario,
): Promise<ScenarioRun> {
  const organization = crypto.randomUUID();
  const first = scenario.facts[0]?.at ?? scenario.until;
  let now: Instant = plus(first, READY_BEFORE);
  let ids = 0;
  const told: { message: string; channel: string }[] = [];
  const rules = new Map<string, Rules>();
  const house = createHouse({
    database,
    features,
    clock: { now: () => now },
    newId: () => `${(ids += 1)}`,
    salt: () => crypto.randomUUID(),
    // A scratch database is thrown away: any secret will do.
    fingerprint: fingerprintWith('scenario'),
    rulesFor: ({ adoptions, zone }, at) => {
      const key = `${adoptions.length} ${localDate(at, zone)}`;
      const known = rules.get(key) ?? inForce(packs, adoptions, zone, at);
      rules.set(key, known);
      return known;
    },
    announce: (_organization, entries) => {
      for (const entry of entries) {
        if (entry.entry !== 'told' && entry.entry !== 'message.written') continue;
        told.push(toldFields.parse(entry.fields));
      }
    },
  });

  const down = new Set<string>();
  /** Every channel takes what it is given at once, unless the scenario says that it is down. */
  const deliver = async (): Promise<void> => {
    for (;;) {
      const place = told.findIndex(({ channel }) => !down.has(channel));
      const [next] = place < 0 ? [] : told.splice(place, 1);
      if (next === undefined) return;
      const outcome = { fact: 'message.outcome', actor: next.channel, ...next, outcome: 'accepted' };
      await house.submit(organization, outcome);
    }
  };
  const submit = async (fact: Fact): Promise<void> => {
    await house.submit(organization, fact);
    await deliver();
  };
  /** Fires every deadline at its own instant, as far as those before `to` (or at it, when it is the end). */
  const advance = async (to: Instant, inclusive: boolean): Promise<void> => {
    for (let due = await house.nextDue(organization); due !== null; due = await house.nextDue(organization)) {
      if (inclusive ? due > to : due >= to) break;
      if (due > now) now = due;
      await house.fireDue(organization);
      await deliver();
    }
    if (to > now) now = to;
  };

  await open(house, database, organization, scenario, packs, now, submit);
  for (const fact of scenario.facts) {
    await advance(fact.at, false);
    if ('submit' in fact.told) await submit(fact.told.submit);
    else if ('adopt' in fact.told)
      await submit(adoptionFact(packs, fact.told.adopt, localDate(now, scenario.zone)));
    else {
      const { channel, up } = fact.told.channel;
      if (up) down.delete(channel);
      else down.add(channel);
      await deliver();
    }
  }
  await advance(scenario.until, true);
  return { organization, entries: await readAll(database, organization) };
}

async function open(
  house: House,
  database: Database,
  organization: string,
  scenario: Scenario,
  packs: readonly Pack[],
  at: Instant,
  submit: (fact: Fact) => Promise<void>,
): Promise<void> {
  const { country, zone } = scenario;
  const about = { name: scenario.name, country, zone, locale: country === 'CO' ? 'es-CO' : 'es-MX' };
  await insertOrganization(database.kysely, { id: organization, openedAt: at, ...about });
  await submit({
    fact: 'organization.opened',
    actor: 'system',
    ...about,
    settings: scenario.settings,
  } as Fact);
  for (const adoption of adoptionsOf(scenario, packs, at)) {
    const adopted = { fact: 'procedure.adopted', actor: 'system', adoption };
    await submit(adopted);
  }
  for (const { lastMonth, absent, weight: _, ...member } of scenario.staff) {
    const person = { ...member, person: member.id, name: member.name ?? member.id, email: null, phone: null };
    await submit({ ...person, fact: 'person.registered', actor: 'system' });
    if (absent) await submit({ fact: 'person.changed', actor: 'system', person: member.id, absent } as Fact);
    if (lastMonth !== undefined)
      await submit({
        fact: 'month.results',
        actor: 'system',
        person: member.id,
        month: BASELINE,
        ...lastMonth,
      } as Fact);
  }
}

/** By default every procedure of the country, each in force from its own day; an undated one from the first fact's. */
function adoptionsOf(scenario: Scenario, packs: readonly Pack[], at: Instant): Adoption[] {
  const firstDay = localDate(at, scenario.zone);
  const ofCountry = packs.filter((pack) => pack.country === scenario.country).map((pack) => pack.name);
  const named = scenario.procedures ?? ofCountry.map((procedure) => ({ procedure, version: null }));
  return named.flatMap(({ procedure, version }) => {
    const written = asWritten(packs, [procedure], version ?? firstDay);
    const readings = scenario.readings[procedure] ?? {};
    return written
      .filter((adoption) => version === null || adoption.effectiveOn === version)
      .map((adoption) => ({ ...adoption, readings, parameters: {} }));
  });
}

function adoptionFact(packs: readonly Pack[], told: AdoptionTold, today: string): Fact {
  const { procedure, readings } = told;
  const latest = packs
    .filter((pack) => pack.name === procedure)
    .toSorted((a, b) => ((a.version ?? '') < (b.version ?? '') ? 1 : -1))[0];
  const version = told.version ?? latest?.version ?? null;
  const effectiveOn = told.effectiveOn ?? version ?? today;
  const adoption: Adoption = { procedure, version, effectiveOn, readings, parameters: {} };
  const { by, proposal } = told;
  const fact = told.proposed === true ? 'procedure.proposed' : 'procedure.adopted';
  const named = { ...(by === undefined ? {} : { by }), ...(proposal === undefined ? {} : { proposal }) };
  return { fact, actor: by ?? 'administrator', adoption, ...named } as Fact;
}

async function readAll(database: Database, organization: string): Promise<PrintedEntry[]> {
  const printed: PrintedEntry[] = [];
  for (let after = 0, more = true; more;) {
    const page = await database.inOrganization(organization, (tx) => readEntries(tx, after, ENTRIES_PAGE));
    for (const { id, at, entry, actor, because, fields, personal } of page) {
      printed.push({ at: instant(at), entry, ...fields, ...personal, actor, because });
      after = id;
    }
    more = page.length === ENTRIES_PAGE;
  }
  return printed;
}
