import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { runningPostmaster, stopPostmaster } from '../../src/platform/embedded/postmaster.ts';
import { type Attached, attachEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { type Started, startNode, temporaryFolder } from '../support/processes.ts';

const script = join(import.meta.dirname, 'processes', 'attach.ts');
const printed = z.object({
  kind: z.string(),
  url: z.string().optional(),
  reason: z.string().optional(),
});

test('a command beside a running server uses the same database, and the last one stops it', async () => {
  await using folder = dataFolder();
  const server = await attachedProcess(folder.path, 'server');
  await run(server.url, 'create table kept (n int)');
  const command = await attached(folder.path, 'command');
  await run(command.url, 'insert into kept values (1)');
  const { pid } = postmaster(folder);

  await server.started.kill('SIGTERM');
  expect(postmaster(folder).pid).toBe(pid);
  await command.detach();
  expect(runningPostmaster(folder.cluster)).toBeUndefined();
});

test('a second server on the same folder is told who serves, and the first goes on', async () => {
  await using folder = dataFolder();
  const first = await attachedProcess(folder.path, 'server');
  const second = await attachEmbeddedPostgres({ dataDir: folder.path, role: 'server' });
  expect(second).toEqual({
    kind: 'already-served',
    reason: expect.stringContaining(`process ${first.started.process.pid}`),
  });
  expect(await run(first.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  await first.started.kill('SIGTERM');
});

test('after a kill -9 of Node alone the orphaned database is used again, then stopped', async () => {
  await using folder = dataFolder();
  const killed = await attachedProcess(folder.path, 'server');
  const { pid } = postmaster(folder);
  await killed.started.kill('SIGKILL');
  expect(postmaster(folder).pid).toBe(pid);

  const next = await attached(folder.path, 'server');
  expect(postmaster(folder).pid).toBe(pid);
  await next.detach();
  expect(runningPostmaster(folder.cluster)).toBeUndefined();
});

test('after a kill -9 of everything the next start has every acknowledged row', async () => {
  await using folder = dataFolder();
  const killed = await attachedProcess(folder.path, 'server');
  await run(killed.url, 'create table kept (n int)');
  await run(killed.url, 'insert into kept select generate_series(1, 1000)');
  const { pid } = postmaster(folder);
  killed.started.process.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  await killed.started.ended;

  const next = await attached(folder.path, 'server');
  expect(await run(next.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
  await next.detach();
});

test('a process id that by now belongs to somebody else neither stops the start nor is harmed', async () => {
  await using folder = dataFolder();
  const first = await attached(folder.path, 'server');
  await run(first.url, 'create table kept (n int)');
  const { pid } = postmaster(folder);
  const pidFile = join(folder.cluster, 'postmaster.pid');
  const lines = readFileSync(pidFile, 'utf8');
  await first.detach();
  // The account of the database itself owns the other process: the hardest case for Postgres.
  const { uid, gid } = statSync(folder.cluster);
  const other = spawn('sleep', ['600'], process.getuid?.() === 0 ? { uid, gid } : {});
  writeFileSync(pidFile, lines.replace(String(pid), String(other.pid)));

  const next = await attached(folder.path, 'server');
  expect(await run(next.url, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }]);
  await next.detach();
  expect(other.exitCode).toBeNull();
  expect(other.signalCode).toBeNull();
  other.kill();
});

test('when the database is killed under a running process it is started again', async () => {
  await using folder = dataFolder();
  const holder = await attached(folder.path, 'server');
  await run(holder.url, 'create table kept (n int)');
  process.kill(postmaster(folder).pid, 'SIGKILL');
  await expect
    .poll(() => run(holder.url, 'select count(*)::int as n from kept').catch(() => 'away'), {
      timeout: 20_000,
    })
    .toEqual([{ n: 0 }]);
  // The hold is renewed too: a command that comes and goes does not stop it.
  await expect
    .poll(() =>
      run(holder.url, "select from pg_locks where locktype = 'advisory'").then((r) => r.length),
    )
    .toBe(2);
  const command = await attached(folder.path, 'command');
  await command.detach();
  expect(await run(holder.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  await holder.detach();
});

test('several processes that start at once on a new folder share one database', async () => {
  await using folder = dataFolder();
  const all = await Promise.all([1, 2, 3].map(() => attachedProcess(folder.path, 'command')));
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  await Promise.all(all.map(({ started }) => started.kill('SIGTERM')));
  expect(runningPostmaster(folder.cluster)).toBeUndefined();
});

test('private folders above the data folder work and stay private', async () => {
  await using folder = dataFolder();
  const home = join(folder.path, 'home');
  const dataDir = join(home, 'project with spaces', 'data');
  mkdirSync(dataDir, { recursive: true });
  const modes = () => [folder.path, home, dataDir].map((path) => statSync(path).mode & 0o777);
  for (const path of [home, dataDir]) chmodSync(path, 0o700);
  const before = modes();
  const only = await attached(dataDir, 'command');
  expect(await run(only.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  expect(modes()).toEqual(before);
  expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  await only.detach();
});

test('a path too long for a socket still works', async () => {
  await using folder = dataFolder();
  const dataDir = join(folder.path, 'a'.repeat(60), 'b'.repeat(60));
  const first = await attached(dataDir, 'server');
  const second = await attached(dataDir, 'command');
  expect(second.url).toBe(first.url);
  expect(await run(second.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  await second.detach();
  const { searchParams } = new URL(first.url);
  await first.detach();
  expect(readdirSync('/tmp')).not.toContain(searchParams.get('host')?.slice('/tmp/'.length));
});

test('what fails in the database leaves no value in its log', async () => {
  await using folder = dataFolder();
  const only = await attached(folder.path, 'command');
  const number = '+447700900123';
  await run(only.url, 'create table person (number text primary key)');
  await run(only.url, 'insert into person values ($1)', [number]);
  await expect(run(only.url, 'insert into person values ($1)', [number])).rejects.toThrow();
  await expect(run(only.url, `select '${number} said yes'::int`)).rejects.toThrow();
  await expect(run(only.url, 'select $1::uuid', [number])).rejects.toThrow();
  await only.detach();
  const log = readFileSync(join(folder.path, 'postgres.log'), 'utf8');
  expect(log).toContain('ready to accept connections');
  expect(log).not.toContain('7700900123');
});

function dataFolder() {
  const temporary = temporaryFolder();
  const cluster = join(temporary.path, 'postgres');
  return {
    path: temporary.path,
    cluster,
    [Symbol.asyncDispose]: async () => {
      await stopPostmaster(cluster);
      temporary[Symbol.dispose]();
    },
  };
}

function postmaster(folder: { readonly cluster: string }) {
  const running = runningPostmaster(folder.cluster);
  if (!running) throw new Error('No database runs');
  return running;
}

async function attached(
  dataDir: string,
  role: 'server' | 'command',
): Promise<Extract<Attached, { kind: 'attached' }>> {
  const result = await attachEmbeddedPostgres({ dataDir, role });
  if (result.kind !== 'attached') throw new Error(result.reason);
  return result;
}

async function attachedProcess(
  dataDir: string,
  role: string,
): Promise<{ readonly started: Started; readonly url: string }> {
  const started = startNode([script, dataDir, role]);
  const line = await started.line();
  if (line === undefined) throw new Error((await started.ended).errors);
  const { url } = printed.parse(JSON.parse(line));
  return { started, url: z.string().parse(url) };
}

async function run(url: string, statement: string, values: string[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}
