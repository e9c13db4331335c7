/**
 * What keeps batches tidy between releases: full ones and those that nobody could open any more are
 * closed, and keys whose batch is gone are
 * destroyed, should a crash have come between a release's commit and its last step. The key of a
 * batch that still exists must never be destroyed here.
 */

import { type Pool, transaction } from '../platform/postgres.ts';
import { type BatchTools, closeBatch } from './close-batch.ts';
import { BATCH_KEYS_LOCK, countItems, itemTable } from './item-table.ts';
import type { KeyHolder } from './keys.ts';
import type { ReleaseTools } from './release-tools.ts';

export const FULL_BATCH = 10_000;

/** Gives the keys that it destroyed. More than none after a release means that one was overdue. */
export async function destroyDueBatchKeys(pool: Pool, keys: KeyHolder): Promise<readonly string[]> {
  return transaction(pool, async (tx) => {
    // Waits for batches that are being made: their key is there before their row is.
    await tx.query(`select pg_advisory_xact_lock(${BATCH_KEYS_LOCK})`);
    const destroyed: string[] = [];
    for (const batch of await keys.batches()) {
      const { rows } = await tx.query<{ exists: boolean }>(
        `select exists (select from pool.batch where id = $1)
                or to_regclass($2) is not null as exists`,
        [batch, itemTable(batch)],
      );
      if (rows[0]?.exists !== false) continue;
      await keys.destroyBatchKey(batch);
      destroyed.push(batch);
    }
    return destroyed;
  });
}

/** Gives how many it closed. Run it every few minutes: no completion counts its batch. */
export async function closeFullBatches(tools: ReleaseTools): Promise<number> {
  const { rows } = await tools.pool.query<{ id: string; blob_size: number }>(
    `select id, blob_size from pool.batch where state = 'open'`,
  );
  let closed = 0;
  for (const { id, blob_size: blobSize } of rows) {
    if (!(await mayBeFull(tools.pool, id, blobSize))) continue;
    const counts = await countItems(tools.pool, id, '9999-12-31');
    if (!counts || counts.finished < FULL_BATCH) continue;
    if (await closeBatch(tools, id, 'open-next')) closed++;
  }
  return closed;
}

/**
 * Back from a backup that is older than their keys' end, open batches would take answers that nobody
 * could ever open: they are closed, and the next are opened.
 */
export async function replaceUnreadable(tools: BatchTools): Promise<void> {
  const { rows } = await tools.pool.query<{ id: string }>(
    `select id from pool.batch where state = 'open'`,
  );
  for (const { id } of rows) {
    if (!(await tools.keys.holdsBatchKey(id))) await closeBatch(tools, id, 'open-next');
  }
}

/** The files' size tells it without reading a row: every item takes more than its blob. */
async function mayBeFull(pool: Pool, batch: string, blobSize: number): Promise<boolean> {
  const { rows } = await pool.query<{ full: boolean | null }>(
    'select pg_table_size(to_regclass($1)) >= $2::bigint as full',
    [itemTable(batch), FULL_BATCH * blobSize],
  );
  return rows[0]?.full === true;
}
