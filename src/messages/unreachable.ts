/** Did a failed fetch certainly not reach the other side? Only that may be tried again without asking. */
import { z } from 'zod';

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const withCause = z.object({ cause: z.object({ code: z.string() }) });

export interface Silence {
  readonly neverConnected: boolean;
  /** The system's code, or the error's name: `TimeoutError` for a time-out. */
  readonly code: string;
}

export function silenceOf(error: unknown): Silence {
  const code = withCause.safeParse(error).data?.cause.code ?? (error instanceof Error ? error.name : 'error');
  return { neverConnected: NEVER_CONNECTED.has(code), code };
}
