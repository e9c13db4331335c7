/** How the stand-in can be told to fail, instead of answering as Discord does. */
import type { Answer } from './answers.ts';

/** Instead of the answer: the connection is cut before or after it was done, or nothing comes. */
export type Fault = Answer | 'reset' | 'reset-after' | 'silence';

export interface Faults {
  /** The next calls of this kind meet the fault; 1 unless told. */
  readonly add: (method: string, path: RegExp, fault: Fault, times?: number) => void;
  /** What this call meets; it is used up. */
  readonly take: (method: string, path: string) => Fault | undefined;
}

export function createFaults(): Faults {
  const faults: { method: string; path: RegExp; fault: Fault; left: number }[] = [];
  return {
    add: (method, path, fault, times = 1) => void faults.push({ method, path, fault, left: times }),
    take: (method, path) => {
      const found = faults.find(
        (one) => one.left > 0 && one.method === method && one.path.test(path),
      );
      if (found === undefined) return undefined;
      found.left--;
      return found.fault;
    },
  };
}
