/**
 * Discord lets a bot begin a thousand sessions a day, and takes the token away from one that uses
 * them up. What is left is asked before each beginning; near the end, it is waited until the count
 * starts again. It must never count by itself: other processes may share the token.
 */
import type { Log } from '../../src/platform/log.ts';

export interface Left {
  readonly remaining: number;
  readonly reset_after: number;
}

export interface SessionStarts {
  /** Milliseconds to wait before a session is begun; 0 when it may be. */
  readonly wait: (ask: () => Promise<Left>) => Promise<number>;
}

const KEPT_BACK = 10;
const SHORTEST_WAIT_MS = 1_000;

export function createSessionStarts(log: Pick<Log, 'warn'>): SessionStarts {
  let told = false;
  return {
    wait: async (ask) => {
      const { remaining, reset_after } = await ask();
      const isLow = remaining <= KEPT_BACK;
      if (isLow && !told)
        log.warn('few Discord sessions are left for today: the next one waits for the new count', {
          channel: 'discord',
          count: remaining,
          ms: reset_after,
        });
      told = isLow;
      return isLow ? Math.max(SHORTEST_WAIT_MS, reset_after) : 0;
    },
  };
}
