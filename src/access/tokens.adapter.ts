import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** For a link or a key: shown once, kept only as its hash. With 256 random bits a plain hash is as good as a slow one. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
