// Imported before anything else, and given to `node --import` by the npm scripts. Plain JavaScript, so that an older Node,
// which cannot read TypeScript at all, still gets to say what is wrong instead of "Unknown file extension".

import module from 'node:module';
import { join } from 'node:path';

const NEEDED_MAJOR = 24;
const EXIT_CONFIGURATION = 78;

/**
 * @param {string} version as in process.versions.node
 * @returns {string | null} what to tell the person, or null when the version is the right one
 */
export function wrongNode(version) {
  if (Number.parseInt(version, 10) === NEEDED_MAJOR) return null;
  return [
    `Pauta corre con Node ${NEEDED_MAJOR} y este es Node ${version}. Use «npm start» («npm run …»), que toma el Node ${NEEDED_MAJOR} que trajo «npm ci»; si falta, repita «npm ci» sin --omit=optional.`,
    `Pauta runs on Node ${NEEDED_MAJOR} and this is Node ${version}. Use "npm start" ("npm run ..."), which takes the Node ${NEEDED_MAJOR} that "npm ci" brought; if it is missing, run "npm ci" again without --omit=optional.`,
  ].join('\n');
}

const fault = wrongNode(process.versions.node);
if (fault !== null) {
  process.stderr.write(`${fault}\n`);
  process.exit(EXIT_CONFIGURATION);
}

// What was compiled once is read back at the next start, in half the time. Where the folder cannot be written, it is not.
module.enableCompileCache(join(import.meta.dirname, '..', '..', '.cache', 'node'));
