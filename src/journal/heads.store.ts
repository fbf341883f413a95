import { createHmac, timingSafeEqual } from 'node:crypto';
import { open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { makeDataFolder, ownAs } from '../platform/data-folder.ts';
import { keyFor } from '../platform/secret.ts';
import type { Instant } from '../platform/time.ts';
import { canonical } from './chain.ts';
import type { StoredSeal } from './verify.ts';

const FILE = 'journal-heads.jsonl';
const ROTATED = /^journal-heads\.\d{8}T\d{9}Z\.jsonl$/;
/** Then the file is put aside, thinned to an hour's last head of each organization, and a new one begun. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;
const HOUR_CHARACTERS = '2024-07-01T15'.length;

const HeadLine = z.strictObject({
  at: z.string(),
  organization: z.string(),
  number: z.int().positive(),
  hash: z.string(),
  mac: z.string(),
});
type HeadLine = z.infer<typeof HeadLine>;

/** A line of the file that is not as it was written: changed, cut, or signed with another secret. */
export interface HeadFault {
  readonly file: string;
  readonly line: number;
}

export interface PublishedHeads {
  /** By organization and seal number: the hashes published. */
  readonly heads: ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>;
  readonly faults: readonly HeadFault[];
}

/** The key that signs heads; the same secret on every machine that seals or verifies. */
export function headsKey(secret: string): Buffer {
  return keyFor(secret, 'journal-heads');
}

function macOf(key: Buffer, head: Omit<HeadLine, 'mac'>): string {
  const { at, organization, number, hash } = head;
  return createHmac('sha256', key).update(canonical({ at, organization, number, hash })).digest('hex');
}

function isSigned(key: Buffer, line: HeadLine): boolean {
  const [given, own] = [Buffer.from(line.mac), Buffer.from(macOf(key, line))];
  return given.length === own.length && timingSafeEqual(given, own);
}

/**
 * Appends the heads, on disk when it resolves. Chain heads outside the database are what shows that an owner of the
 * database made the chain anew: whoever backs this file up elsewhere has a witness.
 */
export async function publishHeads(
  dataDir: string,
  key: Buffer,
  at: Instant,
  heads: ReadonlyMap<string, StoredSeal>,
  bytesMax = FILE_BYTES_MAX,
): Promise<void> {
  if (heads.size === 0) return;
  const lines = [...heads].map(([organization, { number, hash }]) => {
    const head = { at, organization, number, hash };
    return `${JSON.stringify({ ...head, mac: macOf(key, head) })}\n`;
  });
  const folder = makeDataFolder(dataDir);
  const path = join(folder, FILE);
  if ((await sizeOf(path)) > bytesMax) await rotate(folder, at);
  const file = await open(path, 'a+', 0o600);
  try {
    ownAs(folder, path);
    // A power cut may have left half a line behind.
    if (await endsTorn(path)) await file.truncate(await endOfLastLine(path));
    await file.write(lines.join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

async function endsTorn(path: string): Promise<boolean> {
  const size = await sizeOf(path);
  if (size === 0) return false;
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer.toString() !== '\n';
  } finally {
    await file.close();
  }
}

async function endOfLastLine(path: string): Promise<number> {
  return (await readFile(path)).lastIndexOf('\n') + 1;
}

/**
 * Puts the file aside, then thins it. Each line carries its own signature, so an hour's last head speaks for the hour;
 * lines that cannot be read stay, because they are findings.
 */
async function rotate(folder: string, at: Instant): Promise<void> {
  const aside = join(folder, `journal-heads.${at.replaceAll(/[-:.]/g, '')}.jsonl`);
  await rename(join(folder, FILE), aside);
  const kept = new Map<string, string>();
  for (const text of (await readFile(aside, 'utf8')).split('\n')) {
    const line = readLine(text);
    const key = line === null ? text : `${line.organization} ${line.at.slice(0, HOUR_CHARACTERS)}`;
    if (text !== '') kept.set(key, text);
  }
  const arriving = `${aside}.${process.pid}`;
  await writeFile(arriving, `${[...kept.values()].join('\n')}\n`, { mode: 0o600, flush: true });
  ownAs(folder, arriving);
  await rename(arriving, aside);
}

function readLine(text: string): HeadLine | null {
  try {
    const read = HeadLine.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** All heads published from this data folder, and the lines that cannot be trusted. */
export async function readHeads(dataDir: string, key: Buffer): Promise<PublishedHeads> {
  const heads = new Map<string, Map<number, string[]>>();
  const faults: HeadFault[] = [];
  const present = await readdir(dataDir).catch(() => [] as string[]);
  const files = present.filter((name) => name === FILE || ROTATED.test(name)).toSorted();
  for (const name of files) {
    const texts = (await readFile(join(dataDir, name), 'utf8')).split('\n');
    for (const [index, text] of texts.entries()) {
      if (text === '') continue;
      const line = readLine(text);
      if (line === null || !isSigned(key, line)) {
        // The last line without an end is a write that a power cut broke off, not somebody's hand.
        if (line !== null || index < texts.length - 1) faults.push({ file: name, line: index + 1 });
        continue;
      }
      const own = heads.get(line.organization) ?? new Map<number, string[]>();
      heads.set(line.organization, own);
      const known = own.get(line.number) ?? [];
      if (!known.includes(line.hash)) own.set(line.number, [...known, line.hash]);
    }
  }
  return { heads, faults };
}
