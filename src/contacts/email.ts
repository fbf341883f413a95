export interface Email {
  readonly raw: string;
  /** As written, without blanks or label, domain in lower case. Mail goes here. */
  readonly address: string;
  /** For comparison only: lower case, without +tag, without dots where the provider ignores them. */
  readonly folded: string;
  /** The domain looks like a slip of the hand for this one. Shown to a person, never changed by us. */
  readonly meant?: string;
  /** An office's box (info@, ventas@), not one person's. */
  readonly generic?: true;
}

export type EmailRefusal = 'blank' | 'not-an-address' | 'too-long' | 'several';

export interface RefusedEmail {
  readonly refused: EmailRefusal;
  readonly raw: string;
}

/** RFC 5321, section 4.5.3.1: octets of the local part, and of the path less its brackets. */
const LOCAL_PART_CHARACTERS_MAX = 64;
const ADDRESS_CHARACTERS_MAX = 254;

const INVISIBLE = /\p{Cf}/gu;
const BLANK =
  /^(?:|[^\p{L}\p{N}]+|n\/?a|no tiene|no aplica|no proporcion[aoó]|sin (?:dato|datos|correo|e-?mail|mail)|s\/[ncd]|null|none|nan|ningun[oa]|pendiente|x+|correo|email|0)$/iu;
const ADDRESS =
  /^([\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+)@((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]*[\p{L}\p{N}])$/u;

/** Providers that deliver a.na@ and ana@ to the same box. */
const DOTS_IGNORED: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);
const SAME_PROVIDER: Readonly<Record<string, string>> = { 'googlemail.com': 'gmail.com' };

const SLIPS: Readonly<Record<string, string>> = {
  'gmail.co': 'gmail.com', 'gmail.con': 'gmail.com', 'gmail.cm': 'gmail.com', 'gmail.om': 'gmail.com', 'gmail.com.mx': 'gmail.com',
  'gmail.com.co': 'gmail.com', 'gmail.mx': 'gmail.com', 'gmial.com': 'gmail.com', 'gmal.com': 'gmail.com', 'gmil.com': 'gmail.com',
  'gamil.com': 'gmail.com', 'gnail.com': 'gmail.com', 'gmaill.com': 'gmail.com', 'gmai.com': 'gmail.com', 'gemail.com': 'gmail.com',
  'hotmail.con': 'hotmail.com', 'hotmail.co': 'hotmail.com', 'hotmial.com': 'hotmail.com', 'hotmal.com': 'hotmail.com',
  'hotmil.com': 'hotmail.com', 'homail.com': 'hotmail.com', 'hotamil.com': 'hotmail.com', 'hormail.com': 'hotmail.com',
  'otmail.com': 'hotmail.com', 'hotmaill.com': 'hotmail.com', 'outlok.com': 'outlook.com', 'outlook.con': 'outlook.com',
  'outloock.com': 'outlook.com', 'outllok.com': 'outlook.com', 'yaho.com': 'yahoo.com', 'yahoo.con': 'yahoo.com', 'yhoo.com': 'yahoo.com',
  'yahooo.com': 'yahoo.com', 'yaho.com.mx': 'yahoo.com.mx', 'iclou.com': 'icloud.com', 'icloud.con': 'icloud.com', 'live.con': 'live.com',
}; // prettier-ignore

const GENERIC: ReadonlySet<string> = new Set([
  'info', 'informes', 'informacion', 'contacto', 'contact', 'ventas', 'sales', 'hola', 'hello', 'admin', 'administracion', 'gerencia',
  'recepcion', 'atencion', 'atencionaclientes', 'servicio', 'soporte', 'support', 'compras', 'facturacion', 'rh', 'recursoshumanos',
  'direccion', 'oficina', 'correo', 'mail', 'noreply', 'no-reply', 'notengo', 'notiene', 'sincorreo', 'noaplica', 'cliente', 'test',
  'prueba', 'webmaster', 'postmaster', 'marketing', 'cobranza', 'pedidos',
]); // prettier-ignore

/** Takes an e-mail cell ("Ana <Ana@Example.com>", "mailto:…"); gives the address to write to and its form for comparison. */
export function readEmail(raw: string): Email | RefusedEmail {
  if (raw.length > 2 * ADDRESS_CHARACTERS_MAX) return { refused: 'too-long', raw };
  const text = bare(raw);
  if (BLANK.test(text)) return { refused: 'blank', raw };
  if (text.split('@').length > 2)
    return { refused: /@[^@]+[\s,;/|]+[^@]+@/u.test(text) ? 'several' : 'not-an-address', raw };
  const found = ADDRESS.exec(text);
  const [, local, written] = found ?? [];
  if (local === undefined || written === undefined || /^\.|\.\.|\.$/u.test(local))
    return { refused: 'not-an-address', raw };
  const domain = written.toLowerCase();
  const address = `${local}@${domain}`;
  if (local.length > LOCAL_PART_CHARACTERS_MAX || address.length > ADDRESS_CHARACTERS_MAX)
    return { refused: 'too-long', raw };
  const meant = Object.hasOwn(SLIPS, domain) ? SLIPS[domain] : undefined;
  return {
    raw,
    address,
    folded: foldEmail(address),
    ...(meant === undefined ? {} : { meant: `${local}@${meant}` }),
    ...(isGenericEmail(address) ? { generic: true as const } : {}),
  };
}

/** Takes an address already read; folding a folded one gives itself. */
export function foldEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  const local = address.slice(0, at).toLowerCase().normalize('NFC');
  const plus = local.indexOf('+');
  // A local part that begins with its plus is no tag.
  const untagged = plus > 0 ? local.slice(0, plus) : local;
  const dotless = DOTS_IGNORED.has(domain) ? untagged.replaceAll('.', '') : untagged;
  return `${dotless}@${SAME_PROVIDER[domain] ?? domain}`;
}

/** An office's or an invented box, shared by many people: weighs little when persons are compared. */
export function isGenericEmail(address: string): boolean {
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase();
  return GENERIC.has(local.replace(/[._]/gu, ''));
}

function bare(raw: string): string {
  const text = raw.normalize('NFKC').replace(INVISIBLE, '').trim();
  const bracketed = /<([^<>]*)>\s*$/u.exec(text)?.[1] ?? text;
  return bracketed
    .replace(/^(?:mailto|e-?mail|correo)\s*:\s*/iu, '')
    .replace(/\s*@\s*/u, '@')
    .replace(/^["'(]+|["'),;.]+$/gu, '')
    .trim();
}
