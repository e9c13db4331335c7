/** Lets one loop wait until another has news for it, or until a time is over. */
export interface Signal {
  readonly notify: () => void;
  /** Returns at once when something was notified since the last wait. */
  readonly wait: (atMostMs: number) => Promise<void>;
}

export function createSignal(): Signal {
  let notified = false;
  let resume: (() => void) | undefined;
  return {
    notify: () => {
      notified = true;
      resume?.();
    },
    wait: async (atMostMs) => {
      if (!notified) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, atMostMs);
          resume = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      notified = false;
      resume = undefined;
    },
  };
}
