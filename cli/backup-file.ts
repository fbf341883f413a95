import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * A backup is one gzip file: a JSON line that says what is in it, then every table as PostgreSQL's own COPY text, in frames,
 * then a JSON line with the counts. Text COPY, because it opens with any PostgreSQL from 15 on.
 *
 *     {"pauta":"backup",…}\n  {"table":"leads"}\n  <length><bytes> … <0>  {"table":"journal"}\n …  {"end":…}\n
 */
export const BACKUP_FORMAT = 1;

export const BackupHead = z.object({
  pauta: z.literal('backup'),
  format: z.literal(BACKUP_FORMAT),
  takenAt: z.string(),
  /** The migrations the tables were made by, by number. */
  migrations: z.array(z.object({ number: z.number(), name: z.string(), checksum: z.string() })),
  tables: z.array(z.object({ table: z.string(), columns: z.array(z.string()) })),
});
export type BackupHead = z.output<typeof BackupHead>;

export const BackupEnd = z.object({
  end: z.literal(true),
  rows: z.record(z.string(), z.number()),
  sequences: z.record(z.string(), z.string()),
  /** Of everything before this line, uncompressed. */
  sha256: z.string(),
});
export type BackupEnd = z.output<typeof BackupEnd>;

const FRAME_LENGTH_BYTES = 4;
/** A longer frame is a damaged file. */
const FRAME_BYTES_MAX = 64 * 1024 * 1024;

export function frame(bytes: Buffer): Buffer {
  const head = Buffer.alloc(FRAME_LENGTH_BYTES);
  head.writeUInt32BE(bytes.length);
  return Buffer.concat([head, bytes]);
}

export class DamagedBackup extends Error {
  override readonly name = 'DamagedBackup';
}

/** Reads the parts of a backup in order from its uncompressed bytes. */
export class BackupReader {
  readonly #source: AsyncIterator<Buffer>;
  #waiting: Buffer = Buffer.alloc(0);
  readonly #hash = createHash('sha256');

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    for (let from = 0; ;) {
      const end = this.#waiting.indexOf(10, from);
      if (end >= 0) {
        const line = this.#waiting.subarray(0, end).toString('utf8');
        if (!line.startsWith('{"end"')) this.#hash.update(this.#waiting.subarray(0, end + 1));
        this.#waiting = this.#waiting.subarray(end + 1);
        return line;
      }
      from = this.#waiting.length;
      await this.#more();
    }
  }

  /** The frames of one table, up to its empty one. */
  async *frames(): AsyncGenerator<Buffer> {
    for (;;) {
      const head = await this.#take(FRAME_LENGTH_BYTES);
      const length = head.readUInt32BE();
      if (length === 0) return;
      if (length > FRAME_BYTES_MAX) throw new DamagedBackup('a frame is too long');
      yield await this.#take(length);
    }
  }

  /** The hash of all that was read so far, less the last line. */
  sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#waiting.length < length) await this.#more();
    const taken = Buffer.from(this.#waiting.subarray(0, length));
    this.#hash.update(taken);
    this.#waiting = this.#waiting.subarray(length);
    return taken;
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) throw new DamagedBackup('the file ends too early');
    this.#waiting = Buffer.concat([this.#waiting, next.value]);
  }
}
