/** Two nodes and one right: whoever has it loses it with their life, and says so before. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/platform/log.ts';
import { onOneNode } from '../../src/platform/one-holder.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type Started, startNode } from '../support/processes.ts';

const script = join(import.meta.dirname, 'processes', 'one-holder.ts');
let lock = 7_000_000;

/** Both up, the first of them at work. */
async function twoNodes(url: string): Promise<readonly [Started, Started]> {
  lock += 1;
  const first = startNode([script, url, String(lock)]);
  expect(await first.line()).toBe('up');
  expect(await first.line()).toBe('begins');
  const second = startNode([script, url, String(lock)]);
  expect(await second.line()).toBe('up');
  return [first, second];
}

describe('what one node alone does', () => {
  test('goes to another when the node dies with no warning', async () => {
    await using database = await freshDatabase();
    const [first, second] = await twoNodes(database.url);
    await first.kill('SIGKILL');
    expect(await second.line()).toBe('begins');
    await second.kill('SIGKILL');
  });

  test('has ended before another begins, where the node stops in order', async () => {
    await using database = await freshDatabase();
    const [first, second] = await twoNodes(database.url);
    await first.kill('SIGTERM');
    expect(await first.line()).toBe('stops');
    expect(await second.line()).toBe('begins');
    await second.kill('SIGTERM');
    expect(await second.line()).toBe('stops');
    expect((await second.ended).code).toBe(0);
  });

  test('ends where the connection is lost, and is asked for again', async () => {
    await using database = await freshDatabase();
    const [first, second] = await twoNodes(database.url);
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'heard one node' and datname = current_database()`,
    );
    expect(await first.line()).toBe('stops');
    expect(await Promise.race([first.line(), second.line()])).toBe('begins');
    await first.kill('SIGKILL');
    await second.kill('SIGKILL');
  });

  test('that cannot begin is tried again, and holds nobody else up meanwhile', async () => {
    await using database = await freshDatabase();
    lock += 1;
    const mine = lock;
    const warned: string[] = [];
    let tries = 0;
    const options = {
      url: database.url,
      lock: mine,
      name: 'test',
      times: { askMs: 10, watchMs: 10, againMs: 10 },
    };
    const failing = onOneNode({
      ...options,
      log: { ...silentLog, error: (message) => void warned.push(message) },
      begin: async () => {
        tries += 1;
        throw new Error('no');
      },
    });
    await expect.poll(() => tries).toBeGreaterThan(1);
    const began = Promise.withResolvers<void>();
    const other = onOneNode({
      ...options,
      log: silentLog,
      begin: async () => {
        began.resolve();
        return { stop: async () => {} };
      },
    });
    await began.promise;
    expect(warned[0]).toContain('could not begin');
    await failing.stop();
    await other.stop();
  });

  test('is not waited for by a node that starts while the database is away', async () => {
    const holder = onOneNode({
      url: 'postgres://127.0.0.1:1/nothing',
      lock: 1,
      name: 'test',
      log: silentLog,
      begin: () => Promise.reject(new Error('never')),
      times: { askMs: 10 },
    });
    await holder.stop();
  });
});
