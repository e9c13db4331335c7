/**
 * A real deadlock with whoever sends: somebody holds some of the people it needs, waits until it holds
 * others and stands in line, and then asks for those. Postgres ends the one that sends.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from './database-mishaps.ts';
import type { Mishap } from './scene.ts';

export const deadlock: Mishap = async ({ pool }) => {
  const before = await deadlocks(pool);
  for (let tries = 0; tries < 2; tries++) {
    const met = await inTransaction(pool, crossLocks);
    if (met && (await becomesMore(pool, before))) return true;
    await sleep(50);
  }
  return false;
};

const LOOKS = 60;

/** True when somebody stood in line for what we hold. */
async function crossLocks(client: PoolClient): Promise<boolean> {
  // They look for a deadlock after a second, and are the ones who end; we would after five.
  await client.query(`set local deadlock_timeout = '5s'`);
  const { rows } = await client.query<{ id: string }>(
    `select p.id from conv.person p
     where p.id in (select person_id from delivery.outbox
                    where class = 'feedback' and state in ('planned', 'claimed'))
     order by p.id desc
     limit (select greatest(1, count(distinct person_id) / 2) from delivery.outbox
            where class = 'feedback' and state in ('planned', 'claimed'))
     for update of p skip locked`,
  );
  if (!rows[0]) return false;
  for (let look = 0; look < LOOKS; look++) {
    const { rowCount } = await client.query(
      'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
    );
    if ((rowCount ?? 0) > 0) {
      await client.query(
        `select from conv.person where id in (
           select person_id from delivery.outbox where state in ('claimed', 'planned')
         ) order by id for update`,
      );
      return true;
    }
    await sleep(20);
  }
  return false;
}

async function deadlocks(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    'select deadlocks as count from pg_stat_database where datname = current_database()',
  );
  return Number(rows[0]?.count);
}

/** A connection reports what it met within a second or so. */
async function becomesMore(pool: Pool, before: number): Promise<boolean> {
  for (let look = 0; look < 30; look++) {
    if ((await deadlocks(pool)) > before) return true;
    await sleep(100);
  }
  return false;
}
