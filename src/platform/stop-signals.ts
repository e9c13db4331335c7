/**
 * Ends the process, or what it is at, in order when it is asked to: SIGTERM from a service manager,
 * SIGINT from the keyboard, SIGHUP from a closed terminal. A second signal ends it at once.
 */
import { constants } from 'node:os';

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** `stop` runs once. Returns how to take the handlers away, for a process that ends by itself. */
export function onStopSignal(stop: () => Promise<void>): () => void {
  let stopping = false;
  const handle = (signal: NodeJS.Signals) => {
    const exitCode = 128 + constants.signals[signal];
    if (stopping) process.exit(exitCode);
    stopping = true;
    stop().then(
      // A server that was asked to stop and did has done its work.
      () => process.exit(0),
      () => process.exit(exitCode),
    );
  };
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}

/** For what goes on until it is asked to end: it looks at `ended`, and `over` when it has. */
export function untilStopSignal(): { readonly ended: AbortController; readonly over: () => void } {
  const ended = new AbortController();
  const end = (): void => {
    over();
    ended.abort();
  };
  const over = (): void => {
    for (const signal of signals) process.off(signal, end);
  };
  for (const signal of signals) process.on(signal, end);
  return { ended, over };
}
