import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import type { Database } from '../platform/database.ts';
import { makeDataFolder, ownAs } from '../platform/data-folder.ts';
import { unsealedTail } from './journal.store.ts';

const FILE = 'journal-verified.json';

const LastVerification = z.object({
  at: z.string(),
  /** What was found wrong in each organization: 0 is clean. */
  organizations: z.record(
    z.string(),
    z.object({ entries: z.number(), seals: z.number(), findings: z.number(), differences: z.number() }),
  ),
  /** Lines of the published heads that are not ours. */
  headFaults: z.number(),
});
export type LastVerification = Readonly<z.infer<typeof LastVerification>>;

/** Keeps the result of the last verification for the state screen; organizations not looked at keep theirs. */
export async function keepVerification(dataDir: string, found: LastVerification): Promise<void> {
  const folder = makeDataFolder(dataDir);
  const before = await lastVerification(folder);
  const organizations = { ...before?.organizations, ...found.organizations };
  const path = join(folder, FILE);
  const arriving = `${path}.${process.pid}`;
  await writeFile(arriving, `${JSON.stringify({ ...found, organizations })}\n`, { mode: 0o600 });
  ownAs(folder, arriving);
  await rename(arriving, path);
}

async function lastVerification(dataDir: string): Promise<LastVerification | null> {
  try {
    const read = LastVerification.safeParse(JSON.parse(await readFile(join(dataDir, FILE), 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

export interface JournalHealth {
  readonly unsealed: { readonly count: number; readonly oldestSeconds: number };
  /** Null when this organization was never verified from this data folder. */
  readonly verified: {
    readonly at: string;
    readonly clean: boolean;
    readonly entries: number;
    readonly findings: number;
    readonly differences: number;
    readonly headFaults: number;
  } | null;
}

/** For the state screen: how far the chain is behind, and what the last `pauta verify` found. */
export async function journalHealth(
  database: Database,
  dataDir: string,
  organization: string,
): Promise<JournalHealth> {
  const unsealed = await database.inOrganization(organization, unsealedTail);
  const last = await lastVerification(dataDir);
  const own = last?.organizations[organization];
  if (last === null || own === undefined) return { unsealed, verified: null };
  const { entries, findings, differences } = own;
  const { at, headFaults } = last;
  const clean = findings + differences + headFaults === 0;
  return { unsealed, verified: { at, clean, entries, findings, differences, headFaults } };
}
