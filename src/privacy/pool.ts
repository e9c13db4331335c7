/**
 * The pool: finished answers, sealed to a batch's public key and padded to one size, waiting until
 * enough have come together to be released at once. Until then their person can take them back.
 * No private key of a batch is ever loaded here.
 */
import { createHmac } from 'node:crypto';

import type { Answers } from '../flow/values.ts';
import { systemAmbient } from '../platform/ambient.ts';
import type { Pool, Queryable } from '../platform/postgres.ts';
import {
  batchesOf,
  countItems,
  holdOpenBatch,
  holdsItem,
  type ItemCounts,
  isDropped,
  itemTable,
  openBatch,
} from './item-table.ts';
import { KeyDestroyed, type KeyHolder } from './keys.ts';
import { pad, sealTo } from './seal.ts';

/** What is kept of finished answers. Nothing that tells a time, a channel or a person may join it. */
export interface PoolPayload {
  readonly answers: Answers;
  /** The about-you answers. */
  readonly bands: Answers;
  /** By question; parts from the rest at the release. */
  readonly freeText: Readonly<Record<string, string>>;
}

export interface Completion {
  readonly consultation: string;
  readonly person: string;
  readonly payload: PoolPayload;
  /** The day from which these answers may be released. */
  readonly eligibleOn: string;
  /** The way back to the person, sealed to the safeguarding lead. */
  readonly caseLink?: Uint8Array;
}

export async function createPool(
  tx: Queryable,
  keys: KeyHolder,
  { consultation, blobSize }: { readonly consultation: string; readonly blobSize: number },
  newId = systemAmbient.newId,
): Promise<void> {
  await openBatch(tx, keys, { id: newId(), consultation, blobSize });
}

/**
 * closed: the consultation's last answers have been released, so these were not kept. unreadable: the
 * database is back from a backup that is older than its open batch's end, so what is sealed to it
 * could never be opened; `replaceUnreadable` puts that right.
 */
export interface Sealed {
  readonly kind: 'sealed' | 'closed' | 'unreadable';
}

/** In the caller's transaction, together with the end of the conversation. */
export async function sealCompletion(
  tx: Queryable,
  keys: KeyHolder,
  completion: Completion,
): Promise<Sealed> {
  const batch = await holdOpenBatch(tx, completion.consultation);
  const tag = await tagIfAny(keys, completion);
  if (!batch || !tag) return { kind: 'closed' };
  if (!(await keys.holdsBatchKey(batch.id))) return { kind: 'unreadable' };
  const plain = pad(Buffer.from(JSON.stringify(completion.payload)), batch.blobSize);
  await tx.query(
    // A person's second answers are never kept beside their first.
    `insert into ${itemTable(batch.id)} (blob, wtag, eligible_on, case_link)
     values ($1, $2, $3, $4) on conflict do nothing`,
    [sealTo(batch.publicKey, plain), tag, completion.eligibleOn, completion.caseLink ?? null],
  );
  return { kind: 'sealed' };
}

interface WhoseAnswers {
  readonly consultation: string;
  readonly person: string;
}

/**
 * Takes a person's answers out of the pool. Never call it inside a transaction: it may wait for a
 * release, and then looks again, for the release may have carried the answers into the open batch.
 */
export async function withdraw(
  pool: Pool,
  keys: KeyHolder,
  whose: WhoseAnswers,
): Promise<'withdrawn' | 'nothing-to-withdraw'> {
  for (;;) {
    const batches = await batchesOf(pool, whose.consultation);
    if (batches.length === 0) return 'nothing-to-withdraw';
    const tag = await tagIfAny(keys, whose);
    if (!tag) return 'nothing-to-withdraw';
    const found = await removeFrom(
      pool,
      batches.map((batch) => batch.id),
      [tag],
    );
    if (found.count > 0) return 'withdrawn';
    if (!found.lookAgain) return 'nothing-to-withdraw';
  }
}

/** Whether this person's answers still wait, so that they can be taken back. Not in a transaction. */
export async function isWaiting(
  pool: Queryable,
  keys: KeyHolder,
  whose: WhoseAnswers,
): Promise<boolean> {
  const batches = await batchesOf(pool, whose.consultation);
  const tag = batches.length > 0 ? await tagIfAny(keys, whose) : undefined;
  if (!tag) return false;
  for (const { id } of batches) if (await holdsItem(pool, id, tag)) return true;
  return false;
}

/** After a restore: what was taken back after the backup was made. Gives how many were there again. */
export async function withdrawTags(pool: Pool, tags: readonly Buffer[]): Promise<number> {
  let count = 0;
  let lookAgain = tags.length > 0;
  while (lookAgain) {
    const { rows } = await pool.query<{ id: string }>('select id from pool.batch');
    const found = await removeFrom(
      pool,
      rows.map((row) => row.id),
      tags,
    );
    count += found.count;
    lookAgain = found.lookAgain;
  }
  return count;
}

async function removeFrom(
  pool: Pool,
  batches: readonly string[],
  tags: readonly Buffer[],
): Promise<{ readonly count: number; readonly lookAgain: boolean }> {
  let count = 0;
  let lookAgain = false;
  for (const batch of batches) {
    try {
      const { rows } = await pool.query<{ gone: number }>(
        `with gone as (delete from ${itemTable(batch)} where wtag = any($1) returning wtag),
         noted as (insert into contact.erasure (what, hash) select 'answers', wtag from gone)
         select count(*)::int as gone from gone`,
        [tags],
      );
      count += rows[0]?.gone ?? 0;
    } catch (error) {
      if (!isDropped(error)) throw error;
      lookAgain = true;
    }
  }
  return { count, lookAgain };
}

/** The key goes with the consultation's last answers. */
async function tagIfAny(keys: KeyHolder, whose: WhoseAnswers): Promise<Buffer | undefined> {
  try {
    return await withdrawalTag(keys, whose);
  } catch (error) {
    if (error instanceof KeyDestroyed) return undefined;
    throw error;
  }
}

async function withdrawalTag(
  keys: KeyHolder,
  { consultation, person }: WhoseAnswers,
): Promise<Buffer> {
  const key = await keys.withdrawalKey(consultation);
  return createHmac('sha256', key).update(person).digest();
}

/** How many finished answers wait, and how many of them may be released today. Not for showing. */
export async function poolCounts(
  pool: Queryable,
  { consultation, today }: { readonly consultation: string; readonly today: string },
): Promise<ItemCounts> {
  let finished = 0;
  let eligible = 0;
  for (const batch of await batchesOf(pool, consultation)) {
    const counts = await countItems(pool, batch.id, today);
    finished += counts?.finished ?? 0;
    eligible += counts?.eligible ?? 0;
  }
  return { finished, eligible };
}
