/** What must hold after every run, whatever happened in it. */
import { appliedOnce, deletedIsGone, nothingLost, oneResponseEach } from './answers.ts';
import { noCanary, nothingLinks } from './privacy.ts';
import type { Invariant, Seen } from './seen.ts';
import {
  helpArrives,
  noneAfterOptOut,
  orderKept,
  poisonSetAside,
  withinBounds,
} from './sending.ts';
import { neverBackwards, nobodyFellOver, sumsHold, truthful } from './states.ts';

export const INVARIANTS = {
  nothingLost,
  appliedOnce,
  oneResponseEach,
  deletedIsGone,
  orderKept,
  withinBounds,
  noneAfterOptOut,
  helpArrives,
  poisonSetAside,
  truthful,
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
