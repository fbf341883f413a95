import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** The system account PostgreSQL runs as when the program itself runs as root, which PostgreSQL refuses to do. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Debian's own account for PostgreSQL first; then ours from an earlier start. */
const PREFERRED_ACCOUNTS = ['postgres', 'pauta'] as const;
const CREATED_ACCOUNT = 'pauta';
/** Only where there is neither account nor a way to make one (a stripped container). */
const LAST_RESORT_ACCOUNT = 'nobody';

/** The entries of /etc/passwd, in order. */
export function readAccounts(passwd: string): Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

export function preferredAccount(accounts: readonly Account[]): Account | null {
  for (const name of PREFERRED_ACCOUNTS) {
    const found = accounts.find((account) => account.name === name && account.uid !== 0);
    if (found !== undefined) return found;
  }
  return null;
}

function systemAccounts(): Account[] {
  return readAccounts(readFileSync('/etc/passwd', 'utf8'));
}

/**
 * The account to run PostgreSQL as, or null when we are an ordinary user and simply run it ourselves.
 * `owner` is who owns an existing database folder: whoever made it must go on with it.
 */
export async function serverAccount(owner: { uid: number; gid: number } | null): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const accounts = systemAccounts();
  if (owner !== null && owner.uid !== 0) {
    const known = accounts.find((account) => account.uid === owner.uid);
    return { name: known?.name ?? String(owner.uid), ...owner };
  }
  return preferredAccount(accounts) ?? (await createAccount());
}

async function createAccount(): Promise<Account> {
  try {
    await promisify(execFile)('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      CREATED_ACCOUNT,
    ]);
  } catch {
    // Another start may have made it in the meantime, or there is no useradd: what /etc/passwd says decides.
  }
  const accounts = systemAccounts();
  const found =
    preferredAccount(accounts) ??
    accounts.find((account) => account.name === LAST_RESORT_ACCOUNT && account.uid !== 0);
  if (found === undefined)
    throw new Error('no system account to run PostgreSQL as, and none could be created');
  return found;
}

/** Whether the account can pass through every folder above `path` and enter or run it. Asked of the kernel, not computed. */
export function canReach(account: Account | null, path: string): boolean {
  if (account === null) return true;
  const tried = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    env: {},
    stdio: 'ignore',
  });
  return tried.status === 0;
}

/** What `spawn` needs to run a program as the account. */
export function runAs(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}
