import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { urlFor } from './database.setup.ts';

export interface TestDatabase {
  /** For the role that owns the tables, bound by row-level security as the product is. */
  readonly url: string;
  /** The same database for a superuser, to look at what the product cannot see. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/**
 * A database of the caller's own with all our migrations applied, cloned from the run's template in some tens of
 * milliseconds. Call once in a file's `beforeAll`, and `drop` in its `afterAll` after closing every pool.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template, prefix, role, password } = inject('testServer');
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} template ${template} owner ${role}`);
  return {
    url: urlFor(adminUrl, name, { role, password }),
    adminUrl: urlFor(adminUrl, name),
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
