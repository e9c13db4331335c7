/**
 * One process at a time starts or stops the server of a data folder. The lock is the kernel's own
 * on a file (through SQLite, which Node carries), so it goes with the process however that ends.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

export async function withStartLock<Result>(
  dataDir: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const deadline = performance.now() + WAIT_MS;
  const lock = new DatabaseSync(join(dataDir, 'start.lock'));
  try {
    while (!taken(lock)) {
      if (performance.now() > deadline) {
        throw new Error(
          `Another process has been starting or stopping the database in ${dataDir} for too long.`,
        );
      }
      await sleep(20);
    }
    return await work();
  } finally {
    lock.close();
  }
}

const WAIT_MS = 120_000;
const SQLITE_BUSY = 5;

function taken(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
