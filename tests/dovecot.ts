/**
 * A real IMAP server for the mailbox's tests: Dovecot of Debian, the system's where it is installed, else unpacked in
 * `.cache`. Unpacked it is run in place, without root and without touching the system: its own folders are told it by
 * configuration, and the one path that is compiled in by a link of the same or shorter name.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { unpackPackages, updatePackageLists } from './debian.ts';

const UNPACKED = join(import.meta.dirname, '..', '.cache', 'dovecot');
const SYSTEM = '/usr/sbin/dovecot';
const COMPILED_IN = '/usr/lib/dovecot/modules';
/** Written into the unpacked library in place of the path above: it may not be longer. */
const LINK = '/tmp/pauta-dovecot';
const START_MILLISECONDS_MAX = 15_000;

interface Installed {
  readonly root: string;
  readonly isSystem: boolean;
}

export function findDovecot(): Installed | null {
  if (existsSync(SYSTEM)) return { root: '', isSystem: true };
  return existsSync(join(UNPACKED, 'usr', 'sbin', 'dovecot')) ? { root: UNPACKED, isSystem: false } : null;
}

/** Finds Dovecot or unpacks it from Debian's packages. Null, and why, where it cannot be had. */
export async function provideDovecot(): Promise<{ installed: Installed } | { missing: string }> {
  const found = findDovecot();
  if (found !== null) return { installed: found };
  try {
    console.log('  unpacking Dovecot from the Debian packages into .cache …');
    if (process.getuid?.() === 0) await updatePackageLists();
    mkdirSync(UNPACKED, { recursive: true });
    await unpackPackages(UNPACKED, ['dovecot-imapd']);
    pointAtLink(join(UNPACKED, 'usr', 'lib', 'dovecot', 'libdovecot.so.0'));
  } catch (error) {
    rmSync(UNPACKED, { recursive: true, force: true });
    return {
      missing: `Dovecot: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    };
  }
  const installed = findDovecot();
  return installed === null ? { missing: 'Dovecot: its package brought no server' } : { installed };
}

function pointAtLink(library: string): void {
  const path = realpathSync(library);
  const bytes = readFileSync(path);
  const at = bytes.indexOf(`${COMPILED_IN}\0`);
  if (at < 0) return;
  bytes.fill(0, at, at + COMPILED_IN.length);
  bytes.write(LINK, at, 'latin1');
  writeFileSync(path, bytes);
}

/** Another checkout's link serves as well; one whose checkout is gone is made anew. */
function linkModules(modules: string): void {
  if (existsSync(LINK)) return;
  rmSync(LINK, { force: true });
  try {
    symlinkSync(modules, LINK);
  } catch (error) {
    // Two programs began at once: the other's link is there now.
    if (!existsSync(LINK)) throw error;
  }
}

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  /** Puts a mail into somebody's mailbox, as delivery would. */
  deliver(user: string, raw: Buffer | string): Promise<void>;
  /** As that user, with imapflow. */
  as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T>;
  /** The server forgets how it counted: another UIDVALIDITY. */
  countAnew(user: string): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startDovecot({ root, isSystem }: Installed): Promise<MailServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pauta-dovecot-'));
  const port = await freePort();
  const lib = join(root, 'usr', 'lib', 'dovecot');
  const libraries = isSystem ? '' : librariesOf(root);
  if (!isSystem) linkModules(join(lib, 'modules'));
  const me = process.getuid?.() === 0 ? 'nobody' : userInfo().username;
  const group = process.getuid?.() === 0 ? 'nogroup' : String(process.getgid?.() ?? '');
  const mail = join(folder, 'mail');
  mkdirSync(mail);
  chmodSync(folder, 0o755);
  chmodSync(mail, 0o777);
  const config = join(folder, 'dovecot.conf');
  writeFileSync(config, configuration({ folder, mail, lib, port, me, group, libraries }));
  const env = { PATH: '/usr/bin:/bin', ...(isSystem ? {} : { LD_LIBRARY_PATH: libraries }) };
  const program = join(root, 'usr', 'sbin', 'dovecot');
  const command = isSystem
    ? ([program, '-F', '-c', config] as const)
    : // Unpacked, the server would look for the system's doveconf: it is given its settings instead.
      ([
        join(root, 'usr', 'bin', 'doveconf'),
        '-f',
        'service=master',
        '-c',
        config,
        '-e',
        program,
        '-F',
        '-c',
        config,
      ] as const);
  let child: ChildProcess | null = null;
  const password = 'secreto-de-prueba';

  async function start(): Promise<void> {
    const [executable, ...args] = command;
    // A group of its own, so that what it started can be ended with it.
    child = spawn(executable, args, { env, stdio: 'ignore', detached: true });
    const until = performance.now() + START_MILLISECONDS_MAX;
    for (;;) {
      const up = await as('first', async () => true).catch(() => false);
      if (up) return;
      if (performance.now() > until) {
        await stop();
        throw new Error(`Dovecot does not answer: ${logOf(folder)}`);
      }
      await new Promise((resolve) => void setTimeout(resolve, 100));
    }
  }

  async function stop(): Promise<void> {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    await ended;
    try {
      process.kill(-(running.pid ?? 0), 'SIGKILL');
    } catch {
      // Nothing was left of it.
    }
  }

  async function as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const auth = { user, pass: password };
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth, logger: false });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout().catch(() => client.close());
    }
  }

  await start();
  return {
    host: '127.0.0.1',
    port,
    password,
    deliver: (user, raw) =>
      as(
        user,
        async (client) => void (await client.append('INBOX', Buffer.isBuffer(raw) ? raw : Buffer.from(raw))),
      ),
    as,
    countAnew: async (user) => {
      await stop();
      const box = join(mail, user);
      for (const name of readdirSync(box))
        if (/^dovecot[.-]uid|^dovecot\.index|^dovecot\.list/.test(name))
          rmSync(join(box, name), { force: true });
      await start();
    },
    start,
    stop,
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function librariesOf(root: string): string {
  const lib = join(root, 'usr', 'lib');
  const triplets = readdirSync(lib).filter((name) => name.endsWith('-linux-gnu'));
  const own = join(lib, 'dovecot');
  return [
    own,
    join(own, 'modules', 'old-stats'),
    join(own, 'modules'),
    ...triplets.map((name) => join(lib, name)),
  ].join(':');
}

function logOf(folder: string): string {
  const path = join(folder, 'log');
  return existsSync(path) ? (readFileSync(path, 'utf8').trim().split('\n').at(-1) ?? '') : 'no log';
}

function configuration(of: {
  readonly folder: string;
  readonly mail: string;
  readonly lib: string;
  readonly port: number;
  readonly me: string;
  readonly group: string;
  readonly libraries: string;
}): string {
  const { folder, mail, lib, port, me, group, libraries } = of;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
libexec_dir = ${lib}
mail_plugin_dir = ${lib}/modules
login_plugin_dir = ${lib}/modules/login
log_path = ${folder}/log
auth_mechanisms = plain
auth_failure_delay = 0
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${me}
default_internal_group = ${group}
default_login_user = ${me}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${mail}/%u
mail_max_userip_connections = 100
import_environment = LD_LIBRARY_PATH=${libraries} TZ
passdb {
  driver = static
  args = password=secreto-de-prueba
}
userdb {
  driver = static
  args = uid=${me} gid=${group} home=${mail}/%u
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
