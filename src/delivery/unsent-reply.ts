/**
 * A reply whose first answer did not get out: the connection closed before the end, or nobody
 * confirmed it for fifteen seconds. Whoever takes it carries it again; a second taker finds nothing.
 */
import type { Queryable } from '../platform/postgres.ts';

export interface UnsentReply {
  readonly id: string;
  readonly personId: string;
  readonly body: Buffer;
  readonly keyDay: string;
}

export async function takeUnsentReply(
  tx: Queryable,
  messageHash: Uint8Array,
): Promise<UnsentReply | undefined> {
  const { rows } = await tx.query<{
    id: string;
    person_id: string;
    body_ct: Buffer;
    key_day: string;
  }>(
    `update delivery.outbox set attempted_at = now(), unsent = false
     where answers = $1 and state = 'attempting' and body_ct is not null
       and (unsent or attempted_at < now() - interval '15 seconds')
     returning id, person_id, body_ct, key_day::text as key_day`,
    [messageHash],
  );
  const row = rows[0];
  return row && { id: row.id, personId: row.person_id, body: row.body_ct, keyDay: row.key_day };
}
