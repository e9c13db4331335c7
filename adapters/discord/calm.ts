/**
 * Lets first answers go first: when many people press at once, no reply is worked on while somebody
 * is still waiting for Discord to be told that they were heard. Replies are then begun one by one, so
 * that whoever presses meanwhile waits for the beginning of one of them and not of all.
 */

export interface Calm {
  /** Runs a first answer, which nothing holds up. */
  readonly first: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Comes back when no first answer is on its way, or when that has taken too long. */
  readonly settled: () => Promise<void>;
}

const LONGEST_MS = 1_000;

export function createCalm(): Calm {
  let underWay = 0;
  let next: NodeJS.Immediate | undefined;
  const waiting = new Set<() => void>();

  /** What has come in by then is heard before the next reply. */
  function letOneGo(): void {
    next ??= setImmediate(() => {
      next = undefined;
      const [go] = waiting;
      if (underWay > 0 || go === undefined) return;
      go();
      letOneGo();
    });
  }

  return {
    first: async (work) => {
      underWay++;
      try {
        return await work();
      } finally {
        underWay--;
        if (underWay === 0 && waiting.size > 0) letOneGo();
      }
    },
    settled: () => {
      if (underWay === 0 && waiting.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const go = () => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        const timer = setTimeout(go, LONGEST_MS);
        waiting.add(go);
        if (underWay === 0) letOneGo();
      });
    },
  };
}
