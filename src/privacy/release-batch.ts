/**
 * The cut itself, for one closed batch: some of its answers are opened, mixed and stored without
 * any tie to a person, the rest go sealed into the open batch, and this one is dropped, all in one
 * transaction; then its key is destroyed. Nothing opened here may be kept, logged or put into an
 * error, and nothing released may be written a row at a time.
 */
import { isoDay } from '../platform/calendar.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { carryItems } from './carry-items.ts';
import { type Batch, holdOpenBatch, itemTable } from './item-table.ts';
import type { KeyPair } from './keys.ts';
import { releaseItems, screenOnly } from './release-items.ts';
import type { ReleaseTools } from './release-tools.ts';
import { shuffled } from './shuffle.ts';

export interface ClosedBatch {
  readonly id: string;
  readonly consultation: string;
  /** reserve: MIN stay back for the next. last: all go or are destroyed, for no more will come. */
  readonly ending: 'reserve' | 'last';
}

export interface BatchOutcome {
  readonly released: number;
  readonly destroyed: number;
}

/** Undefined when another process had the batch first. */
export async function releaseBatch(
  tools: ReleaseTools,
  batch: ClosedBatch,
): Promise<BatchOutcome | undefined> {
  const pair = await tools.keys.batchKeyPair(batch.id);
  const outcome = await transaction(tools.pool, (tx) => cut(tools, tx, batch, pair));
  if (!outcome) return undefined;
  await tools.at?.('committed');
  await tools.keys.destroyBatchKey(batch.id);
  await tools.at?.('key-destroyed');
  return outcome;
}

async function cut(
  tools: ReleaseTools,
  tx: Queryable,
  batch: ClosedBatch,
  pair: KeyPair | undefined,
): Promise<BatchOutcome | undefined> {
  const { rows } = await tx.query(
    `select from pool.batch where id = $1 and state = 'closed' for update`,
    [batch.id],
  );
  if (rows.length === 0) return undefined;
  const open = batch.ending === 'reserve' ? await holdOpenBatch(tx, batch.consultation) : undefined;
  await tx.query(`lock table ${itemTable(batch.id)} in access exclusive mode`);
  await tools.at?.('locked');
  const outcome = await empty(tools, tx, { batch, pair, open });
  if (!outcome) return undefined;
  await tx.query(`drop table ${itemTable(batch.id)}`);
  await tx.query('delete from pool.batch where id = $1', [batch.id]);
  await tools.at?.('dropped');
  return outcome;
}

interface Emptying {
  readonly batch: ClosedBatch;
  readonly pair: KeyPair | undefined;
  readonly open: Batch | undefined;
}

/** Undefined when this batch must wait. */
async function empty(
  tools: ReleaseTools,
  tx: Queryable,
  { batch, pair, open }: Emptying,
): Promise<BatchOutcome | undefined> {
  const all = await placesOf(tools, tx, batch.id);
  const total = all.eligible.length + all.waiting.length;
  if (batch.ending === 'last' && all.waiting.length > 0) return undefined;
  if (total === 0) return { released: 0, destroyed: 0 };
  // After a restored backup a batch may be back whose key is gone: for ever unreadable.
  if (!pair) return batch.ending === 'last' ? { released: 0, destroyed: total } : undefined;

  const from = { batch: batch.id, consultation: batch.consultation, pair };
  const chosen = all.eligible.slice(0, howManyGo(tools, batch, all.eligible.length));
  await releaseItems(tools, tx, from, chosen);
  const rest = [...all.eligible.slice(chosen.length), ...all.waiting];
  if (batch.ending === 'last') {
    await screenOnly(tools, tx, from, rest);
    return { released: chosen.length, destroyed: rest.length };
  }
  if (!open) throw new Error('there is no open batch to carry sealed answers into');
  await carryItems(tx, from, shuffled(rest, tools.ambient), open);
  await tools.at?.('carried');
  return { released: chosen.length, destroyed: 0 };
}

function howManyGo({ min }: ReleaseTools, { ending }: ClosedBatch, eligible: number): number {
  if (ending === 'last') return eligible >= min ? eligible : 0;
  return eligible >= 2 * min ? eligible - min : 0;
}

/** In a random order, so that whoever comes first in it is chosen by chance alone. */
async function placesOf(
  { ambient, timeZone }: ReleaseTools,
  tx: Queryable,
  batch: string,
): Promise<{ readonly eligible: readonly string[]; readonly waiting: readonly string[] }> {
  const { rows } = await tx.query<{ place: string; eligible: boolean }>(
    `select ctid::text as place, eligible_on <= $1 as eligible from ${itemTable(batch)}`,
    [isoDay(ambient.now(), timeZone)],
  );
  const mixed = shuffled(rows, ambient);
  return {
    eligible: mixed.filter((row) => row.eligible).map((row) => row.place),
    waiting: mixed.filter((row) => !row.eligible).map((row) => row.place),
  };
}
