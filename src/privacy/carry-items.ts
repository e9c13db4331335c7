/**
 * Seals what is not released yet to the open batch's key and puts it there: with its tag, so that
 * its person can still take it back, its day, and the way back for the safeguarding lead.
 */
import type { Queryable } from '../platform/postgres.ts';
import { type Batch, itemTable } from './item-table.ts';
import { openedItems } from './opened-items.ts';
import type { FromBatch } from './release-items.ts';
import { sealTo } from './seal.ts';

/** `places` comes shuffled, so the order of arrival is not carried along. */
export async function carryItems(
  tx: Queryable,
  from: FromBatch,
  places: readonly string[],
  into: Batch,
): Promise<void> {
  for await (const items of openedItems(tx, from.batch, from.pair, places)) {
    await tx.query({
      text: `insert into ${itemTable(into.id)} (blob, wtag, eligible_on, case_link)
             select * from unnest($1::bytea[], $2::bytea[], $3::date[], $4::bytea[])
             on conflict do nothing`,
      values: [
        items.map((item) => sealTo(into.publicKey, item.plain)),
        items.map((item) => item.tag),
        items.map((item) => item.eligibleOn),
        items.map((item) => item.caseLink ?? null),
      ],
    });
  }
}
