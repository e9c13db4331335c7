/**
 * Work that exactly one node of all does at a time. The right to it is a session lock of Postgres on
 * a connection of its own, so it goes with the node however that ends, and another node has it within
 * seconds. Whoever cannot hear the database any more stops first and asks again afterwards.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';
import { openWatchedLine, type WatchedLine } from './watched-line.ts';

export interface OneHolderOptions {
  readonly url: string;
  /** A number of its own for each kind of work. */
  readonly lock: number;
  /** In the log, for whoever reads it. */
  readonly name: string;
  /** Begins the work; what comes back ends it, before the right to it is given up. */
  readonly begin: () => Promise<{ readonly stop: () => Promise<void> }>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  readonly times?: Partial<Times>;
}

interface Times {
  /** How often a node that waits asks. */
  readonly askMs: number;
  /** How often the holder looks whether it still is. */
  readonly watchMs: number;
  /** An answer that takes longer counts as none. */
  readonly answerMs: number;
  /** After work that could not begin; doubled each time, up to the longest. */
  readonly againMs: number;
  readonly longestMs: number;
  /** A node that stops waits this long for the end of its work. */
  readonly endMs: number;
}

const TIMES: Times = {
  askMs: 1_000,
  watchMs: 2_000,
  answerMs: 5_000,
  againMs: 5_000,
  longestMs: 300_000,
  endMs: 15_000,
};

export interface OneHolder {
  /** Ends the work if this node has it, and lets another have it. */
  readonly stop: () => Promise<void>;
}

/** Returns at once: a node is up whether or not its turn has come. */
export function onOneNode(options: OneHolderOptions): OneHolder {
  const times = { ...TIMES, ...options.times };
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const turn = await oneTurn().catch((): Turn => 'disconnected');
      failures = turn === 'failed' ? failures + 1 : 0;
      const again = Math.min(times.longestMs, times.againMs * 2 ** (failures - 1));
      await pause(turn === 'failed' ? again : times.askMs, signal);
    }
  }

  async function oneTurn(): Promise<Turn> {
    const line = await openWatchedLine(options.url, {
      name: 'heard one node',
      answerMs: times.answerMs,
    });
    try {
      while (!signal.aborted) {
        if (await take(line, options.lock)) return await work(line);
        await Promise.race([pause(times.askMs, signal), line.lost]);
      }
      return 'held';
    } finally {
      await line.close();
    }
  }

  async function work(line: WatchedLine): Promise<Turn> {
    let running: Awaited<ReturnType<OneHolderOptions['begin']>>;
    try {
      running = await options.begin();
    } catch (error) {
      options.log.error('what one node alone does could not begin', { error, task: options.name });
      return 'failed';
    }
    try {
      while (!signal.aborted && (await line.answers()))
        await Promise.race([pause(times.watchMs, signal), line.lost]);
    } finally {
      await running.stop().catch((error: unknown) => {
        options.log.error('what one node alone does did not end in order', {
          error,
          task: options.name,
        });
      });
    }
    if (!signal.aborted)
      options.log.warn('the database is not heard: another node may do what this one did', {
        task: options.name,
      });
    return 'held';
  }

  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      // Work that cannot even begin ends by itself once it has.
      await Promise.race([ended, sleep(times.endMs, undefined, UNHELD)]);
    },
  };
}

type Turn = 'held' | 'failed' | 'disconnected';

/** False where another node has the lock. */
async function take(line: WatchedLine, lock: number): Promise<boolean> {
  const rows = await line.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
    lock,
  ]);
  return rows[0]?.taken === true;
}

const UNHELD = { ref: false } as const;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => {});
}
