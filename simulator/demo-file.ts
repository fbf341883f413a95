import { createHmac } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { ownAs } from '../src/platform/data-folder.ts';
import { StartupFault } from '../src/platform/startup-fault.ts';

const FILE = 'demo.json';

/** What the sample organization of a data folder is, and how to get in; readable by its owner alone. */
const demoFile = z.object({
  /** 'building': a start that was killed half-way; the next one begins again. */
  state: z.enum(['building', 'ready']),
  seed: z.number(),
  country: z.enum(['MX', 'CO']),
  organization: z.string(),
  pbx: z.string(),
  apiKey: z.string(),
});
export type DemoFile = z.infer<typeof demoFile>;

export function readDemoFile(dataDir: string): DemoFile | null {
  const path = join(dataDir, FILE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return demoFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new StartupFault(
      'demo-file-damaged',
      {
        es: `El archivo ${path} no se entiende. Borre la carpeta ${dataDir} para comenzar la demostración de nuevo.`,
        en: `The file ${path} is not understood. Delete the folder ${dataDir} to begin the demo again.`,
      },
      cause,
    );
  }
}

/** Written aside and moved into place: killed at any instant, the file is the old or the new one. */
export function writeDemoFile(dataDir: string, demo: DemoFile): void {
  const path = join(dataDir, FILE);
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  ownAs(dataDir, aside);
  renameSync(aside, path);
}

/** No letters and digits that are taken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_CHARACTERS = 4;

/**
 * The password of everybody of one role: about 79 bits, the same at every start. From the seed and from the installation's
 * own secret, because a demo may be opened to a network, and seeds are public.
 */
export function passwordFor(secret: string, seed: number, role: string): string {
  const bytes = createHmac('sha256', secret).update(`demo password ${seed} ${role}`).digest();
  const characters = [...bytes]
    .slice(0, GROUPS * GROUP_CHARACTERS)
    .map((byte) => ALPHABET[byte % ALPHABET.length] ?? 'x');
  return Array.from({ length: GROUPS }, (_, group) =>
    characters.slice(group * GROUP_CHARACTERS, (group + 1) * GROUP_CHARACTERS).join(''),
  ).join('-');
}
