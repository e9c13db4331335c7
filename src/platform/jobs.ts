/**
 * Timed work: sweeps that run by the clock, each on one node at a time, on the same Postgres. Every
 * task must be idempotent: it may run twice or late. What a task's error says stays out of the job
 * table, which keeps the last one.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger,
  parseCronItems,
  type Runner,
  run,
  runMigrations,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import pg from 'pg';
import type { Log } from './log.ts';
import { openPool } from './postgres.ts';

export type Task = (signal: AbortSignal | undefined) => Promise<void>;

export interface Timed {
  readonly task: string;
  /** Five fields, in UTC. */
  readonly at: string;
  /** Runs once at the start of a node when its time of the last day was missed: nobody was there. */
  readonly madeUpFor?: boolean;
}

export interface JobsOptions {
  readonly tasks: Readonly<Record<string, Task>>;
  readonly crontab: readonly Timed[];
  readonly log: Log;
}

export interface Jobs {
  /** Queues a task now, besides its times. */
  readonly runSoon: (task: string) => Promise<void>;
  /** Queues a task for a moment; a task waits once at most. */
  readonly runAt: (task: string, at: Date) => Promise<void>;
  /** Lets what runs finish. */
  readonly stop: () => Promise<void>;
}

/** Goes on until it is stopped: what a broken connection ends is begun again. */
export async function startJobs(url: string, options: JobsOptions): Promise<Jobs> {
  let work = await beginWork(url, options);
  const stopping = new AbortController();
  const { signal } = stopping;
  const goingOn = (async () => {
    for (;;) {
      await work.ended;
      await work.close();
      const next = signal.aborted ? undefined : await beginAgain(url, options, signal);
      if (!next) return;
      work = next;
    }
  })();
  return {
    runSoon: async (task) => {
      await work.runner.addJob(task, {}, sweepSpec(task));
    },
    runAt: async (task, runAt) => {
      await work.runner.addJob(task, {}, { ...sweepSpec(task), runAt });
    },
    stop: async () => {
      stopping.abort();
      await stopped(work.runner);
      await goingOn;
    },
  };
}

const AFTER_A_FAULT_MS = 1_000;
const DAY_MS = 86_400_000;

async function beginAgain(
  url: string,
  options: JobsOptions,
  signal: AbortSignal,
): Promise<Work | undefined> {
  while (!signal.aborted) {
    try {
      await sleep(AFTER_A_FAULT_MS, undefined, { signal });
      const work = await beginWork(url, options);
      if (signal.aborted) await stopped(work.runner);
      return work;
    } catch (error) {
      if (!signal.aborted) options.log.error('timed work could not begin again', { error });
    }
  }
  return undefined;
}

/** One that has ended by itself refuses to be stopped. */
async function stopped(runner: Runner): Promise<void> {
  await runner.stop().catch(() => {});
}

interface Work {
  readonly runner: Runner;
  /** Stopped, or broken. */
  readonly ended: Promise<void>;
  readonly close: () => Promise<void>;
}

async function beginWork(url: string, options: JobsOptions): Promise<Work> {
  const pool = openPool(url, { max: 4, statementTimeoutMs: 0 });
  const node = await nodeLocks(url);
  const close = async (): Promise<void> => {
    await node.end();
    await pool.end();
  };
  try {
    const runner = await node.whileOthersWait(async () => {
      await runMigrations({ pgPool: pool, logger: quietLogger(options.log) });
      await unlockJobsOfTheDead(pool);
      return startRunner(pool, options, node);
    });
    const ended = runner.promise.catch((error: unknown) =>
      options.log.error('timed work ended', { error }),
    );
    return { runner, ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startRunner(pool: pg.Pool, options: JobsOptions, node: NodeLocks): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  let locked = Promise.resolve();
  events.on('pool:create', ({ workerPool }) => {
    locked = node.lock(workerPool.id);
  });
  const runner = await run({
    pgPool: pool,
    events,
    taskList: guarded(options),
    parsedCronItems: parseCronItems(
      options.crontab.map(({ task, at, madeUpFor }) => ({
        task,
        match: at,
        options: { ...sweepSpec(task), backfillPeriod: madeUpFor ? DAY_MS : 0 },
      })),
    ),
    concurrency: 2,
    noHandleSignals: true,
    logger: quietLogger(options.log),
    // Without a batch nobody waits for these two: a broken connection would end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  await locked;
  return runner;
}

/** One waiting and one running at most: a sweep that takes long is not piled up behind itself. */
function sweepSpec(task: string): {
  readonly jobKey: string;
  readonly queueName: string;
  readonly maxAttempts: number;
} {
  return { jobKey: task, queueName: task, maxAttempts: 3 };
}

function guarded({ tasks, log }: JobsOptions): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([task, work]) => [
      task,
      async (_payload: unknown, helpers: { readonly abortSignal?: AbortSignal }) => {
        try {
          await work(helpers.abortSignal);
        } catch (error) {
          log.error('timed work failed', { task, error });
          // oxlint-disable-next-line eslint/preserve-caught-error -- the job table would keep it
          throw new Error('The log says what failed');
        }
      },
    ]),
  );
}

/** The worker's own sentences quote jobs and errors, so only how grave they are passes. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level) => {
    if (level === 'error') log.error('the worker of timed work reports an error');
    if (level === 'warning') log.warn('the worker of timed work reports a warning');
  });
}

interface NodeLocks {
  readonly whileOthersWait: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly lock: (workerPool: string) => Promise<void>;
  readonly end: () => Promise<void>;
}

const STARTING = 4_815_004;
const WORKER_POOL = 4_815_005;

/** A connection of its own whose locks say that this node lives: they go when it does. */
async function nodeLocks(url: string): Promise<NodeLocks> {
  const client = new pg.Client({ connectionString: url, application_name: 'heard jobs' });
  client.on('error', () => {});
  await client.connect();
  return {
    whileOthersWait: async (work) => {
      await client.query('select pg_advisory_lock($1)', [STARTING]);
      try {
        return await work();
      } finally {
        await client.query('select pg_advisory_unlock($1)', [STARTING]);
      }
    },
    lock: async (workerPool) => {
      await client.query('select pg_advisory_lock($1, hashtext($2))', [WORKER_POOL, workerPool]);
    },
    end: () => client.end().catch(() => {}),
  };
}

/** A killed node's jobs would stay locked for hours: those whose node's lock is free are freed. */
async function unlockJobsOfTheDead(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `select locked_by as id from graphile_worker._private_jobs where locked_by is not null
       union
       select locked_by from graphile_worker._private_job_queues where locked_by is not null`,
    );
    for (const { id } of rows) {
      await client.query('begin');
      const { rows: tried } = await client.query<{ free: boolean }>(
        'select pg_try_advisory_xact_lock($1, hashtext($2)) as free',
        [WORKER_POOL, id],
      );
      if (tried[0]?.free) {
        await client.query('select graphile_worker.force_unlock_workers(array[$1])', [id]);
      }
      await client.query('commit');
    }
  } finally {
    client.release();
  }
}
