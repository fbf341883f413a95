import { accessSync, chownSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StartupFault } from './startup-fault.ts';

/** Makes the data folder where there is none; gives its real path. Throws StartupFault where it cannot be written. */
export function makeDataFolder(given: string): string {
  const folder = resolve(given);
  try {
    // As root, PostgreSQL's account must be able to pass through to its own files; as a user nobody else has business here.
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return realpathSync(folder);
  } catch (cause) {
    throw new StartupFault(
      'data-folder-not-writable',
      {
        es: `No se puede escribir en la carpeta de datos ${folder}. Revise sus permisos o elija otra con PAUTA_DATA.`,
        en: `The data folder ${folder} cannot be written. Check its permissions, or choose another with PAUTA_DATA.`,
      },
      cause,
    );
  }
}

/** Gives a file made by root to whoever owns the folder, who may go on without root the next time. */
export function ownAs(folder: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  chownSync(path, uid, gid);
}
