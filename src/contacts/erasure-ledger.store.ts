import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';

import { listOrganizations, type House } from '../decisions/index.ts';
import { makeDataFolder, ownAs } from '../platform/data-folder.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { instant } from '../platform/time.ts';
import { erasureReasons } from './person-facts.ts';

/**
 * Who was erased, kept outside the database: a backup taken before an erasure would bring the person back. A line holds
 * ids and keyed hashes and nothing of the person. At every start, whoever stands here and not in the database as erased is
 * erased again.
 */
export const ERASURES_FILE = 'erasures.jsonl';

const instantText = z.iso.datetime({ offset: true }).transform((text) => instant(text));
const Line = z.strictObject({
  at: instantText,
  organization: z.string(),
  contact: z.string(),
  by: z.string(),
  reason: z.enum(erasureReasons),
  requestedAt: instantText,
  /** Keyed hashes of their phones and e-mails: also of somebody who came and went after the backup. */
  keys: z.array(z.string()),
});
export type ErasureLine = z.output<typeof Line>;

/** Every line of a ledger. Throws where one is not a ledger's; a last one cut short by a power cut was not written. */
export async function readErasures(path: string): Promise<ErasureLine[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const read = Line.safeParse(parsed(line));
      if (!read.success) throw new Error(`${path}:${index + 1} is no line of erasures`);
      return read.data;
    });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

export interface LedgerParts {
  readonly database: Database;
  readonly dataDir: string;
}

/** Writes down the erasures that the ledger does not have yet; on disk when it resolves. Keeps from round to round how far it is. */
export function createLedger({ database, dataDir }: LedgerParts): { publish(): Promise<number> } {
  const path = join(makeDataFolder(dataDir), ERASURES_FILE);
  const seen = new Map<string, number>();
  let known: Set<string> | null = null;
  return {
    async publish() {
      known ??= new Set((await readErasures(path)).map(nameOf));
      const lines: ErasureLine[] = [];
      for (const { id } of await listOrganizations(database.kysely)) {
        const { found, upTo } = await erasedSince(database, id, seen.get(id) ?? 0);
        lines.push(...found.filter((line) => known?.has(nameOf(line)) !== true));
        seen.set(id, upTo);
      }
      if (lines.length === 0) return 0;
      await append(makeDataFolder(dataDir), path, lines);
      for (const line of lines) known.add(nameOf(line));
      return lines.length;
    },
  };
}

function nameOf({ organization, contact }: Pick<ErasureLine, 'organization' | 'contact'>): string {
  return `${organization} ${contact}`;
}

interface ErasedRow extends Omit<ErasureLine, 'organization'> {
  readonly id: number;
}

function erasedSince(database: Database, organization: string, after: number) {
  return database.inOrganization(organization, async (tx) => {
    const { rows } = await sql<ErasedRow>`
      select j.id, j.at, j.contact, j.fields ->> 'by' as by, j.fields ->> 'reason' as reason,
             (j.fields ->> 'requestedAt')::timestamptz as requested_at,
             array(select k.hash from erased_keys k where k.organization_id = j.organization_id and k.erased_at = j.at) as keys
        from journal j
       where j.organization_id = ${organization} and j.entry = 'contact.erased' and j.id > ${after} order by j.id`.execute(
      tx,
    );
    const found = rows.map(({ id: _id, ...row }) => ({ organization, ...row }));
    return { found, upTo: rows.at(-1)?.id ?? after };
  });
}

async function append(folder: string, path: string, lines: readonly ErasureLine[]): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    ownAs(folder, path);
    const text = await file.readFile('utf8');
    // A power cut may have left half a line behind.
    if (text !== '' && !text.endsWith('\n'))
      await file.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
    await file.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

export interface EraseAgainParts extends LedgerParts {
  readonly house: Pick<House, 'submit'>;
  readonly log: Log;
}

/** Erases again whom a restored backup brought back; gives how many people. What is refused (an open claim) is logged. */
export async function eraseAgain({ database, dataDir, house, log }: EraseAgainParts): Promise<number> {
  const lines = await readErasures(join(makeDataFolder(dataDir), ERASURES_FILE));
  const organizations = new Set((await listOrganizations(database.kysely)).map(({ id }) => id));
  let again = 0;
  for (const line of lines.filter(({ organization }) => organizations.has(organization))) {
    const { organization, contact, by, reason, requestedAt } = line;
    if (!(await isBack(database, line))) continue;
    const fact = { fact: 'contact.erased', actor: 'restore', contact, lead: null, by, reason, requestedAt };
    const { refused } = await house.submit(organization, fact);
    if (refused !== null && refused.refused !== 'already-erased')
      log.error('not-erased-again', { organization, contact, refused: refused.refused });
    else again += 1;
  }
  if (again > 0) log.info('erased-again', { people: again });
  return again;
}

/** Whether the person is there once more; the hashes of their keys are put back in any case. */
function isBack(database: Database, { organization, contact, keys, at }: ErasureLine): Promise<boolean> {
  return database.inOrganization(organization, async (tx) => {
    await sql`
      insert into erased_keys (organization_id, hash, erased_at)
      select ${organization}, hash, ${at}::timestamptz from unnest(${keys}::text[]) as hash on conflict do nothing`.execute(
      tx,
    );
    const found = await sql`
      select from contacts where organization_id = ${organization} and id = ${contact} and erased_at is null`.execute(
      tx,
    );
    return found.rows.length > 0;
  });
}
