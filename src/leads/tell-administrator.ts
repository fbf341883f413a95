import { tell, type Deciding, type Tell } from '../decisions/index.ts';
import { administrators } from '../staff/index.ts';

/** Tells every administrator of the contact center about a lead; with none, the direction: somebody always hears of it. */
export function tellAdministrator(
  deciding: Deciding,
  { lead, values, ...told }: Omit<Tell, 'to'> & { readonly lead: string },
): void {
  for (const { id } of administrators(deciding.world))
    tell(deciding, { ...told, to: id, lead, values: { lead, ...values } });
}
