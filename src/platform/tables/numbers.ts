import { isBlank } from '../blank.ts';

export type TableLocale = 'es-MX' | 'es-CO';

export type ReadNumber =
  | {
      /** Plain decimal text, "-1234.50": never a float, it may be money. */
      readonly decimal: string;
      /** Written as the other country writes it, and it can mean nothing else. */
      readonly warning?: 'other-locale';
    }
  | { readonly refused: 'blank' | 'not-a-number' };

const GROUP: Readonly<Record<TableLocale, ',' | '.'>> = { 'es-MX': ',', 'es-CO': '.' };
const CURRENCY = /^(?:mxn|cop|usd|us\$|m\.n\.|\$)\s*|\s*(?:mxn|cop|usd|m\.n\.|pesos|\$)$/giu;
const NUMBER_CHARACTERS_MAX = 60;

/** Mexico writes 1,234.50, Colombia 1.234,50. "1.234" is one and a bit in Mexico and a thousand in Colombia: the locale decides. */
export function readNumber(text: string, locale: TableLocale): ReadNumber {
  if (isBlank(text)) return { refused: 'blank' };
  if (text.length > NUMBER_CHARACTERS_MAX) return { refused: 'not-a-number' };
  const bare = text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cf}']/gu, '')
    .replaceAll('−', '-');
  const inBrackets = /^\((.+)\)$/u.exec(bare);
  const signed = /^([+-]?)(.*?)(-?)$/u.exec((inBrackets?.[1] ?? bare).replaceAll(CURRENCY, '')) ?? [];
  const digits = (signed[2] ?? '').replaceAll(CURRENCY, '');
  const negative = inBrackets !== null || signed[1] === '-' || signed[3] === '-';
  const group = GROUP[locale];
  const own = plain(digits, group);
  const value = own ?? plain(digits, group === ',' ? '.' : ',');
  if (value === null) return { refused: 'not-a-number' };
  const decimal = (negative && /[1-9]/u.test(value) ? '-' : '') + value;
  return own === null ? { decimal, warning: 'other-locale' } : { decimal };
}

/** Groups of three or none, then decimals; null when it is not written with this group sign. */
function plain(digits: string, group: ',' | '.'): string | null {
  const point = group === ',' ? '.' : ',';
  const [whole = '', decimals, ...more] = digits.split(point);
  if (more.length > 0 || (decimals !== undefined && !/^\d+$/u.test(decimals))) return null;
  const grouped = new RegExp(`^\\d{1,3}(?:[${group}]\\d{3})+$`, 'u').test(whole);
  if (!grouped && !/^\d+$/u.test(whole) && !(whole === '' && decimals !== undefined)) return null;
  const integer = whole.replaceAll(group, '').replace(/^0+(?=\d)/u, '') || '0';
  return decimals === undefined ? integer : `${integer}.${decimals}`;
}
