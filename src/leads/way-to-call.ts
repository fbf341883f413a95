import type { PbxSettings } from '../decisions/index.ts';

/**
 * How a person of the floor calls a prospect so that the company's PBX carries, records and reports the call
 * (lead-assignment P10); never straight to the prospect's number, around the PBX.
 * `pbx`: it rings the extension, then the prospect. `tel`: the phone calls the PBX's access number and sends the
 * prospect's number after it answers. `extension`: dialed by hand on the desk phone. `none`: there is no phone to call.
 */
export type WayToCall =
  | { readonly way: 'pbx'; readonly extension: string; readonly number: string }
  | { readonly way: 'tel'; readonly href: string; readonly number: string }
  | { readonly way: 'extension'; readonly extension: string | null; readonly number: string }
  | { readonly way: 'none' };

export interface CallAsked {
  /** E.164; null when none of the person's phones could be read. */
  readonly phone: string | null;
  readonly pbx: PbxSettings;
  readonly extension: string | null;
  readonly canDial: boolean;
  readonly country: 'MX' | 'CO';
}

const COUNTRY_CODE = { MX: '52', CO: '57' } as const;
/** A comma is a pause of some two seconds: the PBX has answered by then. */
const PAUSE = ',';

export function wayToCall({ phone, pbx, extension, canDial, country }: CallAsked): WayToCall {
  if (phone === null) return { way: 'none' };
  if (canDial && extension !== null) return { way: 'pbx', extension, number: phone };
  if (pbx.accessNumber !== null)
    return {
      way: 'tel',
      href: `tel:${pbx.accessNumber}${PAUSE}${afterAnswer(phone, country)}`,
      number: phone,
    };
  return { way: 'extension', extension, number: phone };
}

/** As one dials it inside the country; abroad with 00 and the country's code. */
function afterAnswer(phone: string, country: 'MX' | 'CO'): string {
  const code = COUNTRY_CODE[country];
  const digits = phone.replace(/\D/g, '');
  return digits.startsWith(code) && digits.length === code.length + 10
    ? digits.slice(code.length)
    : `00${digits}`;
}
