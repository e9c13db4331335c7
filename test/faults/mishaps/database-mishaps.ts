/** What befalls the database, or what it does to its clients. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Queryable } from '../../../src/platform/postgres.ts';
import { underAnotherName } from '../own-postgres.ts';
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

export const connectionsBreak: Mishap = async ({ pool }) => (await endTheirConnections(pool)) > 0;

async function endTheirConnections(db: Queryable): Promise<number> {
  const { rowCount } = await db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where ${IS_THEIRS}`,
  );
  return rowCount ?? 0;
}

/** A connection of a machine or a command, and none of this suite's. */
const IS_THEIRS = `datname = current_database() and application_name = 'heard'`;

/** As a machine's log says it. */
const TOO_MANY = /"code":"53300"/g;
const MOST_CONNECTIONS = 100;
const REFUSED_WITHIN_MS = 3_000;

/** All that there are are taken, again and again, until a machine that needs one is refused. */
export const noConnectionLeftForThem: Mishap = async ({ postgres, pool, fleet, chance }) => {
  const refusals = (): number => fleet.output().match(TOO_MANY)?.length ?? 0;
  const before = refusals();
  const taken: pg.Client[] = [];
  // Ours is there before none is left.
  const own = await pool.connect();
  const takeAll = async (): Promise<void> => {
    while (taken.length < MOST_CONNECTIONS) {
      const client = new pg.Client(underAnotherName(postgres.urlOf('postgres')));
      client.on('error', () => {});
      if (!(await client.connect().then(yes, no))) return;
      taken.push(client);
    }
  };
  try {
    const until = performance.now() + REFUSED_WITHIN_MS;
    while (refusals() === before && performance.now() < until) {
      await takeAll();
      await endTheirConnections(own);
      await Promise.all(Array.from({ length: 8 }, takeAll));
      await sleep(300);
    }
    await sleep(chance.below(1_000));
  } finally {
    await Promise.all(taken.map((client) => client.end().catch(no)));
    own.release(true);
  }
  return refusals() > before;
};

const yes = (): boolean => true;
const no = (): boolean => false;

export const everyQueryWaits: Mishap = ({ pool, chance }) =>
  inTransaction(pool, async (client) => {
    // Who waits for the whole table keeps everybody else waiting: no longer than planned.
    await client.query(`set local lock_timeout = '3s'`);
    await client.query('lock table delivery.outbox in access exclusive mode');
    await sleep(800 + chance.below(1_500));
    const { rowCount } = await client.query(
      `select from pg_stat_activity
       where pg_backend_pid() = any(pg_blocking_pids(pid)) and ${IS_THEIRS}`,
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

/**
 * A real one: Heard waits for the outbox, which is ours, and we for what Heard holds meanwhile. We
 * have all the patience, so that Postgres ends what Heard does.
 */
export const twoWaitForEachOther: Mishap = ({ pool }) =>
  inTransaction(pool, async (client) => {
    await client.query(`set local deadlock_timeout = '30s'; set local lock_timeout = '3s'`);
    await client.query('lock table delivery.outbox in share row exclusive mode');
    const until = performance.now() + WAITS_WITHIN_MS;
    while (performance.now() < until) {
      const { rows } = await client.query<{ pid: number; holds: string }>(WAITS_AND_HOLDS);
      const [other] = rows;
      if (!other) {
        await sleep(20);
        continue;
      }
      await client.query(`lock table ${other.holds} in share mode`);
      // It let go because it was ended, and neither because its machine was.
      const { rowCount } = await client.query('select from pg_stat_activity where pid = $1', [
        other.pid,
      ]);
      return rowCount === 1;
    }
    return false;
  });

const WAITS_WITHIN_MS = 3_000;

/** Whoever waits for the outbox has written, or is about to write, to this other table. */
const WAITS_AND_HOLDS = `
  select waits.pid, holds.relation::regclass::text as holds
  from pg_locks waits
  join pg_stat_activity who on who.pid = waits.pid
  join pg_locks holds on holds.pid = waits.pid and holds.granted and holds.mode = 'RowExclusiveLock'
  join pg_class of on of.oid = holds.relation and of.relkind = 'r'
  where not waits.granted and waits.relation = 'delivery.outbox'::regclass
    and pg_backend_pid() = any(pg_blocking_pids(waits.pid))
    and holds.relation <> waits.relation and ${IS_THEIRS}
  limit 1`;

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
