/** How long somebody who sends us away wants us to wait: `Retry-After`, as HTTP writes it. */
const SHORTEST_MS = 1_000;
const LONGEST_MS = 3_600_000;

/**
 * Seconds or a date; without one, a second. Never longer than an hour, whatever is asked for. A date
 * is of the other side's clock: it is held against the `Date` of the same answer, and against ours
 * only where that says nothing.
 */
export function waitAsked(header: string | undefined, now: Date, date?: string): number {
  const text = header?.trim() ?? '';
  const isSeconds = /^\d+(\.\d+)?$/.test(text);
  const wait = isSeconds ? Math.ceil(Number(text) * 1000) : Date.parse(text) - momentOf(date, now);
  return Number.isNaN(wait) ? SHORTEST_MS : withinAnHour(Math.max(wait, SHORTEST_MS));
}

function momentOf(date: string | undefined, now: Date): number {
  const moment = Date.parse(date ?? '');
  return Number.isNaN(moment) ? now.getTime() : moment;
}

export function withinAnHour(ms: number): number {
  return Math.min(ms, LONGEST_MS);
}
