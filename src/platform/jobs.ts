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
import type { Pool } from 'pg';
import {
  freeJobsOfTheDead,
  type NodeLock,
  openNodeLock,
  whileOthersWait,
} from './jobs-of-the-dead.ts';
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
  /** How often the jobs of nodes that died are looked for. */
  readonly freeEveryMs?: number;
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
  const pool = openPool(url, { max: AT_ONCE + 2, statementTimeoutMs: 0 });
  const node = await openNodeLock(url);
  const close = async (): Promise<void> => {
    await node.close();
    await pool.end();
  };
  try {
    const runner = await whileOthersWait(pool, async () => {
      await runMigrations({ pgPool: pool, logger: quietLogger(options.log) });
      await freeJobsOfTheDead(pool);
      return startRunner(pool, options, node);
    });
    const over = new AbortController();
    const running = runner.promise
      .catch((error: unknown) => options.log.error('timed work ended', { error }))
      .finally(() => over.abort());
    const watching = watchOver({ pool, node, runner, options, signal: over.signal });
    return { runner, ended: Promise.all([running, watching]).then(() => {}), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** More than the sweeps that wait long for providers, so that these never keep the others waiting. */
const AT_ONCE = 6;
const FREE_EVERY_MS = 60_000;

interface Watching {
  readonly pool: Pool;
  readonly node: NodeLock;
  readonly runner: Runner;
  readonly options: JobsOptions;
  readonly signal: AbortSignal;
}

/** Without its lock a node passes for dead, so it must not work on; and the dead are looked for. */
async function watchOver({ pool, node, runner, options, signal }: Watching): Promise<void> {
  const pause = () =>
    sleep(options.freeEveryMs ?? FREE_EVERY_MS, undefined, { signal }).catch(() => {});
  for (;;) {
    await Promise.race([pause(), node.lost]);
    if (signal.aborted) return;
    if (!(await node.answers())) {
      options.log.warn('timed work lost its lock, and begins again');
      return stopped(runner);
    }
    await whileOthersWait(pool, () => freeJobsOfTheDead(pool)).catch((error: unknown) =>
      options.log.error('jobs of dead nodes could not be freed', { error }),
    );
  }
}

async function startRunner(pool: Pool, options: JobsOptions, node: NodeLock): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  let held = Promise.resolve();
  events.on('pool:create', ({ workerPool }) => {
    held = node.hold(workerPool.id);
    // It is waited for below, once the runner is there.
    held.catch(() => {});
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
    concurrency: AT_ONCE,
    noHandleSignals: true,
    logger: quietLogger(options.log),
    // Without a batch nobody waits for these two: a broken connection would end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  try {
    await held;
  } catch (error) {
    await stopped(runner);
    throw error;
  }
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
