/**
 * Who may still give a score, and scores that wait to be counted. A few scores wait for more so that
 * none can be told from its neighbours; those that wait too long are destroyed, not counted.
 */
import { type Kept, type LeftRow, leftOf } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';

const ASKED_DAYS = 90;
const WAITING_DAYS = 28;

export async function keepRatings(db: Queryable, today: string): Promise<Kept> {
  const { rowCount } = await db.query(
    `delete from feedback.rating_due d using feedback.broadcast b
     where b.id = d.broadcast_id
       and (b.planned_on < $1::date - $2::integer or d.key_day < $1::date - $3::integer)`,
    [today, ASKED_DAYS, WAITING_DAYS],
  );
  const { rows } = await db.query<LeftRow>(
    `select count(*)::int as left, min(b.planned_on)::text as oldest
     from feedback.rating_due d join feedback.broadcast b on b.id = d.broadcast_id`,
  );
  const rule = '90 days after being asked; a score that waits for others 28 days';
  return {
    store: 'who may say if we got it right',
    rule,
    deleted: rowCount ?? 0,
    ...leftOf(rows[0]),
  };
}
