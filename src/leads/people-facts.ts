import { contact, standsFor, type Contact, type OfPerson } from '../contacts/index.ts';
import type { Refusal, World } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { lead as leadOf } from './leads-slice.ts';

/** The contact that stands for the person a fact names by a contact or a lead. */
export function personOf(world: World, { contact: id, lead }: OfPerson): Contact | Refusal {
  const named = id ?? (lead === null ? null : (leadOf(world, lead)?.contact ?? null));
  const found = named === null ? undefined : contact(world, standsFor(world, named));
  return found ?? { refused: 'no-such-contact', because: [houseRule('facts')] };
}
