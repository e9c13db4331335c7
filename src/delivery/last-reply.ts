/** The last reply of a web conversation, so that a page loaded again shows what was said. */
import type { Queryable } from '../platform/postgres.ts';

export interface LastReply {
  readonly body: Buffer;
  readonly keyDay: string;
}

export async function lastReply(db: Queryable, personId: string): Promise<LastReply | undefined> {
  const { rows } = await db.query<{ body_ct: Buffer; key_day: string }>({
    name: 'outbox-last-reply',
    text: `select body_ct, key_day::text as key_day from delivery.outbox
           where person_id = $1 and channel = 'web' and body_ct is not null
           order by id desc limit 1`,
    values: [personId],
  });
  const row = rows[0];
  return row && { body: row.body_ct, keyDay: row.key_day };
}

/** "Finish and clear for the next person": what was said is no longer shown to anybody. */
export async function forgetReplies(db: Queryable, personId: string): Promise<void> {
  await db.query(
    `update delivery.outbox set body_ct = null, key_day = null
     where person_id = $1 and channel = 'web' and body_ct is not null`,
    [personId],
  );
}
