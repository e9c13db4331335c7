/**
 * Sealed cases: an amber one goes a week after it was opened, and only when somebody has reviewed
 * it. A red one, and whatever nobody has looked at, never goes by itself.
 */
import { type LeftRow, leftOf, type Store } from '../platform/kept.ts';
import type { Queryable } from '../platform/postgres.ts';

const AMBER_DAYS = 7;

export function keepCases(db: Queryable, today: string): Store {
  return {
    store: 'safeguarding cases, sealed',
    rule: 'amber 7 days once reviewed; red, and what nobody reviewed, stays',
    tables: ['safe.case'],
    keep: async () => {
      const { rowCount } = await db.query(
        `delete from safe.case
         where level = 'amber' and state = 'reviewed' and opened_on < $1::date - $2::integer`,
        [today, AMBER_DAYS],
      );
      const { rows } = await db.query<LeftRow & { readonly unseen: number }>(
        `select count(*)::int as left, min(opened_on)::text as oldest,
                (count(*) filter (where state = 'open' and opened_on < $1::date))::int as unseen
         from safe.case`,
        [today],
      );
      const unseen = rows[0]?.unseen ?? 0;
      return {
        deleted: rowCount ?? 0,
        ...leftOf(rows[0]),
        ...(unseen > 0 ? { alert: `${unseen} from before today have not been reviewed` } : {}),
      };
    },
  };
}
