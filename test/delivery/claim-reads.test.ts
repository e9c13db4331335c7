/**
 * How much one claim reads, by the database's own count: a plan that reads a whole broadcast to take
 * a handful from it shows here long before anybody can feel it.
 */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { expect, test } from 'vitest';
import { claim } from '../../src/delivery/claim.ts';
import { content, planBroadcast, stageOfThisFile } from './outbox-stage.ts';

const on = await stageOfThisFile();

const PEOPLE = 20_000;
const MOST = 100;

async function rowsRead(db: PoolClient): Promise<number> {
  const { rows } = await db.query<{ read: number }>(
    `select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as read
     from pg_stat_xact_user_tables where schemaname = 'delivery' and relname = 'outbox'`,
  );
  return rows[0]?.read ?? Number.NaN;
}

/** In one transaction, where the count is exact. */
async function readsOfOneClaim(): Promise<{ readonly claimed: number; readonly read: number }> {
  const db = await on.pool.connect();
  try {
    await db.query('begin');
    const before = await rowsRead(db);
    const { rows } = await claim(db, {
      channel: 'sms',
      sender: '+447700900001',
      worker: randomUUID(),
      rate: 1_000_000,
      most: MOST,
      leaseSeconds: 60,
      openHours: [{ hours: 'under-18' }, { hours: 'adults' }],
    });
    const after = await rowsRead(db);
    await db.query('commit');
    return { claimed: rows.length, read: after - before };
  } finally {
    db.release();
  }
}

test('a claim from a freshly planned broadcast reads little more than it takes', async () => {
  // Statistics that say "empty", as they do when a broadcast was planned a moment ago.
  await on.pool.query('alter table delivery.outbox set (autovacuum_enabled = false)');
  const contentIds = [await content(on.pool, 'what happened')];
  const planned = await planBroadcast(on.pool, {
    broadcastId: randomUUID(),
    class: 'feedback',
    recipients: Array.from({ length: PEOPLE }, () => ({
      personId: randomUUID(),
      channel: 'sms',
      contentIds,
    })),
  });
  expect(planned).toBe(PEOPLE);
  await on.pool.query(
    `insert into delivery.bucket values ('+447700900001', 1e6, clock_timestamp())`,
  );
  for (let times = 0; times < 7; times++) {
    const { claimed, read } = await readsOfOneClaim();
    expect(claimed).toBe(MOST);
    expect(read).toBeLessThan(8 * MOST);
  }
});
