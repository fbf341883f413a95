import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** 55 Mexico City, 56 its overlay, 33 Guadalajara, 81 Monterrey: two-digit areas; all others have three. */
const TWO_DIGIT_AREA = /^(?:55|56|33|81)/u;
const DIGITS_SHOWN = 4;

/** E.164 as people write it where it belongs: "+52 55 1234 5678", "+57 300 123 4567", "+57 601 234 5678". */
export function formatPhone(e164: string): string {
  const mexican = /^\+52(\d{10})$/u.exec(e164)?.[1];
  if (mexican !== undefined) {
    const area = TWO_DIGIT_AREA.test(mexican) ? 2 : 3;
    return `+52 ${mexican.slice(0, area)} ${mexican.slice(area, 6)} ${mexican.slice(6)}`;
  }
  const colombian = /^\+57(\d{10})$/u.exec(e164)?.[1];
  if (colombian !== undefined)
    return `+57 ${colombian.slice(0, 3)} ${colombian.slice(3, 6)} ${colombian.slice(6)}`;
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/** For logs and for seats that may not see the number: only the last four digits remain. */
export function maskPhone(e164: string): string {
  const digits = e164.replace(/\D/gu, '');
  return `•••• ${digits.slice(-DIGITS_SHOWN)}`;
}
