/** `heard start` with everything that a node does, and commands beside it, as an officer runs them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { AS_STARTED } from './as-started.ts';

type Environment = Readonly<Record<string, string>>;

export interface Heard {
  readonly command: (...words: string[]) => Promise<void>;
  /** Comes back when it listens. */
  readonly startNode: () => Promise<ChildProcess>;
}

/** `flags` are for Node itself. */
export function heardIn(environment: Environment, flags: readonly string[] = AS_STARTED): Heard {
  const cli = (...words: readonly string[]) =>
    spawn(process.execPath, [...flags, 'src/cli.ts', ...words], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  return {
    command: async (...words) => {
      const [code] = await once(cli(...words), 'exit');
      if (code !== 0) throw new Error(`a command of the bench ended with ${code}`);
    },
    startNode: async () => {
      const node = cli('start');
      await Promise.race([
        once(node.stdout, 'data'),
        once(node, 'exit').then(() => Promise.reject(new Error('the node ended before it began'))),
      ]);
      node.stdout.resume();
      return node;
    },
  };
}

export async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}
