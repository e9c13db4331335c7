/**
 * `heard status --watch`: a bar for each broadcast, drawn in place on a terminal and as plain lines
 * elsewhere. It ends by itself when nothing remains, and at once when it is asked to or nobody reads
 * it any more; what is sent goes on without it.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { untilStopSignal } from '../platform/stop-signals.ts';
import { type ShownBroadcast, watchedLines } from './broadcast-lines.ts';
import { drawerOn, type Terminal } from './draw-in-place.ts';

const EVERY_MS = 1_000;
/** A long outbox takes a while to count: looking must not become a load of its own. */
const REST_FACTOR = 4;

/** Whether there is nothing more to see, or somebody has ended it before. */
export async function watch(
  look: () => Promise<readonly ShownBroadcast[]>,
  timeZone: string,
  quiet: boolean,
): Promise<'over' | 'ended'> {
  const { ended, over } = untilStopSignal();
  const { signal } = ended;
  const end = (): void => ended.abort();
  process.stdout.on('error', end);
  const draw = quiet ? () => {} : process.stdout.isTTY ? drawInPlace() : drawChanges();
  const seenGoing = new Set<string>();
  try {
    for (;;) {
      const began = performance.now();
      const broadcasts = await look();
      if (signal.aborted) return 'ended';
      const going = broadcasts.filter((one) => one.figures.remaining > 0);
      for (const { id } of going) seenGoing.add(id);
      // What ends meanwhile is shown full.
      const shown = broadcasts.filter(({ id }) => seenGoing.has(id));
      draw(shown.flatMap((one) => watchedLines(one, timeZone)));
      if (going.length === 0) return 'over';
      const took = performance.now() - began;
      await wait(Math.max(EVERY_MS, took * REST_FACTOR), undefined, { signal }).catch(() => {});
      if (signal.aborted) return 'ended';
    }
  } finally {
    over();
    process.stdout.off('error', end);
  }
}

const terminal: Terminal = {
  write: (text) => process.stdout.write(text),
  columns: () => process.stdout.columns || 80,
  rows: () => process.stdout.rows || 24,
};

function drawInPlace(): (lines: readonly string[]) => void {
  const draw = drawerOn(terminal);
  return (now) => {
    draw(now.length === 0 ? [] : [...now, 'Ctrl-C ends the watching, not the sending.']);
  };
}

/** What stands for long is said again: whoever reads sees that it goes on, and one that has gone is noticed. */
const SAY_AGAIN_MS = 60_000;

function drawChanges(): (lines: readonly string[]) => void {
  let last = '';
  let saidAt = Number.NEGATIVE_INFINITY;
  return (now) => {
    const text = now.join('\n');
    const isDue = performance.now() - saidAt >= SAY_AGAIN_MS;
    if (text === '' || (text === last && !isDue)) return;
    process.stdout.write(`${text}\n`);
    last = text;
    saidAt = performance.now();
  };
}
