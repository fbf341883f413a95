import { tell, type About, type Deciding } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import { administrators } from '../staff/index.ts';

/** Tells every administrator of the contact center about a lead; with none, the direction: somebody always hears of it. */
export function tellAdministrator(
  deciding: Deciding,
  lead: string,
  about: About,
  because: readonly string[],
  values: { readonly [name: string]: Json } = {},
): void {
  for (const { id } of administrators(deciding.world))
    tell(deciding, { to: id, about, because, lead, values: { lead, ...values } });
}
