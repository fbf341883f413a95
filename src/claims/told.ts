/** Who hears of a claim, and of what. */
import { tell, type About, type Deciding } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import { administrators, directionFor, ofRole } from '../staff/index.ts';
import type { Claim } from './claim.ts';

type Values = { readonly [name: string]: Json };

export function tellOne(
  deciding: Deciding,
  claim: Claim,
  to: string,
  about: About,
  because: readonly string[],
  values: Values = {},
): void {
  const ofClaim = { claim: claim.id, lead: claim.lead, requester: claim.requester };
  tell(deciding, { to, about, because, lead: claim.lead, values: { ...ofClaim, ...values } });
}

/** The control area; where the organization has nobody in it, the administrators stand in. */
export function controlArea(deciding: Pick<Deciding, 'world'>): string[] {
  const control = ofRole(deciding.world, 'control');
  return (control.length > 0 ? control : administrators(deciding.world)).map(({ id }) => id);
}

export function tellControl(
  deciding: Deciding,
  claim: Claim,
  about: About,
  because: readonly string[],
  values: Values = {},
): void {
  const handler = claim.handler === null ? [] : [claim.handler];
  for (const to of new Set([...handler, ...controlArea(deciding)]))
    tellOne(deciding, claim, to, about, because, values);
}

/** A ruling is late: those above the control area hear of it, besides the area itself. */
export function tellAbove(
  deciding: Deciding,
  claim: Claim,
  about: About,
  because: readonly string[],
  values: Values = {},
): void {
  const { world } = deciding;
  const above = [...administrators(world), ...directionFor(world, claim.handler ?? claim.requester)];
  const known = new Set(controlArea(deciding));
  for (const to of new Set(above.map(({ id }) => id)))
    if (!known.has(to)) tellOne(deciding, claim, to, about, because, values);
}

export function tellParties(
  deciding: Deciding,
  claim: Claim,
  about: About,
  because: readonly string[],
  values: Values = {},
): void {
  for (const to of new Set([claim.requester, ...(claim.holder === null ? [] : [claim.holder])]))
    tellOne(deciding, claim, to, about, because, values);
}
