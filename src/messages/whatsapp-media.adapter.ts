/**
 * Fetches a file that came by WhatsApp: its id gives an address that lives five minutes, and the address gives the bytes
 * to whoever shows the token again. The hash told on the way is compared; the bytes are kept as they came.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SECOND } from '../platform/time.ts';

export const MEDIA_BYTES_MAX = 30 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 60 * SECOND;

export interface MediaSource {
  readonly base: string;
  readonly apiVersion: string;
  readonly token: string;
}

export interface MediaWorld {
  readonly fetch: typeof fetch;
  readonly expire: (milliseconds: number) => AbortSignal;
}

export type Fetched =
  | { readonly fetched: { readonly bytes: Buffer; readonly sha256: string; readonly mime: string | null } }
  /** It can never be had, or may not be kept. */
  | { readonly lost: 'gone' | 'too-large' | 'altered' }
  | { readonly retry: string };

const entry = z.object({
  url: z.string().max(4_000),
  mime_type: z.string().max(200).optional(),
  sha256: z.string().max(128).optional(),
  file_size: z.number().optional(),
});

/** Where Meta keeps files. The token goes nowhere else, whatever an answer says. */
const META_HOSTS = ['fbsbx.com', 'facebook.com', 'fbcdn.net', 'whatsapp.net', 'whatsapp.com'];

function mayFetch(url: string, base: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  if (parsed.origin === new URL(base).origin) return true;
  const { protocol, hostname } = parsed;
  return (
    protocol === 'https:' && META_HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`))
  );
}

export async function fetchMedia(
  source: MediaSource,
  wanted: { readonly remoteId: string; readonly toldSha256: string | null },
  world: MediaWorld,
): Promise<Fetched> {
  const headers = { authorization: `Bearer ${source.token}` };
  const signal = world.expire(TIMEOUT_MILLISECONDS);
  try {
    const about = await world.fetch(
      `${source.base}/${source.apiVersion}/${encodeURIComponent(wanted.remoteId)}`,
      { headers, redirect: 'manual', signal },
    );
    // 400 with an error of the API: Meta knows no such file (any more).
    if (about.status === 400 || about.status === 404) return { lost: 'gone' };
    if (!about.ok) return { retry: `http-${String(about.status)}` };
    const told = entry.safeParse(await about.json()).data;
    if (told === undefined || !mayFetch(told.url, source.base)) return { retry: 'no-address' };
    if ((told.file_size ?? 0) > MEDIA_BYTES_MAX) return { lost: 'too-large' };
    const answer = await world.fetch(told.url, { headers, redirect: 'manual', signal });
    // The address has expired meanwhile: the next try asks for another.
    if (!answer.ok) return { retry: `http-${String(answer.status)}` };
    const bytes = await limited(answer);
    if (bytes === null) return { lost: 'too-large' };
    const sha256 = createHash('sha256').update(bytes).digest();
    const expected = told.sha256 ?? wanted.toldSha256;
    if (expected !== null && !isHash(expected, sha256)) return { retry: 'altered' };
    return { fetched: { bytes, sha256: sha256.toString('hex'), mime: told.mime_type ?? null } };
  } catch {
    return { retry: 'no-answer' };
  }
}

/** Meta writes hashes in hexadecimal or in base64. */
function isHash(told: string, hash: Buffer): boolean {
  return told.toLowerCase() === hash.toString('hex') || told === hash.toString('base64');
}

async function limited(answer: Response): Promise<Buffer | null> {
  if (answer.body === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body) {
    size += part.byteLength;
    if (size > MEDIA_BYTES_MAX) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
