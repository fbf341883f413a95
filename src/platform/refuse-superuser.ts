import { Client } from 'pg';

import { StartupFault } from './startup-fault.ts';

/**
 * Row-level security does not hold for a superuser or a role with BYPASSRLS: with such an account one organization would
 * be kept from another's rows by our own filters alone. Throws StartupFault, naming the account and the way on.
 */
export async function refuseSuperuser(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string; super: boolean; bypass: boolean }>(
      'select rolname as role, rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user',
    );
    const [account] = rows;
    if (account !== undefined && !account.super && !account.bypass) return;
    const role = account?.role ?? '?';
    const right = account?.super === false ? 'BYPASSRLS' : 'SUPERUSER';
    throw new StartupFault('database-role-too-strong', {
      es: `La cuenta «${role}» de DATABASE_URL tiene ${right}: la separación entre organizaciones no rige para ella. Use una cuenta sin ese derecho, dueña de la base: CREATE ROLE pauta LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'; ALTER DATABASE … OWNER TO pauta;`,
      en: `The account "${role}" of DATABASE_URL has ${right}: the separation of organizations does not hold for it. Use an account without it that owns the database: CREATE ROLE pauta LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'; ALTER DATABASE … OWNER TO pauta;`,
    });
  } finally {
    await client.end();
  }
}
