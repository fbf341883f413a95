import { createHash } from 'node:crypto';

import { idsIn } from './kind-of-mail.ts';

/** By its Message-ID, which a mail keeps wherever it is moved or shown again; without one, by its bytes. */
export function mailKey(raw: Uint8Array): string {
  const head =
    Buffer.from(raw.subarray(0, 65_536))
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  const line = /^message-id:[ \t]*((?:.*\r?\n[ \t]+)*.*)$/im.exec(head)?.[1] ?? null;
  const id = idsIn(line)[0];
  return keyOfId(id) ?? `raw:${createHash('sha256').update(raw).digest('hex')}`;
}

export function keyOfId(id: string | undefined): string | null {
  return id === undefined ? null : `id:${createHash('sha256').update(id).digest('hex')}`;
}
