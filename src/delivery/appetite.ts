/**
 * How many messages a sender holds at once. A fast provider must never wait for the database; a slow
 * one must not make anybody hold what it cannot send before the lease is over.
 */
export interface Appetite {
  /** The provider answered for one. */
  readonly note: () => void;
  /** How many to hold, those on their way included. */
  readonly wants: () => number;
}

/**
 * What is held should leave within this time: twice what a claim and the look behind it take on a
 * busy machine, so that no call waits for them.
 */
const AHEAD_MS = 100;
/** Times the calls at once: more would only lie ready, in memory. */
const MOST_HELD = 10;
/** The pace is that of the last moments: an outage is felt at once. */
const REMEMBERS_MS = 200;

/** `clock` is monotonic. */
export function createAppetite(
  atOnce: number,
  clock: () => number = () => performance.now(),
): Appetite {
  let answered = 0;
  let at = clock();
  const fade = (): void => {
    const now = clock();
    answered *= Math.exp((at - now) / REMEMBERS_MS);
    at = now;
  };
  return {
    note: () => {
      fade();
      answered += 1;
    },
    wants: () => {
      fade();
      const ahead = Math.ceil((answered / REMEMBERS_MS) * AHEAD_MS);
      return Math.min(MOST_HELD * atOnce, atOnce + ahead);
    },
  };
}
