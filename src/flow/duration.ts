/** Lengths of time as officers write them: 90m, 48h, 5d. */

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The schema has checked the form; anything else is a bug. */
export function durationMs(written: string): number {
  const unit = UNIT_MS[written.slice(-1)];
  const count = Number(written.slice(0, -1));
  if (unit === undefined || !Number.isInteger(count)) throw new Error('Not a length of time');
  return count * unit;
}

export const WEEK_MS = 7 * 86_400_000;
