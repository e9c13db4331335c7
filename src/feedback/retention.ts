/**
 * Who may still give a score, and scores that wait to be counted. A few scores wait for more so that
 * none can be told from its neighbours; those that wait too long are destroyed, not counted. What was
 * told, and the counters, name nobody and are the record of what became of a consultation.
 */
import { type LeftRow, leftOf, type Store } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';

const ASKED_DAYS = 90;
const WAITING_DAYS = 28;

export function keepRatings(db: Queryable, today: string): Store {
  return {
    store: 'who may say if we got it right',
    rule: '90 days after being asked; a score that waits for others 28 days',
    tables: ['feedback.rating_due'],
    keep: async () => {
      const { rowCount } = await db.query(
        `delete from feedback.rating_due d
         where d.key_day < $1::date - $3::integer
            or not exists (select from feedback.broadcast b
                           where b.id = d.broadcast_id and b.planned_on >= $1::date - $2::integer)`,
        [today, ASKED_DAYS, WAITING_DAYS],
      );
      const { rows } = await db.query<LeftRow>(
        `select count(*)::int as left, min(b.planned_on)::text as oldest
         from feedback.rating_due d join feedback.broadcast b on b.id = d.broadcast_id`,
      );
      return { deleted: rowCount ?? 0, ...leftOf(rows[0]) };
    },
  };
}

export function keepTold(db: Queryable): Store {
  return {
    store: 'what was told, and counted scores',
    rule: 'the public record of what happened: the same text for all, and sums',
    forGood: true,
    tables: ['feedback.broadcast', 'feedback.rating'],
    keep: async () => {
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, min(planned_on)::text as oldest from feedback.broadcast',
      );
      return { deleted: 0, ...leftOf(rows[0]) };
    },
  };
}
