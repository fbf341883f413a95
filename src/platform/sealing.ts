import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps secrets unreadable in the database and its backups: AES-256-GCM under a key of the installation's secret. */
export interface Seal {
  seal(secret: string, about: string): string;
  /** Null when it was sealed under another key or changed. */
  open(sealed: string, about: string): string | null;
}

/**
 * `key`: 32 bytes, one purpose each (`keyFor(secret, 'sources')`). `about` binds a secret to its place: moved to another
 * row or organization it does not open. Sealed text is nonce, body and tag in base64url.
 */
export function sealWith(key: Buffer, random: (bytes: number) => Buffer = randomBytes): Seal {
  return {
    seal(secret, about) {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
      const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      cipher.setAAD(Buffer.from(about));
      cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const body = cipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([body, cipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
