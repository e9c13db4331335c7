/**
 * The tables behind a pool: one row of pool.batch for each batch, and a table of its own for each
 * batch's items. A table of its own can be locked and dropped without touching the next batch's;
 * partitions can not (reading and dropping one loses an acknowledged insert).
 */
import { CODES, hasCode, type Queryable } from '../platform/postgres.ts';
import type { KeyHolder } from './keys.ts';

export interface Batch {
  readonly id: string;
  readonly publicKey: Buffer;
  readonly blobSize: number;
}

export interface NewBatch {
  readonly id: string;
  readonly consultation: string;
  readonly blobSize: number;
}

/**
 * Held shared from before a batch's key is made until its row is committed, and exclusively by the
 * janitor: so it never takes the key of a batch that is just being made for one left behind.
 */
export const BATCH_KEYS_LOCK = `hashtextextended('heard batch keys', 0)`;

export async function openBatch(tx: Queryable, keys: KeyHolder, batch: NewBatch): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(${BATCH_KEYS_LOCK})`);
  const publicKey = await keys.createBatchKey(batch.id);
  await tx.query(
    `create table ${itemTable(batch.id)} (
       blob bytea not null,
       wtag bytea primary key,
       eligible_on date not null,
       case_link bytea
     )`,
  );
  await tx.query(
    `insert into pool.batch (id, consultation_id, state, public_key, blob_size)
     values ($1, $2, 'open', $3, $4)`,
    [batch.id, batch.consultation, publicKey, batch.blobSize],
  );
}

/** A table's name cannot be a bound parameter: only an id can become one. */
export function itemTable(batch: string): string {
  if (!/^[0-9a-f-]{36}$/.test(batch)) throw new TypeError('not the id of a batch');
  return `pool."item_${batch.replaceAll('-', '')}"`;
}

/** The consultation's open batch, held so that no release closes it before this transaction ends. */
export async function holdOpenBatch(
  tx: Queryable,
  consultation: string,
): Promise<Batch | undefined> {
  // A release that closes the batch while this waits makes it find none: the next is there then.
  for (let tries = 0; tries < 5; tries++) {
    const { rows } = await tx.query<{ id: string; public_key: Buffer; blob_size: number }>({
      name: 'hold-open-batch',
      text: `select id, public_key, blob_size from pool.batch
             where consultation_id = $1 and state = 'open' for share`,
      values: [consultation],
    });
    const row = rows[0];
    if (row) return { id: row.id, publicKey: row.public_key, blobSize: row.blob_size };
  }
  return undefined;
}

export interface BatchState {
  readonly id: string;
  readonly state: 'open' | 'closed';
}

export async function batchesOf(
  tx: Queryable,
  consultation: string,
): Promise<readonly BatchState[]> {
  const { rows } = await tx.query<{ id: string; state: 'open' | 'closed' }>(
    'select id, state from pool.batch where consultation_id = $1 order by state, id',
    [consultation],
  );
  return rows;
}

export interface ItemCounts {
  readonly finished: number;
  readonly eligible: number;
}

/** Undefined when a release dropped the batch meanwhile. */
export async function countItems(
  tx: Queryable,
  batch: string,
  today: string,
): Promise<ItemCounts | undefined> {
  try {
    const { rows } = await tx.query<ItemCounts>(
      `select count(*)::int as finished,
              count(*) filter (where eligible_on <= $1)::int as eligible
       from ${itemTable(batch)}`,
      [today],
    );
    return rows[0];
  } catch (error) {
    if (isDropped(error)) return undefined;
    throw error;
  }
}

export interface ItemAges {
  readonly left: number;
  /** Could have gone so many days ago. */
  readonly overdue: number;
  /** The ISO day from which the oldest could go. */
  readonly oldest?: string;
}

/** Nothing where a release dropped the batch meanwhile. */
export async function ageOfItems(
  tx: Queryable,
  batch: string,
  { today, days }: { readonly today: string; readonly days: number },
): Promise<ItemAges> {
  try {
    const { rows } = await tx.query<{ left: number; overdue: number; oldest: string | null }>(
      `select count(*)::int as left, min(eligible_on)::text as oldest,
              count(*) filter (where eligible_on < $1::date - $2::integer)::int as overdue
       from ${itemTable(batch)}`,
      [today, days],
    );
    const [row] = rows;
    if (!row) return { left: 0, overdue: 0 };
    const { left, overdue, oldest } = row;
    return { left, overdue, ...(oldest === null ? {} : { oldest }) };
  } catch (error) {
    if (isDropped(error)) return { left: 0, overdue: 0 };
    throw error;
  }
}

/** False also when a release dropped the batch meanwhile. */
export async function holdsItem(tx: Queryable, batch: string, wtag: Buffer): Promise<boolean> {
  try {
    const { rowCount } = await tx.query(`select from ${itemTable(batch)} where wtag = $1`, [wtag]);
    return rowCount === 1;
  } catch (error) {
    if (isDropped(error)) return false;
    throw error;
  }
}

/** The table is gone, perhaps between a statement's planning and its running. */
export function isDropped(error: unknown): boolean {
  if (hasCode(error, CODES.undefinedTable)) return true;
  return hasCode(error, 'XX000') && /could not open relation/.test(String(error));
}
