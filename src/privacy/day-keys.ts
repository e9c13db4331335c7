/**
 * Destroys the keys of days that no row carries any more: from then on, what the write-ahead log
 * and backups hold of answers in flight is dead. The folders that own such rows name the days.
 */
import { isoDay } from '../platform/calendar.ts';
import type { KeyHolder } from './keys.ts';

/** A write that began under a day's key has landed, or failed, long before it is this old. */
const YOUNGEST_MS = 2 * 86_400_000;

export interface DaySweep {
  readonly now: Date;
  /** ISO days that a conversation or an outbox row still carries, read after `now`. */
  readonly inUse: ReadonlySet<string>;
}

/** Gives the days whose keys it destroyed. */
export async function sweepDayKeys(
  keys: KeyHolder,
  { now, inUse }: DaySweep,
): Promise<readonly string[]> {
  const youngest = isoDay(new Date(now.getTime() - YOUNGEST_MS));
  const due = (await keys.days()).filter((day) => day <= youngest && !inUse.has(day));
  for (const day of due) await keys.destroyDayKey(day);
  return due;
}
