import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_FILE } from '../src/platform/migrations.ts';
import { dumpSchema } from '../src/platform/schema-dump.ts';
import { MIGRATIONS, cloneTemplate, openTestServer } from './test-server.ts';

const PATH = join(MIGRATIONS, SCHEMA_FILE);

/** `migrations/schema.sql` as the migrations make it now, on the embedded server. */
async function currentSchema(): Promise<string> {
  const { server, close } = await openTestServer(null);
  try {
    const database = await cloneTemplate(server);
    const schema = await dumpSchema(database.url);
    await database.drop();
    return schema;
  } finally {
    await close();
  }
}

/** What is wrong with the file in the repository, or null. With `write`, puts it right. */
export async function checkSchemaFile({ write }: { write: boolean }): Promise<string | null> {
  if (!existsSync(MIGRATIONS)) return null;
  const current = await currentSchema();
  const written = existsSync(PATH) ? readFileSync(PATH, 'utf8') : '';
  if (written === current) return null;
  if (write) {
    writeFileSync(PATH, current);
    return null;
  }
  return `migrations/${SCHEMA_FILE} is not what the migrations make (${firstDifference(written, current)}). Run: npm run check -- --write`;
}

function firstDifference(written: string, current: string): string {
  const [there, here] = [written.split('\n'), current.split('\n')];
  const line = here.findIndex((text, index) => text !== there[index]);
  return `first at line ${line + 1}: "${(here[line] ?? '').trim()}"`;
}
