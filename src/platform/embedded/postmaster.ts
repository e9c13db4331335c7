/**
 * Reads what is known about the Postgres server of a data folder and ends it. A process id in a
 * file may be dead, a zombie, or by now somebody else's: only a process that works in our folder is
 * ours, and no other one is ever signalled.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

/** The running server of this folder; undefined when none is alive and ours. */
export function runningPostmaster(clusterFolder: string): Postmaster | undefined {
  const lines = pidFile(clusterFolder);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !servesFolder(pid, clusterFolder)) return undefined;
  const socketFolder = lines[4] ?? '';
  return {
    pid,
    socketFolder: socketFolder.startsWith('/tmp/') ? socketFolder : clusterFolder,
    ready: lines[7]?.trim() === 'ready',
  };
}

export async function stopPostmaster(clusterFolder: string, timeoutMs = 30_000): Promise<void> {
  const running = runningPostmaster(clusterFolder);
  if (!running) return;
  const deadline = performance.now() + timeoutMs;
  // SIGINT is Postgres's "fast" stop: sessions end, nothing acknowledged is lost.
  process.kill(running.pid, 'SIGINT');
  while (servesFolder(running.pid, clusterFolder)) {
    if (performance.now() > deadline) {
      throw new Error(`The database server (process ${running.pid}) did not stop.`);
    }
    await sleep(10);
  }
  if (running.socketFolder !== clusterFolder) {
    rmSync(running.socketFolder, { recursive: true, force: true });
  }
}

/**
 * After a crash the file may name a process that is now somebody else's, and Postgres would refuse
 * to start. The file itself must stay: it also names the shared memory by which Postgres sees that
 * an old backend still runs. So only the number is put out of use.
 */
export function disarmStalePidFile(clusterFolder: string): void {
  const lines = pidFile(clusterFolder);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return;
  lines[0] = String(2 ** 31 - 2);
  writeFileSync(join(clusterFolder, 'postmaster.pid'), lines.join('\n'));
}

function pidFile(clusterFolder: string): string[] {
  try {
    return readFileSync(join(clusterFolder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function servesFolder(pid: number, clusterFolder: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') return worksIn(pid, clusterFolder);
  try {
    const command = execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
    });
    return command.includes('postgres') && command.includes(clusterFolder);
  } catch {
    return false;
  }
}

function worksIn(pid: number, clusterFolder: string): boolean {
  try {
    // The state follows the name in brackets: Z is a zombie, dead but not yet collected.
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
    return (
      state !== 'Z' &&
      command.endsWith('postgres') &&
      existsSync(clusterFolder) &&
      readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterFolder)
    );
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
