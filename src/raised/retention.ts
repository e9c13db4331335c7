/**
 * What has outlived its time of raised issues: closed ones after a year, and marks of who backed what
 * as soon as nobody can back it any more. One that waits for an answer is never deleted silently.
 */
import { type LeftRow, leftOf, type Store } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';

const CLOSED_DAYS = 365;
/** A "no" may be thought over again; then it can be backed again too. */
const NO_DAYS = 28;

export function keepIssues(db: Queryable, today: string): Store {
  return {
    store: 'issues that were raised, and answers',
    rule: '12 months after their answer; while they wait for one',
    tables: ['raised.issue', 'raised.change'],
    keep: async () => {
      const { rowCount } = await db.query(
        'delete from raised.issue where closed_on < $1::date - $2::integer',
        [today, CLOSED_DAYS],
      );
      const { rows } = await db.query<LeftRow & { readonly late: number }>(
        `select count(*)::int as left, min(raised_on)::text as oldest,
                (count(*) filter (where closed_on is null and due_on < $1::date))::int as late
         from raised.issue`,
        [today],
      );
      const late = rows[0]?.late ?? 0;
      return {
        deleted: rowCount ?? 0,
        ...leftOf(rows[0]),
        ...(late > 0 ? { alert: `${late} are late: heard raised list` } : {}),
      };
    },
  };
}

export function keepBackings(db: Queryable, today: string): Store {
  return {
    store: 'marks of who backed an issue, hashed',
    rule: 'while it can be backed; 28 days after a no',
    tables: ['raised.backing'],
    keep: async () => {
      const { rowCount } = await db.query(
        `delete from raised.backing b using raised.issue i
         where i.id = b.issue_id
           and (i.status = 'done' or i.closed_on < $1::date - $2::integer)`,
        [today, NO_DAYS],
      );
      const { rows } = await db.query<LeftRow>(
        `select count(*)::int as left, min(i.raised_on)::text as oldest
         from raised.backing b join raised.issue i on i.id = b.issue_id`,
      );
      return { deleted: rowCount ?? 0, ...leftOf(rows[0]) };
    },
  };
}
