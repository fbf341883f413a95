/**
 * Asking the server. Every answer is parsed by its schema; every failure is one `ApiError` that says what happened in
 * the user's language and what to do about it.
 */
import { QueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { say, type WordId } from './words.ts';

const REQUEST_SECONDS_MAX = 30;
const UPLOAD_SECONDS_MAX = 300;
const RETRIES_MAX = 2;

const refusalSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    remedy: z.string().optional(),
    detail: z.record(z.string(), z.unknown()).optional(),
  }),
});
/** better-auth answers flat. */
const flatRefusalSchema = z.object({ code: z.string(), message: z.string().optional() });

export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  /** The form field at fault, if one is. */
  readonly field: string | undefined;
  /** What the person should do. */
  readonly remedy: string | undefined;
  /** Particulars of a refusal: the clauses behind it (`because`), until when it holds (`until`). */
  readonly detail: Readonly<Record<string, unknown>>;
  constructor(of: {
    status: number;
    code: string;
    message: string;
    field?: string | undefined;
    remedy?: string | undefined;
    detail?: Record<string, unknown> | undefined;
  }) {
    super(of.message);
    this.status = of.status;
    this.code = of.code;
    this.field = of.field;
    this.remedy = of.remedy;
    this.detail = of.detail ?? {};
  }
}

export interface AskOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
  /** Sent as it is instead of `body`; big ones may take longer than an ordinary answer. */
  file?: File;
}

/**
 * Asks `path` and gives the answer parsed by `schema` (`z.void()` or `z.unknown()` where none matters).
 * Throws ApiError: refused by the server, no connection, too slow, or an answer of another shape.
 */
export async function ask<Answer>(
  path: string,
  schema: z.ZodType<Answer>,
  options: AskOptions = {},
): Promise<Answer> {
  const response = await send(path, options);
  const body = await readBody(response);
  if (!response.ok) throw refusal(response.status, body);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    console.error('answer of another shape', path, z.prettifyError(parsed.error));
    throw worded(
      response.status,
      'unexpected-answer',
      'shell.error.unexpected',
      'shell.error.unexpected-remedy',
    );
  }
  return parsed.data;
}

/** The same with a file as the whole body. */
export function askWithFile<Answer>(path: string, schema: z.ZodType<Answer>, file: File): Promise<Answer> {
  return ask(path, schema, { method: 'POST', file });
}

async function send(path: string, { method = 'GET', body, signal, file }: AskOptions): Promise<Response> {
  const seconds = file === undefined ? REQUEST_SECONDS_MAX : UPLOAD_SECONDS_MAX;
  const limit = AbortSignal.timeout(seconds * 1_000);
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'accept-language': document.documentElement.lang,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(file === undefined ? {} : { body: file }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw limit.aborted
      ? worded(0, 'too-slow', 'shell.error.slow', 'shell.error.slow-remedy')
      : worded(0, 'offline', 'shell.error.offline', 'shell.error.offline-remedy');
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    return undefined;
  }
}

/** Codes said in our own words, whatever the server said: better-auth speaks English. */
const OWN_WORDS: Record<string, WordId> = {
  INVALID_EMAIL_OR_PASSWORD: 'shell.error.credentials',
  INVALID_EMAIL: 'shell.error.email',
  INVALID_CODE: 'shell.error.code',
  INVALID_TWO_FACTOR_CODE: 'shell.error.code',
  INVALID_TWO_FACTOR_COOKIE: 'shell.error.code-late',
  INVALID_BACKUP_CODE: 'shell.error.code',
  INVALID_PASSWORD: 'shell.error.password',
  PASSWORD_TOO_SHORT: 'shell.error.password-short',
  PASSWORD_TOO_LONG: 'shell.error.password-long',
  INVALID_TOKEN: 'shell.error.link',
};

function refusal(status: number, body: unknown): ApiError {
  const ours = refusalSchema.safeParse(body);
  if (ours.success) return new ApiError({ status, ...ours.data.error });
  const flat = flatRefusalSchema.safeParse(body);
  const code = flat.success ? flat.data.code : `http-${status}`;
  const own = OWN_WORDS[code];
  if (own) return worded(status, code, own);
  if (status === 401) return worded(status, code, 'shell.error.signed-out', 'shell.error.signed-out-remedy');
  if (status === 403) return worded(status, code, 'shell.error.forbidden', 'shell.error.forbidden-remedy');
  if (status === 404) return worded(status, code, 'shell.error.missing', 'shell.error.missing-remedy');
  if (status === 429 || status === 423)
    return worded(status, code, 'shell.error.too-often', 'shell.error.too-often-remedy');
  return worded(status, code, 'shell.error.server', 'shell.error.server-remedy');
}

function worded(status: number, code: string, message: WordId, remedy?: WordId): ApiError {
  return new ApiError({ status, code, message: say(message), remedy: remedy ? say(remedy) : undefined });
}

/** Any thrown value as an ApiError, for showing. */
export function asApiError(fault: unknown): ApiError {
  if (fault instanceof ApiError) return fault;
  console.error(fault);
  return worded(0, 'bug', 'shell.error.unexpected', 'shell.error.unexpected-remedy');
}

export function isSignedOut(fault: unknown): boolean {
  return fault instanceof ApiError && fault.status === 401;
}

/** `onSignedOut`: called when a query or act finds that the sign-in has ended (elsewhere, or by its age). */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // Live events say when something changed (live.ts); polling and refetching on focus would only add load.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (failures, fault) =>
          failures < RETRIES_MAX && fault instanceof ApiError && (fault.status === 0 || fault.status >= 500),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error' && isSignedOut(event.action.error))
      onSignedOut();
  });
  client.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error' && isSignedOut(event.action.error))
      onSignedOut();
  });
  return client;
}
