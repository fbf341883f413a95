/**
 * What may be wrong with the words: the build and `npm run check` stop on any of it.
 * es-MX is the base (tú); es-CO says only what is said differently there (usted, local terms); en says everything.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCompiledCatalog } from '@lingui/cli/api';
import { z } from 'zod';

const BASE = 'es-MX';
const WHOLE = ['en'];
const OVERRIDES = ['es-CO'];
const LOCALES = [BASE, ...OVERRIDES, ...WHOLE];

const catalogSchema = z.record(z.string(), z.string());
const compiledSchema = z.object({ messages: z.record(z.string(), z.unknown()) });
type Catalog = z.infer<typeof catalogSchema>;

/** One file of words, compiled: no message is parsed in the browser. Throws on a message that is not ICU. */
export function compileCatalog(locale: string, json: string): string {
  const { source, errors } = createCompiledCatalog(locale, catalogSchema.parse(JSON.parse(json)), {
    namespace: 'json',
  });
  if (errors.length > 0)
    throw new Error(errors.map((fault) => `${fault.id}: ${fault.error.message}`).join('\n'));
  return JSON.stringify(compiledSchema.parse(JSON.parse(source)).messages);
}

/** The names a message takes: `{name}`, `{count, plural, …}` and `<0>` pieces. */
export function placeholders(message: string): string[] {
  const names = [...message.matchAll(/\{\s*(\w+)\s*(?=[,}])|<(\d+)\/?>/g)].map(
    (found) => found[1] ?? `<${found[2]}>`,
  );
  return [...new Set(names)].toSorted();
}

/** Compares catalogs of one file name; gives one line a fault. `undefined`: the locale has no such file. */
export function faultsOfFile(file: string, byLocale: Record<string, Catalog | undefined>): string[] {
  const base = byLocale[BASE] ?? {};
  const prefix = `${file.replace(/\.json$/, '')}.`;
  const faults: string[] = [];
  for (const locale of LOCALES) {
    const catalog = byLocale[locale] ?? {};
    const at = `${locale}/${file}`;
    for (const [id, message] of Object.entries(catalog)) {
      const original = base[id];
      if (original === undefined) faults.push(`${at}: «${id}» is not in ${BASE}`);
      else if (placeholders(message).join() !== placeholders(original).join())
        faults.push(
          `${at}: «${id}» takes {${placeholders(message).join(', ')}}, ${BASE} {${placeholders(original).join(', ')}}`,
        );
      if (!id.startsWith(prefix)) faults.push(`${at}: «${id}» should begin with «${prefix}»`);
      if (message.trim() === '') faults.push(`${at}: «${id}» is empty`);
      if (/,\s*(number|date|time)\b/.test(message))
        faults.push(`${at}: «${id}» formats a figure itself; give it formatted text`);
      if (locale !== 'en' && /,\s*plural,/.test(message) && !/\bmany\s*\{/.test(message))
        faults.push(`${at}: «${id}» lacks the plural «many» (1 millón de …)`);
    }
    if (WHOLE.includes(locale))
      for (const id of Object.keys(base)) if (!(id in catalog)) faults.push(`${at}: «${id}» is missing`);
    try {
      compileCatalog(locale, JSON.stringify(catalog));
    } catch (fault) {
      faults.push(`${at}: ${fault instanceof Error ? fault.message : String(fault)}`);
    }
  }
  return faults;
}

/** Word ids named literally in the sources, with the file naming each. */
function idsUsed(webFolder: string): Map<string, string> {
  const used = new Map<string, string>();
  for (const entry of readdirSync(webFolder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(entry) || /(^|\/)dist\/|\.test\./.test(entry)) continue;
    const text = readFileSync(join(webFolder, entry), 'utf8');
    for (const [, id] of text.matchAll(/(?:\bt\(\s*|<Words\s+id=)["']([a-z][\w-]*\.[\w.-]+)["']/g))
      if (id) used.set(id, entry);
  }
  return used;
}

/** Every fault of the words under `web/`: missing, unknown or ill-formed. Empty when all is well. */
export function catalogFaults(webFolder: string = import.meta.dirname): string[] {
  const folder = join(webFolder, 'locales');
  const files = new Set(
    LOCALES.flatMap((locale) => readdirSync(join(folder, locale)).filter((name) => name.endsWith('.json'))),
  );
  const faults: string[] = [];
  const known = new Set<string>();
  for (const file of [...files].toSorted()) {
    const byLocale = Object.fromEntries(
      LOCALES.map((locale) => [locale, readCatalog(join(folder, locale, file), faults)]),
    );
    for (const id of Object.keys(byLocale[BASE] ?? {})) known.add(id);
    faults.push(...faultsOfFile(file, byLocale));
  }
  for (const [id, file] of idsUsed(webFolder))
    if (!known.has(id)) faults.push(`${file}: «${id}» is not in ${BASE}`);
  return faults;
}

function readCatalog(path: string, faults: string[]): Catalog | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return catalogSchema.parse(JSON.parse(text));
  } catch (fault) {
    faults.push(`${path}: ${fault instanceof Error ? fault.message : String(fault)}`);
    return undefined;
  }
}

if (import.meta.main) {
  const faults = catalogFaults();
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
