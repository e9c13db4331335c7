/**
 * Slows a sender down when its provider asks for it or cannot be reached, so that an outage does
 * not use up the tries of every message that is waiting.
 */
import type { SendOutcome } from '../channel.ts';

export interface Brake {
  readonly note: (outcome: SendOutcome) => void;
  /** How long to claim nothing. */
  readonly pauseMs: () => number;
}

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** `clock` is monotonic: the time of day may be put back. */
export function createBrake(clock: () => number = () => performance.now()): Brake {
  let until = 0;
  let outages = 0;
  return {
    note: (outcome) => {
      if (outcome.kind === 'throttled') {
        until = Math.max(until, clock() + Math.min(outcome.retryAfterMs, LONGEST_PAUSE_MS));
      } else if (outcome.kind !== 'not-sent') {
        outages = 0;
      } else if (clock() >= until) {
        // What else was in flight when the provider went away belongs to the same outage.
        until = clock() + Math.min(SHORTEST_PAUSE_MS * 2 ** outages, LONGEST_PAUSE_MS);
        outages += 1;
      }
    },
    pauseMs: () => Math.max(0, until - clock()),
  };
}
