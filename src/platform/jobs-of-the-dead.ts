/**
 * Whose jobs are whose: each node holds a lock while it lives, and the jobs of those whose lock is
 * free are freed, because the worker itself would leave them, and all behind them, for hours. A
 * living node's are never touched.
 */
import type { Pool } from 'pg';
import { transaction } from './postgres.ts';
import { openWatchedLine, type WatchedLine } from './watched-line.ts';

export interface NodeLock extends Pick<WatchedLine, 'answers' | 'lost' | 'close'> {
  /** Says that this worker pool lives for as long as the connection does. */
  readonly hold: (workerPool: string) => Promise<void>;
}

export async function openNodeLock(url: string): Promise<NodeLock> {
  const line = await openWatchedLine(url, { name: 'heard jobs', answerMs: 5_000 });
  return {
    ...line,
    hold: async (workerPool) => {
      await line.query('select pg_advisory_lock($1, hashtext($2))', [WORKER_POOL, workerPool]);
    },
  };
}

/** A node that starts has its jobs before it has its lock: nobody else looks meanwhile. */
export async function whileOthersWait<Result>(
  pool: Pool,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [STARTING]);
    return await work();
  } finally {
    // The lock goes with the connection, whatever became of the work.
    client.release(true);
  }
}

/** Call it while others wait. */
export async function freeJobsOfTheDead(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select locked_by as id from graphile_worker._private_jobs where locked_by is not null
     union
     select locked_by from graphile_worker._private_job_queues where locked_by is not null`,
  );
  for (const { id } of rows) {
    await transaction(pool, async (tx) => {
      const { rows: tried } = await tx.query<{ free: boolean }>(
        'select pg_try_advisory_xact_lock($1, hashtext($2)) as free',
        [WORKER_POOL, id],
      );
      if (tried[0]?.free)
        await tx.query('select graphile_worker.force_unlock_workers(array[$1])', [id]);
    });
  }
}

const STARTING = 4_815_004;
const WORKER_POOL = 4_815_005;
