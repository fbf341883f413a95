import { pino, type DestinationStream } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/**
 * Structured log of named events: `log.info('postgres-started', { port })`. The event is a fixed kebab-case name one can
 * search for; everything that varies goes into the fields. Personal data is masked by the caller (`maskPhone`, `maskEmail`)
 * or cut out here by name, whichever comes first.
 */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
  /** A log that adds these fields to every event: the organization, the request, the job. */
  with(fields: Record<string, unknown>): Log;
}

/** Field names whose value never reaches a log, at the top or one or two levels down. */
const SECRET_FIELDS = [
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'apiKey',
  'authorization',
  'cookie',
  'signature',
  'connectionString',
  'databaseUrl',
  'phone',
  'phones',
  'email',
  'emails',
  'fullName',
  'rawBody',
] as const;

const REDACTED_PATHS = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

export interface LogOptions {
  level?: LogLevel;
  destination?: DestinationStream;
}

/** One JSON object a line on standard output, or to `destination`. */
export function createLog({ level = 'info', destination }: LogOptions = {}): Log {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED_PATHS, censor: '[hidden]' },
  };
  return wrap(destination === undefined ? pino(options) : pino(options, destination));
}

type PinoLike = Pick<ReturnType<typeof pino>, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

function wrap(logger: PinoLike): Log {
  return {
    debug: (event, fields = {}) => logger.debug(readable(fields), event),
    info: (event, fields = {}) => logger.info(readable(fields), event),
    warn: (event, fields = {}) => logger.warn(readable(fields), event),
    error: (event, fields = {}) => logger.error(readable(fields), event),
    with: (fields) => wrap(logger.child(readable(fields))),
  };
}

/** An Error has no enumerable fields, so that JSON would print `{}` where the reason should stand. */
function readable(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value,
    ]),
  );
}

/** A log that says nothing, for tests and for commands whose output is their answer. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  with: () => silentLog,
};

const VISIBLE_PHONE_DIGITS = 4;

/** "+525512345678" → "+52••••••5678": enough to find the person together with the record, not to call them. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  if (digits.length <= VISIBLE_PHONE_DIGITS) return '•'.repeat(digits.length);
  const country = phone.startsWith('+') && digits.length > 10 ? `+${digits.slice(0, 2)}` : '';
  const shown = digits.slice(-VISIBLE_PHONE_DIGITS);
  const hidden = digits.length - VISIBLE_PHONE_DIGITS - (country === '' ? 0 : 2);
  return `${country}${'•'.repeat(hidden)}${shown}`;
}

/** "laura.mendez@example.com" → "l•••@example.com". */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '•••';
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}
