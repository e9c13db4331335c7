/**
 * Closes an open batch in a short transaction of its own, so that completions wait for milliseconds
 * only: one that finds no open batch asks again and finds the next.
 */
import { transaction } from '../platform/postgres.ts';
import { openBatch } from './item-table.ts';
import type { ReleaseTools } from './release-tools.ts';

export type BatchTools = Pick<ReleaseTools, 'pool' | 'keys' | 'ambient' | 'at'>;

/** False when another process closed it first. */
export async function closeBatch(
  tools: BatchTools,
  batch: string,
  next: 'open-next' | 'open-none',
): Promise<boolean> {
  const closed = await transaction(tools.pool, async (tx) => {
    const { rows } = await tx.query<{ consultation_id: string; blob_size: number }>(
      `update pool.batch set state = 'closed' where id = $1 and state = 'open'
       returning consultation_id, blob_size`,
      [batch],
    );
    const row = rows[0];
    if (!row) return false;
    if (next === 'open-next') {
      await openBatch(tx, tools.keys, {
        id: tools.ambient.newId(),
        consultation: row.consultation_id,
        blobSize: row.blob_size,
      });
    }
    return true;
  });
  if (closed) await tools.at?.('batch-closed');
  return closed;
}
