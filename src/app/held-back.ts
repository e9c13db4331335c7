/**
 * Why what cannot be undone must wait. A clock that is wrong would make everything look old, and a
 * restored database does not know yet what people took back.
 */
import type { Heard } from '../app.ts';
import { watchClock } from '../platform/clock-jump.ts';
import { isBehind } from '../privacy/restore-mark.ts';

export type HeldBack = 'clock-jumped' | 'clocks-apart' | 'clock-wrong' | 'restored';

/** A provider that is wrong by minutes is nothing to stop for; by days, one of the two is. */
const FAR_OFF_MS = 86_400_000;

type Watched = Pick<Heard, 'world' | 'log' | 'outsideClock'>;

/** What goes by its age, and would be right in a restored database too: expiry, reminders. Undefined: it may. */
export async function ageHeldBack(
  heard: Watched,
  now: Date = new Date(),
): Promise<HeldBack | undefined> {
  const seen = await watchClock(heard.world.pool, now);
  if (seen.kind === 'jumped') {
    if (seen.isNew)
      heard.log.error('nothing is deleted: the clock is days later than a minute before');
    return 'clock-jumped';
  }
  if (seen.kind === 'apart') return 'clocks-apart';
  return Math.abs(heard.outsideClock.aheadMs() ?? 0) > FAR_OFF_MS ? 'clock-wrong' : undefined;
}

/**
 * What can never be taken back: a release, deletion for good, the end of keys. The keys folder may not
 * be this database's alone: another backup, or the database that this is a copy of, may need them.
 */
export async function finalHeldBack(heard: Watched, now?: Date): Promise<HeldBack | undefined> {
  if (await isBehind(heard.world.pool, heard.world.keys)) return 'restored';
  return ageHeldBack(heard, now);
}

export function heldBackWords(reason: HeldBack): string {
  switch (reason) {
    case 'clock-jumped':
      return 'The clock is more than three days later than when Heard last looked. If Heard was off, or the date is right, say so: heard retention --trust-clock. Otherwise put the clock right.';
    case 'clocks-apart':
      return "This machine's clock and the database's are more than a day apart. Put the wrong one right.";
    case 'clock-wrong':
      return "This machine's clock is more than a day away from what the providers tell. Put it right.";
    case 'restored':
      return 'This database was restored. Replay the journal first: people may have taken back what would be released, and another backup may need the keys that would be destroyed.';
  }
}
