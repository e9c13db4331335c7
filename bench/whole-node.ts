/** `heard start` with everything that a node does, and commands beside it, as an officer runs them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { listen } from '../src/platform/listening.ts';

/** As `npm start` does: the preload keeps compiled code, and short-lived memory is not let grow. */
export const AS_STARTED: readonly string[] = [
  '--max-semi-space-size=4',
  '--import',
  new URL('../src/platform/preload.js', import.meta.url).href,
];

type Environment = Readonly<Record<string, string>>;

export async function command(environment: Environment, ...words: string[]): Promise<void> {
  const [code] = await once(cli(environment, words), 'exit');
  if (code !== 0) throw new Error(`a command of the bench ended with ${code}`);
}

/** Comes back when it listens. */
export async function startWholeNode(environment: Environment): Promise<ChildProcess> {
  const node = cli(environment, ['start']);
  await Promise.race([
    once(node.stdout, 'data'),
    once(node, 'exit').then(() => Promise.reject(new Error('the node ended before it began'))),
  ]);
  node.stdout.resume();
  return node;
}

export async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function cli(environment: Environment, words: readonly string[]) {
  return spawn(process.execPath, [...AS_STARTED, 'src/cli.ts', ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, '127.0.0.1');
  server.close();
  await once(server, 'close');
  return port;
}
