/** `heard status --watch` ends when it is asked to and when nobody reads it: real signals and pipes. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import { pauseBroadcast, resumeBroadcast } from '../../src/delivery/broadcasts.ts';
import { inSession } from '../../src/platform/postgres.ts';
import { audience, commandStageOfThisFile, PARK } from './command-stage.ts';

const on = commandStageOfThisFile();
let broadcast: string;

beforeAll(async () => {
  const csv = await on.file('people.csv', audience(3));
  const launched = await on.heard([
    'launch',
    PARK,
    '--audience',
    csv,
    '--invite-at',
    '2099-01-28 16:30',
    '--json',
  ]);
  broadcast = JSON.parse(launched.out).broadcast;
});

interface Watched {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly complained: () => string;
  /** The exit code, when all that it said has been read. */
  readonly closed: Promise<unknown>;
}

async function watching(): Promise<Watched> {
  const process = on.begin(['status', '--watch']);
  let [said, complained] = ['', ''];
  process.stdout?.setEncoding('utf8').on('data', (more: string) => {
    said += more;
  });
  process.stderr?.setEncoding('utf8').on('data', (more: string) => {
    complained += more;
  });
  const closed = once(process, 'close').then(([code]) => code);
  await once(process.stdout ?? process, 'data');
  return { process, said: () => said, complained: () => complained, closed };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s between two looks ends it in order',
  async (signal) => {
    const { process, said, complained, closed } = await watching();
    process.kill(signal);
    expect(await closed).toBe(0);
    expect(complained()).toBe('');
    expect(said()).toContain('The messages go on');
  },
);

test('Ctrl-C in the middle of a look lets the look end, and leaves no trace of an error', async () => {
  const { process, complained, closed } = await watching();
  await inSession(on.pool, async (session) => {
    await session.query('begin');
    await session.query('lock table delivery.outbox in access exclusive mode');
    await expect.poll(() => looksThatWait(), { timeout: 60_000 }).toBeGreaterThan(0);
    process.kill('SIGINT');
    await session.query('rollback');
  });
  expect(await closed).toBe(0);
  expect(complained()).toBe('');
});

test('a pipe that is closed ends it at the next thing there is to say', async () => {
  const { process, complained, closed } = await watching();
  process.stdout?.destroy();
  await pauseBroadcast(on.pool, broadcast);
  expect(await closed).toBe(0);
  expect(complained()).toBe('');
  await resumeBroadcast(on.pool, broadcast);
});

async function looksThatWait(): Promise<number> {
  const { rows } = await on.pool.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_locks
     where relation = 'delivery.outbox'::regclass and not granted`,
  );
  return rows[0]?.waiting ?? 0;
}
