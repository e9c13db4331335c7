/**
 * Where in a long broadcast the next claim begins to look. What was taken stays in the index until
 * the database cleans it, and walking past it at every claim would cost more than the claim. It only
 * saves work: it is forgotten every second and whenever nothing was found, so that what waits before
 * it (a question whose text was still on its way) is never left behind.
 */
import type { ClaimedRow } from './claim.ts';

export interface Frontier {
  /** By broadcast, the row to begin at. */
  readonly known: () => ReadonlyMap<string, string>;
  readonly note: (rows: readonly ClaimedRow[]) => void;
  readonly forget: () => void;
}

const KEPT_MS = 1_000;

/** `clock` is monotonic. */
export function createFrontier(clock: () => number = () => performance.now()): Frontier {
  let lowest = new Map<string, string>();
  let since = clock();
  const forget = (): void => {
    lowest = new Map();
    since = clock();
  };
  return {
    known: () => {
      if (clock() - since > KEPT_MS) forget();
      return lowest;
    },
    note: (rows) => {
      const taken = new Map<string, string>();
      for (const { id, broadcastId } of rows) {
        if (broadcastId === undefined) continue;
        const before = taken.get(broadcastId);
        if (before === undefined || isBefore(id, before)) taken.set(broadcastId, id);
      }
      for (const [broadcast, id] of taken) lowest.set(broadcast, id);
    },
    forget,
  };
}

/** Whole numbers as the database writes them. */
function isBefore(one: string, other: string): boolean {
  return one.length === other.length ? one < other : one.length < other.length;
}
