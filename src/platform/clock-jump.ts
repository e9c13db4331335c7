/**
 * Notices a clock that is days later all at once, by the time that was seen a minute before. What is
 * deleted by its age must then wait: until somebody says that the time is right, the clock is put
 * back, or it has run evenly for a day.
 */
import { type LeftRow, leftOf, type Store } from './kept.ts';
import type { Queryable } from './postgres.ts';

export type ClockSeen =
  | { readonly kind: 'steady' }
  | { readonly kind: 'jumped'; readonly since: Date; readonly isNew: boolean }
  /** This machine's and the database's say different days. */
  | { readonly kind: 'apart' };

const DAY_MS = 86_400_000;

/** Every minute, and before anything is deleted by its age. */
export async function watchClock(db: Queryable, now: Date): Promise<ClockSeen> {
  const { rows } = await db.query<{ now: Date; since: Date | null }>(WATCH);
  const seen = rows[0];
  if (!seen) throw new Error('platform.clock has no row');
  if (seen.since !== null)
    return {
      kind: 'jumped',
      since: seen.since,
      isNew: seen.since.getTime() === seen.now.getTime(),
    };
  const apart = Math.abs(seen.now.getTime() - now.getTime()) > DAY_MS;
  return apart ? { kind: 'apart' } : { kind: 'steady' };
}

const WATCH = `
  update platform.clock c set seen_at = at.now, doubted_since = at.doubted
  from (
    select t.now,
           case
             when t.now - seen_at > interval '3 days' then t.now
             when t.now < doubted_since or t.now - doubted_since > interval '1 day' then null
             else doubted_since
           end as doubted
    from (select seen_at, doubted_since, clock_timestamp() as now from platform.clock for update) t
  ) at
  returning at.now, at.doubted as since`;

/** Somebody has looked, and the time is right. */
export async function trustClock(db: Queryable): Promise<void> {
  await db.query('update platform.clock set seen_at = clock_timestamp(), doubted_since = null');
}

/** One row each, and one for each migration: what every database of Heard holds. */
export function keepClock(db: Queryable): Store {
  return {
    store: 'version and clock of this database',
    rule: 'what the program needs to run: nothing about people',
    forGood: true,
    tables: ['platform.clock', 'platform.migration'],
    keep: async () => {
      const { rows } = await db.query<LeftRow>(
        'select count(*)::int as left, null as oldest from platform.migration',
      );
      return { deleted: 0, ...leftOf(rows[0]) };
    },
  };
}
