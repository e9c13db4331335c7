/**
 * One embedded Postgres for the whole run, in a temporary folder, with a migrated template database
 * that `freshDatabase` copies. What an earlier run left behind when it was killed is cleared first.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { clusterIn, socketUrl, startCluster } from '../../src/platform/embedded/cluster.ts';
import { stopPostmaster } from '../../src/platform/embedded/postmaster.ts';
import { embeddedSettings } from '../../src/platform/embedded/settings.ts';
import { migrate, migrationProblem } from '../../src/platform/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, its maintenance database. */
    readonly postgresUrl: string;
  }
}

/** With our own account, so that another one's run is left alone. */
const prefix = `heard-test-postgres-${process.getuid?.() ?? 0}-`;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearLeftovers();
  const folder = join(tmpdir(), `${prefix}${process.pid}`);
  mkdirSync(folder, { mode: 0o700 });
  // The only promise not kept here is to survive a power cut.
  const cluster = clusterIn(folder, {
    ...embeddedSettings,
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '300',
  });
  const clear = async () => {
    await stopPostmaster(cluster.folder);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const postmaster = await startCluster(cluster);
    await makeTemplate(socketUrl(postmaster, 'postgres'), socketUrl(postmaster, 'template_heard'));
    project.provide('postgresUrl', socketUrl(postmaster, 'postgres'));
  } catch (error) {
    await clear();
    throw error;
  }
  return clear;
}

async function makeTemplate(adminUrl: string, templateUrl: string): Promise<void> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  await admin.query('create database template_heard');
  const pool = new pg.Pool({ connectionString: templateUrl });
  const problem = await migrate(pool)
    .then(migrationProblem)
    .finally(() => pool.end());
  if (problem) throw new Error(problem);
  await admin.query('alter database template_heard with is_template true allow_connections false');
  await admin.end();
}

async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length)))) continue;
    await stopPostmaster(join(tmpdir(), name, 'postgres'));
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
