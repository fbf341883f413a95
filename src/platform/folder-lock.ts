import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';

/** How long to wait for the holder of a lock to say its process id. */
const HOLDER_ANSWER_MILLISECONDS_MAX = 500;

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder for this process, or says which process has it. The lock is a socket in Linux's abstract namespace: the
 * kernel drops it the instant its holder dies, so that kill -9 leaves no stale lock file to reason about, and the holder can
 * be asked for its process id.
 */
export async function lockFolder(folder: string): Promise<FolderLock | { heldBy: number | null }> {
  const path = lockPath(folder);
  const server = createServer((asking) => {
    asking.on('error', () => {});
    asking.end(String(process.pid));
  });
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(path, () => resolve(true));
  });
  if (!taken) return { heldBy: await holderOf(path) };
  server.unref();
  return { release: () => closed(server) };
}

function lockPath(folder: string): string {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  return `\0pauta-${name}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function holderOf(path: string): Promise<number | null> {
  return new Promise((resolve) => {
    const asking = connect(path);
    let answer = '';
    asking.setTimeout(HOLDER_ANSWER_MILLISECONDS_MAX, () => asking.destroy());
    asking.on('data', (chunk) => (answer += chunk.toString()));
    asking.on('error', () => asking.destroy());
    asking.on('close', () => resolve(/^\d+$/.test(answer) ? Number(answer) : null));
  });
}
