/** How often each fault really happened in a run, and how far it has come. */
import type { Fault } from './faults.ts';

export interface Tally {
  readonly note: (fault: Fault, times?: number) => void;
  readonly count: (fault: Fault) => number;
  /** Those that never happened. */
  readonly missing: (planned: ReadonlySet<Fault>) => readonly Fault[];
  /** A part of the run begins. */
  readonly mark: (part: string) => void;
  /** What befell the run, and how long each part of it took. */
  readonly story: () => string;
}

export function createTally(): Tally {
  const counts = new Map<Fault, number>();
  const parts: string[] = [];
  const since = performance.now();
  const count = (fault: Fault): number => counts.get(fault) ?? 0;
  return {
    count,
    note: (fault, times = 1) => {
      if (times > 0) counts.set(fault, count(fault) + times);
    },
    missing: (planned) => [...planned].filter((fault) => count(fault) === 0),
    mark: (part) => {
      parts.push(`${((performance.now() - since) / 1_000).toFixed(1).padStart(6)} s  ${part}`);
    },
    story: () => {
      const table = [...counts].map(([fault, times]) => `${String(times).padStart(6)}    ${fault}`);
      return [...parts, ...table].join('\n');
    },
  };
}
