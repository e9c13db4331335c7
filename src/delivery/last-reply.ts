/**
 * What was said last on a web page, kept for as long as the page may be loaded again. Texts to
 * phones are never kept like this: a phone keeps its own.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface LastReply {
  readonly body: Buffer;
  readonly keyDay: string;
}

export async function lastReply(tx: Queryable, personId: string): Promise<LastReply | undefined> {
  const { rows } = await tx.query<{ body_ct: Buffer; key_day: string }>(
    `select body_ct, key_day::text as key_day from delivery.outbox
     where person_id = $1 and channel = 'web' and body_ct is not null
     order by id desc limit 1`,
    [personId],
  );
  const row = rows[0];
  return row && { body: row.body_ct, keyDay: row.key_day };
}

/** The person is done, or hands the device on: what was said to them is forgotten. */
export async function forgetReplies(tx: Queryable, personId: string): Promise<void> {
  await tx.query(
    `update delivery.outbox set body_ct = null, key_day = null
     where person_id = $1 and channel = 'web' and body_ct is not null`,
    [personId],
  );
}
