import { readExactJson, recordOf } from '../platform/exact-json.ts';
import type { Told } from '../platform/fault.ts';
import { MINUTE, plus, SECOND, type Clock, type Instant } from '../platform/time.ts';
import { readTime } from '../platform/wall-time.ts';
import { firstText } from './callpicker-fields.ts';

export interface CallpickerAccess {
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  /** Zone (IANA) in which the PBX writes when a token ends. */
  zone: string;
  fetch: typeof fetch;
  clock: Clock;
}

/**
 * `dialing`: the PBX rings the advisor first, then the lead. `unknown`: nobody can say whether it rings; ask the PBX's
 * event, never dial again for the same intent. `retry`: certainly not dialed, may be tried again. `refused`: somebody must act.
 */
export type DialOutcome =
  | { dialing: { callId: string | null } }
  | { unknown: 'no-answer'; remedy: Told }
  | { retry: 'pbx-unavailable'; remedy: Told }
  | { refused: 'credentials' | 'number' | 'extension' | 'not-accepted'; detail: string; remedy: Told };

export const DIAL_TIMEOUT = 10 * SECOND;
/** A token is given up this long before it ends; one whose end cannot be read is kept this long. */
const TOKEN_MARGIN = MINUTE;
const TOKEN_AGE_UNKNOWN = 5 * MINUTE;
/** Each API of the PBX has its own token; dialing is this one. */
const DIAL_SCOPE = 'calls';

export interface Dialer {
  /** Rings `extensionId` (the PBX's own id of the advisor's extension), then `phone` (E.164 or 10 digits). */
  dial(extensionId: string, phone: string): Promise<DialOutcome>;
}

export interface CallpickerDialer extends Dialer {
  /** Signs in anew with the credentials as they stand; nobody's phone rings. */
  check(): Promise<'works' | Extract<DialOutcome, { remedy: Told }>>;
}

type Token = { value: string; until: Instant };
type TokenGot = { token: Token } | Exclude<DialOutcome, { dialing: unknown } | { unknown: string }>;

/** Click-to-call through the PBX, so that the call is recorded and proves contact (lead-assignment P10). */
export function callpickerDialer(access: CallpickerAccess): CallpickerDialer {
  const held: { token: Token | null } = { token: null };
  const token = async (): Promise<TokenGot> => {
    if (held.token !== null && access.clock.now() < held.token.until) return { token: held.token };
    const got = await fetchToken(access);
    if ('token' in got) held.token = got.token;
    return got;
  };
  return {
    async check() {
      held.token = null;
      const got = await token();
      return 'token' in got ? 'works' : got;
    },
    async dial(extensionId, phone) {
      const national = nationalTen(phone);
      if (national === null) return refused('number', '');
      if (!/^\d{1,12}$/.test(extensionId)) return refused('extension', '');
      // Twice at most: a token that was withdrawn is renewed once; its 401 says that nothing was dialed.
      for (const last of [false, true]) {
        const got = await token();
        if (!('token' in got)) return got;
        const outcome = await dialOnce(access, got.token.value, extensionId, national);
        if (outcome !== 'token-ended') return outcome;
        held.token = null;
        if (last) break;
      }
      return refused('credentials', '401');
    },
  };
}

/** The PBX insists on ten digits: the national number of Mexico and Colombia alike. */
export function nationalTen(phone: string): string | null {
  const digits = phone.replace(/\D/g, '');
  if (digits.length === 10 && !phone.trim().startsWith('+')) return digits;
  return /^(?:52|57)(\d{10})$/.exec(digits)?.[1] ?? null;
}

async function fetchToken(access: CallpickerAccess): Promise<TokenGot> {
  const posted = await post(access, '/oauth/token', {
    grant_type: 'client_credentials',
    scope: DIAL_SCOPE,
    client_id: access.clientId,
    client_secret: access.clientSecret,
  });
  if (posted === null || posted.status >= 500)
    return { retry: 'pbx-unavailable', remedy: REMEDIES.unavailable };
  const value = firstText(posted.body, ['access_token']);
  if (posted.status !== 200 || value === '') return refused('credentials', describe(posted));
  return { token: { value, until: endOf(posted.body, access) } };
}

/** `expires_in` is a date and time, not seconds. */
function endOf(body: Record<string, unknown>, access: CallpickerAccess): Instant {
  const now = access.clock.now();
  const end = readTime(firstText(body, ['expires_in']), access.zone);
  return end !== null && end > plus(now, TOKEN_MARGIN)
    ? plus(end, -TOKEN_MARGIN)
    : plus(now, TOKEN_AGE_UNKNOWN);
}

async function dialOnce(
  access: CallpickerAccess,
  token: string,
  extensionId: string,
  national: string,
): Promise<DialOutcome | 'token-ended'> {
  const posted = await post(access, '/calls/dial', {
    token,
    datetime: 'now',
    first_call: JSON.stringify({ destination_type: 'Extension', destination_id: Number(extensionId) }),
    second_call: JSON.stringify({ destination_type: 'Phone', destination_id: national }),
  });
  // The request may have reached the PBX before the line or the server fell: it may be ringing.
  if (posted === null || posted.status >= 500) return { unknown: 'no-answer', remedy: REMEDIES.unknown };
  if (posted.status === 401) return 'token-ended';
  const code = Number(firstText(posted.body, ['code']) || posted.status);
  if (posted.status === 200 && code === 200) {
    return { dialing: { callId: firstText(posted.body, ['call_id', 'request_id', 'id']) || null } };
  }
  if (code === 401) return 'token-ended';
  return refused(posted.status === 403 ? 'credentials' : 'not-accepted', describe(posted));
}

type Posted = { status: number; body: Record<string, unknown> };

/** Null: no answer. Tokens and secrets travel in the body and are in no error and no log. */
async function post(
  access: CallpickerAccess,
  path: string,
  fields: Record<string, string>,
): Promise<Posted | null> {
  try {
    const response = await access.fetch(`${access.baseUrl.replace(/\/+$/, '')}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'error',
      signal: AbortSignal.timeout(DIAL_TIMEOUT),
    });
    const json = readExactJson(await response.text());
    return { status: response.status, body: ('value' in json ? recordOf(json.value) : null) ?? {} };
  } catch {
    return null;
  }
}

const SECRET = /[A-Za-z0-9]{32,}/g;
function describe({ status, body }: Posted): string {
  return `${status} ${firstText(body, ['error_description', 'error', 'message'])}`
    .replace(SECRET, '…')
    .trim();
}

const REMEDIES = {
  unavailable: {
    es: 'La central no responde: llame desde su extensión; la llamada cuenta igual.',
    en: 'The PBX does not answer: call from your extension; the call counts the same.',
  },
  unknown: {
    es: 'No se sabe si la central marcó: espere unos segundos por si suena y, si no, llame desde su extensión.',
    en: 'It is not known whether the PBX dialed: wait a few seconds in case it rings; if not, call from your extension.',
  },
  credentials: {
    es: 'La central rechazó las credenciales: revise CLIENT ID y CLIENT SECRET en Ajustes y que la API de marcación esté activa.',
    en: 'The PBX refused the credentials: check CLIENT ID and CLIENT SECRET in Settings and that its dial API is switched on.',
  },
  number: {
    es: 'La central solo marca números de diez dígitos de México o Colombia.',
    en: 'The PBX dials only ten-digit numbers of Mexico or Colombia.',
  },
  extension: {
    es: 'Falta el id de la extensión del asesor en la central: póngalo en Personas.',
    en: "The PBX id of the advisor's extension is missing: set it in People.",
  },
  'not-accepted': {
    es: 'La central no aceptó la llamada: llame desde su extensión y avise al administrador.',
    en: 'The PBX did not accept the call: call from your extension and tell the administrator.',
  },
} as const satisfies Record<string, Told>;

function refused(
  why: 'credentials' | 'number' | 'extension' | 'not-accepted',
  detail: string,
): Extract<DialOutcome, { refused: string }> {
  return { refused: why, detail, remedy: REMEDIES[why] };
}
