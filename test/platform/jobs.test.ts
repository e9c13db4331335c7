import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Jobs, startJobs } from '../../src/platform/jobs.ts';
import { silentLog } from '../../src/platform/log.ts';
import { emptyDatabase, type TestDatabase } from '../support/fresh-database.ts';
import { startNode } from '../support/processes.ts';

const script = join(import.meta.dirname, 'processes', 'hold-job.ts');

test('a task runs when it is asked for, and stopping waits for it', async () => {
  await using db = await emptyDatabase();
  let done = false;
  const begun = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const jobs = await started(db, async () => {
    begun.resolve();
    await mayEnd.promise;
    done = true;
  });
  await jobs.runSoon('sweep');
  await begun.promise;
  const stopped = jobs.stop();
  mayEnd.resolve();
  await stopped;
  expect(done).toBe(true);
});

test('nodes that start at once on a new database do not trip over each other', async () => {
  await using db = await emptyDatabase();
  const nodes = await Promise.all([1, 2, 3].map(() => started(db, async () => {})));
  await Promise.all(nodes.map((node) => node.stop()));
});

test("a killed node's job runs on the next node that starts; a living node's is left to it", async () => {
  await using db = await emptyDatabase();
  const living = startNode([script, db.url, 'living']);
  expect(await living.line()).toBe('running');
  const killed = startNode([script, db.url, 'killed']);
  expect(await killed.line()).toBe('running');
  await killed.kill('SIGKILL');

  const ran: string[] = [];
  const note = (task: string) => async () => void ran.push(task);
  const jobs = await startJobs(db.url, {
    tasks: { living: note('living'), killed: note('killed') },
    crontab: [],
    log: silentLog,
  });
  await expect.poll(() => ran).toEqual(['killed']);
  const { rows } = await db.pool.query(
    'select key from graphile_worker.jobs where locked_by is not null',
  );
  expect(rows).toEqual([{ key: 'living' }]);
  await jobs.stop();
  await living.kill('SIGKILL');
});

test('a task that was under way on a node that died for good goes on at another that runs', async () => {
  await using db = await emptyDatabase();
  const first = startNode([script, db.url, 'sweep']);
  expect(await first.line()).toBe('running');
  const second = startNode([script, db.url, 'sweep']);
  await expect.poll(() => lockHolders(db)).toHaveLength(2);
  await first.kill('SIGKILL');
  expect(await second.line()).toBe('running');
  await second.kill('SIGKILL');
});

test('a node that lost its lock takes it anew, and keeps its jobs', async () => {
  await using db = await emptyDatabase();
  let runs = 0;
  const mayEnd = Promise.withResolvers<void>();
  const jobs = await started(db, () => {
    runs += 1;
    return mayEnd.promise;
  });
  const [lost] = await lockHolders(db);
  await db.pool.query('select pg_terminate_backend($1)', [lost]);
  const anew = async () => (await lockHolders(db)).filter((pid) => pid !== lost);
  await expect.poll(anew, { timeout: 20_000 }).toHaveLength(1);
  await jobs.runSoon('sweep');
  await expect.poll(() => runs).toBe(1);
  const other = await started(db, async () => {});
  const { rows } = await db.pool.query(
    'select key from graphile_worker.jobs where locked_by is not null',
  );
  expect(rows).toEqual([{ key: 'sweep' }]);
  mayEnd.resolve();
  await jobs.stop();
  await other.stop();
});

test('tasks that take long keep no other waiting', async () => {
  await using db = await emptyDatabase();
  const mayEnd = Promise.withResolvers<void>();
  const slow = () => mayEnd.promise;
  const short = Promise.withResolvers<void>();
  const jobs = await startJobs(db.url, {
    tasks: { copies: slow, list: slow, seek: slow, wake: async () => short.resolve() },
    crontab: [],
    log: silentLog,
  });
  for (const task of ['copies', 'seek', 'list', 'wake']) await jobs.runSoon(task);
  await short.promise;
  mayEnd.resolve();
  await jobs.stop();
});

/** The connections whose locks say that a node lives. */
async function lockHolders(db: TestDatabase): Promise<readonly number[]> {
  const { rows } = await db.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity join pg_locks using (pid)
     where application_name = 'heard jobs' and datname = current_database()
       and locktype = 'advisory' and granted`,
  );
  return rows.map(({ pid }) => pid);
}

test.each(['succeeds', 'fails'])(
  'a connection that breaks under a task that %s does not end timed work',
  async (end) => {
    await using db = await emptyDatabase();
    let runs = 0;
    const jobs = await started(db, async () => {
      runs += 1;
      if (runs > 1) return;
      await breakConnections(db);
      if (end === 'fails') throw new Error('the first time');
    });
    await jobs.runSoon('sweep');
    await expect.poll(() => runs).toBe(1);
    // Whatever became of the first, there is somebody to do the next.
    const again = () =>
      jobs.runSoon('sweep').then(
        () => runs,
        () => runs,
      );
    await expect.poll(again, { timeout: 20_000, interval: 200 }).toBeGreaterThan(1);
    await jobs.stop();
  },
);

async function breakConnections(db: TestDatabase): Promise<void> {
  await db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

test.each([true, false])(
  'a time that nobody was there for is made up for at the next start: %s',
  async (madeUpFor) => {
    await using db = await emptyDatabase();
    const ran: string[] = [];
    const note = (task: string) => async () => void ran.push(task);
    const start = () =>
      startJobs(db.url, {
        tasks: { nightly: note('nightly'), other: note('other') },
        crontab: [{ task: 'nightly', at: FAR_FROM_NOW, madeUpFor }],
        log: silentLog,
      });
    await (await start()).stop();
    expect(ran).toEqual([]);
    await db.pool.query(
      `update graphile_worker._private_known_crontabs
       set known_since = now() - interval '30 hours', last_execution = now() - interval '30 hours'`,
    );
    const jobs = await start();
    await jobs.runSoon('other');
    const expected = madeUpFor ? ['nightly', 'other'] : ['other'];
    await expect.poll(() => ran.toSorted()).toEqual(expected);
    await jobs.stop();
    const again = await start();
    await again.runSoon('other');
    await expect.poll(() => ran.toSorted()).toEqual([...expected, 'other']);
    await again.stop();
  },
);

/** Every day, twelve hours from now. */
const FAR_FROM_NOW = `0 ${(new Date().getUTCHours() + 12) % 24} * * *`;

test('what an error says does not stay in the job table', async () => {
  await using db = await emptyDatabase();
  const jobs = await started(db, async () => {
    throw new Error('no answer from +447700900123');
  });
  await jobs.runSoon('sweep');
  const errors = () =>
    db.pool.query('select last_error from graphile_worker.jobs').then(({ rows }) => rows);
  await expect.poll(errors).toEqual([{ last_error: expect.stringContaining('The log says') }]);
  expect(JSON.stringify(await errors())).not.toContain('900123');
  await jobs.stop();
});

function started(db: TestDatabase, sweep: () => Promise<void>): Promise<Jobs> {
  return startJobs(db.url, {
    tasks: { sweep },
    crontab: [{ task: 'sweep', at: '0 0 1 1 *' }],
    log: silentLog,
  });
}
