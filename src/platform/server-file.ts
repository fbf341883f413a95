import { accessSync, constants, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ownAs } from './data-folder.ts';
import { faults } from './postgres-faults.ts';

const ServerFile = z.object({
  /** The loopback port last used; asked for again at the next start. */
  port: z.number().int().min(1).max(65_535),
  adminPassword: z.string().min(1),
  password: z.string().min(1),
});

/** `<data folder>/server.json`, readable by its owner alone: how another program of the product finds the database. */
export type ServerFile = z.infer<typeof ServerFile>;

const NAME = 'server.json';

/** Null when there is none or it cannot be understood; the passwords are then set anew. */
export function readServerFile(dataDir: string): ServerFile | null {
  const path = join(dataDir, NAME);
  if (!existsSync(path)) return null;
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw faults.ownedByOther(path);
  }
  try {
    const read = ServerFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? read.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function writeServerFile(dataDir: string, content: ServerFile): void {
  const path = join(dataDir, NAME);
  const arriving = `${path}.${process.pid}`;
  try {
    writeFileSync(arriving, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    ownAs(dataDir, arriving);
    renameSync(arriving, path);
  } finally {
    rmSync(arriving, { force: true });
  }
}

/** How a running server is reached: its port, and the folder of its Unix socket where it has one. */
export interface Reached {
  readonly port: number;
  readonly socketFolder: string | null;
}

/** Role and database of the product; `postgres` is the superuser, used for set-up only. */
export function urlOf({ password }: ServerFile, reached: Reached): string {
  return urlTo(`pauta:${password}`, 'pauta', reached);
}

export function adminUrlOf({ adminPassword }: ServerFile, reached: Reached): string {
  return urlTo(`postgres:${adminPassword}`, 'postgres', reached);
}

function urlTo(user: string, database: string, { port, socketFolder }: Reached): string {
  const bySocket = socketFolder === null ? '' : `?host=${encodeURIComponent(socketFolder)}`;
  return `postgres://${user}@127.0.0.1:${port}/${database}${bySocket}`;
}
