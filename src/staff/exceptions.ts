import type { Month } from '../calendar/index.ts';
import { Rows, type Deciding, type Fact, type Refusal, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { houseRule, type Rules } from '../procedures/index.ts';
import { mayHoldLeads, person } from './person.ts';
import { placeKey } from './roster.ts';

/** The clauses that the direction may let somebody pass with less (lead-assignment, reading roster.exceptions). */
export const EXCEPTED_CLAUSES = ['P2', 'P3', 'P6'] as const;
export type ExceptedClause = (typeof EXCEPTED_CLAUSES)[number];

/**
 * The direction answers for somebody who falls short in one month:
 *
 *   (none) ──signed──▶ standing ──withdrawn before the month is decided──▶ withdrawn ──signed again──▶ standing
 */
export interface RosterException {
  readonly month: Month;
  readonly person: string;
  readonly clauses: readonly ExceptedClause[];
  readonly signedBy: string;
  readonly fullName: string;
  readonly reasons: string;
  readonly signedAt: Instant;
  readonly withdrawnAt: Instant | null;
  readonly withdrawnBy: string | null;
}

export interface ExceptionSigned extends Fact {
  readonly fact: 'roster.exception.signed';
  readonly month: Month;
  readonly person: string;
  readonly by: string;
  readonly clauses: readonly ExceptedClause[];
  readonly reasons: string;
  readonly fullName: string;
}

export interface ExceptionWithdrawn extends Fact {
  readonly fact: 'roster.exception.withdrawn';
  readonly month: Month;
  readonly person: string;
  readonly by: string;
}

export const exceptionsSlice = {
  name: 'roster-exceptions',
  empty: () => ({ exceptions: new Rows<RosterException>() }),
};

/** The exception that holds; null where none was signed, it was withdrawn, or the organization admits none. */
export function exceptionOf(world: World, month: Month, id: string, rules: Rules): RosterException | null {
  if (rules.reading('lead-assignment', 'roster.exceptions') !== 'direction') return null;
  const found = world.get(exceptionsSlice).exceptions.get(placeKey(month, id));
  return found === undefined || found.withdrawnAt !== null ? null : found;
}

/** Signed with full name and reasons, by the direction and nobody else: not even the director who proposes. */
export function signException(fact: ExceptionSigned, deciding: Deciding): Refusal | void {
  const { world, rules } = deciding;
  const { month, person: id, by, clauses, reasons, fullName } = fact;
  const cited = clauses.map((clause) => rules.cite('lead-assignment', clause)).filter((c) => c !== null);
  if (rules.reading('lead-assignment', 'roster.exceptions') !== 'direction')
    return { refused: 'exceptions-not-allowed', because: cited };
  const signer = person(world, by);
  if (signer?.role !== 'direction' || signer.leftAt !== null)
    return { refused: 'exception-by-direction', because: cited };
  const excepted = person(world, id);
  if (excepted === undefined || !mayHoldLeads(excepted))
    return { refused: 'no-such-person', because: cited, detail: { person: id } };
  if (clauses.length === 0) return { refused: 'exception-of-nothing', because: [houseRule('facts')] };
  deciding.record({
    entry: 'roster.exception.signed',
    kind: 'fact',
    because: [],
    person: id,
    fields: { month, person: id, by, clauses: [...clauses] },
    personal: { reasons, fullName },
  });
  return undefined;
}

/** Once the month is decided the signature stands: whoever is on duty by it is not taken off by silence. */
export function withdrawException(
  fact: ExceptionWithdrawn,
  deciding: Deciding,
  isDecided: boolean,
): Refusal | void {
  const { world, rules } = deciding;
  const { month, person: id, by } = fact;
  const because = [rules.cite('lead-assignment', 'P2') ?? houseRule('facts')];
  const signer = person(world, by);
  if (signer?.role !== 'direction' || signer.leftAt !== null)
    return { refused: 'exception-by-direction', because };
  const standing = world.get(exceptionsSlice).exceptions.get(placeKey(month, id));
  if (standing === undefined || standing.withdrawnAt !== null)
    return { refused: 'no-such-exception', because };
  if (isDecided) return { refused: 'month-decided', because, detail: { month } };
  deciding.record({
    entry: 'roster.exception.withdrawn',
    kind: 'fact',
    because: [],
    person: id,
    fields: { month, person: id, by },
  });
  return undefined;
}

export function evolveExceptions(world: World, entry: JournalEntry | NewEntry): void {
  const { exceptions } = world.get(exceptionsSlice);
  const fields = entry.fields as unknown as ExceptionSigned;
  switch (entry.entry) {
    case 'roster.exception.signed': {
      const { month, person: id, by, clauses } = fields;
      const { reasons = '', fullName = '' } = (entry.personal ?? {}) as Partial<ExceptionSigned>;
      exceptions.set(placeKey(month, id), {
        month,
        person: id,
        clauses,
        signedBy: by,
        fullName,
        reasons,
        signedAt: entry.at,
        withdrawnAt: null,
        withdrawnBy: null,
      });
      return;
    }
    case 'roster.exception.withdrawn': {
      const key = placeKey(fields.month, fields.person);
      const before = exceptions.get(key);
      if (before !== undefined)
        exceptions.set(key, { ...before, withdrawnAt: entry.at, withdrawnBy: fields.by });
      return;
    }
    default:
  }
}
