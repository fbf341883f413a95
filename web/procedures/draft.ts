/** A version being written: what of a clause is changed against the version it rests on. */
import type { Clause, Procedure, Reading, Version } from './answers.ts';
import { same } from './words-of.ts';

export interface Draft {
  /** By the reading's name. */
  readonly readings: Readonly<Record<string, unknown>>;
  /** By the figure's name, of this clause. */
  readonly figures: Readonly<Record<string, unknown>>;
}

export interface Change {
  readonly field: string;
  readonly reading: Reading | null;
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The version that would hold on that day without the new one: the new one says all its differences, so it begins from these. */
export function restsOn(versions: readonly Version[], effectiveOn: string): Version | undefined {
  return versions
    .filter((each) => each.effectiveOn <= effectiveOn)
    .toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? 1 : -1))[0];
}

/** Versions already published for later: what is changed now ends when they begin. */
export function after(versions: readonly Version[], effectiveOn: string): readonly Version[] {
  return versions.filter((each) => each.effectiveOn > effectiveOn);
}

export function valuesOn(base: Version | undefined, clause: Clause, readings: readonly Reading[]): Draft {
  return {
    readings: Object.fromEntries(
      readings.map((reading) => [
        reading.token,
        base === undefined || !(reading.token in base.readings)
          ? reading.default
          : base.readings[reading.token],
      ]),
    ),
    figures: { ...clause.written, ...base?.parameters[clause.id] },
  };
}

export function changesOf(
  draft: Draft,
  before: Draft,
  clause: Clause,
  readings: readonly Reading[],
): Change[] {
  const read = readings.flatMap((reading) => {
    const [was, is] = [before.readings[reading.token], draft.readings[reading.token]];
    return same(was, is)
      ? []
      : [{ field: `readings.${reading.token}`, reading, name: reading.token, before: was, after: is }];
  });
  const counted = Object.keys(before.figures).flatMap((name) => {
    const [was, is] = [before.figures[name], draft.figures[name]];
    return same(was, is)
      ? []
      : [{ field: `parameters.${clause.id}.${name}`, reading: null, name, before: was, after: is }];
  });
  return [...read, ...counted];
}

/** The whole version as it is published: the differences of the one before, with these changed. */
export function versionOf(
  procedure: Procedure,
  clause: Clause,
  base: Version | undefined,
  changes: readonly Change[],
  effectiveOn: string,
): Version {
  const readings: Record<string, unknown> = { ...base?.readings };
  const figures: Record<string, unknown> = { ...base?.parameters[clause.id] };
  for (const { reading, name, after: value } of changes) {
    if (reading === null) figures[name] = value;
    else readings[name] = value;
  }
  return {
    version: base === undefined ? procedure.base : base.version,
    effectiveOn,
    readings,
    parameters: {
      ...base?.parameters,
      ...(Object.keys(figures).length === 0 ? {} : { [clause.id]: figures }),
    },
  };
}

/** The day after, of a calendar date. */
export function dayAfter(on: string): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
