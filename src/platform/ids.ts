import { randomBytes } from 'node:crypto';

/** Where new ids come from; handed to decisions, so that a replay or a scenario can give its own. */
export type NewId = () => string;

/**
 * UUID version 7 made here, because uuidv7() is not in PostgreSQL 15: sortable by creation, so that
 * primary keys grow at one end of the index.
 */
export const newId: NewId = () => {
  const bytes = freshBytes();
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** 128 bits that nobody can guess, in hexadecimal. */
export function newSalt(): string {
  return freshBytes().toString('hex');
}

const BYTES = 16;
/** Asked of the system for many at once: one by one it costs more than everything else about an id. */
const DRAWN_AT_ONCE = 256;
let drawn = Buffer.alloc(0);

function freshBytes(): Buffer {
  if (drawn.length < BYTES) drawn = randomBytes(BYTES * DRAWN_AT_ONCE);
  const bytes = drawn.subarray(0, BYTES);
  drawn = drawn.subarray(BYTES);
  return bytes;
}
