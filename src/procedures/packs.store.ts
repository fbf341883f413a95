import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { loadPacks } from './load.ts';
import type { Loaded } from './load.ts';

/** Reads every pack in `<root>/procedures`; faults name files from `root`. */
export async function readPacks(root: string): Promise<Loaded> {
  const folder = join(root, 'procedures');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { file: relative(root, path).replaceAll('\\', '/'), text: await readFile(path, 'utf8') };
    }),
  );
  return loadPacks(files);
}
