/**
 * Holds are placed on, and lifted from, every contact that is the person: should a merge be undone, who said no to one
 * of the two has said it for both.
 */
import { contactsOfPerson, type ConsentScope } from '../contacts/index.ts';
import { asJson, type Deciding } from '../decisions/index.ts';
import { holdsOnContact } from './gate.feature.ts';
import { decideHold, type Hold } from './holds.ts';
import { holdsOfScope } from './scopes.ts';

export interface PersonHold {
  readonly contact: string;
  readonly lead: string | null;
  /** A token or an id: it stands in the journal's hashed body, so no word of the person's. */
  readonly reason: string;
  readonly because: readonly string[];
}

/** Returns whether anything changed; a repeated "no" is harmless. */
export function placeOnPerson(deciding: Deciding, holds: readonly Hold[], about: PersonHold): boolean {
  return actOnPerson(deciding, 'place', () => holds, about);
}

/** A yes of this scope: lifts what is held of it. */
export function liftFromPerson(deciding: Deciding, scope: ConsentScope, about: PersonHold): boolean {
  return actOnPerson(
    deciding,
    'lift',
    (contact) => {
      const { optOuts } = holdsOnContact(deciding.world, contact);
      const whole = scope !== 'all' || optOuts.some(({ channel }) => channel === 'all');
      const channels = whole ? holdsOfScope(scope) : optOuts.map(({ channel }) => channel);
      return channels.map((channel) => ({ hold: 'opt-out', channel }));
    },
    about,
  );
}

/** A claim's ruling: lifts what was frozen for it, on whichever of the person's contacts. */
export function liftFreeze(deciding: Deciding, claim: string, about: PersonHold): boolean {
  return actOnPerson(deciding, 'lift', () => [{ hold: 'freeze', claim }], about);
}

function actOnPerson(
  deciding: Deciding,
  act: 'place' | 'lift',
  holdsFor: (contact: string) => readonly Hold[],
  { contact, lead, reason, because }: PersonHold,
): boolean {
  let changed = false;
  for (const { id } of contactsOfPerson(deciding.world, contact)) {
    for (const hold of holdsFor(id)) {
      const decided = decideHold(
        holdsOnContact(deciding.world, id),
        { act, contact: id, hold, reason },
        deciding.now,
      );
      if ('refused' in decided) continue;
      const { at: _, entry, ...fields } = decided.entry;
      deciding.record({
        entry,
        kind: 'decision',
        because,
        lead,
        contact: id,
        fields: { ...(asJson(fields) as object) },
      });
      changed = true;
    }
  }
  return changed;
}

export function optOutHolds(scope: ConsentScope): Hold[] {
  return holdsOfScope(scope).map((channel) => ({ hold: 'opt-out', channel }));
}
