/** What must hold after every run, whatever happened in it. */
import {
  appliedOnce,
  deletedIsGone,
  hastyIsHeard,
  nothingLost,
  oneResponseEach,
} from './answers.ts';
import { noCanary, nothingLinks } from './privacy.ts';
import type { Invariant, Seen } from './seen.ts';
import {
  helpArrives,
  lookedFirst,
  noneAfterOptOut,
  orderKept,
  poisonSetAside,
  withinBounds,
} from './sending.ts';
import { neverBackwards, nobodyFellOver, reportsCount, sumsHold, truthful } from './states.ts';

export const INVARIANTS = {
  nothingLost,
  appliedOnce,
  oneResponseEach,
  hastyIsHeard,
  deletedIsGone,
  orderKept,
  withinBounds,
  lookedFirst,
  noneAfterOptOut,
  helpArrives,
  poisonSetAside,
  truthful,
  reportsCount,
  neverBackwards,
  sumsHold,
  nobodyFellOver,
  nothingLinks,
  noCanary,
} as const satisfies Readonly<Record<string, Invariant>>;

export type InvariantName = keyof typeof INVARIANTS;

/** Every way in which any of them does not hold, under its name. */
export function broken(seen: Seen): readonly string[] {
  return Object.entries<Invariant>(INVARIANTS).flatMap(([name, holds]) =>
    [...new Set(holds(seen))].map((way) => `${name}: ${way}`),
  );
}
