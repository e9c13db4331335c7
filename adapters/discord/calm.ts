/**
 * Lets first answers go first: when many people press at once, no reply is worked on while somebody
 * is still waiting for Discord to be told that they were heard.
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
  const waiting = new Set<() => void>();

  return {
    first: async (work) => {
      underWay++;
      try {
        return await work();
      } finally {
        underWay--;
        if (underWay === 0) for (const go of waiting) go();
      }
    },
    settled: () => {
      if (underWay === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const go = () => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        const timer = setTimeout(go, LONGEST_MS);
        waiting.add(go);
      });
    },
  };
}
