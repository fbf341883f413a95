import type { Told } from '../platform/fault.ts';
import { MINUTE } from '../platform/time.ts';
import { textOf } from './text.ts';

/**
 * Why Graph did not give a lead. `retry`: it is worth asking again, not before `afterMs`. `refused`: somebody must act
 * first; the notification stays open and is fetched then.
 */
export type GraphRefusal =
  | { retry: 'rate-limited' | 'unavailable'; afterMs: number; detail: string; remedy: Told }
  | {
      refused: 'token-invalid' | 'no-permission' | 'not-found' | 'not-understood';
      detail: string;
      remedy: Told;
    };

const UNAVAILABLE_AFTER = MINUTE;
const RATE_LIMITED_AFTER = 15 * MINUTE;

// Graph error codes: 4, 17, 32, 341, 613 and the 80000s are limits (80005: lead generation); 1 and 2 pass by themselves;
// 102, 190 the token; 3, 10 and 200-299 permissions; 803, and 100 with subcode 33: gone, or not visible to this token.
const RATE_CODES = new Set([4, 17, 32, 341, 368, 613]);
const TOKEN_CODES = new Set([102, 190, 463, 467]);
const PERMISSION_CODES = new Set([3, 10]);
const NOT_FOUND_SUBCODE = 33;
// Meta quotes a malformed token in its error text; no text of ours may.
const SECRET = /[A-Za-z0-9_-]{40,}/g;

const REMEDIES = {
  'rate-limited': {
    es: 'Meta limita las consultas por página; se vuelve a intentar solo.',
    en: 'Meta limits requests per page; it is tried again by itself.',
  },
  unavailable: {
    es: 'Meta no respondió; se vuelve a intentar solo.',
    en: 'Meta did not answer; it is tried again by itself.',
  },
  'token-invalid': {
    es: 'El acceso a la página venció o fue retirado: vuelva a conectar la página en Fuentes.',
    en: 'Access to the page expired or was withdrawn: connect the page again in Sources.',
  },
  'no-permission': {
    es: 'Dé a la aplicación el permiso leads_retrieval y, en el Administrador de acceso a clientes potenciales de Meta, acceso a esta página.',
    en: "Give the app the leads_retrieval permission and, in Meta's Leads Access Manager, access to this page.",
  },
  'not-found': {
    es: 'Meta no muestra este lead: fue borrado, o el acceso de la página no lo alcanza (revise el Administrador de acceso a clientes potenciales).',
    en: "Meta does not show this lead: it was deleted, or the page's access does not reach it (check the Leads Access Manager).",
  },
  'not-understood': {
    es: 'Meta respondió algo inesperado; revise la versión configurada de la API.',
    en: 'Meta answered something unexpected; check the configured API version.',
  },
} as const satisfies Record<string, Told>;

/** What an answer other than the lead means. `status` is null when there was none. `afterMs` is what Meta asked for. */
export function graphRefusal(
  status: number | null,
  error: Record<string, unknown> | null,
  afterMs: number | null,
): GraphRefusal {
  const code = Number(textOf(error?.['code']) || Number.NaN);
  const detail = `${status ?? '-'} ${Number.isNaN(code) ? '' : `#${code} `}${textOf(error?.['message'], 300)}`
    .replace(SECRET, '…')
    .trim();
  const gone =
    code === 803 || (code === 100 && textOf(error?.['error_subcode']) === String(NOT_FOUND_SUBCODE));
  const retry = (why: 'rate-limited' | 'unavailable', usual: number): GraphRefusal => ({
    retry: why,
    afterMs: Math.max(afterMs ?? 0, usual),
    detail,
    remedy: REMEDIES[why],
  });
  if (status === 429 || RATE_CODES.has(code) || (code >= 80_000 && code < 80_100))
    return retry('rate-limited', RATE_LIMITED_AFTER);
  if (TOKEN_CODES.has(code)) return refusal('token-invalid', detail);
  if (PERMISSION_CODES.has(code) || (code >= 200 && code < 300)) return refusal('no-permission', detail);
  if (status === null || status >= 500 || error?.['is_transient'] === true || code === 1 || code === 2) {
    return retry('unavailable', UNAVAILABLE_AFTER);
  }
  if (gone || status === 404) return refusal('not-found', detail);
  if (status === 401) return refusal('token-invalid', detail);
  return refusal(status === 403 ? 'no-permission' : 'not-understood', detail);
}

function refusal(
  why: 'token-invalid' | 'no-permission' | 'not-found' | 'not-understood',
  detail: string,
): GraphRefusal {
  return { refused: why, detail, remedy: REMEDIES[why] };
}
