import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

import { isDiskFull, isUnavailable } from './database.ts';
import type { ErrorCatalog, ErrorEntry } from './errors.ts';
import { fieldFaults } from './http-fields.ts';
import type { AnswerLanguage } from './http-language.ts';
import type { Log } from './log.ts';

/** How long a caller is asked to wait while the database is away, in seconds. */
const UNAVAILABLE_RETRY_SECONDS = 5;
/** And while its disk is full. */
const DISK_FULL_RETRY_SECONDS = 30;

type Detail = Readonly<Record<string, unknown>>;

/** A refusal as rules give it, and what only the route knows: the field at fault, seconds to wait. */
export interface RefusalAnswer {
  readonly refused: string;
  readonly because?: readonly string[];
  readonly detail?: Detail;
  readonly field?: string;
  readonly retryAfterSeconds?: number;
}

/** Carries a refusal from a route to the one place that answers; thrown by `refuse` alone. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly answer: RefusalAnswer;

  constructor(answer: RefusalAnswer) {
    super(answer.refused);
    this.answer = answer;
  }
}

/** Ends a route with a refusal whose code stands in the error catalog: `return refuse({ refused: 'no-such-lead' })`. */
export function refuse(answer: RefusalAnswer): never {
  throw new Refused(answer);
}

/** The one shape of every answer that is no. */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly field?: string;
    readonly remedy?: string;
    readonly detail?: Detail;
  };
}

/** The codes that the door itself answers with; each feature adds its own. */
export const httpErrors: readonly ErrorEntry[] = [
  { code: 'not-valid', status: 400, es: 'Revisa los datos enviados.', en: 'Check the data sent.' },
  { code: 'not-json', status: 400, es: 'El cuerpo no es JSON válido.', en: 'The body is not valid JSON.' },
  {
    code: 'too-deep',
    status: 400,
    es: 'El JSON tiene demasiados niveles: como máximo {levels}.',
    en: 'The JSON is nested too deeply: at most {levels} levels.',
  },
  {
    code: 'too-large',
    status: 413,
    es: 'El cuerpo es demasiado grande. Envía menos de una vez.',
    en: 'The body is too large. Send less at a time.',
  },
  {
    code: 'not-this-type',
    status: 415,
    es: 'Tipo de contenido no admitido. Envía application/json.',
    en: 'Content type not supported. Send application/json.',
  },
  { code: 'not-found', status: 404, es: 'Aquí no hay nada.', en: 'There is nothing here.' },
  {
    code: 'foreign-origin',
    status: 403,
    es: 'La petición viene de otro sitio. Abre Pauta en su propia dirección.',
    en: 'The request comes from another site. Open Pauta at its own address.',
  },
  {
    code: 'bad-request',
    status: 400,
    es: 'La petición no se entiende.',
    en: 'The request is not understood.',
  },
  {
    code: 'unavailable',
    status: 503,
    es: 'La base de datos no responde. Nada se perdió; vuelve a intentarlo en {seconds} segundos.',
    en: 'The database does not answer. Nothing was lost; try again in {seconds} seconds.',
  },
  {
    code: 'disk-full',
    status: 503,
    es: 'El disco del servidor está lleno y esto no se pudo guardar; lo guardado antes sigue ahí. Avisa a quien administra el sistema y vuelve a intentarlo en {seconds} segundos.',
    en: 'The server’s disk is full and this could not be stored; what was stored before is there. Tell whoever runs the system, and try again in {seconds} seconds.',
  },
  {
    code: 'unexpected',
    status: 500,
    es: 'Algo falló de nuestro lado. Vuelve a intentarlo; si sigue, pasa esta referencia a quien administra el sistema: {reference}.',
    en: 'Something failed on our side. Try again; if it goes on, give this reference to whoever runs the system: {reference}.',
  },
];

export interface ErrorAnswers {
  readonly catalog: ErrorCatalog;
  readonly log: Log;
}

/** Turns whatever a route threw into the one shape; what is unknown becomes a reference, its message never leaves the log. */
export function answerError({ catalog, log }: ErrorAnswers) {
  return async (error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (isDiskFull(error)) log.error('disk-full', { error });
    const answer = refusalFrom(error) ?? unknownFault(error, request, log);
    return sendRefusal(catalog, request, reply, answer);
  };
}

export function sendRefusal(
  catalog: ErrorCatalog,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: RefusalAnswer,
): FastifyReply {
  const entry = catalog.get(answer.refused);
  // A code nobody wrote a sentence for is a bug of ours; its name still tells more than nothing.
  const status = entry?.status ?? 409;
  if (answer.retryAfterSeconds !== undefined) void reply.header('retry-after', answer.retryAfterSeconds);
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(errorBody(entry, answer, request.language));
}

export function errorBody(
  entry: ErrorEntry | undefined,
  answer: RefusalAnswer,
  language: AnswerLanguage,
): ErrorBody {
  const { refused, because, field } = answer;
  const detail: Detail = {
    ...answer.detail,
    ...(because !== undefined && because.length > 0 ? { because } : {}),
  };
  const faults = refused === 'not-valid' ? fieldFaults(detail['issues'], language) : [];
  const shown = faults.length > 0 ? { fields: faults } : detail;
  const first = faults[0];
  const at = field ?? first?.field ?? '';
  return {
    error: {
      code: refused,
      message: filled(first?.message ?? entry?.[language] ?? refused, answer),
      ...(at === '' ? {} : { field: at }),
      ...(Object.keys(shown).length > 0 ? { detail: shown } : {}),
    },
  };
}

/** "{seconds}" in a sentence is the detail of that name. */
function filled(sentence: string, { detail, retryAfterSeconds }: RefusalAnswer): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = detail?.[name] ?? (name === 'seconds' ? retryAfterSeconds : undefined);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
  });
}

function refusalFrom(error: FastifyError): RefusalAnswer | null {
  if (error instanceof Refused) return error.answer;
  if (hasZodFastifySchemaValidationErrors(error))
    return { refused: 'not-valid', detail: { issues: error.validation } };
  if (isDiskFull(error)) return { refused: 'disk-full', retryAfterSeconds: DISK_FULL_RETRY_SECONDS };
  if (isUnavailable(error)) return { refused: 'unavailable', retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS };
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { refused: 'too-large' };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { refused: 'not-this-type' };
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return { refused: 'not-json' };
    default:
  }
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? { refused: status === 404 ? 'not-found' : 'bad-request' } : null;
}

function unknownFault(error: FastifyError, request: FastifyRequest, log: Log): RefusalAnswer {
  log.error('request-failed', {
    reference: request.id,
    method: request.method,
    route: request.routeOptions.url ?? null,
    error,
  });
  return { refused: 'unexpected', detail: { reference: request.id } };
}
