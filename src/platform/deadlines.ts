/**
 * Deadlines for very many calls, nearly all of which end in time: to begin one and to call it off
 * costs an entry in a list, and one timer looks at the oldest of each length ten times a second. A
 * deadline may come late by that much, and must never come early or after it was called off.
 */
const LOOKS_EVERY_MS = 100;

export interface Deadlines {
  /** Gives what calls it off. */
  readonly after: (ms: number, onLate: () => void) => () => void;
}

export function createDeadlines(): Deadlines {
  // Those of one length run out in the order in which they began.
  const byLength = new Map<number, Set<Running>>();
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    const now = performance.now();
    for (const running of byLength.values()) endLate(running, now);
    if ([...byLength.values()].some(({ size }) => size > 0)) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    after: (ms, onLate) => {
      let running = byLength.get(ms);
      if (running === undefined) byLength.set(ms, (running = new Set()));
      const one: Running = { at: performance.now() + ms, onLate };
      running.add(one);
      timer ??= setInterval(look, LOOKS_EVERY_MS);
      return () => void running.delete(one);
    },
  };
}

interface Running {
  readonly at: number;
  readonly onLate: () => void;
}

function endLate(running: Set<Running>, now: number): void {
  for (const one of running) {
    if (one.at > now) return;
    running.delete(one);
    one.onLate();
  }
}
