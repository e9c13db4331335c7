/**
 * What time it is elsewhere, by the answers of the providers: a clock that this machine shares with
 * its database may be wrong, and neither would notice. It only tells; the time is never set by it.
 */
import type { Log } from './log.ts';

export interface OutsideClock {
  /** The `Date` of an answer, as HTTP writes it. */
  readonly note: (httpDate: string | undefined) => void;
  /** How far this machine is ahead; undefined until it is known. */
  readonly aheadMs: () => number | undefined;
}

export interface OutsideClockOptions {
  readonly log: Pick<Log, 'warn'>;
  readonly now?: () => Date;
  /** Runs evenly, whatever becomes of the time of day. */
  readonly elapsedMs?: () => number;
}

/** An answer may be seconds old, and HTTP counts whole ones. */
const CLOCK_OFF_MS = 2 * 60_000;
const TELL_AGAIN_MS = 3_600_000;

export function createOutsideClock(options: OutsideClockOptions): OutsideClock {
  const { log, now = () => new Date(), elapsedMs = () => performance.now() } = options;
  let ahead: number | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    note: (httpDate) => {
      const there = Date.parse(httpDate ?? '');
      if (Number.isNaN(there)) return;
      const before = ahead;
      ahead = now().getTime() - there;
      // Two answers must agree: one may have been written by something in between.
      if (!isClockOff(ahead) || !isClockOff(before) || elapsedMs() - toldAt < TELL_AGAIN_MS) return;
      toldAt = elapsedMs();
      log.warn('the clock of this machine is wrong, or a provider is: they do not agree', {
        ms: ahead,
      });
    },
    aheadMs: () => ahead,
  };
}

function isClockOff(aheadMs: number | undefined): boolean {
  return aheadMs !== undefined && Math.abs(aheadMs) > CLOCK_OFF_MS;
}

/** In words, for whoever runs the service; undefined while nothing is wrong. */
export function clockWords(aheadMs: number | undefined): string | undefined {
  if (aheadMs === undefined || !isClockOff(aheadMs)) return undefined;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  return `the clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} what the providers tell`;
}
