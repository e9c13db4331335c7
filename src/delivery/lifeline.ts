/**
 * Named points at which a test may make a dispatcher die as a crash would: everything stops where it
 * is and nothing is put right. In use no fault is given, and this does nothing.
 */
export type FaultPoint = 'claimed' | 'attempt-committed' | 'answered' | 'settled';

export interface Lifeline {
  readonly isDead: () => boolean;
  /** True when the dispatcher dies here, or is dead already. */
  readonly diesAt: (point: FaultPoint) => boolean;
}

export function createLifeline(
  fault: ((point: FaultPoint) => void) | undefined,
  onDeath: () => void,
): Lifeline {
  let dead = false;
  return {
    isDead: () => dead,
    diesAt: (point) => {
      try {
        fault?.(point);
      } catch {
        dead = true;
        onDeath();
      }
      return dead;
    },
  };
}
