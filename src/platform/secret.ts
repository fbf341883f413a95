import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder, ownAs } from './data-folder.ts';
import { StartupFault } from './startup-fault.ts';

const SECRET_BYTES = 32;
const FILE = 'secret';

/**
 * The installation's secret: the one given in PAUTA_SECRET, else made once and kept in the data folder, readable by its
 * owner alone. Several processes on several machines must be given the same one.
 */
export function installationSecret({ given, dataDir }: { given: string | null; dataDir: string }): string {
  if (given !== null) return given;
  const folder = makeDataFolder(dataDir);
  return readSecret(join(folder, FILE)) ?? makeSecret(folder);
}

function readSecret(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  // A new one in its place would sign everyone out and lose every second factor: better to ask.
  if (text.length < SECRET_BYTES) {
    throw new StartupFault('secret-damaged', {
      es: `El archivo ${path} está dañado. Recupérelo de una copia, o bórrelo: se creará otro y todos deberán iniciar sesión y registrar su segundo factor de nuevo.`,
      en: `The file ${path} is damaged. Bring it back from a backup, or remove it: another is made and everyone has to sign in and enroll their second factor again.`,
    });
  }
  return text;
}

function makeSecret(folder: string): string {
  const path = join(folder, FILE);
  const arriving = `${path}.${process.pid}`;
  writeFileSync(arriving, `${randomBytes(SECRET_BYTES).toString('hex')}\n`, { mode: 0o600 });
  try {
    ownAs(folder, arriving);
    // Two processes may start at once: the link is made whole, by one of them.
    linkSync(arriving, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(arriving, { force: true });
  }
  const made = readSecret(path);
  if (made === null) throw new Error(`${path} vanished as it was made`);
  return made;
}

/** A key of 32 bytes for one purpose, so that what signs a cookie never also signs an invitation. HKDF-SHA256, RFC 5869. */
export function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'pauta', purpose, SECRET_BYTES));
}
