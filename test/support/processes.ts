/** Real processes for tests that kill them, and folders that go when the test ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Started {
  readonly process: ChildProcess;
  /** The next line that it prints; undefined when it ended without one. */
  readonly line: () => Promise<string | undefined>;
  /** Everything it printed until it ended, and how it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
}

export function startNode(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Started {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = '';
  child.stderr.on('data', (part) => {
    errors += String(part);
  });
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, errors }));
  return {
    process: child,
    line: async () => {
      const next = await lines.next();
      return next.done === true ? undefined : next.value;
    },
    ended,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

export function temporaryFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'heard-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
