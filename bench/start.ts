/** From the start of the process to the first page, on a data folder that is there already. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, under } from './bench-row.ts';

const STARTS = 5;
const PORT = 3987;

export async function benchStart(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heard-bench-'));
  try {
    await startOnce(folder);
    const seconds: number[] = [];
    for (let at = 0; at < STARTS; at++) seconds.push(await startOnce(folder));
    const value = seconds.toSorted((a, b) => a - b)[Math.floor(STARTS / 2)] ?? 0;
    return [under('start: to the first page, existing data folder', 's', { value, limit: 3 })];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startOnce(folder: string): Promise<number> {
  const began = performance.now();
  const server = spawn(process.execPath, ['src/cli.ts', 'start'], {
    env: {
      ...process.env,
      HEARD_DATA_DIR: join(folder, 'data'),
      HEARD_KEYS_DIR: join(folder, 'keys'),
      PORT: String(PORT),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await firstPage())) await new Promise((resolve) => setTimeout(resolve, 10));
  const seconds = (performance.now() - began) / 1000;
  server.kill('SIGTERM');
  await once(server, 'exit');
  return seconds;
}

async function firstPage(): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${PORT}/`).catch(() => undefined);
  await response?.text();
  return response?.status === 200;
}
