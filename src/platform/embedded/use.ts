/**
 * One process's hold on the embedded server: a connection whose advisory locks say "in use", and
 * for a server "this one serves". The locks go with the connection, so nobody has to clean up after
 * a process that was killed. When the connection breaks, the server is started again if need be.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Cluster, socketUrl, startCluster } from './cluster.ts';
import { runningPostmaster, stopPostmaster } from './postmaster.ts';
import { withStartLock } from './start-lock.ts';

export type Role = 'server' | 'command';

export type Taken =
  | { readonly kind: 'taken'; readonly use: Use }
  | { readonly kind: 'already-served'; readonly pid: number | undefined };

export interface Use {
  readonly url: string;
  /** Ends the hold; the last process to let go stops the server. */
  readonly release: () => Promise<void>;
}

export async function takeUse(cluster: Cluster, dataDir: string, role: Role): Promise<Taken> {
  const first = await withStartLock(dataDir, () => holdAtStart(cluster, role));
  if (first.kind === 'already-served') return first;
  let current = first;
  let released = false;
  const renewWhenLost = (held: Held) => {
    held.client.once('end', () => {
      if (!released) void renew();
    });
  };
  const renew = async () => {
    while (!released) {
      try {
        await withStartLock(dataDir, async () => {
          if (released) return;
          const again = await hold(cluster, role);
          if (again.kind === 'already-served') return;
          current = again;
          renewWhenLost(again);
        });
        return;
      } catch {
        await sleep(500);
      }
    }
  };
  renewWhenLost(first);
  const release = async () => {
    if (released) return;
    released = true;
    await withStartLock(dataDir, () => letGo(cluster, current));
  };
  return { kind: 'taken', use: { url: first.url, release } };
}

const IN_USE = 4_815_002;
const SERVES = 4_815_003;

interface Held {
  readonly kind: 'held';
  readonly client: pg.Client;
  readonly url: string;
}

type Hold = Held | { readonly kind: 'already-served'; readonly pid: number | undefined };

/** One that was killed a moment ago can still look alive, and breaks off: then it is started again. */
async function holdAtStart(cluster: Cluster, role: Role): Promise<Hold> {
  try {
    return await hold(cluster, role);
  } catch (error) {
    if (!brokeOff(error)) throw error;
    await sleep(DYING_MS);
    if (runningPostmaster(cluster.folder)) throw error;
    return hold(cluster, role);
  }
}

const DYING_MS = 200;

function brokeOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    (('code' in error && BREAKS.has(String(error.code))) ||
      error.message === 'Connection terminated unexpectedly')
  );
}

const BREAKS: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT']);

async function hold(cluster: Cluster, role: Role): Promise<Hold> {
  const postmaster = await startCluster(cluster);
  const client = new pg.Client({
    connectionString: socketUrl(postmaster, 'postgres'),
    application_name: `heard ${role} ${process.pid}`,
  });
  // What follows a broken connection is its `end`.
  client.on('error', () => {});
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1)', [IN_USE]);
  if (role === 'server' && !(await servesAlone(client))) {
    const pid = await servingProcess(client);
    await client.end();
    return { kind: 'already-served', pid };
  }
  await ensureDatabase(client);
  return { kind: 'held', client, url: socketUrl(postmaster, DATABASE) };
}

const DATABASE = 'heard';

/** A server that was just killed can keep its lock for the moment that its connection takes to end. */
async function servesAlone(client: pg.Client): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const { rows } = await client.query<{ alone: boolean }>(
      'select pg_try_advisory_lock($1) as alone',
      [SERVES],
    );
    if (rows[0]?.alone) return true;
    await sleep(100);
  }
  return false;
}

async function servingProcess(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_stat_activity
     join pg_locks using (pid)
     where locktype = 'advisory' and objid = $1 and granted`,
    [SERVES],
  );
  const pid = Number(rows[0]?.name.split(' ').at(-1));
  return Number.isInteger(pid) ? pid : undefined;
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`);
}

async function letGo(cluster: Cluster, held: Held): Promise<void> {
  const last = await isLast(held.client);
  await held.client.end().catch(() => {});
  if (last) await stopPostmaster(cluster.folder);
}

async function isLast(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [IN_USE]);
    const { rows } = await client.query<{ last: boolean }>(
      'select pg_try_advisory_lock($1) as last',
      [IN_USE],
    );
    return rows[0]?.last === true;
  } catch {
    // The connection is gone and with it what it knew: a server left running is found again.
    return false;
  }
}
