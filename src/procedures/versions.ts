import { Temporal } from 'temporal-polyfill';
import { packOf } from './adoption.ts';
import type { Adoption } from './adoption.ts';
import { clauseRef } from './because.ts';
import { procedureNames, topics } from './known.ts';
import type { Procedure, Topic } from './known.ts';
import { frozen } from './pack.ts';
import type { Clause, Pack } from './pack.ts';
import { parameterSchemasOf } from './parameters.ts';
import { readingSchema, sharedReadings } from './readings.ts';
import type { Readings } from './readings.ts';
import { rulesOf } from './rules.ts';
import type { Governing, ProcedureInForce, Rules, RulesData } from './rules.ts';
import type { Instant, LocalDate } from '../platform/time.ts';

/**
 * The rules in force at an instant. A version holds from the first instant of its effective date, local to the
 * organization's zone, until a later version of the same procedure takes its place.
 */
export function inForce(
  packs: readonly Pack[],
  adoptions: readonly Adoption[],
  zone: string,
  at: Instant,
): Rules {
  return rulesOn(packs, adoptions, localDay(at, zone));
}

/** The local date of an instant, by which rules can be cached: within one local day they do not change. */
export function localDay(at: Instant, zone: string): LocalDate {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/**
 * Expects adoptions that `checkAdoption` found without fault. Two of one procedure for the same day: the one later in
 * the list is the correction and holds.
 */
export function rulesOn(packs: readonly Pack[], adoptions: readonly Adoption[], on: LocalDate): Rules {
  const holding = procedureNames.flatMap((procedure) => {
    const adoption = latest(adoptions, procedure, on);
    return adoption === null ? [] : [holdingOf(packs, adoption, adoptions.indexOf(adoption))];
  });
  const ranked = holding.toSorted(laterFirst);
  const readings = readingsOf(packs, ranked);
  const data: RulesData = {
    on,
    procedures: Object.fromEntries(holding.map((held) => [held.pack.name, procedureInForce(held)])),
    readings,
    topics: Object.fromEntries(
      topics.flatMap((topic) => {
        const governing = governingOf(ranked, topic, readings);
        return governing === null ? [] : [[topic, governing]];
      }),
    ),
  };
  return rulesOf(frozen(data));
}

/** A pack in force through one adoption. */
interface Holding {
  readonly pack: Pack;
  readonly adoption: Adoption;
  readonly order: number;
}

function latest(adoptions: readonly Adoption[], procedure: Procedure, on: LocalDate): Adoption | null {
  let found: Adoption | null = null;
  for (const adoption of adoptions) {
    if (adoption.procedure !== procedure || adoption.effectiveOn > on) continue;
    if (found === null || adoption.effectiveOn >= found.effectiveOn) found = adoption;
  }
  return found;
}

function holdingOf(packs: readonly Pack[], adoption: Adoption, order: number): Holding {
  const pack = packOf(packs, adoption);
  if (pack === undefined)
    throw new RangeError(`no pack ${adoption.procedure}@${adoption.version ?? 'undated'}`);
  return { pack, adoption, order };
}

/** Later effective date first; then the later document, then the later adoption, so that a tie has one answer. */
function laterFirst(a: Holding, b: Holding): number {
  return (
    compare(b.adoption.effectiveOn, a.adoption.effectiveOn) ||
    compare(b.pack.version ?? '', a.pack.version ?? '') ||
    b.order - a.order
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function procedureInForce({ pack, adoption }: Holding): ProcedureInForce {
  const clauses = pack.clauses.map((clause) => {
    const parameters = { ...clause.parameters, ...adoption.parameters?.[clause.id] };
    for (const [name, schema] of Object.entries(parameterSchemasOf(pack.name, clause.id)))
      schema.parse(parameters[name]);
    return [clause.id, { kind: clause.kind, parameters, condition: clause.condition ?? null }] as const;
  });
  return {
    version: adoption.effectiveOn,
    base: pack.version,
    facts: pack.facts,
    clauses: Object.fromEntries(clauses),
  };
}

function readingsOf(packs: readonly Pack[], ranked: readonly Holding[]): RulesData['readings'] {
  const of = <P extends Procedure>(procedure: P): Readings<P> => {
    const held = ranked.find(({ pack }) => pack.name === procedure);
    const pack = held?.pack ?? packs.filter(({ name }) => name === procedure).toSorted(newestFirst)[0];
    if (pack === undefined) throw new RangeError(`no pack ${procedure}`);
    const entries = pack.readings.map((reading) => {
      const set = sharedReadings.includes(reading.token) ? ranked : held === undefined ? [] : [held];
      const setting = set.find(({ adoption }) => Object.hasOwn(adoption.readings ?? {}, reading.token));
      const value = setting === undefined ? reading.default : setting.adoption.readings?.[reading.token];
      return [reading.token, readingSchema(procedure, reading.token)?.parse(value)] as const;
    });
    // Each value has just been parsed with the schema the type is derived from, and loading saw that none is missing.
    return Object.fromEntries(entries) as Readings<P>;
  };
  return {
    'lead-assignment': of('lead-assignment'),
    'contact-center-policy': of('contact-center-policy'),
    'lead-reassignment': of('lead-reassignment'),
    'proactive-contact': of('proactive-contact'),
    'telecom-outbound': of('telecom-outbound'),
  };
}

function newestFirst(a: Pack, b: Pack): number {
  return compare(b.version ?? '', a.version ?? '');
}

function governingOf(
  ranked: readonly Holding[],
  topic: Topic,
  readings: RulesData['readings'],
): Governing | null {
  const setters = ranked.flatMap((held) => {
    const clause = held.pack.clauses.find(({ topics }) => topics.includes(topic));
    return clause === undefined ? [] : [{ held, clause }];
  });
  const weigh = (from: number): Governing | null => {
    const setter = setters[from];
    if (setter === undefined) return null;
    const ref = refOf(setter);
    if (!standsBeside(setter.clause, setter.held.pack.name, readings)) {
      return { clause: ref, beside: [], over: setters.slice(from + 1).map(refOf) };
    }
    const rest = weigh(from + 1);
    return {
      clause: ref,
      beside: rest === null ? [] : [rest.clause, ...rest.beside],
      over: rest?.over ?? [],
    };
  };
  return weigh(0);
}

function refOf({ held, clause }: { held: Holding; clause: Clause }) {
  return clauseRef(held.pack.name, held.adoption.effectiveOn, clause.id);
}

function standsBeside({ beside }: Clause, procedure: Procedure, readings: RulesData['readings']): boolean {
  if (beside === undefined) return false;
  const values: Readonly<Record<string, unknown>> = readings[procedure];
  return values[beside.reading] === beside.value;
}
