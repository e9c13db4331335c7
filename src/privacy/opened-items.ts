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

export async function* openedItems(
  tx: Queryable,
  batch: string,
  pair: KeyPair,
  tags: readonly Buffer[],
): AsyncGenerator<readonly OpenedItem[]> {
  for (let from = 0; from < tags.length; from += ITEMS_A_CHUNK) {
    const { rows } = await tx.query<Row>({
      text: `select blob, wtag, eligible_on::text as eligible_on, case_link
             from ${itemTable(batch)} where wtag = any($1::bytea[])`,
      values: [tags.slice(from, from + ITEMS_A_CHUNK)],
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
