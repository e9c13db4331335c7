/**
 * `heard status --watch`: a bar for each broadcast, drawn in place on a terminal and as plain lines
 * elsewhere, there only when something has changed. It ends by itself when nothing remains.
 */
import type { Heard } from '../app.ts';
import { onStopSignal } from '../platform/stop-signals.ts';
import { bar, type ShownBroadcast, standingWords, sumsLine } from './broadcast-lines.ts';
import { drawerOn, type Terminal } from './draw-in-place.ts';

const EVERY_MS = 1_000;
/** A long outbox takes a while to count: looking must not become a load of its own. */
const REST_FACTOR = 4;

export async function watch(
  look: () => Promise<readonly ShownBroadcast[]>,
  { world, stop }: Heard,
  quiet: boolean,
): Promise<void> {
  const draw = quiet ? () => {} : process.stdout.isTTY ? drawerOn(terminal) : drawChanges();
  const seenGoing = new Set<string>();
  // Ctrl-C leaves nothing open, an embedded database least of all.
  const over = onStopSignal(stop);
  for (;;) {
    const began = performance.now();
    const broadcasts = await look();
    const going = broadcasts.filter((one) => one.figures.remaining > 0);
    for (const { id } of going) seenGoing.add(id);
    // What ends meanwhile is shown full.
    const shown = broadcasts.filter(({ id }) => seenGoing.has(id));
    draw(shown.flatMap((one) => lines(one, world.installation.timeZone)));
    if (going.length === 0) break;
    const took = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, Math.max(EVERY_MS, took * REST_FACTOR)));
  }
  over();
}

const terminal: Terminal = {
  write: (text) => process.stdout.write(text),
  columns: () => process.stdout.columns || 80,
  rows: () => process.stdout.rows || 24,
};

function lines(one: ShownBroadcast, timeZone: string): readonly string[] {
  const what = one.class === 'feedback' ? 'Feedback' : 'Invitations';
  const about = one.keyword === undefined ? what : `${what} of ${one.keyword}`;
  return [
    `${bar(one.figures)}  ${about}, ${standingWords(one.standing, timeZone)}`,
    `  ${sumsLine(one.figures)}`,
  ];
}

function drawChanges(): (lines: readonly string[]) => void {
  let last = '';
  return (now) => {
    const text = now.join('\n');
    if (text !== last && text !== '') process.stdout.write(`${text}\n`);
    last = text;
  };
}
