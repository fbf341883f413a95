import { clauseRef } from './because.ts';
import type { ClauseRef } from './because.ts';
import type { FactTable } from './conditions.ts';
import type { ClauseId, Procedure, Topic } from './known.ts';
import type { ClauseKind } from './pack.ts';
import type { ClauseWithParameters, Parameter, ParameterName } from './parameters.ts';
import type { ReadingToken, Readings } from './readings.ts';
import type { LocalDate } from '../platform/time.ts';

/** The clauses in force in one organization on one local day: plain data, the same for every instant of that day. */
export interface RulesData {
  readonly on: LocalDate;
  readonly procedures: Readonly<Partial<Record<Procedure, ProcedureInForce>>>;
  /** Of all procedures: one that is not in force answers with its defaults, since the product must do something. */
  readonly readings: { readonly [P in Procedure]: Readings<P> };
  readonly topics: Readonly<Partial<Record<Topic, Governing>>>;
}

export interface ProcedureInForce {
  /** The day it took effect in the organization: its identity in every `because`. */
  readonly version: LocalDate;
  /** The date of the pack it rests on; null for an undated one. */
  readonly base: LocalDate | null;
  readonly facts: FactTable;
  readonly clauses: Readonly<Record<string, ClauseInForce>>;
}

export interface ClauseInForce {
  readonly kind: ClauseKind;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly condition: string | null;
}

/** Which clause sets a topic, the ones that stand beside it by a reading, and the ones that lost to it. */
export interface Governing {
  readonly clause: ClauseRef;
  readonly beside: readonly ClauseRef[];
  readonly over: readonly ClauseRef[];
}

export interface Rules {
  readonly data: RulesData;
  /** The clause in force with its version, for a decision's `because`; null when the procedure is not in force. */
  cite<P extends Procedure>(procedure: P, clause: ClauseId<P>): ClauseRef | null;
  /** How the organization reads it; the pack's default while the procedure is not in force. */
  reading<P extends Procedure, T extends ReadingToken<P>>(procedure: P, token: T): Readings<P>[T];
  /** A figure of a clause. Ask `cite` first: a clause not in force has none, and asking for it throws. */
  parameter<P extends Procedure, C extends ClauseWithParameters<P>, N extends ParameterName<P, C>>(
    procedure: P,
    clause: C,
    name: N,
  ): Parameter<P, C, N>;
  /** Null when no clause in force sets the topic. */
  governing(topic: Topic): Governing | null;
  /** The clauses of a procedure in force whose duty is read and signed: what a signature covers. */
  agreed(procedure: Procedure): ClauseRef[];
}

/** Gives data its doors; data read back from JSON serves as well. */
export function rulesOf(data: RulesData): Rules {
  return Object.freeze<Rules>({
    data,
    cite: (procedure, clause) => {
      const inForce = data.procedures[procedure];
      return inForce === undefined ? null : clauseRef(procedure, inForce.version, clause);
    },
    reading: (procedure, token) => data.readings[procedure][token],
    parameter: <P extends Procedure, C extends ClauseWithParameters<P>, N extends ParameterName<P, C>>(
      procedure: P,
      clause: C,
      name: N,
    ) => {
      const value = data.procedures[procedure]?.clauses[clause]?.parameters[name];
      if (value === undefined)
        throw new RangeError(`${procedure}#${clause} is not in force on ${data.on}: no ${name}`);
      // Loading and adoption parsed it with the schema this type is derived from.
      return value as Parameter<P, C, N>;
    },
    governing: (topic) => data.topics[topic] ?? null,
    agreed: (procedure) => {
      const inForce = data.procedures[procedure];
      if (inForce === undefined) return [];
      return Object.entries(inForce.clauses)
        .filter(([, { kind }]) => kind === 'agreed')
        .map(([clause]) => clauseRef(procedure, inForce.version, clause));
    },
  });
}
