/**
 * A Postgres of this suite's own, with the settings that Heard ships, because it is killed and
 * started again in the middle of runs and its files are searched afterwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clusterIn, socketUrl, startCluster } from '../../src/platform/embedded/cluster.ts';
import { runningPostmaster, stopPostmaster } from '../../src/platform/embedded/postmaster.ts';
import { embeddedSettings } from '../../src/platform/embedded/settings.ts';
import { migrate, migrationProblem } from '../../src/platform/migrate.ts';

export interface OwnPostgres {
  /** Everything that the server writes is in here. */
  readonly folder: string;
  readonly urlOf: (database: string) => string;
  readonly newDatabase: (name: string) => Promise<string>;
  readonly drop: (name: string) => Promise<void>;
  /** Ends in disorder, as in a crash, and comes back. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const CONNECTIONS = 90;

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'heard-faults-'));
  // A killed server loses nothing that it has handed to the operating system: no need for the disk.
  const cluster = clusterIn(folder, {
    ...embeddedSettings,
    fsync: 'off',
    max_connections: String(CONNECTIONS),
    shared_buffers: '64MB',
  });
  const started = await startCluster(cluster);
  const urlOf = (database: string): string => socketUrl(started, database);
  const asAdmin = async (statement: string): Promise<void> => {
    const client = new pg.Client(urlOf('postgres'));
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const stop = async (): Promise<void> => {
    await stopPostmaster(cluster.folder);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await asAdmin('create database blueprint');
    await migrateAt(urlOf('blueprint'));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    folder,
    urlOf,
    newDatabase: async (name) => {
      await asAdmin(`create database ${name} template blueprint`);
      return urlOf(name);
    },
    drop: (name) => asAdmin(`drop database ${name} with (force)`),
    crash: async () => {
      const running = runningPostmaster(cluster.folder);
      if (running) process.kill(running.pid, 'SIGQUIT');
      while (runningPostmaster(cluster.folder)) await sleep(20);
      await startCluster(cluster);
    },
    stop,
  };
}

async function migrateAt(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url });
  const problem = migrationProblem(await migrate(pool).finally(() => pool.end()));
  if (problem !== undefined) throw new Error(problem);
}

/** What befalls Heard's connections, and what counts as having befallen them, is not this suite's. */
export function underAnotherName(url: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}application_name=faults`;
}
