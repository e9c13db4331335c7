/** Waiting for what the stand-in is sent: looked at anew after every call that it took. */

export interface Waiting {
  /** Resolves once it is true; what it is waited for is said where it never is. */
  readonly until: (what: string, isTrue: () => boolean) => Promise<void>;
  readonly lookAgain: () => void;
}

const LONGEST_MS = 15_000;

export function createWaiting(): Waiting {
  const waiting = new Set<() => void>();
  return {
    lookAgain: () => {
      for (const check of waiting) check();
    },
    until: (what, isTrue) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`Discord waits in vain for ${what}`));
        }, LONGEST_MS);
        const check = () => {
          if (!isTrue()) return;
          waiting.delete(check);
          clearTimeout(timer);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}
