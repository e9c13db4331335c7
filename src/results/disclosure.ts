/**
 * Statistical disclosure control for one table: what of its counts may be seen. Pure, and the only
 * way from exact counts to shown ones, for every screen and file. It must never give a count that
 * lets anybody work out a small one: hidden cells could be anything from 0 to the threshold.
 */

/** The least number of people that anything is said about. */
export const GATE = 10;
const ROUNDING = 5;
/** How far a count may be from what it was rounded to. */
const SLACK = 2;
/** Below this many people a share is more exact than the counts it comes from. */
const LEAST_PERCENT_BASE = 20;

export interface Profile {
  /** Cells with fewer than this are not shown, nor are zeros: "nobody" tells on everybody. */
  readonly threshold: number;
}

export const OFFICER: Profile = { threshold: 5 };
/** For everything that leaves the council. */
export const PUBLISH: Profile = { threshold: 10 };

/** null: not shown. */
export interface SafeTable {
  readonly base: number | null;
  readonly counts: readonly (number | null)[];
}

/** Counts of which each person is in exactly one: their sum is the base. */
export function protectExclusive(
  counts: readonly number[],
  base: number,
  { threshold }: Profile,
  /** Cells that another table already hides. */
  alsoHidden: readonly boolean[] = [],
): SafeTable {
  if (base < GATE) return nothing(counts);
  const hidden = counts.map((count, at) => count < threshold || alsoHidden[at] === true);
  if (numberOf(hidden) === 1) hideSmallest(counts, hidden);
  return hideUntil(counts, base, hidden, () => exclusiveHolds(counts, base, hidden, threshold));
}

/** Counts that a person may be in several of, up to `max`: each one is a table of its own. */
export function protectMultiple(
  counts: readonly number[],
  base: number,
  max: number,
  { threshold }: Profile,
): SafeTable {
  if (base < GATE) return nothing(counts);
  const hidden = counts.map((count) => count < threshold || !restHides(count, base, threshold));
  return hideUntil(counts, base, hidden, () => multipleHolds(counts, base, hidden, max, threshold));
}

/** A count that stands alone. */
export function protectCount(count: number, { threshold }: Profile): number | null {
  return count < Math.max(GATE, threshold) ? null : rounded(count);
}

/** From shown counts only; undefined where there are too few for a share. */
export function percentOf(count: number | null, base: number | null): number | undefined {
  if (count === null || base === null || base < LEAST_PERCENT_BASE) return undefined;
  return Math.min(100, Math.round((100 * count) / base));
}

export function rounded(count: number): number {
  return Math.round(count / ROUNDING) * ROUNDING;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What anybody can tell of an exact count from the shown one, knowing these rules. */
export function behind(shown: number, least: number): Interval {
  return { low: Math.max(shown - SLACK, least), high: shown + SLACK };
}

/** Whether a hidden count in this range could still be any of 0 to threshold - 1. */
export function hides({ low, high }: Interval, threshold: number): boolean {
  return low <= 0 && high >= threshold - 1;
}

/** The range of all that is shown together. */
export function sumShown(table: SafeTable, threshold: number): Interval {
  const shown = table.counts.filter((count) => count !== null);
  const behindEach = shown.map((count) => behind(count, threshold));
  return {
    low: behindEach.reduce((sum, one) => sum + one.low, 0),
    high: behindEach.reduce((sum, one) => sum + one.high, 0),
  };
}

function exclusiveHolds(
  counts: readonly number[],
  base: number,
  hidden: readonly boolean[],
  threshold: number,
): boolean {
  const others = numberOf(hidden) - 1;
  if (others < 0) return true;
  const total = behind(rounded(base), GATE);
  const shown = sumShown(asShown(counts, base, hidden), threshold);
  // What is left for the hidden ones together; each may be all of it when there are several.
  const left = { low: total.low - shown.high, high: total.high - shown.low };
  return hides({ low: others > 0 ? 0 : left.low, high: left.high }, threshold);
}

/** "All but three chose it" says as much as "three chose it". */
function restHides(count: number, base: number, threshold: number): boolean {
  if (base - count >= threshold) return true;
  const total = behind(rounded(base), GATE);
  const chose = behind(rounded(count), threshold);
  return hides({ low: total.low - chose.high, high: total.high - chose.low }, threshold);
}

function multipleHolds(
  counts: readonly number[],
  base: number,
  hidden: readonly boolean[],
  max: number,
  threshold: number,
): boolean {
  const others = numberOf(hidden) - 1;
  if (others < 0) return true;
  const total = behind(rounded(base), GATE);
  const shown = sumShown(asShown(counts, base, hidden), threshold);
  // Everyone chose at least one, and at most `max`.
  const low = total.low - shown.high - others * total.high;
  const high = Math.min(total.high, max * total.high - shown.low);
  const roomForAll = (max - 1) * total.high >= shown.low;
  return roomForAll && hides({ low, high }, threshold);
}

/** Hides more, the smallest first, until the audit holds; gives up the whole table at the end. */
function hideUntil(
  counts: readonly number[],
  base: number,
  hidden: boolean[],
  holds: () => boolean,
): SafeTable {
  while (!holds()) {
    if (!hideSmallest(counts, hidden)) return nothing(counts);
  }
  return asShown(counts, base, hidden);
}

/** False when nothing is left to hide. */
function hideSmallest(counts: readonly number[], hidden: boolean[]): boolean {
  let smallest = -1;
  for (const [at, count] of counts.entries()) {
    if (hidden[at] || count === 0) continue;
    if (smallest === -1 || count < (counts[smallest] ?? 0)) smallest = at;
  }
  if (smallest === -1) return false;
  hidden[smallest] = true;
  return true;
}

function asShown(counts: readonly number[], base: number, hidden: readonly boolean[]): SafeTable {
  return {
    base: rounded(base),
    counts: counts.map((count, at) => (hidden[at] ? null : rounded(count))),
  };
}

export function nothing(counts: readonly unknown[]): SafeTable {
  return { base: null, counts: counts.map(() => null) };
}

function numberOf(hidden: readonly boolean[]): number {
  return hidden.filter(Boolean).length;
}
