/**
 * Makes and starts one Postgres server in a folder of its own. Only our own account reaches its
 * socket, which lies in that 0700 folder, and it listens on no network port. It must never log a
 * statement or a parameter: those hold numbers and answers.
 */
import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, postgresAccount } from './account.ts';
import { type Binaries, postgresBinaries } from './binaries.ts';
import { disarmStalePidFile, type Postmaster, runningPostmaster } from './postmaster.ts';

export interface Cluster {
  /** The data folder of Postgres itself: real path, mode 0700. */
  readonly folder: string;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string>>;
}

export function clusterIn(dataDir: string, settings: Readonly<Record<string, string>>): Cluster {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = realpathSync(dataDir);
  return { folder: join(folder, 'postgres'), logFile: join(folder, 'postgres.log'), settings };
}

/** The server of this folder, made and started if need be. The caller holds the start lock. */
export async function startCluster(cluster: Cluster): Promise<Postmaster> {
  const running = runningPostmaster(cluster.folder);
  if (running?.ready) return running;
  const account = postgresAccount(cluster.folder);
  const binaries = postgresBinaries(account);
  await initialise(cluster, account, binaries);
  const first = await tryToStart(cluster, account, binaries);
  if (first.kind === 'started') return first.postmaster;
  // After a crash of everything, a dying backend can hold the shared memory for a moment.
  await sleep(500);
  const second = await tryToStart(cluster, account, binaries);
  if (second.kind === 'started') return second.postmaster;
  throw new Error(
    `Postgres did not start in ${cluster.folder}. The end of ${cluster.logFile}:\n${second.log}`,
  );
}

export function socketUrl(postmaster: Postmaster, database: string): string {
  const folder = encodeURIComponent(postmaster.socketFolder);
  return `postgres://heard@localhost/${database}?host=${folder}`;
}

async function initialise(
  cluster: Cluster,
  account: Account | undefined,
  binaries: Binaries,
): Promise<void> {
  const versionFile = join(cluster.folder, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, 'utf8').trim();
    if (version !== binaries.major) {
      throw new Error(
        `The database in ${cluster.folder} was made by Postgres ${version} and this release of Heard brings Postgres ${binaries.major}.`,
      );
    }
    return;
  }
  // Made beside and renamed: a half-made database is never taken for a whole one.
  const draft = `${cluster.folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (account) chownSync(draft, account.uid, account.gid);
  const flags = [
    '--username=heard',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ];
  flags.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  if (cluster.settings['fsync'] === 'off') flags.push('--no-sync');
  const exit = await launch({ ...cluster, folder: draft }, account, binaries.initdb, flags).exit;
  if (exit !== 0) {
    throw new Error(
      `initdb failed in ${draft}. The end of ${cluster.logFile}:\n${endOfLog(cluster)}`,
    );
  }
  renameSync(draft, cluster.folder);
}

type Attempt =
  | { readonly kind: 'started'; readonly postmaster: Postmaster }
  | { readonly kind: 'failed'; readonly log: string };

async function tryToStart(
  cluster: Cluster,
  account: Account | undefined,
  binaries: Binaries,
): Promise<Attempt> {
  if (!runningPostmaster(cluster.folder)) disarmStalePidFile(cluster.folder);
  // Only we use this folder, and postmaster.pid already guards it.
  rmSync(join(cluster.folder, '.s.PGSQL.5432.lock'), { force: true });
  const settings = { ...ownSettings(cluster, account), ...cluster.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { exit, letGo } = launch(cluster, account, binaries.postgres, flags);
  const exited = exit.then(() => true);
  do {
    const running = runningPostmaster(cluster.folder);
    if (running?.ready) {
      letGo();
      return { kind: 'started', postmaster: running };
    }
  } while (!(await Promise.race([exited, sleep(10, false)])));
  return { kind: 'failed', log: endOfLog(cluster) };
}

interface Launched {
  readonly exit: Promise<number | null>;
  /** It may outlive us: our own end must not wait for it. */
  readonly letGo: () => void;
}

function launch(
  cluster: Cluster,
  account: Account | undefined,
  program: string,
  flags: readonly string[],
): Launched {
  const log = openSync(cluster.logFile, 'a', 0o600);
  // As root we hand the folder over as the working directory: the other account then needs no
  // right to any folder above it, so a private home or temporary folder stays private.
  const dataPath = account ? '/proc/self/cwd' : cluster.folder;
  const child = spawn(program, ['-D', dataPath, ...flags], {
    ...account,
    cwd: cluster.folder,
    // A session of its own: Ctrl-C in the terminal is for us, we then stop it in order.
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
  closeSync(log);
  return {
    letGo: () => child.unref(),
    exit: new Promise((resolve, reject) => {
      child.on('exit', resolve);
      child.on('error', (cause) => reject(new Error(`Could not run ${program}`, { cause })));
    }),
  };
}

function ownSettings(cluster: Cluster, account: Account | undefined): Record<string, string> {
  return {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: socketFolder(cluster.folder, account),
    unix_socket_permissions: '0700',
  };
}

/** A socket's path may have 103 characters on macOS and 107 on Linux. */
function socketFolder(folder: string, account: Account | undefined): string {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= 103) return '.';
  const short = mkdtempSync('/tmp/heard-socket-');
  if (account) chownSync(short, account.uid, account.gid);
  return short;
}

function endOfLog(cluster: Cluster): string {
  return readFileSync(cluster.logFile, 'utf8').split('\n').slice(-12).join('\n');
}
