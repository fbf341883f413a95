import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * package-lock.json must name every optional package of the packages in it, those for other systems too, or `npm ci` refuses:
 * "Missing: … from lock file". `npm install` leaves out the ones its registry does not have (a mirror that keeps only Linux,
 * say); they are put back here, without a checksum, as they are never installed where they do not fit.
 */
const PATH = join(import.meta.dirname, '..', 'package-lock.json');

const Lock = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      dev: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
/** As read, every key in npm's own order, so that what is written differs only in what was added. */
export type Lock = z.input<typeof Lock>;

function readLock(): Lock {
  const read: unknown = JSON.parse(readFileSync(PATH, 'utf8'));
  Lock.parse(read);
  return read as Lock;
}

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'] as const;
const PROCESSORS: readonly (readonly [part: string, cpu: string])[] = [
  ['arm64', 'arm64'],
  ['x64', 'x64'],
  ['ia32', 'ia32'],
  ['arm', 'arm'],
  ['ppc64', 'ppc64'],
  ['riscv64', 'riscv64'],
  ['s390x', 's390x'],
];

export interface Missing {
  readonly name: string;
  readonly version: string;
  readonly dev: boolean;
}

export function missingFromLock(lock: Lock): Missing[] {
  return Object.entries(lock.packages).flatMap(([at, { dev, optionalDependencies }]) =>
    Object.entries(optionalDependencies ?? {})
      .filter(([name]) => lock.packages[`node_modules/${name}`] === undefined)
      .filter(([name]) => lock.packages[`${at}/node_modules/${name}`] === undefined)
      .map(([name, range]) => ({ name, version: range.replace(/^[~^]/, ''), dev: dev === true })),
  );
}

/** The entry npm would have written, as far as the name tells: for which system, processor and C library. */
function entryFor({ name, version, dev }: Missing): Record<string, unknown> {
  const os = SYSTEMS.find((system) => name.includes(system));
  const cpu = PROCESSORS.find(([part]) => name.includes(`-${part}`))?.[1];
  const libc = /musl/.test(name) ? 'musl' : os === 'linux' && /gnu/.test(name) ? 'glibc' : undefined;
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}

export function completeLock(lock: Lock): Lock {
  const added = missingFromLock(lock).map((one) => [`node_modules/${one.name}`, entryFor(one)] as const);
  const entries: (readonly [string, Record<string, unknown>])[] = [
    ...Object.entries(lock.packages),
    ...added,
  ];
  return { ...lock, packages: Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b, 'en'))) };
}

/** What is wrong with the lock file, or null. With `write`, puts it right. */
export function checkLockFile({ write }: { write: boolean }): string | null {
  const lock = readLock();
  const missing = missingFromLock(lock);
  if (missing.length === 0) return null;
  if (!write) {
    const names = missing.map(({ name }) => name).slice(0, 5);
    return `package-lock.json lacks ${missing.length} optional packages (${names.join(', ')}, …), so "npm ci" would refuse. Run: npm run check -- --write`;
  }
  writeFileSync(PATH, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  return null;
}
