/**
 * Opens sealed items, a few at a time, so that neither memory nor the event loop ever holds a whole
 * batch of boxes. What it yields is readable: it lives only as long as the release's transaction.
 */
import type { Queryable } from '../platform/postgres.ts';
import { itemTable } from './item-table.ts';
import type { KeyPair } from './keys.ts';
import { openSealed } from './seal.ts';

export interface OpenedItem {
  /** Still padded. */
  readonly plain: Uint8Array;
  readonly tag: Buffer;
  readonly eligibleOn: string;
  readonly caseLink?: Buffer;
}

/** Opening one takes a tenth of a millisecond: the event loop waits for no more than these. */
const ITEMS_A_CHUNK = 64;

/**
 * `places` are where the items lie in their table (ctid): nothing moves while the release holds it
 * locked, and no plan can turn the look-up into a reading of the whole table.
 */
export async function* openedItems(
  tx: Queryable,
  batch: string,
  pair: KeyPair,
  places: readonly string[],
): AsyncGenerator<readonly OpenedItem[]> {
  for (let from = 0; from < places.length; from += ITEMS_A_CHUNK) {
    const { rows } = await tx.query<Row>({
      text: `select blob, wtag, eligible_on::text as eligible_on, case_link
             from ${itemTable(batch)} where ctid = any($1::tid[])`,
      values: [places.slice(from, from + ITEMS_A_CHUNK)],
    });
    yield rows.map((row) => ({
      plain: openSealed(pair, row.blob),
      tag: row.wtag,
      eligibleOn: row.eligible_on,
      ...(row.case_link === null ? {} : { caseLink: row.case_link }),
    }));
  }
}

interface Row {
  blob: Buffer;
  wtag: Buffer;
  eligible_on: string;
  case_link: Buffer | null;
}
