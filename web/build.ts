import { createHash, type Hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { build as viteBuild, Rolldown } from 'vite';
import { z } from 'zod';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

const WEB = import.meta.dirname;
const ROOT = join(WEB, '..');
const DIST = join(WEB, 'dist');
const STAMP = join(DIST, '.built-from.json');

/** `outside`: files beyond `web/` that went into the build, relative to the project. */
const stampSchema = z.object({ hash: z.string(), outside: z.array(z.string()) });

/**
 * Builds the screens into `web/dist`. With `ifStale`, only when a source changed since the last build.
 * Built aside and moved into place, so that a server at work never serves half a build.
 * Throws when the words are incomplete (catalogs.ts) or a source does not compile.
 */
export async function buildWeb({ ifStale }: { ifStale: boolean }): Promise<{ built: boolean }> {
  if (ifStale && (await isFresh())) return { built: false };
  // Read only when there is something to build: most starts have nothing.
  const { build } = await import('vite');
  const aside = join(ROOT, '.cache', `web-${process.pid}`);
  try {
    const output = await build({
      configFile: join(WEB, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: aside },
    });
    await compressBeside(aside);
    const outside = filesOutside(output);
    await writeFile(
      join(aside, '.built-from.json'),
      JSON.stringify({ hash: await hashOf(outside), outside }),
    );
    await putInPlace(aside);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return { built: true };
}

const COMPRESSED = /\.(?:js|css|html|svg|json|webmanifest)$/;
/** Smaller files gain nothing over the headers of their answer. */
const COMPRESS_FROM_BYTES = 1_024;

/** The server sends `.br` or `.gz` in place of a file when the browser takes it; compressed once here, not at each answer. */
async function compressBeside(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const worth = files.filter((entry) => entry.isFile() && COMPRESSED.test(entry.name));
  await Promise.all(
    worth.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const content = await readFile(path);
      if (content.length < COMPRESS_FROM_BYTES) return;
      await writeFile(`${path}.br`, await brotli(content));
      await writeFile(`${path}.gz`, await gzipped(content));
    }),
  );
}

async function isFresh(): Promise<boolean> {
  try {
    const stamp = stampSchema.parse(JSON.parse(await readFile(STAMP, 'utf8')));
    return stamp.hash === (await hashOf(stamp.outside));
  } catch {
    return false;
  }
}

async function putInPlace(aside: string): Promise<void> {
  const old = join(ROOT, '.cache', `web-old-${process.pid}`);
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  await rename(DIST, old).catch(() => undefined);
  await rename(aside, DIST);
  await rm(old, { recursive: true, force: true });
}

function filesOutside(output: Awaited<ReturnType<typeof viteBuild>>): string[] {
  const outputs: Rolldown.RolldownOutput[] = Array.isArray(output)
    ? output
    : 'output' in output
      ? [output]
      : [];
  const ids = outputs.flatMap((one) =>
    one.output.flatMap((piece) => (piece.type === 'chunk' ? piece.moduleIds : [])),
  );
  const files = ids
    .filter((id) => id.startsWith('/') || /^[A-Z]:/.test(id))
    .map((id) => relative(ROOT, id.replace(/\?.*$/, '')))
    .filter((path) => !path.startsWith('web/') && !path.startsWith('..') && !path.includes('node_modules'));
  return [...new Set(files)].toSorted();
}

async function hashOf(outside: string[]): Promise<string> {
  const hash = createHash('sha256');
  const inside = (await readdir(WEB, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith(join('web', 'dist')) && !path.includes('.test.'));
  for (const path of [...inside, ...outside, 'package-lock.json'].toSorted()) await add(hash, path);
  return hash.digest('hex');
}

async function add(hash: Hash, path: string): Promise<void> {
  hash.update(`${path}\0`);
  hash.update(await readFile(join(ROOT, path)));
}

if (import.meta.main) {
  const { built } = await buildWeb({ ifStale: process.argv.includes('--if-stale') });
  console.log(built ? 'web: built' : 'web: nothing changed');
}
