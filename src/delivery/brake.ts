/**
 * Slows a sender down when its provider asks for it, cannot be reached or takes nothing, so that an
 * outage uses up neither the tries of what is waiting nor the messages that go once at most. It must
 * never let a whole broadcast find out together that nothing has changed.
 */
import type { SendOutcome } from '../channel.ts';

export interface Brake {
  readonly note: (outcome: SendOutcome) => void;
  /** Another process of this sender was asked to wait for so long. */
  readonly hold: (ms: number) => void;
  /** How long to claim nothing, and to call nobody. */
  readonly pauseMs: () => number;
  /** Of so many calls that may be open at once, how many may be now. */
  readonly atOnce: (most: number) => number;
}

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** One answer that breaks off says little; so many, with nothing taken in between, are an outage. */
const RUN_OF_UNKNOWN = 5;
/** After a pause so many find out whether the provider is back. */
const PROBES = 2;

/** What was in flight together is told the same: once is enough for the others. */
const TOLD_AGAIN_MS = 500;

export interface BrakeOptions {
  /** The provider asks this sender to wait for so long: every process should know. */
  readonly onAsked?: (ms: number) => void;
  /** Monotonic: the time of day may be put back. */
  readonly clock?: () => number;
}

export function createBrake(options: BrakeOptions = {}): Brake {
  const { onAsked, clock = () => performance.now() } = options;
  let until = 0;
  /** Pauses since a message was last taken, or judged by what it is. */
  let pauses = 0;
  let unknown = 0;

  const pause = (): void => {
    // What else was in flight when the provider went away belongs to the same outage.
    if (clock() < until) return;
    until = clock() + Math.min(SHORTEST_PAUSE_MS * 2 ** pauses, LONGEST_PAUSE_MS);
    pauses += 1;
  };

  const hold = (ms: number): void => {
    until = Math.max(until, clock() + ms);
  };

  const asked = (ms: number): void => {
    if (clock() + ms > until + TOLD_AGAIN_MS) onAsked?.(ms);
    hold(ms);
  };

  return {
    note: (outcome) => {
      switch (outcome.kind) {
        case 'throttled':
          if (outcome.onlyHere !== true) asked(outcome.retryAfterMs);
          return;
        case 'not-sent':
          // One message's own fault holds up no other.
          if (outcome.counts !== true) pause();
          return;
        case 'unknown':
          unknown += 1;
          if (unknown >= RUN_OF_UNKNOWN) pause();
          return;
        default:
          pauses = 0;
          unknown = 0;
      }
    },
    hold,
    pauseMs: () => Math.max(0, until - clock()),
    atOnce: (most) => (pauses === 0 ? most : Math.min(PROBES, most)),
  };
}
