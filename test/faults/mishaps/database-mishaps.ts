/** What befalls the database, or what it does to its clients. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeTrouble } from '../watching/trouble.ts';
import type { Mishap } from './scene.ts';

export const restart: Mishap = async ({ postgres }) => {
  await postgres.crash();
  return true;
};

export const restartInMidBroadcast: Mishap = async ({ postgres, pool }) => {
  const { rowCount } = await pool.query(
    `select from delivery.outbox where class = 'feedback' and state in ('planned', 'claimed')`,
  );
  const { rowCount: gone } = await pool.query(
    `select from delivery.outbox where class = 'feedback' and was_accepted limit 1`,
  );
  if (rowCount === 0 || gone === 0) return false;
  await postgres.crash();
  return true;
};

export const connectionsBreak: Mishap = async ({ pool }) => {
  const { rowCount } = await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'heard' and pid <> pg_backend_pid()`,
  );
  return (rowCount ?? 0) > 0;
};

const TOO_MANY = '53300';

export const noConnectionsLeft: Mishap = async ({ postgres, chance }) => {
  const taken: pg.Client[] = [];
  let wasTheLast = false;
  try {
    for (let at = 0; at < 100; at++) {
      const client = new pg.Client(postgres.urlOf('postgres'));
      client.on('error', () => {});
      await client.connect();
      taken.push(client);
    }
  } catch (error) {
    wasTheLast = error instanceof pg.DatabaseError && error.code === TOO_MANY;
  }
  await sleep(500 + chance.below(1_000));
  await Promise.all(taken.map((client) => client.end().catch(() => {})));
  return wasTheLast;
};

export const everyQueryWaits: Mishap = ({ pool, chance }) =>
  inTransaction(pool, async (client) => {
    await client.query('lock table delivery.outbox in access exclusive mode');
    await sleep(800 + chance.below(1_500));
    const { rowCount } = await client.query(
      'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
    );
    return (rowCount ?? 0) > 0;
  });

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

export const turnsFailToSerialise: Mishap = ({ pool }) =>
  makeTrouble(pool, 'conv.seen', SERIALIZATION_FAILURE);
export const sendingFailsToSerialise: Mishap = ({ pool }) =>
  makeTrouble(pool, 'delivery.outbox', SERIALIZATION_FAILURE);

/** What Postgres does to one of those who wait for each other. */
export const endedAsInADeadlock: Mishap = ({ pool }) =>
  makeTrouble(pool, 'delivery.outbox', DEADLOCK_DETECTED);

export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback').catch(() => {});
    client.release(true);
  }
}
