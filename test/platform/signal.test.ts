import { expect, test } from 'vitest';
import { publish, type Signal, subscribe } from '../../src/platform/signal.ts';
import { freshDatabase } from '../support/fresh-database.ts';

test('what one node publishes reaches the subscribers of that topic on another', async () => {
  await using db = await freshDatabase();
  const heard: Signal[] = [];
  const subscription = await subscribe(db.url, 'chat', (signal) => heard.push(signal));
  await publish(db.pool, 'other', 'not for us');
  await publish(db.pool, 'chat', 'an-opaque-id');
  await expect.poll(() => heard).toEqual([{ kind: 'signal', payload: 'an-opaque-id' }]);
  await subscription.stop();
});

test('a subscriber whose connection breaks is told of the gap and hears what follows', async () => {
  await using db = await freshDatabase();
  const heard: Signal[] = [];
  const subscription = await subscribe(db.url, 'chat', (signal) => heard.push(signal));
  await db.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'heard signals' and datname = current_database()",
  );
  await expect.poll(() => heard, { timeout: 20_000 }).toEqual([{ kind: 'gap' }]);
  await publish(db.pool, 'chat', 'after');
  await expect.poll(() => heard.at(-1)).toEqual({ kind: 'signal', payload: 'after' });
  await subscription.stop();
});

test('a payload too long for an id is refused', async () => {
  await using db = await freshDatabase();
  await expect(publish(db.pool, 'chat', 'x'.repeat(201))).rejects.toThrow('carries an id');
});
