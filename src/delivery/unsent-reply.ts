/**
 * The reply to a message that came again. It is given once more only when the first answer did not
 * get out: the connection closed before its end, or nobody confirmed it for fifteen seconds. Two
 * copies of one webhook never both get it.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface UnsentReply {
  readonly id: string;
  readonly personId: string;
  readonly body: Buffer;
  readonly keyDay: string;
}

export async function takeUnsentReply(
  db: Queryable,
  personId: string,
  messageHash: Uint8Array,
): Promise<UnsentReply | undefined> {
  const { rows } = await db.query<{ id: string; body_ct: Buffer; key_day: string }>({
    name: 'outbox-take-unsent',
    text: `update delivery.outbox
           set unsent = false, attempted_at = clock_timestamp()
           where person_id = $1 and answers = $2 and state = 'attempting'
             and body_ct is not null
             and (unsent or attempted_at < clock_timestamp() - interval '15 seconds')
           returning id, body_ct, key_day::text as key_day`,
    values: [personId, messageHash],
  });
  const row = rows[0];
  return row && { id: row.id, personId, body: row.body_ct, keyDay: row.key_day };
}
